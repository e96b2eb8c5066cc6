//! Light and colour: one curve for each of red, green and blue.

use crate::look::{Grey, Look};
use crate::raster::{Layout, Raster};

/// From here on what is made brighter is held back, in linear light: white stays white and nothing burns hard.
const KNEE: f64 = 0.8;

/// What each level of red, green and blue becomes, sRGB in and out (IEC 61966-2-1). The page's preview draws with
/// the same curves; `data/look-curves.json` holds both to it.
pub fn look_curves(look: &Look) -> [[u8; 256]; 3] {
    let look = look.within_bounds();
    let gain = (f64::from(look.exposure) / 100.0).exp2();
    balance(look.white).map(|factor| curve(gain * factor))
}

/// What makes grey of this colour and keeps its brightness (Rec. 709 luminance).
fn balance(white: Option<Grey>) -> [f64; 3] {
    let Some(grey) = white else {
        return [1.0; 3];
    };
    let light = [grey.red, grey.green, grey.blue].map(to_linear);
    let luminance = 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2];
    light.map(|light| (luminance / light.max(0.001)).clamp(0.25, 4.0))
}

/// Light times `most`, which is what comes out of the most that can come in.
fn curve(most: f64) -> [u8; 256] {
    let mut curve = [0; 256];
    for (level, out) in (0..=255_u8).zip(&mut curve) {
        let mut light = to_linear(level) * most;
        if most > 1.0 && light > KNEE {
            // A hyperbola from the knee to white that leaves the knee without a kink.
            let slope = (most - KNEE) / (1.0 - KNEE);
            let over = (light - KNEE) / (most - KNEE);
            light = KNEE + (1.0 - KNEE) * slope * over / (1.0 + (slope - 1.0) * over);
        }
        *out = from_linear(light);
    }
    curve
}

fn to_linear(level: u8) -> f64 {
    let value = f64::from(level) / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn from_linear(light: f64) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value = if light <= 0.003_130_8 {
        light * 12.92
    } else {
        1.055 * light.powf(1.0 / 2.4) - 0.055
    };
    (value * 255.0).round() as u8
}

/// The picture in another light. A grey one stays grey as long as the curves are the same.
pub(crate) fn apply(raster: Raster, look: &Look) -> Raster {
    if !look.is_lit() {
        return raster;
    }
    let curves = look_curves(look);
    let mut raster = if raster.layout == Layout::Grey && look.white.is_some() {
        raster.coloured()
    } else {
        raster
    };
    let channels = raster.layout.channels();
    for pixel in raster.pixels.chunks_exact_mut(channels) {
        for (value, curve) in pixel.iter_mut().zip(&curves) {
            *value = curve[usize::from(*value)];
        }
    }
    raster
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;
    use serde::Deserialize;

    const GOLDEN: &str = include_str!("../data/look-curves.json");

    #[derive(Deserialize)]
    struct Golden {
        look: Look,
        samples: Samples,
    }

    #[derive(Deserialize)]
    struct Samples {
        red: Vec<u8>,
        green: Vec<u8>,
        blue: Vec<u8>,
    }

    #[test]
    fn the_page_and_the_app_draw_the_same_curves() {
        let golden: Vec<Golden> = serde_json::from_str(GOLDEN).unwrap();
        assert!(golden.len() >= 10);
        for one in golden {
            let curves = look_curves(&one.look);
            let told = [one.samples.red, one.samples.green, one.samples.blue];
            for (curve, told) in curves.iter().zip(told) {
                let found: Vec<u8> = (0..=16).map(|n| curve[(n * 16).min(255)]).collect();
                assert_eq!(found, told, "{:?}", one.look);
            }
        }
    }

    #[test]
    fn white_stays_white_and_nothing_turns_round() {
        for exposure in -200..=200 {
            let look = Look {
                exposure,
                white: Some(Grey {
                    red: 180,
                    green: 160,
                    blue: 120,
                }),
                ..Look::default()
            };
            for curve in look_curves(&look) {
                assert!(curve.is_sorted());
                assert_eq!(curve[0], 0);
            }
            let light = Look { white: None, ..look };
            for curve in look_curves(&light) {
                assert_eq!(curve[255] == 255, exposure >= 0, "{exposure}");
            }
        }
        let none = look_curves(&Look::default());
        assert!(none.iter().all(|curve| (0..=255_u8).eq(curve.iter().copied())));
    }
}

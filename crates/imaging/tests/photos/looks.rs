//! What a person does at the editing table, on photos of every kind.

use crate::support::*;
use image::{ExtendedColorType, Rgb, RgbImage};
use imaging::{
    Crop, Grey, Look, Part, Recipe, Settings, content_name, develop, develop_with, rendition_name,
};
use jpeg_encoder::ColorType;
use proptest::prelude::*;

fn with(look: Look) -> Settings {
    Settings {
        look,
        ..Settings::default()
    }
}

/// The large picture.
fn seen(bytes: &[u8], look: Look) -> RgbImage {
    read(&develop_with(bytes, &with(look)).unwrap().large)
}

fn crop(left: u16, top: u16, width: u16, height: u16) -> Look {
    Look {
        crop: Some(Crop {
            left,
            top,
            width,
            height,
        }),
        ..Look::default()
    }
}

/// One of each way into the crate: planes, planes with a profile, inks, pixels, pixels with alpha.
fn kinds(width: u32, height: u32, orientation: u16) -> Vec<Vec<u8>> {
    let pixels = quarters(width, height);
    let exif = Some(exif(orientation, true));
    let clear: Vec<u8> = pixels
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], 255])
        .collect();
    let inks: Vec<u8> = pixels
        .chunks_exact(3)
        .flat_map(|p| [p[0], p[1], p[2], 255].map(|v| 255 - v))
        .collect();
    let jpeg = |icc| Jpeg {
        exif: exif.clone(),
        icc,
        ..Jpeg::default()
    };
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let eyes = exif.clone().unwrap();
    let png_with = |png: Vec<u8>| with_png_chunks(&png, &[png_chunk(b"eXIf", &eyes)]);
    vec![
        jpeg(None).of(&pixels, width, height, ColorType::Rgb),
        jpeg(Some(p3)).of(&pixels, width, height, ColorType::Rgb),
        jpeg(None).of(&inks, width, height, ColorType::Cmyk),
        png_with(png(&pixels, width, height, ExtendedColorType::Rgb8)),
        png_with(png(&clear, width, height, ExtendedColorType::Rgba8)),
    ]
}

#[test]
fn a_look_that_does_nothing_changes_nothing() {
    let whole = Some(Crop {
        left: 0,
        top: 0,
        width: Crop::WHOLE,
        height: Crop::WHOLE,
    });
    let grey = Some(Grey {
        red: 90,
        green: 90,
        blue: 90,
    });
    for bytes in kinds(50, 34, 6) {
        let plain = develop(&bytes, &Settings::default().limits).unwrap();
        for look in [
            Look {
                turns: 4,
                ..Look::default()
            },
            Look {
                crop: whole,
                white: grey,
                ..Look::default()
            },
        ] {
            assert_eq!(develop_with(&bytes, &with(look)).unwrap(), plain);
        }
    }
}

#[test]
fn a_quarter_is_cut_out_where_it_is() {
    for orientation in 1..=8 {
        for bytes in kinds(480, 320, orientation) {
            let plain = seen(&bytes, Look::default());
            for (index, (left, top)) in [(0, 0), (5000, 0), (0, 5000), (5000, 5000)]
                .into_iter()
                .enumerate()
            {
                let developed = develop_with(&bytes, &with(crop(left, top, 5000, 5000))).unwrap();
                let part = read(&developed.large);
                let (width, height) = plain.dimensions();
                assert_eq!(part.dimensions(), (width / 2, height / 2));
                assert_eq!(
                    (developed.scores.width, developed.scores.height),
                    (width / 2, height / 2)
                );
                let (x, y) = (
                    width / 4 + (index as u32 % 2) * width / 2,
                    height / 4 + (index as u32 / 2) * height / 2,
                );
                let wanted = plain.get_pixel(x, y).0;
                for (x, y) in [
                    (8, 8),
                    (width / 2 - 9, 8),
                    (8, height / 2 - 9),
                    (width / 4, height / 4),
                ] {
                    assert_near(part.get_pixel(x, y).0, wanted, 12);
                }
            }
        }
    }
}

#[test]
fn four_turns_are_none_and_one_turns_right() {
    for bytes in kinds(48, 32, 1) {
        let mut turned = seen(&bytes, Look::default());
        for turns in 0..4 {
            let found = seen(
                &bytes,
                Look {
                    turns,
                    ..Look::default()
                },
            );
            assert_eq!(found.dimensions(), turned.dimensions());
            let at = |x: u32, y: u32| turned.get_pixel(x, y).0;
            let (w, h) = turned.dimensions();
            assert_quarters(
                &found,
                [
                    at(w / 4, h / 4),
                    at(w * 3 / 4, h / 4),
                    at(w / 4, h * 3 / 4),
                    at(w * 3 / 4, h * 3 / 4),
                ],
                14,
            );
            turned = image::imageops::rotate90(&turned);
        }
    }
}

/// A dark cross on light ground: after the tilt it leans as far as was asked, and to the right side.
#[test]
fn a_tilt_leans_to_the_right() {
    let side = 1200_u32;
    let cross = RgbImage::from_fn(side, side, |x, _| {
        Rgb(if x.abs_diff(side / 2) < 12 {
            [20; 3]
        } else {
            [230; 3]
        })
    });
    let bytes = png(cross.as_raw(), side, side, ExtendedColorType::Rgb8);
    for tilt in [-1500_i16, -430, 300, 1500] {
        let found = seen(
            &bytes,
            Look {
                tilt,
                ..Look::default()
            },
        );
        let dark = |y: u32| {
            let (mut sum, mut count) = (0.0, 0.0);
            for x in 0..found.width() {
                let weight = f64::from(255 - found.get_pixel(x, y).0[0]) - 40.0;
                if weight > 0.0 {
                    sum += weight * f64::from(x);
                    count += weight;
                }
            }
            sum / count
        };
        let (high, low) = (found.height() / 4, found.height() * 3 / 4);
        // Clockwise: the top of an upright line goes to the right.
        let lean = (dark(high) - dark(low)) / f64::from(low - high);
        let wanted = (f64::from(tilt) / 100.0).to_radians().tan();
        assert!((lean - wanted).abs() < 0.004, "{lean} is not {wanted}");
    }
}

#[test]
fn a_tilt_shows_nothing_that_was_not_there() {
    // The rim is red: whatever comes from beyond the picture would be the rim drawn out, or black.
    for (width, height) in [(400, 300), (300, 400), (640, 80), (33, 21)] {
        let plain = png(
            &[180, 180, 180].repeat((width * height) as usize),
            width,
            height,
            ExtendedColorType::Rgb8,
        );
        for tilt in [-1500, -700, -1, 1, 250, 1500] {
            let found = seen(
                &plain,
                Look {
                    tilt,
                    ..Look::default()
                },
            );
            assert!(
                found
                    .pixels()
                    .all(|pixel| pixel.0.iter().all(|value| value.abs_diff(180) <= 2))
            );
        }
        let rimmed = RgbImage::from_fn(width, height, |x, y| {
            let rim = x == 0 || y == 0 || x + 1 == width || y + 1 == height;
            Rgb(if rim { [255, 0, 0] } else { [180; 3] })
        });
        let rimmed = png(rimmed.as_raw(), width, height, ExtendedColorType::Rgb8);
        let found = seen(
            &rimmed,
            Look {
                tilt: 1500,
                ..Look::default()
            },
        );
        let red = found
            .pixels()
            .filter(|pixel| pixel.0[0].abs_diff(pixel.0[1]) > 40)
            .count();
        assert!(
            red * 50 < found.pixels().count().max(3000),
            "{red} pixels of rim in {width} by {height}"
        );
    }
}

#[test]
fn what_should_be_grey_is_grey() {
    for colour in [[200, 180, 150], [120, 130, 160], [96, 140, 118], [235, 225, 190]] {
        let bytes = png(&colour.repeat(64 * 64), 64, 64, ExtendedColorType::Rgb8);
        let look = Look {
            white: Some(Grey {
                red: colour[0],
                green: colour[1],
                blue: colour[2],
            }),
            ..Look::default()
        };
        let found = seen(&bytes, look).get_pixel(32, 32).0;
        let (least, most) = (found.iter().min().unwrap(), found.iter().max().unwrap());
        assert!(most - least <= 2, "{found:?} of {colour:?}");
    }
}

#[test]
fn brighter_by_a_stop_leaves_white_white() {
    let bright = Look {
        exposure: 100,
        ..Look::default()
    };
    let white = png(&[255; 64 * 64 * 3], 64, 64, ExtendedColorType::Rgb8);
    assert_eq!(seen(&white, bright).get_pixel(32, 32).0, [255; 3]);
    for bytes in kinds(48, 32, 1) {
        let (plain, lit) = (seen(&bytes, Look::default()), seen(&bytes, bright));
        let luma = |picture: &RgbImage| picture.iter().map(|value| u64::from(*value)).sum::<u64>();
        assert!(luma(&lit) > luma(&plain) * 11 / 10);
    }
}

/// A colour that a tilt and a crop leave alone is lit as the curves say, on every way through.
#[test]
fn light_is_the_same_with_geometry_and_without() {
    for bytes in kinds(480, 320, 3) {
        let lit = Look {
            exposure: -70,
            ..crop(0, 0, 4000, 4000)
        };
        let plain = seen(&bytes, crop(0, 0, 4000, 4000)).get_pixel(20, 20).0;
        let curves = imaging::look_curves(&lit);
        let wanted = [0, 1, 2].map(|channel: usize| curves[channel][usize::from(plain[channel])]);
        assert_near(seen(&bytes, lit).get_pixel(20, 20).0, wanted, 4);
        assert_near(
            seen(&bytes, Look { tilt: 200, ..lit }).get_pixel(20, 20).0,
            wanted,
            4,
        );
    }
}

#[test]
fn sizes_are_those_that_were_said() {
    for orientation in 1..=8 {
        for bytes in kinds(90, 60, orientation) {
            let swapped = orientation >= 5;
            for turns in 0..4_u8 {
                let (width, height) = if swapped ^ (turns % 2 == 1) {
                    (60, 90)
                } else {
                    (90, 60)
                };
                let look = Look {
                    turns,
                    ..crop(1000, 2000, 5000, 3000)
                };
                let developed = develop_with(&bytes, &with(look)).unwrap();
                let kept = (width / 2, height * 3 / 10);
                assert_eq!((developed.large.width, developed.large.height), kept);
                assert_eq!((developed.scores.width, developed.scores.height), kept);
                let upright = if swapped { (60, 90) } else { (90, 60) };
                assert_eq!((developed.width, developed.height), upright);
            }
        }
    }
}

/// A part of a large photo is decoded at a scale that still gives it in full sharpness.
#[test]
fn a_part_is_as_sharp_as_it_was_photographed() {
    let (width, height) = (3200_u32, 2400_u32);
    // Stripes of four pixels: at half the size they are two, at a quarter nothing but grey.
    let stripes = RgbImage::from_fn(width, height, |x, _| {
        Rgb(if (x / 4).is_multiple_of(2) {
            [40; 3]
        } else {
            [215; 3]
        })
    });
    let bytes = Jpeg::default().of(stripes.as_raw(), width, height, ColorType::Rgb);
    let contrast = |look: Look| {
        let found = seen(&bytes, look);
        let y = found.height() / 2;
        let row: Vec<u8> = (found.width() / 4..found.width() * 3 / 4)
            .map(|x| found.get_pixel(x, y).0[0])
            .collect();
        row.iter().max().unwrap() - row.iter().min().unwrap()
    };
    let quarter = crop(2500, 2500, 5000, 5000);
    let developed = develop_with(&bytes, &with(quarter)).unwrap();
    assert_eq!((developed.large.width, developed.large.height), (1600, 1200));
    assert!(contrast(quarter) > 150);
    assert!(contrast(Look { tilt: 300, ..quarter }) > 130);
}

#[test]
fn each_look_has_names_of_its_own() {
    let content = content_name(b"a photo");
    let name = |look: Look| rendition_name(&content, &Recipe::plain(), &look, Part::Large);
    let looks = [
        Look::default(),
        Look {
            turns: 1,
            ..Look::default()
        },
        Look {
            tilt: 1,
            ..Look::default()
        },
        Look {
            exposure: 1,
            ..Look::default()
        },
        crop(0, 0, 5000, 5000),
        crop(0, 0, 5000, 5001),
        Look {
            white: Some(Grey {
                red: 1,
                green: 2,
                blue: 3,
            }),
            ..Look::default()
        },
    ];
    let names: std::collections::BTreeSet<String> = looks.into_iter().map(name).collect();
    assert_eq!(names.len(), looks.len());
    // What renditions were called before there were looks, they are still called.
    let none = Look {
        turns: 4,
        ..Look::default()
    };
    assert_eq!(name(none), NAME_WITHOUT_LOOK);
}

const NAME_WITHOUT_LOOK: &str = "fd43358be5d3c9cbaea69b42c571b64638e13a55c03d31b8aea3bab5721a7270";

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn wild_numbers_give_pictures(
        turns: u8, tilt: i16, exposure: i16, has_crop: bool, has_white: bool,
        crop in any::<[u16; 4]>(), white in any::<[u8; 3]>(), which in 0_usize..5,
        width in 1_u32..60, height in 1_u32..60, orientation in 0_u16..10,
    ) {
        let [left, top, wide, high] = crop;
        let [red, green, blue] = white;
        let look = Look {
            turns,
            tilt,
            exposure,
            crop: has_crop.then_some(Crop { left, top, width: wide, height: high }),
            white: has_white.then_some(Grey { red, green, blue }),
        };
        let mut settings = with(look);
        settings.recipe.large.side = 40;
        settings.recipe.small.side = 20;
        let developed = develop_with(&kinds(width, height, orientation)[which], &settings).unwrap();
        let large = read(&developed.large);
        prop_assert!(large.width().max(large.height()) <= 40);
        let (w, h) = (developed.scores.width, developed.scores.height);
        prop_assert!(w >= 1 && h >= 1 && w <= developed.width.max(developed.height) && h <= developed.width.max(developed.height));
    }
}

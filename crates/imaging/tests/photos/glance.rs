//! A quick look: the small picture, the time, and the card beside the piece.

use crate::support::*;
use fast_qr::{ECL, QRBuilder};
use image::{ExtendedColorType, Rgb, RgbImage, imageops};
use imaging::{Fault, Glance, GlanceSettings, Limits, glance};
use jpeg_encoder::ColorType;

const TEXT: &str = "puesto:OLLA-0147";

fn look(bytes: &[u8], side: u32, codes: bool) -> Glance {
    let settings = GlanceSettings {
        side,
        codes,
        ..GlanceSettings::default()
    };
    let seen = glance(bytes, &settings).unwrap();
    let small = image::load_from_memory(&seen.bytes).unwrap();
    assert_eq!((small.width(), small.height()), (seen.width, seen.height));
    assert!(seen.width.max(seen.height) <= side);
    seen
}

fn small(seen: &Glance) -> RgbImage {
    image::load_from_memory(&seen.bytes).unwrap().into_rgb8()
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    Jpeg::default().of(
        picture.as_raw(),
        picture.width(),
        picture.height(),
        ColorType::Rgb,
    )
}

/// How a card is photographed.
#[derive(Clone, Copy)]
struct Shot {
    width: u32,
    height: u32,
    /// Side of the card for each 100 of the frame's shorter side.
    card_percent: f64,
    degrees: f64,
    blur: f32,
    light: f32,
}

const CALM: Shot = Shot {
    width: 1600,
    height: 1200,
    card_percent: 40.0,
    degrees: 0.0,
    blur: 0.0,
    light: 1.0,
};

/// A paper card with the code on a table of coarse grain, with a camera's noise.
fn card(text: &str, shot: Shot) -> RgbImage {
    let code = QRBuilder::new(text).ecl(ECL::M).build().unwrap();
    let modules = code.size as f64;
    let side = f64::from(shot.width.min(shot.height)) * shot.card_percent / 100.0;
    let (sine, cosine) = shot.degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (f64::from(shot.width) * 0.55, f64::from(shot.height) * 0.48);
    let mut state = 7_u32;
    let mut noise = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state % 13) as f32 - 6.0
    };
    let picture = RgbImage::from_fn(shot.width, shot.height, |x, y| {
        let (dx, dy) = (f64::from(x) - middle_x, f64::from(y) - middle_y);
        let across = (dx * cosine + dy * sine) / side + 0.5;
        let down = (dy * cosine - dx * sine) / side + 0.5;
        let level = if (0.0..1.0).contains(&across) && (0.0..1.0).contains(&down) {
            // Eight parts of ten are code, the rest is the paper's rim.
            let at = |part: f64| (part - 0.1) / 0.8 * modules;
            let (column, row) = (at(across), at(down));
            let inside = (0.0..modules).contains(&column) && (0.0..modules).contains(&row);
            if inside && code[row as usize][column as usize].value() {
                [38.0, 36.0, 40.0]
            } else {
                [225.0, 222.0, 214.0]
            }
        } else {
            let grain = ((f64::from(x) / 37.0 + (f64::from(y) / 211.0).sin() * 3.0).sin() * 18.0) as f32;
            [150.0 + grain, 112.0 + grain, 78.0 + grain]
        };
        let noise = noise();
        Rgb(level.map(|value| ((value + noise) * shot.light).clamp(0.0, 255.0) as u8))
    });
    if shot.blur > 0.0 {
        imageops::blur(&picture, shot.blur)
    } else {
        picture
    }
}

#[test]
fn the_card_beside_the_piece_is_read() {
    let shots = [
        CALM,
        Shot {
            card_percent: 33.0,
            ..CALM
        },
        Shot {
            card_percent: 80.0,
            ..CALM
        },
        Shot {
            degrees: 17.0,
            ..CALM
        },
        Shot {
            degrees: -38.0,
            ..CALM
        },
        Shot {
            degrees: 90.0,
            ..CALM
        },
        Shot {
            degrees: 180.0,
            ..CALM
        },
        Shot { light: 0.3, ..CALM },
        Shot { blur: 2.0, ..CALM },
        Shot {
            blur: 3.0,
            degrees: 8.0,
            card_percent: 50.0,
            ..CALM
        },
        Shot {
            width: 1200,
            height: 1600,
            degrees: 5.0,
            ..CALM
        },
    ];
    for (number, shot) in shots.into_iter().enumerate() {
        let seen = look(&jpeg(&card(TEXT, shot)), 320, true);
        assert_eq!(seen.codes, [TEXT], "shot {number}");
    }
    // A longer text has finer squares.
    let address = "https://tienda.example/p/01933b1c-7f6a-7e55-9c1e-5b6d2c0a9f10";
    let seen = look(&jpeg(&card(address, CALM)), 320, true);
    assert_eq!(seen.codes, [address]);
}

#[test]
fn the_card_of_a_phones_photo_is_read() {
    let shot = Shot {
        width: 4032,
        height: 3024,
        card_percent: 35.0,
        degrees: 12.0,
        ..CALM
    };
    let picture = card(TEXT, shot);
    let bytes = Jpeg {
        exif: Some(exif(6, true)),
        ..Jpeg::default()
    }
    .of(picture.as_raw(), 4032, 3024, ColorType::Rgb);
    let seen = look(&bytes, 320, true);
    assert_eq!(seen.codes, [TEXT]);
    assert_eq!((seen.width, seen.height), (240, 320));
}

#[test]
fn a_picture_without_a_code_has_none() {
    let piece = &testkit::sample::pieces().unwrap()[0].slug;
    let photo = testkit::sample::photo_of_side(piece, "front", 1200).unwrap();
    assert_eq!(look(&photo, 320, true).codes, [""; 0]);
    // A woven cloth is full of what looks like the beginning of one.
    let cloth = RgbImage::from_fn(1200, 900, |x, y| {
        let dark = (x / 10).is_multiple_of(2) ^ (y / 10).is_multiple_of(3);
        Rgb(if dark { [60, 30, 30] } else { [220, 210, 190] })
    });
    assert_eq!(look(&jpeg(&cloth), 320, true).codes, [""; 0]);
    // And without being asked nobody looks.
    assert_eq!(look(&jpeg(&card(TEXT, CALM)), 320, false).codes, [""; 0]);
}

/// Nothing but the corners of codes: what would keep a careless reader busy for minutes.
#[test]
fn a_field_of_corners_ends_soon() {
    let start = std::time::Instant::now();
    for step in [9_u32, 14, 20] {
        let field = RgbImage::from_fn(1000, 1000, |x, y| {
            let unit = (step / 9).max(1);
            let (x, y) = (x % step / unit, y % step / unit);
            let ring = x.max(y) == 6 || x.min(y) == 0;
            let dark = x < 7 && y < 7 && (ring || ((2..5).contains(&x) && (2..5).contains(&y)));
            Rgb(if dark { [0; 3] } else { [255; 3] })
        });
        let field = png(field.as_raw(), 1000, 1000, ExtendedColorType::Rgb8);
        assert_eq!(look(&field, 320, true).codes, [""; 0]);
    }
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn every_kind_is_small_and_upright() {
    let pixels = quarters(480, 320);
    let turned = Jpeg {
        exif: Some(exif(6, true)),
        ..Jpeg::default()
    }
    .of(&pixels, 480, 320, ColorType::Rgb);
    let seen = look(&turned, 96, false);
    assert_eq!((seen.width, seen.height), (64, 96));
    assert_quarters(&small(&seen), [BLUE, RED, YELLOW, GREEN], 20);
    for bytes in [
        png(&pixels, 480, 320, ExtendedColorType::Rgb8),
        webp(&pixels, 480, 320, ExtendedColorType::Rgb8),
        heic::grid_of_quarters().bytes(),
    ] {
        let seen = look(&bytes, 96, false);
        assert_eq!(seen.width.max(seen.height), 96);
        assert_quarters(&small(&seen), [RED, GREEN, BLUE, YELLOW], 20);
        assert!(!seen.bytes.windows(4).any(|found| found == b"Exif"));
    }
}

/// EXIF with a time, and with a small picture beside the large one.
fn full_exif(time: &[u8; 20], sub_second: &[u8; 4], orientation: u16, thumbnail: &[u8]) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        [
            &tag.to_le_bytes()[..],
            &kind.to_le_bytes(),
            &count.to_le_bytes(),
            &value.to_le_bytes(),
        ]
        .concat()
    };
    // 8 to 38: two entries; 38 to 68: the camera's own; 68 to 98: the thumbnail's; then the time.
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x0112, 3, 1, u32::from(orientation)));
    tiff.extend(entry(0x8769, 4, 1, 38));
    tiff.extend(68_u32.to_le_bytes());
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x9003, 2, 20, 98));
    tiff.extend(entry(0x9291, 2, 4, u32::from_le_bytes(*sub_second)));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(2_u16.to_le_bytes());
    tiff.extend(entry(0x0201, 4, 1, 118));
    tiff.extend(entry(0x0202, 4, 1, thumbnail.len() as u32));
    tiff.extend(0_u32.to_le_bytes());
    tiff.extend(time);
    tiff.extend(thumbnail);
    tiff
}

const TIME: &[u8; 20] = b"2026:11:22 06:39:43\0";

#[test]
fn the_camera_says_when() {
    let told = |exif| {
        let bytes = Jpeg {
            exif,
            ..Jpeg::default()
        }
        .quarters();
        look(&bytes, 96, false).taken_ms
    };
    assert_eq!(
        told(Some(full_exif(TIME, b"25\0\0", 1, &[]))),
        Some(1_795_329_583_250)
    );
    assert_eq!(
        told(Some(full_exif(TIME, b"\0\0\0\0", 1, &[]))),
        Some(1_795_329_583_000)
    );
    assert_eq!(
        told(Some(full_exif(b"0000:00:00 00:00:00\0", b"25\0\0", 1, &[]))),
        None
    );
    assert_eq!(told(Some(exif(1, true))), None);
    assert_eq!(told(None), None);
}

#[test]
fn the_cameras_own_small_picture_is_taken_only_when_it_shows_the_same() {
    let plain = |colour: [u8; 3], width: u32, height: u32| {
        Jpeg::default().of(
            &colour.repeat((width * height) as usize),
            width,
            height,
            ColorType::Rgb,
        )
    };
    let photo = |exif: Vec<u8>, icc: Option<Vec<u8>>| {
        let pixels = GREEN.repeat(600 * 400);
        Jpeg {
            exif: Some(exif),
            icc,
            ..Jpeg::default()
        }
        .of(&pixels, 600, 400, ColorType::Rgb)
    };
    let shown = |bytes: &[u8], side| small(&look(bytes, side, false)).get_pixel(10, 10).0;
    let good = photo(full_exif(TIME, b"\0\0\0\0", 6, &plain(RED, 240, 160)), None);
    // It is red, and so it can be seen that it was taken; it is turned as the photo is.
    assert_near(shown(&good, 200), RED, 12);
    assert_eq!(look(&good, 200, false).height, 200);
    // Too small, of another shape, broken, in unknown colours: the photo itself.
    assert_near(shown(&good, 300), GREEN, 12);
    let other_shape = photo(full_exif(TIME, b"\0\0\0\0", 1, &plain(RED, 240, 180)), None);
    assert_near(shown(&other_shape, 200), GREEN, 12);
    let mut half = plain(RED, 240, 160);
    half.truncate(half.len() / 2);
    let broken = photo(full_exif(TIME, b"\0\0\0\0", 1, &half), None);
    assert_near(shown(&broken, 200), GREEN, 12);
    let srgb = moxcms::ColorProfile::new_srgb().encode().unwrap();
    let in_profile = photo(full_exif(TIME, b"\0\0\0\0", 1, &plain(RED, 240, 160)), Some(srgb));
    assert_near(shown(&in_profile, 200), GREEN, 12);
}

#[test]
fn what_cannot_be_developed_cannot_be_glanced_at() {
    let settings = GlanceSettings {
        codes: true,
        ..GlanceSettings::default()
    };
    let whole = Jpeg::default().quarters();
    assert_eq!(
        glance(&whole[..whole.len() / 2], &settings),
        Err(Fault::Truncated)
    );
    assert_eq!(glance(b"a note", &settings), Err(Fault::NotAnImage));
    let little = GlanceSettings {
        limits: Limits {
            pixels: 100,
            ..Limits::default()
        },
        ..settings
    };
    assert!(matches!(
        glance(&whole, &little),
        Err(Fault::TooManyPixels { .. })
    ));
}

//! Photos of iPhones and of the many phones that write as they do.

use crate::support::heic::{Heic, boxed, grid_of_quarters, tile};
use crate::support::*;
use imaging::{Developed, Fault, Format, Limits, Note, develop, inspect};

const QUARTERS: &[u8] = include_bytes!("../data/quarters.heic");

fn developed(bytes: &[u8]) -> Developed {
    let developed = develop(bytes, &Limits::default()).unwrap();
    assert_eq!(developed.format, Format::Heic);
    developed
}

fn refused(bytes: &[u8]) -> Fault {
    let fault = develop(bytes, &Limits::default()).unwrap_err();
    assert_eq!(inspect(bytes).err(), Some(fault.clone()));
    fault
}

#[test]
fn what_phones_write_is_developed() {
    for bytes in [
        QUARTERS,
        include_bytes!("../data/ten-bit.heic"),
        include_bytes!("../data/full-colour.heic"),
    ] {
        let developed = developed(bytes);
        assert_eq!((developed.width, developed.height), (96, 64));
        assert_quarters(&read(&developed.large), [RED, GREEN, BLUE, YELLOW], 14);
        assert_eq!(developed.notes, [Note::Small]);
    }
    let odd = developed(include_bytes!("../data/odd.heic"));
    assert_eq!((odd.large.width, odd.large.height), (95, 63));
    assert_quarters(&read(&odd.large), [RED, GREEN, BLUE, YELLOW], 14);
    let grey = read(&developed(include_bytes!("../data/grey.heic")).large);
    assert_near(grey.get_pixel(20, 30).0, [40; 3], 4);
    assert_near(grey.get_pixel(76, 30).0, [200; 3], 4);
}

fn grid_with(properties: Vec<Vec<u8>>) -> Developed {
    let heic = Heic {
        properties,
        ..grid_of_quarters()
    };
    developed(&heic.bytes())
}

#[test]
fn tiles_are_laid_and_turned_as_the_file_says() {
    let plain = grid_with(Vec::new());
    assert_eq!((plain.width, plain.height), (128, 128));
    assert_quarters(&read(&plain.large), [RED, GREEN, BLUE, YELLOW], 10);
    let turned = |property: Vec<u8>| {
        let developed = grid_with(vec![property]);
        assert!(developed.notes.contains(&Note::Turned));
        read(&developed.large)
    };
    // Turns go to the left (ISO/IEC 23008-12 §6.5.10).
    for (turns, wanted) in [
        (1, [GREEN, YELLOW, RED, BLUE]),
        (2, [YELLOW, BLUE, GREEN, RED]),
        (3, [BLUE, RED, YELLOW, GREEN]),
    ] {
        assert_quarters(&turned(boxed(b"irot", &[turns])), wanted, 10);
    }
    assert_quarters(&turned(boxed(b"imir", &[0])), [BLUE, YELLOW, RED, GREEN], 10);
    assert_quarters(&turned(boxed(b"imir", &[1])), [GREEN, RED, YELLOW, BLUE], 10);
    // Both, in the order in which they are said.
    let both = grid_with(vec![boxed(b"irot", &[1]), boxed(b"imir", &[1])]);
    assert_quarters(&read(&both.large), [YELLOW, GREEN, BLUE, RED], 10);
}

#[test]
fn the_last_tiles_reach_over_the_edge() {
    let heic = Heic {
        grid: Some((2, 2, 101, 90)),
        ..grid_of_quarters()
    };
    let developed = developed(&heic.bytes());
    assert_eq!((developed.large.width, developed.large.height), (101, 90));
    let picture = read(&developed.large);
    for (x, y, wanted) in [(30, 30, RED), (90, 30, GREEN), (30, 80, BLUE), (90, 80, YELLOW)] {
        assert_near(picture.get_pixel(x, y).0, wanted, 10);
    }
}

#[test]
fn a_window_is_cut_out() {
    let number = |number: i32| number.to_be_bytes();
    let one = number(1);
    let clap = [
        number(64),
        one,
        number(96),
        one,
        number(32),
        one,
        number(-16),
        one,
    ]
    .concat();
    let developed = grid_with(vec![boxed(b"clap", &clap)]);
    assert_eq!((developed.large.width, developed.large.height), (64, 96));
    let picture = read(&developed.large);
    assert_near(picture.get_pixel(30, 30).0, GREEN, 10);
    assert_near(picture.get_pixel(30, 80).0, YELLOW, 10);
}

/// The boxes have said which way is up, and the decoder of phones heeds only them.
#[test]
fn exif_tells_of_everything_but_the_way_up() {
    let heic = Heic {
        exif: Some(exif(6, true)),
        ..grid_of_quarters()
    };
    let bytes = heic.bytes();
    let developed = developed(&bytes);
    assert_quarters(&read(&developed.large), [RED, GREEN, BLUE, YELLOW], 10);
    assert_eq!(developed.notes, [Note::LocationRemoved, Note::Small]);
    assert!(developed.scores.has_camera && inspect(&bytes).unwrap().has_location);
}

#[test]
fn display_p3_becomes_srgb() {
    let plain = read(&grid_with(Vec::new()).large).get_pixel(30, 30).0;
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let icc = boxed(b"colr", &[&b"prof"[..], &profile].concat());
    let said = boxed(b"colr", b"nclx\0\x0C\0\x0D\0\x06\x80");
    for properties in [vec![icc.clone()], vec![said.clone()], vec![said.clone(), icc]] {
        let developed = grid_with(properties);
        assert!(developed.notes.contains(&Note::ColoursConverted));
        let seen = read(&developed.large).get_pixel(30, 30).0;
        assert!(seen[0] > plain[0] + 4 && seen[1] < plain[1], "{seen:?} {plain:?}");
    }
    let bright = boxed(b"colr", b"nclx\0\x09\0\x10\0\x09\x80");
    assert!(grid_with(vec![bright]).notes.contains(&Note::ColoursUnsure));
}

/// The fixture's samples are JPEG's; said to be a film's they mean these other colours.
#[test]
fn the_coding_of_films_is_understood() {
    let (setup, data) = tile(QUARTERS);
    let said = |coding: &[u8]| {
        let heic = Heic {
            tiles: vec![(setup.clone(), data.clone())],
            properties: vec![boxed(b"colr", coding)],
            ..Heic::default()
        };
        read(&developed(&heic.bytes()).large)
    };
    // Shares of red and blue in brightness (H.273 table 4), and whether black is 16 and white 235.
    let kinds: [(&[u8], f64, f64, bool); 4] = [
        (b"nclx\0\x01\0\x0D\0\x06\x80", 0.299, 0.114, false),
        (b"nclx\0\x01\0\x0D\0\x06\0", 0.299, 0.114, true),
        (b"nclx\0\x01\0\x0D\0\x01\x80", 0.2126, 0.0722, false),
        (b"nclx\0\x01\0\x0D\0\x01\0", 0.2126, 0.0722, true),
    ];
    for (coding, of_red, of_blue, narrow) in kinds {
        let wanted = [RED, GREEN, BLUE, YELLOW].map(|colour| {
            let [r, g, b] = colour.map(f64::from);
            let luma = 0.299 * r + 0.587 * g + 0.114 * b;
            let (blue, red) = ((b - luma) / 1.772, (r - luma) / 1.402);
            let (luma, blue, red) = if narrow {
                (
                    (luma - 16.0) * 255.0 / 219.0,
                    blue * 255.0 / 224.0,
                    red * 255.0 / 224.0,
                )
            } else {
                (luma, blue, red)
            };
            let (luma, blue, red) = (
                luma.clamp(0.0, 255.0),
                blue.clamp(-128.0, 127.0),
                red.clamp(-128.0, 127.0),
            );
            let (r, b) = (
                luma + 2.0 * (1.0 - of_red) * red,
                luma + 2.0 * (1.0 - of_blue) * blue,
            );
            let g = (luma - of_red * r - of_blue * b) / (1.0 - of_red - of_blue);
            [r, g, b].map(|value| value.round().clamp(0.0, 255.0) as u8)
        });
        assert_quarters(&said(coding), wanted, 16);
    }
}

#[test]
fn a_cut_heic_is_truncated_wherever_it_is_cut() {
    let grid = Heic {
        exif: Some(exif(1, true)),
        ..grid_of_quarters()
    };
    for whole in [QUARTERS.to_vec(), grid.bytes()] {
        developed(&whole);
        for end in 12..whole.len() {
            assert_eq!(
                refused(&whole[..end]),
                Fault::Truncated,
                "{end} of {}",
                whole.len()
            );
        }
    }
}

#[test]
fn a_film_of_pictures_gives_its_first_and_other_kinds_are_named() {
    let film = Heic {
        brands: Some(b"heic\0\0\0\0mif1heichevcmsf1".to_vec()),
        after: boxed(b"moov", b"\0\0\0\x08mvhd"),
        ..grid_of_quarters()
    };
    assert!(developed(&film.bytes()).notes.contains(&Note::FirstFrame));
    let only_film = [
        boxed(b"ftyp", b"hevc\0\0\0\0msf1hevc"),
        boxed(b"moov", b"\0\0\0\x08mvhd"),
    ]
    .concat();
    assert_eq!(refused(&only_film), Fault::Unsupported { found: "heic-film" });
    let mut avif = grid_of_quarters();
    avif.tiles.truncate(1);
    avif.grid = None;
    let mut avif = avif.bytes();
    let kind = avif.windows(4).position(|kind| kind == b"hvc1").unwrap();
    avif[kind..kind + 4].copy_from_slice(b"av01");
    assert_eq!(refused(&avif), Fault::Unsupported { found: "avif" });
}

#[test]
fn what_cannot_be_is_refused() {
    let grids = [
        (2, 2, 129, 128),
        (2, 2, 64, 128),
        (2, 2, 65_535, 65_535),
        (4, 2, 128, 128),
        (255, 255, 128, 128),
        (2, 2, 0, 0),
    ];
    for grid in grids {
        let heic = Heic {
            grid: Some(grid),
            ..grid_of_quarters()
        };
        assert_eq!(refused(&heic.bytes()).code(), "photo_damaged", "{grid:?}");
    }
    let limits = Limits {
        side: 100,
        ..Limits::default()
    };
    assert!(matches!(
        develop(&grid_of_quarters().bytes(), &limits),
        Err(Fault::TooLargeSide { width: 128, .. })
    ));
    let limits = Limits {
        decoded_bytes: 64 * 64 * 10,
        ..Limits::default()
    };
    assert!(matches!(
        develop(&grid_of_quarters().bytes(), &limits),
        Err(Fault::TooManyPixels { .. })
    ));
}

/// A picture of HEVC that stops before its last row is not a whole one.
#[test]
fn tiles_that_stop_half_way_are_not_shown_as_whole() {
    let (setup, data) = tile(QUARTERS);
    let mut shown = 0;
    for end in 0..data.len() {
        // The first four bytes are the length of what follows: kept true.
        let mut cut = data[..end].to_vec();
        if let Some(length) = cut.first_chunk_mut::<4>() {
            *length = (end as u32 - 4).to_be_bytes();
        }
        let heic = Heic {
            tiles: vec![(setup.clone(), cut)],
            ..Heic::default()
        };
        shown += usize::from(develop(&heic.bytes(), &Limits::default()).is_ok());
    }
    assert!(
        shown * 20 <= data.len(),
        "{shown} of {} cut tiles were shown",
        data.len()
    );
}

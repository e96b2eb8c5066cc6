//! Which photos look the same, measured: `cargo test -p imaging --test likeness -- --nocapture` prints how far
//! apart the same are, and others.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at the first surprise, and its table is for reading"
)]

mod support;

use image::imageops::{self, FilterType};
use image::{Rgb, RgbImage};
use imaging::{LIKENESS_SAME, Settings, develop_with, likeness_apart};
use jpeg_encoder::ColorType;
use support::*;

fn likeness(picture: &RgbImage) -> u64 {
    let bytes = Jpeg::default().of(
        picture.as_raw(),
        picture.width(),
        picture.height(),
        ColorType::Rgb,
    );
    of_file(&bytes)
}

fn of_file(bytes: &[u8]) -> u64 {
    develop_with(bytes, &Settings::default()).unwrap().likeness
}

fn cropped(picture: &RgbImage, percent: u32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let (across, down) = (width * percent / 100, height * percent / 100);
    imageops::crop_imm(picture, across, down, width - 2 * across, height - across - down).to_image()
}

fn brighter(picture: &RgbImage, factor: f32) -> RgbImage {
    let mut changed = picture.clone();
    for value in changed.iter_mut() {
        *value = (f32::from(*value) * factor).min(255.0) as u8;
    }
    changed
}

fn recompressed(picture: &RgbImage, side: u32, quality: u8) -> Vec<u8> {
    let (width, height) = picture.dimensions();
    let small = imageops::resize(
        picture,
        width * side / width.max(height),
        height * side / width.max(height),
        FilterType::Triangle,
    );
    let mut bytes = Vec::new();
    jpeg_encoder::Encoder::new(&mut bytes, quality)
        .encode(
            small.as_raw(),
            small.width() as u16,
            small.height() as u16,
            ColorType::Rgb,
        )
        .unwrap();
    bytes
}

/// A photo as it comes back from a messenger, a friend, an editing table.
fn same(picture: &RgbImage) -> Vec<(&'static str, u64)> {
    vec![
        ("messenger", of_file(&recompressed(picture, 800, 60))),
        ("thumbnail", of_file(&recompressed(picture, 300, 50))),
        ("brighter", likeness(&brighter(picture, 1.25))),
        ("darker", likeness(&brighter(picture, 0.7))),
        ("cut by 1 %", likeness(&cropped(picture, 1))),
        ("cut by 2 %", likeness(&cropped(picture, 2))),
    ]
}

/// Pots of all shapes on one table, in one light: what hides in a shop's photos that all look alike.
fn pot(seed: u32) -> RgbImage {
    let throw = |n: u32, most: u32| {
        // Mixed well (Murmur3's end), or pots of different numbers would be the same.
        let mut mixed = seed.wrapping_mul(0x9E37_79B9) ^ n.wrapping_mul(0x85EB_CA6B);
        mixed = (mixed ^ mixed >> 16).wrapping_mul(0x7FEB_352D);
        mixed = (mixed ^ mixed >> 15).wrapping_mul(0x846C_A68B);
        (mixed ^ mixed >> 16) % most
    };
    let side = 700_u32;
    let (belly, neck) = (150 + throw(1, 130), 50 + throw(2, 80));
    let (top, bottom) = (150 + throw(3, 120), 560 + throw(4, 60));
    let waist = 0.3 + f64::from(throw(5, 40)) / 100.0;
    let clay = [140 + throw(6, 70), 80 + throw(7, 50), 50 + throw(8, 50)];
    let bands = 1 + throw(9, 5);
    RgbImage::from_fn(side, side, |x, y| {
        if (top..bottom).contains(&y) {
            let down = f64::from(y - top) / f64::from(bottom - top);
            let swell = (-((down - waist) / 0.28).powi(2)).exp();
            let half = f64::from(neck) + f64::from(belly - neck.min(belly)) * swell;
            let off = (f64::from(x) - 350.0) / half;
            if off.abs() < 1.0 {
                let light = 0.55 + 0.45 * (1.0 - (off + 0.35).powi(2)).max(0.0);
                let band = (down * f64::from(bands) * 6.0).sin() > 0.8;
                let colour = if band { [60, 40, 35] } else { clay };
                return Rgb(colour.map(|value| (f64::from(value) * light) as u8));
            }
        }
        let table = if y > 520 { [168, 150, 130] } else { [222, 216, 206] };
        Rgb(table.map(|value: u32| (value - (x + y) / 60) as u8))
    })
}

fn drawn(wanted: &[(String, String)]) -> Vec<(String, RgbImage)> {
    let draw = |(slug, view): &(String, String)| {
        let bytes = testkit::sample::photo_of_side(slug, view, 320).unwrap();
        (
            format!("{slug} {view}"),
            image::load_from_memory(&bytes).unwrap().into_rgb8(),
        )
    };
    wanted.iter().map(draw).collect()
}

#[test]
fn the_same_photo_is_known_again_and_others_are_told_apart() {
    let mut wanted = Vec::new();
    for piece in testkit::sample::pieces().unwrap() {
        wanted.extend(piece.views.iter().map(|view| (piece.slug.clone(), view.clone())));
    }
    let mut photos: Vec<(String, RgbImage)> = std::thread::scope(|scope| {
        let halves = wanted
            .chunks(wanted.len().div_ceil(2))
            .map(|half| scope.spawn(|| drawn(half)));
        let halves: Vec<_> = halves.collect();
        halves.into_iter().flat_map(|half| half.join().unwrap()).collect()
    });
    let drawn = photos.len();
    photos.extend((0..60).map(|seed| (format!("pot {seed}"), pot(seed))));
    let hashes: Vec<u64> = photos.iter().map(|(_, picture)| likeness(picture)).collect();

    let (mut missed, mut alike) = (0, 0);
    let mut furthest = std::collections::BTreeMap::<&str, Vec<u32>>::new();
    for (number, (name, picture)) in photos.iter().enumerate().take(drawn + 15) {
        for (change, changed) in same(picture) {
            let apart = likeness_apart(hashes[number], changed);
            furthest.entry(change).or_default().push(apart);
            alike += 1;
            if apart > LIKENESS_SAME {
                missed += 1;
                println!("{name} {change}: {apart}");
            }
        }
    }
    for (change, mut apart) in furthest {
        apart.sort_unstable();
        println!(
            "{change:<12} median {:>2}, most {:>2}",
            apart[apart.len() / 2],
            apart[apart.len() - 1]
        );
    }
    let (mut alarms, mut others) = (0, 0);
    let mut counts = [0_u32; 65];
    for a in 0..photos.len() {
        for b in 0..a {
            let apart = likeness_apart(hashes[a], hashes[b]);
            counts[apart as usize] += 1;
            others += 1;
            if apart <= LIKENESS_SAME {
                alarms += 1;
                println!("{} and {}: {apart}", photos[a].0, photos[b].0);
                let pots = photos[a].0.starts_with("pot") && photos[b].0.starts_with("pot");
                assert!(pots, "two pieces, or two views of one, are taken for the same");
            }
        }
    }
    println!(
        "{others} pairs of others, so many so far apart: {:?}",
        &counts[..34]
    );
    println!(
        "{missed} of {alike} changed photos not known again, {alarms} of {others} others taken for the same"
    );
    assert!(missed * 30 <= alike, "{missed} of {alike}");
    assert!(alarms * 200 <= others, "{alarms} of {others}");
}

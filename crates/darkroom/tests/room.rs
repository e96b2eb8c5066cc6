//! The room with real workers: what they give, and what is left when they die.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use darkroom::{Darkroom, Pace};
use image::{ImageFormat, Rgb, RgbImage};
use imaging::{Fault, Settings};
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};
use tempfile::TempDir;

const QUICK: Pace = Pace {
    patience: Duration::from_millis(300),
    rest: Duration::from_millis(50),
};

fn worker() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_darkroom-worker"))
}

fn photo(seed: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(640, 480, |x, y| {
        Rgb([(x * seed) as u8, (y + seed) as u8, (x ^ y) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A program that is no worker.
fn impostor(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/impostors")
        .join(name)
}

/// Processes that run this program now.
fn running(program: &Path) -> Vec<u32> {
    fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok())
        .filter(|id| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|exe| exe == program))
        .collect()
}

fn until(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "never: {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// The worker under a name of its own, so that a test sees its own workers only. No copy: a file that was just
/// written cannot be run while another test's new process still holds it.
fn own_worker() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir_in(worker().parent().unwrap()).unwrap();
    let own = folder.path().join("worker");
    fs::hard_link(worker(), &own).unwrap();
    (folder, own)
}

#[test]
fn what_comes_out_is_what_imaging_makes() {
    let room = Darkroom::with(worker(), Pace::default());
    let settings = Settings::default();
    thread::scope(|scope| {
        for seed in 1..9 {
            let (room, settings) = (&room, &settings);
            scope.spawn(move || {
                let photo = photo(seed);
                assert_eq!(
                    room.develop(&photo, settings),
                    imaging::develop_with(&photo, settings)
                );
            });
        }
    });
    for (bytes, fault) in [
        (&b""[..], Fault::Empty),
        (b"Querida abuela", Fault::NotAnImage),
        (b"GIF89a", Fault::Unsupported { found: "gif" }),
    ] {
        assert_eq!(room.develop(bytes, &settings), Err(fault));
    }
    let cut = photo(1);
    let cut = room.develop(&cut[..cut.len() / 2], &settings);
    assert_eq!(cut.unwrap_err(), Fault::Truncated);
}

#[test]
fn a_worker_that_was_killed_is_replaced() {
    let (_folder, program) = own_worker();
    let room = Darkroom::with(program.clone(), Pace::default());
    let settings = Settings::default();
    for seed in 1..4 {
        assert!(room.develop(&photo(seed), &settings).is_ok());
        let workers = running(&program);
        assert_eq!(workers.len(), 1, "it rests");
        let killed = Command::new("kill")
            .args(["-9", &workers[0].to_string()])
            .status()
            .unwrap();
        assert!(killed.success());
    }
    assert!(room.develop(&photo(9), &settings).is_ok());
}

#[test]
fn a_photo_that_ends_its_worker_is_one_photo() {
    for name in ["dies", "aborts", "babbles", "hangs"] {
        let room = Darkroom::with(impostor(name), QUICK);
        let began = Instant::now();
        let refused = room.develop(&photo(1), &Settings::default()).unwrap_err();
        assert_eq!(refused.code(), "photo_damaged", "{name}");
        assert!(began.elapsed() < Duration::from_secs(10), "{name}");
    }
}

#[test]
fn without_workers_photos_are_developed_all_the_same() {
    let settings = Settings::default();
    for program in ["nowhere", "updated"] {
        let room = Darkroom::with(impostor(program), QUICK);
        assert_eq!(
            room.develop(&photo(1), &settings),
            imaging::develop_with(&photo(1), &settings),
            "{program}"
        );
    }
}

#[test]
fn who_is_not_needed_goes_home_and_comes_again() {
    let (_folder, program) = own_worker();
    let pace = Pace {
        patience: Duration::from_secs(60),
        ..QUICK
    };
    let room = Darkroom::with(program.clone(), pace);
    for seed in 1..3 {
        assert!(room.develop(&photo(seed), &Settings::default()).is_ok());
        until("nobody is left", || running(&program).is_empty());
    }
    let room_two = Darkroom::with(program.clone(), Pace::default());
    assert!(room_two.develop(&photo(1), &Settings::default()).is_ok());
    assert_eq!(running(&program).len(), 1);
    drop(room_two);
    assert_eq!(running(&program).len(), 0, "they end with the room");
}

#[cfg(target_os = "linux")]
#[test]
fn a_workers_memory_has_an_end() {
    let (_folder, program) = own_worker();
    let room = Darkroom::with(program.clone(), Pace::default());
    assert!(room.develop(&photo(1), &Settings::default()).is_ok());
    let workers = running(&program);
    let limits = fs::read_to_string(format!("/proc/{}/limits", workers[0])).unwrap();
    let data = limits
        .lines()
        .find(|line| line.starts_with("Max data size"))
        .unwrap();
    assert_eq!(data.split_whitespace().nth(3).unwrap(), (800 << 20).to_string());
}

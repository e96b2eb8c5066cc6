//! A terminal in which `puesto` runs on a shop.

#![allow(dead_code, reason = "each test binary uses its own part")]

use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

pub struct Terminal<'folder> {
    pub shop: &'folder Path,
}

impl Terminal<'_> {
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_puesto"));
        command
            .arg("--shop")
            .arg(self.shop)
            .arg("--json")
            .args(arguments)
            .env("LANG", "es_MX.UTF-8")
            .env_remove("LC_ALL")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Value {
        let done = self.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {said}");
        serde_json::from_slice(&done.stdout).unwrap_or(Value::Null)
    }

    pub fn fails(&self, arguments: &[&str]) -> (i32, String) {
        let done = self.command(arguments).output().unwrap();
        let fault: Value = serde_json::from_slice(&done.stderr)
            .unwrap_or_else(|_| panic!("{arguments:?}: {}", String::from_utf8_lossy(&done.stderr)));
        (
            done.status.code().unwrap(),
            fault["code"].as_str().unwrap().to_owned(),
        )
    }

    /// In words, for a person.
    pub fn says(&self, arguments: &[&str]) -> String {
        let done = Command::new(env!("CARGO_BIN_EXE_puesto"))
            .arg("--shop")
            .arg(self.shop)
            .args(arguments)
            .env("LANG", "es_MX.UTF-8")
            .env_remove("LC_ALL")
            .output()
            .unwrap();
        String::from_utf8(done.stdout).unwrap() + &String::from_utf8_lossy(&done.stderr)
    }

    pub fn begin(&self, pieces: u32) -> String {
        self.run(&["init", "--name", "Taller Núñez", "--seller", "María"]);
        let mut first = String::new();
        for n in 0..pieces {
            let title = format!("Pieza {n}");
            let made = self.run(&["product", "add", "--title", &title, "--price", "780"]);
            if n == 0 {
                made["id"].as_str().unwrap().clone_into(&mut first);
            }
        }
        first
    }

    pub fn photo(&self, piece: &str, seed: u8) {
        let file = self.shop.parent().unwrap().join(format!("foto-{seed}.png"));
        let picture = image_of(seed);
        fs::write(&file, picture).unwrap();
        self.run(&["photo", "add", piece, file.to_str().unwrap()]);
    }

    pub fn title(&self, piece: &str) -> String {
        self.run(&["product", "show", piece])["title"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

/// A photo that is not like another one.
fn image_of(seed: u8) -> Vec<u8> {
    let pieces = testkit::sample::pieces().unwrap();
    let sample = &pieces[usize::from(seed) % pieces.len()];
    testkit::sample::photo_of_side(&sample.slug, &sample.views[0], 600).unwrap()
}

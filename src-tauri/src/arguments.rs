//! The command line: `puesto-app [--shop DIR]`.

use std::path::PathBuf;
use std::time::Instant;

pub struct Arguments {
    /// The shop's folder; absent, the one in the person's own data folder.
    pub shop: Option<PathBuf>,
    /// When the process began, for measuring the first paint.
    pub began: Instant,
}

impl Arguments {
    pub fn read() -> Self {
        let mut shop = None;
        let mut words = std::env::args_os().skip(1);
        while let Some(word) = words.next() {
            if word == "--shop" {
                shop = words.next().map(PathBuf::from);
            }
        }
        Self {
            shop,
            began: Instant::now(),
        }
    }
}

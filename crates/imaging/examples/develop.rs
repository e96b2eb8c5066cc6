//! Develops a photo a few times and says how long it took: `cargo run --release -p imaging --example develop -- PHOTO`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("a photo is wanted")?;
    let bytes = std::fs::read(path)?;
    for _ in 0..5 {
        let start = Instant::now();
        let developed = imaging::develop(&bytes, &imaging::Limits::default())?;
        println!(
            "{} by {}, {} + {} bytes, {:?}, {} ms",
            developed.width,
            developed.height,
            developed.large.bytes.len(),
            developed.small.bytes.len(),
            developed.notes,
            start.elapsed().as_millis()
        );
    }
    Ok(())
}

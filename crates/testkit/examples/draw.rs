//! Draws sample pictures into a folder: `cargo run -p testkit --example draw -- FOLDER [SIDE] [SLUG [VIEW]]`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("a folder is wanted")?;
    let side = arguments
        .next()
        .map_or(Ok(testkit::sample::PHOTO_SIDE), |side| side.parse())?;
    let (slug, view) = (arguments.next(), arguments.next());
    std::fs::create_dir_all(&folder)?;
    let mut wanted: Vec<(String, String)> = Vec::new();
    match (slug, view) {
        (Some(slug), Some(view)) => wanted.push((slug, view)),
        (Some(slug), None) => {
            wanted.extend(["front", "detail", "scale"].map(|view| (slug.clone(), view.to_owned())))
        }
        (None, _) => {
            for piece in testkit::sample::pieces()? {
                wanted.extend(piece.views.iter().map(|view| (piece.slug.clone(), view.clone())));
            }
        }
    }
    for (slug, view) in wanted {
        let start = Instant::now();
        let bytes = testkit::sample::photo_of_side(&slug, &view, side)?;
        println!(
            "{slug} {view}: {} KB in {} ms",
            bytes.len() / 1000,
            start.elapsed().as_millis()
        );
        std::fs::write(format!("{folder}/{slug}-{view}.jpg"), bytes)?;
    }
    Ok(())
}

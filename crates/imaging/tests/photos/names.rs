//! Nothing is made twice: the same photo and recipe have one name, and another of either has another.

use std::collections::BTreeSet;

use crate::support::*;
use imaging::{Look, Part, Recipe, Settings, content_name, develop_with, rendition_name};

#[test]
fn renditions_are_known_before_they_are_made() {
    let bytes = Jpeg::default().quarters();
    let mut names = BTreeSet::new();
    for recipe in Recipe::all() {
        let settings = Settings {
            recipe: recipe.clone(),
            ..Settings::default()
        };
        let developed = develop_with(&bytes, &settings).unwrap();
        for (part, rendition) in [(Part::Large, developed.large), (Part::Small, developed.small)] {
            assert_eq!(
                rendition.name,
                rendition_name(&content_name(&bytes), recipe, &Look::default(), part)
            );
            assert_eq!(rendition.name.len(), 64);
            assert!(names.insert(rendition.name));
        }
        let mut next = recipe.clone();
        next.version += 1;
        assert!(names.insert(rendition_name(
            &content_name(&bytes),
            &next,
            &Look::default(),
            Part::Large
        )));
    }
}

#[test]
fn a_picture_fits_into_the_bytes_that_a_channel_takes() {
    let noise: Vec<u8> = (0..900_u32 * 900 * 3)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let bytes = Jpeg::default().of(&noise, 900, 900, jpeg_encoder::ColorType::Rgb);
    let mut settings = Settings::default();
    let free = develop_with(&bytes, &settings).unwrap().large.bytes.len() as u64;
    settings.recipe.large.most_bytes = free * 3 / 4;
    let held = develop_with(&bytes, &settings).unwrap().large.bytes.len() as u64;
    assert!(held <= free * 3 / 4, "{held} of {free}");
}

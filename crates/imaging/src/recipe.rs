//! What each marketplace asks of a picture, as dated data.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const DATA: &str = include_str!("../data/recipes.json");

static BOOK: LazyLock<Vec<Recipe>> = LazyLock::new(|| serde_json::from_str(DATA).unwrap_or_default());

/// How pictures are made for a channel, and what the channel accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Stable: "plain", "mercado_libre", "amazon_handmade", "alibaba", "correos_clic".
    pub name: String,
    /// Grows whenever the pictures that it makes change.
    pub version: u32,
    pub large: Output,
    pub small: Output,
    pub rules: Rules,
    /// Where the rules were read.
    pub source: String,
    /// Day on which they were read, YYYY-MM-DD.
    pub retrieved: String,
    /// Day from which they hold, as far as is known, YYYY-MM-DD.
    pub valid_from: String,
}

/// A JPEG that is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Output {
    /// Pixels of the longer side, at most; nothing is enlarged.
    pub side: u32,
    /// From 1 to 100.
    pub quality: u8,
    /// Bytes, at most: the quality is lowered until the picture fits.
    pub most_bytes: u64,
}

/// What a channel accepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Pixels of the shorter side below which the channel refuses.
    pub least_side: u32,
    /// Pixels of the shorter side from which the picture can be looked at closely.
    pub good_side: u32,
    /// Pixels of the longer side above which the channel refuses or shrinks by itself.
    pub most_side: u32,
    pub most_bytes: u64,
    /// Media types.
    pub formats: Vec<String>,
    pub background: Background,
    /// Percent of the frame's longer side that the piece has to fill, where the channel says so.
    pub least_fill_percent: Option<u8>,
    /// Width for each 100 of height, narrowest and widest, where the channel says so.
    pub ratio_percent: Option<(u32, u32)>,
}

/// What has to be behind the piece in the first picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Background {
    Free,
    WhiteAdvised,
    Clean,
    White,
}

impl Recipe {
    /// All that are known, the plain one first.
    pub fn all() -> &'static [Recipe] {
        &BOOK
    }

    pub fn named(name: &str) -> Option<&'static Recipe> {
        BOOK.iter().find(|recipe| recipe.name == name)
    }

    /// The shop's own pictures: 1600 px at quality 82, and 400 px at quality 80.
    pub fn plain() -> Recipe {
        Recipe::named("plain").cloned().unwrap_or_else(|| Recipe {
            name: "plain".to_owned(),
            version: 0,
            large: Output {
                side: crate::LARGE_SIDE,
                quality: 82,
                most_bytes: u64::MAX,
            },
            small: Output {
                side: crate::SMALL_SIDE,
                quality: 80,
                most_bytes: u64::MAX,
            },
            rules: Rules {
                least_side: 1,
                good_side: 1,
                most_side: u32::MAX,
                most_bytes: u64::MAX,
                formats: vec!["image/jpeg".to_owned()],
                background: Background::Free,
                least_fill_percent: None,
                ratio_percent: None,
            },
            source: String::new(),
            retrieved: String::new(),
            valid_from: String::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn the_data_is_read_and_keeps_its_own_rules() {
        let book: Vec<Recipe> = serde_json::from_str(DATA).unwrap();
        let names: Vec<&str> = book.iter().map(|recipe| recipe.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "plain",
                "correos_clic",
                "mercado_libre",
                "amazon_handmade",
                "alibaba"
            ]
        );
        for recipe in &book {
            assert!(recipe.version > 0 && !recipe.source.is_empty(), "{}", recipe.name);
            assert_eq!(recipe.retrieved.len(), 10);
            assert_eq!(recipe.valid_from.len(), 10);
            assert!(recipe.large.side <= recipe.rules.most_side);
            assert!(recipe.large.side >= recipe.rules.good_side);
            assert!(recipe.large.most_bytes <= recipe.rules.most_bytes);
            assert!(recipe.small.side < recipe.large.side);
            assert!(recipe.rules.formats.iter().any(|format| format == "image/jpeg"));
        }
        let plain = Recipe::plain();
        assert_eq!(
            (plain.large.side, plain.small.side),
            (crate::LARGE_SIDE, crate::SMALL_SIDE)
        );
    }
}

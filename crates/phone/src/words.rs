//! The words of the page, from `messages/*.ftl`.

use messages::{Catalogue, Language};
use std::sync::LazyLock;

pub static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
    let catalogue = Catalogue::new([
        (Language::Es, include_str!("../messages/es.ftl")),
        (Language::En, include_str!("../messages/en.ftl")),
        (Language::Fr, include_str!("../messages/fr.ftl")),
    ]);
    // A test reads the files, so what is built in always parses.
    catalogue.unwrap_or_else(|error| {
        tracing::error!(%error, "the words cannot be read");
        Catalogue::default()
    })
});

/// The words with `{name}` left where the page puts a value.
pub fn for_the_page(language: Language, key: &str) -> String {
    let blanks = ["n", "of", "size", "minutes"].map(|name| (name, format!("{{{name}}}").into()));
    WORDS.text(language, key, &blanks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::Code;

    #[test]
    fn every_language_has_every_word() {
        assert!(WORDS.gaps().is_empty(), "{:?}", WORDS.gaps());
        assert!(WORDS.keys(Language::Es).len() > 40);
    }

    #[test]
    fn every_refusal_has_words_in_every_language() {
        for code in Code::ALL {
            for language in Language::ALL {
                let key = format!("refused-{}", code.key());
                assert!(WORDS.has(language, &key), "{language}: {key}");
            }
        }
    }

    #[test]
    fn values_keep_their_place() {
        let words = for_the_page(Language::Es, "summary-going");
        assert!(words.contains("{n}") && words.contains("{of}"), "{words}");
    }

    /// An element of the page, not words.
    const DOM: [&str; 1] = ["summary-text"];

    /// A word that the page asks for by name and nobody wrote would show as its key.
    #[test]
    fn the_page_asks_for_words_that_there_are() {
        let script = include_str!("../page/page.js");
        let asked: Vec<&str> = script
            .split(['\'', '`'])
            .filter(|text| {
                let shape = text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
                let beginnings = ["page-", "summary-", "state-", "refused-"];
                shape
                    && !text.ends_with('-')
                    && beginnings.iter().any(|beginning| text.starts_with(beginning))
            })
            .collect();
        assert!(asked.len() > 10);
        for key in asked {
            let there = ["", ".one"].map(|end| WORDS.has(Language::Es, &format!("{key}{end}")));
            assert!(there.contains(&true) || DOM.contains(&key), "{key}");
        }
    }
}

//! The words of the terminal, from its message files.

use messages::{Catalogue, Language, Value};
use std::sync::LazyLock;

pub static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
    let words = Catalogue::new([
        (Language::Es, include_str!("../messages/es.ftl")),
        (Language::En, include_str!("../messages/en.ftl")),
        (Language::Fr, include_str!("../messages/fr.ftl")),
    ]);
    words.unwrap_or_default()
});

pub fn text(language: Language, key: &str, values: &[(&str, Value<'_>)]) -> String {
    WORDS.text(language, key, values)
}

/// The language of the terminal, until the shop says its own.
pub fn of_the_system() -> Language {
    let tag = std::env::var("LC_ALL")
        .or_else(|_| std::env::var("LANG"))
        .unwrap_or_default();
    Language::from_tag(&tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        assert!(WORDS.gaps().is_empty(), "{:?}", WORDS.gaps());
    }

    #[test]
    fn no_language_says_a_fault_in_anothers_words() {
        for code in shop::Code::ALL {
            let key = format!("fault-{}", crate::faults::key(*code));
            let said: std::collections::BTreeSet<String> = Language::ALL
                .iter()
                .map(|language| text(*language, &key, &[]))
                .collect();
            assert_eq!(said.len(), Language::ALL.len(), "{key}: {said:?}");
        }
    }

    #[test]
    fn every_fault_has_its_words_and_what_to_do() {
        for code in shop::Code::ALL {
            let key = crate::faults::key(*code);
            for language in Language::ALL {
                for key in [format!("fault-{key}"), format!("fault-{key}-hint")] {
                    assert_ne!(text(language, &key, &[]), key, "{language:?}");
                }
            }
        }
    }
}

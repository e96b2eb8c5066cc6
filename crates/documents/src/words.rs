//! The words on the papers.

use std::sync::LazyLock;

use messages::{Catalogue, Language, Value};

static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
    Catalogue::new([
        (Language::Es, include_str!("../messages/es.ftl")),
        (Language::En, include_str!("../messages/en.ftl")),
        (Language::Fr, include_str!("../messages/fr.ftl")),
    ])
    .unwrap_or_else(|error| {
        tracing::error!(%error, "the words of the papers");
        Catalogue::default()
    })
});

pub(crate) fn word(language: Language, key: &str) -> String {
    WORDS.text(language, key, &[])
}

pub(crate) fn words(language: Language, key: &str, args: &[(&str, Value<'_>)]) -> String {
    WORDS.text(language, key, args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_there_in_every_language() {
        assert_eq!(WORDS.gaps(), [""; 0]);
        assert!(WORDS.keys(Language::Es).len() > 30);
    }
}

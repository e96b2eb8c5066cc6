//! The words of the pages, from `messages/*.ftl`.

use api::product::BRANCHES;
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

/// The name of a branch of craft; empty for one that is not known.
pub fn branch(language: Language, key: &str) -> String {
    if BRANCHES.contains(&key) {
        WORDS.text(language, &format!("branch-{}", key.replace('_', "-")), &[])
    } else {
        String::new()
    }
}

/// The branch in every language, so that any of them finds the piece.
pub fn branch_in_all_languages(key: &str) -> String {
    Language::ALL.map(|language| branch(language, key)).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word_and_every_branch_its_name() {
        assert!(WORDS.gaps().is_empty(), "{:?}", WORDS.gaps());
        for key in BRANCHES {
            assert!(
                !branch(Language::Es, key).is_empty() && !branch(Language::Es, key).contains("branch-"),
                "{key}"
            );
        }
    }
}

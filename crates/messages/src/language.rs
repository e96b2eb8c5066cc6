//! The languages of the project.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language people can choose. On the wire and on disk it is `"es"`, `"en"` or `"fr"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Spanish: the first language, and what everything falls back to.
    #[default]
    Es,
    En,
    Fr,
}

/// Said by [`Language::from_str`] about anything but `es`, `en` and `fr`.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("no such language: {0}")]
pub struct UnknownLanguage(pub String);

impl Language {
    /// All of them, Spanish first.
    pub const ALL: [Self; 3] = [Self::Es, Self::En, Self::Fr];

    /// `es`, `en` or `fr`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language of a BCP 47 tag or a POSIX locale (`fr-CA`, `es_MX.UTF-8`); Spanish for all others.
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default().trim();
        primary.to_ascii_lowercase().parse().unwrap_or_default()
    }
}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == text)
            .ok_or_else(|| UnknownLanguage(text.to_owned()))
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn tags_find_their_language_and_others_become_spanish() {
        for (tag, language) in [
            ("fr-CA", Language::Fr),
            ("EN-us", Language::En),
            ("es_MX.UTF-8", Language::Es),
            ("nah", Language::Es),
            ("", Language::Es),
            ("frr", Language::Es),
        ] {
            assert_eq!(Language::from_tag(tag), language, "{tag}");
        }
    }

    #[test]
    fn the_code_is_the_form_on_the_wire() {
        for language in Language::ALL {
            assert_eq!(language.code().parse(), Ok(language));
            assert_eq!(
                serde_json::to_string(&language).unwrap(),
                format!("\"{language}\"")
            );
        }
        assert_eq!("de".parse::<Language>(), Err(UnknownLanguage("de".to_owned())));
    }
}

//! Messages of several languages, looked up by key.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use unic_langid::LanguageIdentifier;

use crate::Language;

/// Why a message file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The Fluent source does not parse.
    #[error("message file for {language}: {detail}")]
    Syntax { language: Language, detail: String },
    /// Two messages of one language have the same key.
    #[error("message file for {language}: {detail}")]
    Duplicate { language: Language, detail: String },
}

struct Words {
    bundle: FluentBundle<FluentResource>,
    keys: BTreeSet<String>,
}

/// Messages by language and key. Made once from the Fluent files of a crate and shared between threads.
///
/// The default is an empty catalogue: it answers each key with the key itself.
#[derive(Default)]
pub struct Catalogue {
    languages: BTreeMap<Language, Words>,
}

impl Catalogue {
    /// Parses Fluent sources; a language may come in several files.
    ///
    /// # Errors
    /// When a source does not parse, or a key appears twice in one language.
    pub fn new(sources: impl IntoIterator<Item = (Language, &'static str)>) -> Result<Self, CatalogueError> {
        let mut catalogue = Self::default();
        for (language, source) in sources {
            let resource =
                FluentResource::try_new(source.to_owned()).map_err(|(_, errors)| CatalogueError::Syntax {
                    language,
                    detail: describe(&errors),
                })?;
            let words = catalogue
                .languages
                .entry(language)
                .or_insert_with(|| Words::empty(language));
            words.keys.extend(keys_of(&resource));
            words
                .bundle
                .add_resource(resource)
                .map_err(|errors| CatalogueError::Duplicate {
                    language,
                    detail: describe(&errors),
                })?;
        }
        Ok(catalogue)
    }

    /// The words for `key` (`name`, or `name.attribute`), with `args` put in their places.
    ///
    /// A key that the language lacks is answered in Spanish; one that Spanish lacks too is answered with the
    /// key itself. Both are logged, as is an argument that a message wants and did not get.
    pub fn text(&self, language: Language, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        if let Some(text) = self.lookup(language, key, args) {
            return text;
        }
        tracing::warn!(%language, key, "no such message");
        self.lookup(Language::Es, key, args)
            .unwrap_or_else(|| key.to_owned())
    }

    /// Whether `language` itself has the key.
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.languages
            .get(&language)
            .is_some_and(|words| words.keys.contains(key))
    }

    /// The keys of a language in order; an attribute's key is `name.attribute`.
    pub fn keys(&self, language: Language) -> Vec<&str> {
        self.languages
            .get(&language)
            .map(|words| words.keys.iter().map(String::as_str).collect())
            .unwrap_or_default()
    }

    /// Each `language: key` that one of the catalogue's languages has and another lacks. Tests want it empty.
    pub fn gaps(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.languages.values().flat_map(|words| &words.keys).collect();
        self.languages
            .iter()
            .flat_map(|(language, words)| {
                all.iter()
                    .filter(|key| !words.keys.contains(**key))
                    .map(move |key| format!("{language}: {key}"))
            })
            .collect()
    }

    fn lookup(&self, language: Language, key: &str, args: &[(&str, FluentValue<'_>)]) -> Option<String> {
        let words = self.languages.get(&language)?;
        let (name, attribute) = match key.split_once('.') {
            Some((name, attribute)) => (name, Some(attribute)),
            None => (key, None),
        };
        let message = words.bundle.get_message(name)?;
        let pattern = match attribute {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| (Cow::from(*name), value.clone()))
            .collect();
        let mut errors = Vec::new();
        let text = words
            .bundle
            .format_pattern(pattern, Some(&args), &mut errors)
            .into_owned();
        if !errors.is_empty() {
            tracing::warn!(%language, key, detail = describe(&errors), "message not complete");
        }
        Some(text)
    }
}

impl Words {
    fn empty(language: Language) -> Self {
        let tag = LanguageIdentifier::from_bytes(language.code().as_bytes()).unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Invisible isolation marks would travel into PDFs, notifications and searches.
        bundle.set_use_isolating(false);
        Self {
            bundle,
            keys: BTreeSet::new(),
        }
    }
}

fn keys_of(resource: &FluentResource) -> Vec<String> {
    let mut keys = Vec::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            if message.value.is_some() {
                keys.push(message.id.name.to_owned());
            }
            keys.extend(
                message
                    .attributes
                    .iter()
                    .map(|a| format!("{}.{}", message.id.name, a.id.name)),
            );
        }
    }
    keys
}

fn describe(errors: &[impl std::fmt::Display]) -> String {
    errors
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("; ")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    const ES: &str = "hello = Hola, { $name }\npieces = { $n ->\n    [one] una pieza\n   *[other] { $n } piezas\n}\nsend = Enviar\n    .hint = Con internet\n";
    const EN: &str = "hello = Hello, { $name }\n";

    fn catalogue() -> Catalogue {
        Catalogue::new([(Language::Es, ES), (Language::En, EN)]).unwrap()
    }

    #[test]
    fn words_come_with_their_arguments_and_no_invisible_marks() {
        let text = catalogue().text(Language::En, "hello", &[("name", "Úrsula".into())]);
        assert_eq!(text, "Hello, Úrsula");
        assert_eq!(
            catalogue().text(Language::Es, "pieces", &[("n", 1.into())]),
            "una pieza"
        );
        assert_eq!(
            catalogue().text(Language::Es, "pieces", &[("n", 12.into())]),
            "12 piezas"
        );
    }

    #[test]
    fn a_missing_key_falls_back_to_spanish_and_then_to_itself() {
        assert_eq!(catalogue().text(Language::En, "send.hint", &[]), "Con internet");
        assert_eq!(catalogue().text(Language::Fr, "send", &[]), "Enviar");
        assert_eq!(catalogue().text(Language::En, "nothing", &[]), "nothing");
        assert_eq!(Catalogue::default().text(Language::Es, "a.b", &[]), "a.b");
        assert!(catalogue().text(Language::Es, "hello", &[]).starts_with("Hola, "));
    }

    #[test]
    fn the_languages_can_be_compared() {
        let catalogue = catalogue();
        assert_eq!(catalogue.keys(Language::En), ["hello"]);
        assert_eq!(catalogue.gaps(), ["en: pieces", "en: send", "en: send.hint"]);
        assert!(catalogue.has(Language::Es, "send.hint") && !catalogue.has(Language::Fr, "send"));
    }

    #[test]
    fn bad_files_are_refused() {
        assert!(matches!(
            Catalogue::new([(Language::Es, "a = { $")]),
            Err(CatalogueError::Syntax { .. })
        ));
        let twice = Catalogue::new([(Language::Es, "a = 1\n"), (Language::Es, "a = 2\n")]);
        assert!(matches!(twice, Err(CatalogueError::Duplicate { .. })));
    }

    #[test]
    fn a_catalogue_is_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Catalogue>();
    }
}

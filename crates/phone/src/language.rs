//! In which language a phone reads.

use axum::http::{HeaderMap, header};
use messages::Language;

/// What `Accept-Language` likes best of ours (RFC 9110 §12.5.4), otherwise Spanish.
pub fn of(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    accepted
        .and_then(|value| value.to_str().ok())
        .and_then(best)
        .unwrap_or_default()
}

fn best(accepted: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for part in accepted.split(',').take(20) {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let primary = tag.trim().split('-').next().unwrap_or_default();
        let Ok(language) = primary.to_ascii_lowercase().parse::<Language>() else {
            continue;
        };
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_liked_best_and_spanish_for_all_others() {
        assert_eq!(best("de-DE, fr-CA;q=0.6, en;q=0.9"), Some(Language::En));
        assert_eq!(best("es-MX,es;q=0.9,en;q=0.8"), Some(Language::Es));
        assert_eq!(best("nah, *;q=0.5"), None);
        assert_eq!(best(";;;q=,,"), None);
        assert_eq!(of(&HeaderMap::new()), Language::Es);
    }
}

//! In which language a visitor reads.

use messages::Language;

/// `?lang=`, then the cookie, then what the browser asks for, then Spanish.
pub fn choose(query: Option<&str>, cookie: Option<&str>, accept: Option<&str>) -> Language {
    let chosen = query.and_then(|query| wanted(query)?.parse().ok());
    chosen
        .or_else(|| cookie.and_then(|cookie| cookie.parse().ok()))
        .or_else(|| accept.and_then(accepted))
        .unwrap_or_default()
}

/// The value of `lang` in a query.
pub fn wanted(query: &str) -> Option<&str> {
    query.split('&').find_map(|part| part.strip_prefix("lang="))
}

/// The language of ours that `Accept-Language` likes best (RFC 9110 §12.5.4).
fn accepted(header: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for part in header.split(',').take(20) {
        let (tag, weight) = part.split_once(";q=").unwrap_or((part, "1"));
        let weight: f32 = weight.trim().parse().unwrap_or(0.0);
        let primary = tag
            .trim()
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let Ok(language) = primary.parse::<Language>() else {
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
    fn the_visitors_own_choice_goes_first() {
        assert_eq!(choose(Some("q=a&lang=fr"), Some("en"), Some("es")), Language::Fr);
        assert_eq!(choose(Some("lang=xx"), Some("en"), Some("es")), Language::En);
        assert_eq!(
            choose(None, None, Some("de-DE, fr-CA;q=0.6, en;q=0.9")),
            Language::En
        );
        assert_eq!(choose(None, None, Some("de, *;q=0.5")), Language::Es);
        assert_eq!(choose(None, None, Some(";;;q=,,")), Language::Es);
        assert_eq!(choose(None, None, None), Language::Es);
    }
}

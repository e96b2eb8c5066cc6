//! The states of Mexico and the first digits of their postal codes.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::typed;

/// A state of Mexico.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MexicanState {
    /// Short key, such as `OAX`.
    pub key: String,
    pub name: String,
    /// As it is written after the town: `Oax.`
    pub abbreviation: String,
    /// Other names in use.
    #[serde(default)]
    pub also: Vec<String>,
    /// Ranges of the first two digits of its postal codes, both ends included.
    pub prefixes: Vec<(u8, u8)>,
}

#[derive(Deserialize)]
struct StateFile {
    states: Vec<MexicanState>,
}

static STATES: LazyLock<Vec<MexicanState>> = LazyLock::new(|| {
    let file: Result<StateFile, _> = serde_json::from_str(include_str!("../../data/mx_states.json"));
    file.map(|file| file.states).unwrap_or_else(|error| {
        tracing::error!(%error, "data/mx_states.json");
        Vec::new()
    })
});

/// All 32, by the order of their postal codes but Mexico City's.
pub fn mexican_states() -> &'static [MexicanState] {
    &STATES
}

/// The state of a key, name or abbreviation, accents and case aside.
pub fn mexican_state(text: &str) -> Option<&'static MexicanState> {
    let wanted = typed::same_name(text);
    STATES.iter().find(|state| {
        [&state.key, &state.name, &state.abbreviation]
            .into_iter()
            .chain(&state.also)
            .any(|name| typed::same_name(name) == wanted)
    })
}

/// The state to which a five-digit postal code belongs by its first two digits.
pub fn mexican_state_of_postcode(postcode: &str) -> Option<&'static MexicanState> {
    let prefix: u8 = postcode.get(..2)?.parse().ok()?;
    STATES.iter().find(|state| {
        state
            .prefixes
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&prefix))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_in_use_has_one_state() {
        assert_eq!(mexican_states().len(), 32);
        for prefix in 0..100_u8 {
            let owners = mexican_states()
                .iter()
                .filter(|s| {
                    s.prefixes
                        .iter()
                        .any(|(from, to)| (*from..=*to).contains(&prefix))
                })
                .count();
            assert_eq!(owners, usize::from(!(17..=19).contains(&prefix)), "{prefix:02}");
        }
    }

    #[test]
    fn states_are_found_by_any_name() {
        for (text, key) in [
            ("oaxaca", "OAX"),
            ("Oax.", "OAX"),
            ("MICHOACAN", "MICH"),
            ("Q. Roo", "QROO"),
            ("México", "MEX"),
        ] {
            assert_eq!(mexican_state(text).map(|s| s.key.as_str()), Some(key), "{text}");
        }
        assert_eq!(
            mexican_state_of_postcode("06082").map(|s| s.key.as_str()),
            Some("CDMX")
        );
        assert_eq!(mexican_state_of_postcode("ñ0000"), None);
        assert!(mexican_state("").is_none());
    }
}

//! Reading one intent out of the JSON that came.

use super::is_id;
use api::SCHEMA;
use api::intent::Intent;
use serde::Deserialize;
use serde_json::Value;
use sync::parity::canonical;

/// An intent as it came.
pub enum Body {
    Good {
        intent: Box<Intent>,
        digest: String,
    },
    /// A newer laptop's verb or form: it stays with the laptop until this marketplace is newer too.
    Newer {
        id: String,
    },
    /// No intent at all.
    Bad {
        id: String,
    },
}

impl Body {
    pub fn intent(&self) -> Option<&Intent> {
        match self {
            Self::Good { intent, .. } => Some(intent),
            Self::Newer { .. } | Self::Bad { .. } => None,
        }
    }
}

pub fn read(value: Value) -> Body {
    let id = value.get("id").and_then(Value::as_str).unwrap_or_default();
    let id: String = id.chars().take(64).collect();
    if !is_id(&id) || has_nul(&value) {
        return Body::Bad { id };
    }
    let schema = value.get("schema").and_then(Value::as_u64).unwrap_or(0);
    if schema > u64::from(SCHEMA) {
        return Body::Newer { id };
    }
    let digest = digest(&value);
    match Intent::deserialize(&value) {
        Ok(intent) => Body::Good {
            intent: Box::new(intent),
            digest,
        },
        Err(_) if has_envelope(value) => Body::Newer { id },
        Err(_) => Body::Bad { id },
    }
}

/// The envelope must be right; an action that is not known here may be one of a newer laptop.
fn has_envelope(mut value: Value) -> bool {
    if let Some(fields) = value.as_object_mut() {
        fields.insert(
            "action".into(),
            serde_json::json!({"verb": "accept_order", "order_id": ""}),
        );
    }
    serde_json::from_value::<Intent>(value).is_ok()
}

/// BLAKE3 of what the intent says: its stamp and its action. Epoch and sequence number are left out,
/// for a laptop that has to take a new epoch sends the same intent under new ones.
fn digest(value: &Value) -> String {
    let mut text = String::new();
    for part in ["stamp", "action"] {
        text.push_str(&canonical(value.get(part).unwrap_or(&Value::Null)));
    }
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// PostgreSQL keeps no text with a NUL in it.
fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(has_nul),
        Value::Object(fields) => fields
            .iter()
            .any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn intent(action: Value) -> Value {
        json!({"id": "i-1", "epoch": 1, "seq": 1, "schema": 1,
               "stamp": {"ms": 5, "n": 0, "laptop": "l"}, "action": action})
    }

    #[test]
    fn the_digest_knows_neither_the_order_of_fields_nor_the_epoch() {
        let one = json!({"stamp": {"ms": 5, "laptop": "l"}, "action": {"verb": "x", "a": 1}, "epoch": 1});
        let two = json!({"epoch": 2, "action": {"a": 1, "verb": "x"}, "stamp": {"laptop": "l", "ms": 5}});
        let other = json!({"epoch": 1, "action": {"a": 2, "verb": "x"}, "stamp": {"laptop": "l", "ms": 5}});
        assert_eq!(digest(&one), digest(&two));
        assert_ne!(digest(&one), digest(&other));
    }

    #[test]
    fn what_is_newer_is_told_from_what_is_broken() {
        let good = json!({"verb": "accept_order", "order_id": "o"});
        assert!(matches!(read(intent(good.clone())), Body::Good { .. }));
        assert!(matches!(
            read(intent(json!({"verb": "gift_wrap"}))),
            Body::Newer { .. }
        ));
        let mut newer = intent(good.clone());
        newer["schema"] = json!(SCHEMA + 1);
        assert!(matches!(read(newer), Body::Newer { .. }));
        let mut broken = intent(good.clone());
        broken["stamp"] = json!("yesterday");
        assert!(matches!(read(broken), Body::Bad { .. }));
        let mut nameless = intent(good);
        nameless["id"] = json!("");
        assert!(matches!(read(nameless), Body::Bad { .. }));
        assert!(matches!(read(json!(7)), Body::Bad { .. }));
        let nul = intent(json!({"verb": "cancel_order", "order_id": "o", "reason": "a\u{0}b"}));
        assert!(matches!(read(nul), Body::Bad { .. }));
    }
}

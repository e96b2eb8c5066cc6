//! Sums over records, by which a laptop and the marketplace prove that they hold the same (`api::parity`).

use serde_json::Value;
use std::fmt;
use std::str::FromStr;

/// A record's digest: what it is called and how it stands.
pub fn digest(kind: &str, id: &str, state: &Value) -> u64 {
    digest_of_text(kind, id, &canonical(state))
}

/// As [`digest`], when the state's [`canonical`] text is at hand.
pub fn digest_of_text(kind: &str, id: &str, canonical: &str) -> u64 {
    let mut hasher = named(kind, id);
    hasher.update(&[0]).update(canonical.as_bytes());
    first_eight(hasher.finalize())
}

/// The bucket that a record belongs to, whatever its state.
pub fn bucket(kind: &str, id: &str) -> u8 {
    named(kind, id).finalize().as_bytes()[0]
}

/// A bucket as two hexadecimal letters.
pub fn bucket_name(bucket: u8) -> String {
    format!("{bucket:02x}")
}

fn named(kind: &str, id: &str) -> blake3::Hasher {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.as_bytes()).update(&[0]).update(id.as_bytes());
    hasher
}

fn first_eight(hash: blake3::Hash) -> u64 {
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_be_bytes(bytes)
}

/// Digests added up. Taking one out again and putting another in keeps it up to date at the cost of one record,
/// however many there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum(pub u64);

impl Sum {
    #[must_use]
    pub fn with(self, digest: u64) -> Self {
        Self(self.0.wrapping_add(digest))
    }

    #[must_use]
    pub fn without(self, digest: u64) -> Self {
        Self(self.0.wrapping_sub(digest))
    }
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for Sum {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u64::from_str_radix(text, 16).map(Self)
    }
}

/// The same value always gives the same text, whatever the order of its fields.
pub fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_unstable_by_key(|(name, _)| *name);
            text.push('{');
            for (n, (name, value)) in fields.into_iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write_text(name, text);
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::String(plain) => write_text(plain, text),
        plain => text.push_str(&plain.to_string()),
    }
}

/// Nearly no text has a sign that JSON escapes, and each piece has dozens of texts.
fn write_text(plain: &str, text: &mut String) {
    if plain.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)) {
        text.push_str(&Value::from(plain).to_string());
    } else {
        text.push('"');
        text.push_str(plain);
        text.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_digest_knows_the_name_and_the_state_and_not_the_order_of_fields() {
        let state = json!({"b": [1, "ñ"], "a": {"y": null, "x": true}});
        let same: Value =
            serde_json::from_str(r#"{ "a": {"x": true, "y": null}, "b": [1, "ñ"] }"#).unwrap_or_default();
        assert_eq!(canonical(&state), r#"{"a":{"x":true,"y":null},"b":[1,"ñ"]}"#);
        assert_eq!(digest("product", "1", &state), digest("product", "1", &same));
        assert_ne!(digest("product", "1", &state), digest("product", "2", &state));
        assert_ne!(digest("product", "1", &state), digest("order", "1", &state));
        assert_ne!(digest("product", "1", &state), digest("product", "1", &json!({})));
        // Neither can be taken for the other.
        assert_ne!(digest("a", "bc", &state), digest("ab", "c", &state));
    }

    #[test]
    fn texts_are_escaped_as_json_escapes_them() {
        for plain in [
            "",
            "olla",
            "ñandú 🏺",
            "\"",
            "a\\b",
            "a\nb\u{1f}",
            "\u{7f}\u{2028}/",
        ] {
            let value = json!({ plain: [plain, 1.5, -3, null, true] });
            assert_eq!(canonical(&value), value.to_string());
        }
    }

    #[test]
    fn a_sum_does_not_depend_on_the_order_and_forgets_what_is_taken_out() {
        let sum = Sum::default().with(7).with(u64::MAX).with(9);
        assert_eq!(sum, Sum::default().with(9).with(7).with(u64::MAX));
        assert_eq!(sum.without(u64::MAX), Sum(16));
        assert_eq!(sum.to_string().parse(), Ok(sum));
        assert_eq!(Sum(10).to_string(), "000000000000000a");
    }
}

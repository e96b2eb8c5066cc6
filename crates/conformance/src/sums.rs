//! Sums of records, computed from what the feed said (`docs/sync.md` §11).

use api::feed::Entry;
use serde_json::Value;
use std::collections::BTreeMap;

/// BLAKE3 over kind, zero byte, id: its first two letters are the bucket.
pub fn bucket(kind: &str, id: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(kind.as_bytes()).update(&[0]).update(id.as_bytes());
    hasher.finalize().to_hex().chars().take(2).collect()
}

/// The first 16 letters of BLAKE3 over kind, zero byte, id, zero byte, canonical state.
pub fn digest(entry: &Entry) -> u64 {
    let mut state = String::new();
    canonical(&entry.state, &mut state);
    let mut hasher = blake3::Hasher::new();
    for part in [entry.kind.as_str(), "\0", &entry.id, "\0", &state] {
        hasher.update(part.as_bytes());
    }
    let hash = hasher.finalize();
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    // Sixteen letters read from the left are the first eight bytes, the greatest first.
    u64::from_be_bytes(first)
}

/// Fields sorted by name, no spaces; the same value always gives the same text.
fn canonical(value: &Value, text: &mut String) {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            text.push('{');
            for (at, (name, value)) in sorted.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                canonical(value, text);
            }
            text.push('}');
        }
        Value::Array(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                canonical(item, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

pub fn written(sum: u64) -> String {
    format!("{sum:016x}")
}

/// The sum of each bucket that is not empty, and of all.
pub fn of<'a>(entries: impl Iterator<Item = &'a Entry>) -> (BTreeMap<String, String>, String) {
    let mut buckets: BTreeMap<String, u64> = BTreeMap::new();
    let mut whole = 0_u64;
    for entry in entries {
        let digest = digest(entry);
        whole = whole.wrapping_add(digest);
        let sum = buckets.entry(bucket(&entry.kind, &entry.id)).or_default();
        *sum = sum.wrapping_add(digest);
    }
    let buckets = buckets.into_iter().map(|(name, sum)| (name, written(sum)));
    (buckets.collect(), written(whole))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_state_has_one_text_whatever_the_order_of_its_fields() {
        let mut text = String::new();
        canonical(&json!({"b": [1, {"d": null, "c": "ñ\n"}], "a": true}), &mut text);
        assert_eq!(text, "{\"a\":true,\"b\":[1,{\"c\":\"ñ\\n\",\"d\":null}]}");
    }
}

//! Percent-encoding (RFC 3986 §2.1).

/// Writes every byte as `%XX` but letters, digits and those that are kept.
pub fn encode(text: &str, keep: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || keep.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// For one value of a query.
pub fn value(text: &str) -> String {
    encode(text, b"-._~")
}

//! Secrets for the address, the sessions and the page's policy.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// 144 random bits as 24 characters that need no escaping in an address.
pub fn new() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 18];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// Compares without telling by its time how much was right.
pub fn same(left: &str, right: &str) -> bool {
    left.len() == right.len()
        && left
            .bytes()
            .zip(right.bytes())
            .fold(0, |differs, (left, right)| differs | (left ^ right))
            == 0
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn secrets_are_long_plain_and_never_the_same() {
        let (one, two) = (new().unwrap(), new().unwrap());
        assert_eq!(one.len(), 24);
        assert!(
            one.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
        assert!(same(&one, &one) && !same(&one, &two) && !same(&one, &one[1..]));
    }
}

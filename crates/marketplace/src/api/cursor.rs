//! Cursors: a position that only this marketplace could have written.

use crate::records::settings::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const MAC: usize = 16;

/// Writes a position of a shop's feed as an opaque text.
pub fn write(keys: &Keys, shop: &str, position: u64) -> String {
    let mut bytes = Vec::with_capacity(16 + MAC);
    bytes.extend_from_slice(&position.to_le_bytes());
    bytes.extend_from_slice(&keys.feed_epoch.to_le_bytes());
    let mac = mac(keys, shop, &bytes);
    bytes.extend_from_slice(&mac.as_bytes()[..MAC]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The position; none when the cursor is another shop's, of another feed, or was made up.
pub fn read(keys: &Keys, shop: &str, cursor: &str) -> Option<u64> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (said, given) = bytes.split_at_checked(16)?;
    // Compared as hashes, which takes the same time wherever they differ.
    let given = blake3::hash(given);
    let right = blake3::hash(&mac(keys, shop, said).as_bytes()[..MAC]);
    let (position, epoch) = said.split_at_checked(8)?;
    let epoch = u64::from_le_bytes(epoch.try_into().ok()?);
    let position = u64::from_le_bytes(position.try_into().ok()?);
    (given == right && epoch == keys.feed_epoch).then_some(position)
}

fn mac(keys: &Keys, shop: &str, said: &[u8]) -> blake3::Hash {
    blake3::Hasher::new_keyed(&keys.master)
        .update(b"feed cursor ")
        .update(said)
        .update(shop.as_bytes())
        .finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cursor_of_this_feed_and_shop_is_read() {
        let keys = Keys {
            master: [7; 32],
            feed_epoch: 11,
        };
        let cursor = write(&keys, "a", 42);
        assert_eq!(read(&keys, "a", &cursor), Some(42));
        assert_eq!(read(&keys, "b", &cursor), None);
        let restored = Keys {
            feed_epoch: 12,
            ..keys.clone()
        };
        assert_eq!(read(&restored, "a", &cursor), None);
        assert_eq!(read(&keys, "a", ""), None);
        assert_eq!(read(&keys, "a", "ñ"), None);
        for at in 0..cursor.len() {
            let mut forged = cursor.clone().into_bytes();
            forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8_lossy(&forged).into_owned();
            // The last letter carries spare bits; whatever is read must be what was written.
            assert!(matches!(read(&keys, "a", &forged), None | Some(42)));
        }
    }
}

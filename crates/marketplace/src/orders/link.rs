//! The secret part of the address of an order's page: who has the link may look.

use crate::records::settings::Keys;

/// Always the same for an order, and nobody else can work it out.
pub fn secret(keys: &Keys, order: &str) -> String {
    let mac = blake3::Hasher::new_keyed(&keys.master)
        .update(b"order page ")
        .update(order.as_bytes())
        .finalize();
    mac.to_hex().chars().take(40).collect()
}

pub fn is_right(keys: &Keys, order: &str, given: &str) -> bool {
    // Compared as hashes, which takes the same time wherever they differ.
    blake3::hash(secret(keys, order).as_bytes()) == blake3::hash(given.as_bytes())
}

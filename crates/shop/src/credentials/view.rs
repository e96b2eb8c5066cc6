//! Signing in as a person sees it.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Shown while the seller approves this laptop in a browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SignInCode {
    pub user_code: String,
    pub address: String,
    /// Opens the page with the code filled in.
    pub address_with_code: String,
    /// Modules of a QR code with that address, row by row; side is the square root of its length.
    pub qr: Vec<bool>,
    pub expires_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SignInStep {
    Waiting,
    Done,
    /// Signed in, but this computer has no place for secrets: it will ask again next time.
    DoneForNow,
    Denied,
    Expired,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LaptopView {
    pub id: String,
    pub name: String,
    pub signed_in_ms: i64,
    pub seen_ms: i64,
    pub revoked: bool,
    pub this_one: bool,
}

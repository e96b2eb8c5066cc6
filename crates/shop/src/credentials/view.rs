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

/// Where this laptop's key to the marketplace lies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// In the system's keyring; also when there is none yet.
    #[default]
    Keyring,
    /// The keyring did not answer: it is shut, or gone.
    KeyringShut,
    /// In a file that a passphrase sealed, and it is open.
    Passphrase,
    /// In that file, and it waits for its passphrase. Nothing travels until then; everything else works.
    Locked,
    /// Nowhere: it is gone when the shop is closed.
    ForNow,
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

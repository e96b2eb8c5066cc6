//! How the marketplace says no.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The body of every answer that is not a success.
///
/// `code` is stable and is what programs match; `message` is English for whoever reads a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Fault {
    pub code: String,
    pub message: String,
}

/// Codes of faults, in the order of the routes that give them.
pub mod code {
    /// No token, or one that has run out: refresh it.
    pub const TOKEN_EXPIRED: &str = "token_expired";
    /// This laptop was revoked: only a new sign-in helps.
    pub const LAPTOP_REVOKED: &str = "laptop_revoked";
    /// Too many requests: wait as `Retry-After` says.
    pub const TOO_MANY_REQUESTS: &str = "too_many_requests";
    /// The cursor is of another feed or too old: read the feed from the beginning.
    pub const GONE: &str = "gone";
    /// The request does not fit the API.
    pub const INVALID: &str = "invalid";
    pub const NOT_FOUND: &str = "not_found";
    pub const TOO_LARGE: &str = "too_large";
    /// The bytes do not hash to the name that they were sent under.
    pub const WRONG_DIGEST: &str = "wrong_digest";
    /// Something broke on the marketplace's side: try again later.
    pub const INTERNAL: &str = "internal";
}

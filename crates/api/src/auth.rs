//! Signing in a laptop: OAuth 2.0 device authorization (RFC 8628) and refresh tokens (RFC 6749 §6).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /device/authorize`
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DeviceRequest {
    /// The id that the laptop made for itself; it stays the same over sign-ins.
    pub laptop_id: String,
    /// What the seller will read in the list of laptops: "Laptop de María".
    pub laptop_name: String,
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct DeviceAnswer {
    pub device_code: String,
    /// Short, typed by a person: "BCDF-GHJK".
    pub user_code: String,
    pub verification_uri: String,
    pub verification_uri_complete: String,
    /// Seconds.
    pub expires_in: u32,
    /// Seconds between polls.
    pub interval: u32,
}

/// `POST /device/token`
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "grant_type", rename_all = "snake_case")]
pub enum TokenRequest {
    DeviceCode { device_code: String },
    RefreshToken { refresh_token: String },
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TokenAnswer {
    /// Sent as `Authorization: Bearer …`; lives for 15 minutes.
    pub access_token: String,
    /// One use; the answer to it brings the next.
    pub refresh_token: String,
    /// Seconds.
    pub expires_in: u32,
}

/// Codes that `POST /device/token` gives in [`crate::fault::Fault`] (RFC 8628 §3.5, RFC 6749 §5.2).
pub mod code {
    pub const AUTHORIZATION_PENDING: &str = "authorization_pending";
    pub const SLOW_DOWN: &str = "slow_down";
    pub const EXPIRED_TOKEN: &str = "expired_token";
    pub const ACCESS_DENIED: &str = "access_denied";
    pub const INVALID_GRANT: &str = "invalid_grant";
}

/// `GET /me`: who this laptop sells for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    pub shop_id: String,
    pub shop_name: String,
    pub seller_name: String,
    pub email: String,
    /// Where parcels come from; printed on labels.
    pub address: crate::place::Address,
    /// The operator profile to use: "MX", "CU".
    pub operator: String,
    pub currency: String,
    pub server_ms: i64,
}

/// `GET /laptops`; `DELETE /laptops/{id}` revokes one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Laptop {
    pub id: String,
    pub name: String,
    pub signed_in_ms: i64,
    pub seen_ms: i64,
    pub revoked_ms: Option<i64>,
    /// Whether it is the one that asks.
    pub this_one: bool,
}

//! Signing in a laptop (RFC 8628) and refreshing its tokens.

use super::fault::{Answer, ApiFault};
use super::read::Body;
use crate::accounts::devices::{self, Polled};
use crate::accounts::refresh::{self, Refreshed};
use crate::clock::now_ms;
use crate::state::App;
use crate::web::address::Address;
use ::api::auth::{DeviceAnswer, DeviceRequest, TokenAnswer, TokenRequest, code};
use ::api::fault::Fault;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};

/// Begins the sign-in of a laptop: a code for it, and one that a person types.
#[utoipa::path(post, path = "/device/authorize", request_body = DeviceRequest,
    responses((status = 200, body = DeviceAnswer), (status = "4XX", body = Fault)))]
pub async fn authorize(
    State(app): State<App>,
    Address(address): Address,
    Body(request): Body<DeviceRequest>,
) -> Answer<Json<DeviceAnswer>> {
    if let Some(seconds) = app.authorizations.wait(&[&address]) {
        return Err(ApiFault::wait(seconds));
    }
    app.authorizations.count(&[&address]);
    let name: String = request
        .laptop_name
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let name_is_good = (1..=80).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if !crate::push::is_id(&request.laptop_id) || !name_is_good {
        return Err(ApiFault::invalid("the laptop's id or name does not fit"));
    }
    let started = devices::start(&app.database, &request.laptop_id, &name, now_ms()).await?;
    let uri = format!("{}/device", app.public_url);
    Ok(Json(DeviceAnswer {
        verification_uri_complete: format!("{uri}?code={}", started.user_code),
        verification_uri: uri,
        device_code: started.device_code,
        user_code: started.user_code,
        expires_in: devices::LIFE_S,
        interval: devices::INTERVAL_S,
    }))
}

/// Gives tokens for a code that was approved, or for a refresh token, which then counts as used.
#[utoipa::path(post, path = "/device/token", request_body = TokenRequest,
    responses((status = 200, body = TokenAnswer), (status = 400, body = Fault)))]
pub async fn token(
    State(app): State<App>,
    Body(request): Body<TokenRequest>,
) -> Answer<([(HeaderName, &'static str); 1], Json<TokenAnswer>)> {
    // RFC 6749 §5.1.
    let tokens = grant(&app, request).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], tokens))
}

async fn grant(app: &App, request: TokenRequest) -> Answer<Json<TokenAnswer>> {
    let now = now_ms();
    match request {
        TokenRequest::DeviceCode { device_code } => {
            match devices::poll(&app.database, &device_code, now).await? {
                Polled::Tokens(tokens) => Ok(Json(tokens)),
                Polled::Pending => Err(no(code::AUTHORIZATION_PENDING, "the seller has not said yet")),
                Polled::TooSoon => Err(no(code::SLOW_DOWN, "ask less often")),
                Polled::Expired => Err(no(code::EXPIRED_TOKEN, "the code has run out")),
                Polled::Denied => Err(no(code::ACCESS_DENIED, "the seller said no")),
                Polled::Unknown => Err(no(code::INVALID_GRANT, "there is no such code, or it was used")),
            }
        }
        TokenRequest::RefreshToken { refresh_token } => {
            match refresh::refresh(&app.database, &refresh_token, now).await? {
                Refreshed::Tokens(tokens) => Ok(Json(tokens)),
                Refreshed::Refused => Err(no(code::INVALID_GRANT, "the refresh token is not good any more")),
            }
        }
    }
}

fn no(code: &str, message: &str) -> ApiFault {
    ApiFault::new(StatusCode::BAD_REQUEST, code, message)
}

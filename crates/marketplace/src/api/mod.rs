//! API v1 for laptops. Types are in crate `api`; every answer that is no success is a `Fault`.

mod bearer;
mod cursor;
mod device;
mod events;
mod fault;
mod feed;
mod laptops;
mod leases;
mod me;
mod packed;
mod parity;
mod photos;
mod push;
mod read;

use fault::Answer;

use crate::state::App;
use ::api::limits::{CHUNK_BYTES, PUSH_BYTES};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::get;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Small requests: names, codes, tokens.
const SMALL: usize = 16 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Puesto marketplace",
        version = "1",
        description = "What a seller's laptop and a central marketplace say to each other. Money is in minor \
                       units, weight in grams, length in millimetres, time in UTC milliseconds.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    // The states that a feed's entries carry, by kind.
    components(schemas(
        ::api::product::ProductState,
        ::api::stock::Movement,
        ::api::order::OrderState,
        ::api::order::ParcelState,
        ::api::drop_off::DropOffState,
        ::api::conflict::ConflictState,
        ::api::feed::Hint,
        ::api::intent::Intent
    )),
    modifiers(&Bearer)
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An access token of `POST /api/v1/device/token`"))
            .build();
        document
            .components
            .get_or_insert_default()
            .add_security_scheme("laptop", SecurityScheme::Http(scheme));
    }
}

fn documented() -> OpenApiRouter<App> {
    let small = OpenApiRouter::new()
        .routes(routes!(device::authorize))
        .routes(routes!(device::token))
        .routes(routes!(me::me))
        .routes(routes!(laptops::list))
        .routes(routes!(laptops::revoke))
        .routes(routes!(feed::feed))
        .routes(routes!(events::events))
        .routes(routes!(photos::offer))
        .routes(routes!(leases::lease))
        .routes(routes!(parity::parity))
        .layer(DefaultBodyLimit::max(SMALL));
    let chunks = OpenApiRouter::new()
        .routes(routes!(photos::chunk))
        .layer(DefaultBodyLimit::max(CHUNK_BYTES));
    let push = OpenApiRouter::new()
        .routes(routes!(push::push))
        .routes(routes!(parity::records))
        .layer(DefaultBodyLimit::max(PUSH_BYTES));
    OpenApiRouter::with_openapi(Document::openapi()).nest(
        ::api::BASE_PATH,
        OpenApiRouter::new().merge(small).merge(chunks).merge(push),
    )
}

/// The OpenAPI document, as it is served and as `docs/api/openapi.json` keeps it.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn openapi_json() -> Result<String, serde_json::Error> {
    let document = documented().split_for_parts().1;
    // Through a value, whose fields are sorted, so that the same code always gives the same text.
    let mut text = serde_json::to_string_pretty(&sorted(serde_json::to_value(document)?))?;
    text.push('\n');
    Ok(text)
}

/// Sorts the fields of objects whatever serde_json's map does in this build.
fn sorted(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            Value::Object(
                fields
                    .into_iter()
                    .map(|(name, value)| (name, sorted(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        plain => plain,
    }
}

/// All routes under `/api/`.
pub fn router() -> Router<App> {
    let (router, _) = documented().split_for_parts();
    router
        .route(&format!("{}/openapi.json", ::api::BASE_PATH), get(document))
        .route("/api/{*rest}", axum::routing::any(fault::no_such_route))
        .method_not_allowed_fallback(fault::no_such_method)
}

async fn document() -> Answer<([(axum::http::HeaderName, &'static str); 1], String)> {
    let text = openapi_json().map_err(crate::Error::from)?;
    Ok(([(axum::http::header::CONTENT_TYPE, "application/json")], text))
}

//! The laptops of a shop.

use super::bearer::Laptop;
use super::fault::{Answer, ApiFault};
use super::read::Segments;
use crate::clock::now_ms;
use crate::records::laptops;
use crate::state::App;
use ::api::auth::Laptop as Listed;
use ::api::fault::Fault;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

/// All laptops that were ever signed in for this shop.
#[utoipa::path(get, path = "/laptops", security(("laptop" = [])),
    responses((status = 200, body = Vec<Listed>), (status = 401, body = Fault)))]
pub async fn list(State(app): State<App>, laptop: Laptop) -> Answer<Json<Vec<Listed>>> {
    let rows = laptops::of_shop(app.database.read(), &laptop.shop_id).await?;
    Ok(Json(
        rows.into_iter()
            .map(|row| Listed {
                this_one: row.id == laptop.id,
                id: row.id,
                name: row.name,
                signed_in_ms: row.signed_in_ms,
                seen_ms: row.seen_ms,
                revoked_ms: row.revoked_ms,
            })
            .collect(),
    ))
}

/// Revokes a laptop: its tokens stop working at once.
#[utoipa::path(delete, path = "/laptops/{id}", security(("laptop" = [])), params(("id" = String, Path)),
    responses((status = 204), (status = "4XX", body = Fault)))]
pub async fn revoke(
    State(app): State<App>,
    laptop: Laptop,
    Segments(id): Segments<String>,
) -> Answer<StatusCode> {
    if !crate::push::is_id(&id) {
        // PostgreSQL does not even look for a text with a NUL in it.
        return Err(ApiFault::not_found());
    }
    let mut tx = app.database.begin().await?;
    let found = laptops::revoke(&mut tx, &laptop.shop_id, &id, now_ms()).await?;
    tx.commit().await.map_err(crate::Error::from)?;
    if found {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(ApiFault::not_found())
    }
}

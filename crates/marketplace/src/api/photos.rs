//! Photos from laptops.

use super::bearer::Laptop;
use super::fault::{Answer, ApiFault};
use super::read::{Body, Raw, Segments};
use crate::clock::now_ms;
use crate::photos::is_hash;
use crate::photos::upload::{Received, Upload};
use crate::state::App;
use ::api::fault::{Fault, code};
use ::api::photo::{PhotoNeed, PhotoOffer};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

/// Offers a photo by its BLAKE3 name and size; the answer says which chunks are missing.
#[utoipa::path(post, path = "/photos/{hash}", security(("laptop" = [])), params(("hash" = String, Path)),
    request_body = PhotoOffer, responses((status = 200, body = PhotoNeed), (status = "4XX", body = Fault)))]
pub async fn offer(
    State(app): State<App>,
    laptop: Laptop,
    Segments(hash): Segments<String>,
    Body(offer): Body<PhotoOffer>,
) -> Answer<Json<PhotoNeed>> {
    let received = upload(&app, &laptop, &hash)?.offer(offer.bytes, now_ms()).await?;
    answer(received)
}

/// Sends one chunk of 128 KiB (the last may be shorter); answers what is still missing.
#[utoipa::path(put, path = "/photos/{hash}/chunks/{n}", security(("laptop" = [])),
    params(("hash" = String, Path), ("n" = u32, Path)),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = PhotoNeed), (status = "4XX", body = Fault)))]
pub async fn chunk(
    State(app): State<App>,
    laptop: Laptop,
    Segments((hash, n)): Segments<(String, u32)>,
    Raw(bytes): Raw,
) -> Answer<Json<PhotoNeed>> {
    let received = upload(&app, &laptop, &hash)?.chunk(n, bytes, now_ms()).await?;
    answer(received)
}

fn upload<'a>(app: &'a App, laptop: &'a Laptop, hash: &'a str) -> Answer<Upload<'a>> {
    if !is_hash(hash) {
        return Err(ApiFault::not_found());
    }
    Ok(Upload {
        database: &app.database,
        store: &*app.photos,
        shop: &laptop.shop_id,
        hash,
    })
}

fn answer(received: Received) -> Answer<Json<PhotoNeed>> {
    match received {
        Received::Whole => Ok(Json(PhotoNeed { missing: Vec::new() })),
        Received::Missing(missing) => Ok(Json(PhotoNeed { missing })),
        Received::NotOffered => Err(ApiFault::new(
            StatusCode::NOT_FOUND,
            code::NOT_FOUND,
            "offer the photo first",
        )),
        Received::WrongChunk => Err(ApiFault::invalid("a photo or a chunk of this size is not taken")),
        Received::NotAJpeg => Err(ApiFault::invalid("only JPEG is taken")),
        Received::WrongDigest => Err(ApiFault::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            code::WRONG_DIGEST,
            "the bytes are not what their name says",
        )),
    }
}

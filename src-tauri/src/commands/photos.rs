//! Photos of a piece.

use crate::seat::Seat;
use percent_encoding::percent_decode_str;
use shop::Code;
use shop::Fault;
use shop::catalog::view::Product;
use shop::photos::view::PhotoAdded;
use tauri::ipc::InvokeBody;
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn photo_move(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    hash: String,
    to_index: u32,
) -> Result<Product, Fault> {
    seat.shop(&app)
        .await?
        .photo_move(&product_id, &hash, to_index)
        .await
}

#[tauri::command]
#[specta::specta]
pub async fn photo_remove(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    hash: String,
) -> Result<Product, Fault> {
    seat.shop(&app).await?.photo_remove(&product_id, &hash).await
}

#[tauri::command]
#[specta::specta]
pub async fn photo_restore(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    hash: String,
    to_index: u32,
) -> Result<Product, Fault> {
    seat.shop(&app)
        .await?
        .photo_restore(&product_id, &hash, to_index)
        .await
}

/// Adds a photo. The body is the file's bytes; the headers `product-id` and `file-name` (percent-encoded)
/// say where it goes. Outside the generated bindings, which know JSON only.
#[tauri::command]
pub async fn photo_add(
    app: AppHandle,
    seat: State<'_, Seat>,
    request: tauri::ipc::Request<'_>,
) -> Result<PhotoAdded, Fault> {
    let header = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let product_id = header("product-id").to_owned();
    let file_name = percent_decode_str(header("file-name"))
        .decode_utf8_lossy()
        .into_owned();
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(Fault::new(Code::PhotoNotAnImage));
    };
    let bytes = bytes.clone();
    seat.shop(&app)
        .await?
        .photo_add(&product_id, &file_name, bytes)
        .await
}

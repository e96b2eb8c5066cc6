//! Photos of a piece.

use crate::seat::Seat;
use percent_encoding::percent_decode_str;
use shop::Code;
use shop::Fault;
use shop::catalog::view::Product;
use shop::photos::view::{LookEdit, LookView, PhotoAdded, PhotoHow};
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

/// What is known for editing a photo.
#[tauri::command]
#[specta::specta]
pub async fn photo_look_get(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    hash: String,
) -> Result<LookView, Fault> {
    seat.shop(&app).await?.photo_look(&product_id, &hash).await
}

/// Develops a photo again from its original with this look; the look that does nothing gives the photo back as it
/// was.
#[tauri::command]
#[specta::specta]
pub async fn photo_look_set(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    hash: String,
    look: LookEdit,
) -> Result<Product, Fault> {
    seat.shop(&app)
        .await?
        .photo_look_set(&product_id, &hash, look)
        .await
}

/// Gives a photo's light and colour to others of the piece; their crops stay. Those whose original is elsewhere are
/// left.
#[tauri::command]
#[specta::specta]
pub async fn photo_look_copy(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    hash: String,
    to: Vec<String>,
) -> Result<Product, Fault> {
    seat.shop(&app)
        .await?
        .photo_look_copy(&product_id, &hash, &to)
        .await
}

/// Says which of the shots a photo is: "front", "detail", "scale", "back", "in_use", "maker", or "" for none.
#[tauri::command]
#[specta::specta]
pub async fn photo_shot_set(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    hash: String,
    shot: String,
) -> Result<Product, Fault> {
    seat.shop(&app)
        .await?
        .photo_shot_set(&product_id, &hash, &shot)
        .await
}

/// Adds a photo. The body is the file's bytes; the headers `product-id` and `file-name` (percent-encoded)
/// say where it goes, `shot` which of the shots it is, and `keep-damaged` (`yes`) that one that stops half-way is
/// wanted all the same. Outside the generated bindings, which know JSON only.
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
    let how = PhotoHow {
        shot: header("shot").to_owned(),
        keep_damaged: header("keep-damaged") == "yes",
        unseen: false,
    };
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(Fault::new(Code::PhotoNotAnImage));
    };
    let bytes = bytes.clone();
    seat.shop(&app)
        .await?
        .photo_add_as(&product_id, &file_name, bytes, how)
        .await
}

//! Many photos to the pieces that they belong to.

use crate::matching::Matching;
use crate::seat::Seat;
use crate::system;
use percent_encoding::percent_decode_str;
use shop::photos::folder_table::view::{MatchPiece, MatchTable, PhotoSource};
use shop::photos::view::{CardPaper, CardsFor};
use shop::shipping::view::Paper;
use shop::{Code, Fault};
use tauri::ipc::InvokeBody;
use tauri::{AppHandle, State};

/// Where photos may be: memory cards and the person's own folders.
#[tauri::command]
#[specta::specta]
pub async fn match_sources(app: AppHandle, matching: State<'_, Matching>) -> Result<Vec<PhotoSource>, Fault> {
    matching.sources(&app).await
}

/// Reads one of the folders that were offered, with all that lie in it, and says which photo is whose. Cards are
/// looked for afterwards; that is told by `match-changed`.
#[tauri::command]
#[specta::specta]
pub async fn match_open(
    app: AppHandle,
    seat: State<'_, Seat>,
    matching: State<'_, Matching>,
    path: String,
) -> Result<MatchTable, Fault> {
    let shop = seat.shop(&app).await?;
    matching.open_offered(&app, &shop, &path).await
}

/// The same with a folder that is chosen in the system's own window; nothing when it was closed.
#[tauri::command]
#[specta::specta]
pub async fn match_pick(
    app: AppHandle,
    seat: State<'_, Seat>,
    matching: State<'_, Matching>,
) -> Result<Option<MatchTable>, Fault> {
    let Some(folder) = rfd::AsyncFileDialog::new().pick_folder().await else {
        return Ok(None);
    };
    let shop = seat.shop(&app).await?;
    matching
        .open(&app, &shop, folder.path().to_owned())
        .await
        .map(Some)
}

/// The same as `match_open` with the files that were dropped on the window and sent by `match_stage`.
#[tauri::command]
#[specta::specta]
pub async fn match_staged(
    app: AppHandle,
    seat: State<'_, Seat>,
    matching: State<'_, Matching>,
) -> Result<MatchTable, Fault> {
    let shop = seat.shop(&app).await?;
    matching.open_staged(&app, &shop).await
}

/// The shop's pieces, to give photos to.
#[tauri::command]
#[specta::specta]
pub async fn match_pieces(app: AppHandle, seat: State<'_, Seat>) -> Result<Vec<MatchPiece>, Fault> {
    seat.shop(&app).await?.match_pieces().await
}

/// Gives photos to a piece by hand, or to none.
#[tauri::command]
#[specta::specta]
pub async fn match_assign(
    matching: State<'_, Matching>,
    paths: Vec<String>,
    product_id: Option<String>,
) -> Result<MatchTable, Fault> {
    matching.table().await?.assign(&paths, product_id)
}

/// Puts every photo that has a piece into it. How it goes is told by `match-changed`.
#[tauri::command]
#[specta::specta]
pub async fn match_take(matching: State<'_, Matching>) -> Result<(), Fault> {
    let table = matching.table().await?;
    tauri::async_runtime::spawn(async move { table.take().await });
    Ok(())
}

/// Stops putting photos into their pieces; those that are in stay.
#[tauri::command]
#[specta::specta]
pub async fn match_stop(matching: State<'_, Matching>) -> Result<(), Fault> {
    matching.table().await?.stop();
    Ok(())
}

/// Forgets the table; nothing that was put into a piece leaves it.
#[tauri::command]
#[specta::specta]
pub async fn match_close(matching: State<'_, Matching>) -> Result<(), Fault> {
    matching.close().await;
    Ok(())
}

/// Writes a sheet of cards to be photographed before each piece, and opens it.
#[tauri::command]
#[specta::specta]
pub async fn paper_cards(
    app: AppHandle,
    seat: State<'_, Seat>,
    of: CardsFor,
    sheet: CardPaper,
) -> Result<Paper, Fault> {
    let path = seat.shop(&app).await?.cards_paper(of, sheet).await?;
    Ok(system::open_paper(&path))
}

/// Takes a file that was dropped on the window. The body is its bytes; the header `file-path` (percent-encoded) is its
/// path below what was dropped. Outside the generated bindings, which know JSON only.
#[tauri::command]
pub async fn match_stage(
    app: AppHandle,
    seat: State<'_, Seat>,
    matching: State<'_, Matching>,
    request: tauri::ipc::Request<'_>,
) -> Result<(), Fault> {
    let path = request
        .headers()
        .get("file-path")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(Fault::new(Code::PhotoNotAnImage));
    };
    let bytes = bytes.clone();
    let shop = seat.shop(&app).await?;
    matching.stage(&shop, &path, &bytes).await
}

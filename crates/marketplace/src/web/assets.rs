//! What pages are drawn with: one style sheet, the ornament, the mark, and the typeface when it is there.

use crate::state::App;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use std::sync::LazyLock;

/// A file that is built in, under a name that changes with its content.
pub struct Asset {
    pub path: String,
    content: &'static str,
    kind: &'static str,
}

impl Asset {
    fn new(name: &str, extension: &str, kind: &'static str, content: &'static str) -> Self {
        let hash = blake3::hash(content.as_bytes()).to_hex();
        let short: String = hash.chars().take(12).collect();
        Self {
            path: format!("/assets/{name}-{short}.{extension}"),
            content,
            kind,
        }
    }
}

pub static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "site",
        "css",
        "text/css; charset=utf-8",
        include_str!("../../assets/site.css"),
    )
});
pub static FONT_CSS: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new(
        "fonts",
        "css",
        "text/css; charset=utf-8",
        include_str!("../../assets/fonts.css"),
    )
});

/// Named in the style sheet, so without a hash.
const GRECAS: &str = include_str!("../../assets/grecas.svg");
const MARK: &str = include_str!("../../../../icons/puesto.svg");

pub async fn show(State(app): State<App>, Path(file): Path<String>) -> Response {
    const FOR_EVER: &str = "public, max-age=31536000, immutable";
    const A_DAY: &str = "public, max-age=86400";
    for asset in [&*STYLE, &*FONT_CSS] {
        if asset.path.strip_prefix("/assets/") == Some(&file) {
            return built_in(asset.kind, FOR_EVER, asset.content);
        }
    }
    match file.as_str() {
        "grecas.svg" => return built_in("image/svg+xml", A_DAY, GRECAS),
        "mark.svg" => return built_in("image/svg+xml", A_DAY, MARK),
        _ => {}
    }
    match font(&app, &file).await {
        Some(bytes) => (
            [
                (header::CONTENT_TYPE, "font/woff2"),
                (header::CACHE_CONTROL, FOR_EVER),
            ],
            bytes,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn built_in(kind: &'static str, keep: &'static str, content: &'static str) -> Response {
    (
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)],
        content,
    )
        .into_response()
}

/// A `.woff2` of the folder of fonts; its name can lead nowhere else.
async fn font(app: &App, file: &str) -> Option<Bytes> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let name = file
        .strip_suffix(".woff2")
        .filter(|name| name.bytes().all(plain))?;
    let folder = app.fonts.as_ref()?;
    tokio::fs::read(folder.join(format!("{name}.woff2")))
        .await
        .ok()
        .map(Bytes::from)
}

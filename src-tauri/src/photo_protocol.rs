//! Photos on their way to the page: `photo://localhost/small/HASH`, `/large/HASH`.
//!
//! Both are renditions under their own hash; the first word only says what the page is going to do with it.

use crate::seat::Seat;
use crate::window;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};

pub fn answer(context: UriSchemeContext<'_, Wry>, request: Request<Vec<u8>>, responder: UriSchemeResponder) {
    if context.webview_label() != window::MAIN {
        return responder.respond(empty(StatusCode::FORBIDDEN));
    }
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let Some(hash) = hash(request.uri().path()) else {
            return responder.respond(empty(StatusCode::NOT_FOUND));
        };
        let shop = app.state::<Seat>().shop(&app).await;
        let bytes = match shop {
            Ok(shop) => shop.rendition(&hash).await,
            Err(fault) => Err(fault),
        };
        match bytes {
            Ok(bytes) => responder.respond(photo(bytes)),
            Err(_) => responder.respond(empty(StatusCode::NOT_FOUND)),
        }
    });
}

/// The hash in a path. The slash may come encoded; the shop refuses whatever is no hash.
fn hash(path: &str) -> Option<String> {
    let path = path
        .trim_start_matches('/')
        .replace("%2F", "/")
        .replace("%2f", "/");
    let (kind, hash) = path.split_once('/')?;
    matches!(kind, "small" | "large").then(|| hash.to_owned())
}

fn photo(bytes: Vec<u8>) -> Response<Vec<u8>> {
    let response = Response::builder()
        .header(header::CONTENT_TYPE, "image/jpeg")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        // A hash never means other bytes.
        .header(header::CACHE_CONTROL, "max-age=31536000, immutable")
        .body(bytes);
    response.unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR))
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn both_ways_of_writing_the_slash_are_read() {
        assert_eq!(hash("/small/abc").as_deref(), Some("abc"));
        assert_eq!(hash("/large%2Fabc").as_deref(), Some("abc"));
        assert_eq!(hash("/original/abc"), None);
        assert_eq!(hash("/small"), None);
    }
}

//! Photos on their way to the page: `photo://localhost/small/HASH`, `/large/HASH`, `/file/KEY`.
//!
//! The first two are renditions under their own hash; the word only says what the page is going to do with it. The
//! third is the thumbnail of a file in the folder that is being shared out.

use crate::matching::Matching;
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
        let bytes = match asked(request.uri().path()) {
            Some(Asked::Rendition(hash)) => match app.state::<Seat>().shop(&app).await {
                Ok(shop) => shop.rendition(&hash).await,
                Err(fault) => Err(fault),
            },
            Some(Asked::File(key)) => match app.state::<Matching>().table().await {
                Ok(table) => table.thumb(&key).await,
                Err(fault) => Err(fault),
            },
            None => return responder.respond(empty(StatusCode::NOT_FOUND)),
        };
        match bytes {
            Ok(bytes) => responder.respond(photo(bytes)),
            Err(_) => responder.respond(empty(StatusCode::NOT_FOUND)),
        }
    });
}

#[derive(Debug, PartialEq)]
enum Asked {
    Rendition(String),
    File(String),
}

/// The slash may come encoded; the shop refuses whatever is no hash, and the folder whatever is no key of its own.
fn asked(path: &str) -> Option<Asked> {
    let path = path
        .trim_start_matches('/')
        .replace("%2F", "/")
        .replace("%2f", "/");
    match path.split_once('/')? {
        ("small" | "large", hash) => Some(Asked::Rendition(hash.to_owned())),
        ("file", key) => Some(Asked::File(key.to_owned())),
        _ => None,
    }
}

fn photo(bytes: Vec<u8>) -> Response<Vec<u8>> {
    let response = Response::builder()
        .header(header::CONTENT_TYPE, "image/jpeg")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        // The editing table reads pixels; only the app's own page can ask here.
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        // Neither a hash nor a key ever means other bytes.
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
    use super::{Asked, asked};

    #[test]
    fn both_ways_of_writing_the_slash_are_read() {
        let rendition = Some(Asked::Rendition("abc".to_owned()));
        assert_eq!(asked("/small/abc"), rendition);
        assert_eq!(asked("/large%2Fabc"), rendition);
        assert_eq!(asked("/file%2Fabc-1"), Some(Asked::File("abc-1".to_owned())));
        assert_eq!(asked("/original/abc"), None);
        assert_eq!(asked("/small"), None);
    }
}

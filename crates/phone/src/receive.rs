//! One photo: from the phone into a file, from the file to the sink.

use crate::arriving::Place;
use crate::gate::No;
use crate::inside::Inside;
use crate::sink::{Code, Incoming};
use crate::state::{Phase, Phone};
use axum::Json;
use axum::body::{Body, BodyDataStream};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use serde_json::json;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

/// Files on their way are named so.
pub const PREFIX: &str = "phone-photo-";
/// The photo's name, percent-encoded as `encodeURIComponent` does it.
const NAME: &str = "x-photo-name";
/// An id that the page made for the photo: the same on every attempt to send it.
const ID: &str = "x-photo-id";
/// A photo that stands still for so long is given up; the page sends it again.
const STILL: Duration = Duration::from_secs(30);
/// What is still read of a photo that was turned away, so that the phone comes to read why: browsers send the whole
/// photo first. Most photos are smaller than this.
const DRAINED_BYTES: usize = 8_000_000;
const DRAINED_TIME: Duration = Duration::from_secs(4);

pub async fn receive(State(inside): State<Arc<Inside>>, headers: HeaderMap, body: Body) -> Response {
    let mut body = body.into_data_stream();
    let answer = take(&inside, &headers, &mut body).await;
    turn_away(body);
    match answer {
        Ok(outcome) => told(outcome),
        Err(no) => no.into_response(),
    }
}

/// Why a photo does not reach the sink.
enum Stop {
    No(No),
    Refused(Code),
}

impl From<No> for Stop {
    fn from(no: No) -> Self {
        Self::No(no)
    }
}

async fn take(
    inside: &Arc<Inside>,
    headers: &HeaderMap,
    body: &mut BodyDataStream,
) -> Result<Result<(), Code>, No> {
    let number = inside.phones().number(headers).ok_or(No::UnknownPhone)?;
    let phone = inside.see(number).ok_or(No::UnknownPhone)?;
    let id = text(headers, ID).filter(|id| id.len() <= 64).map(str::to_owned);
    if let Some(id) = &id
        && let Some(outcome) = inside.phones().settled(number, id)
    {
        return Ok(outcome);
    }
    let name = name(text(headers, NAME));
    match store(inside, headers, body, &phone, &name).await {
        Ok((file, bytes, place)) => {
            let photo = Incoming {
                name,
                file,
                bytes,
                kind: text(headers, header::CONTENT_TYPE.as_str()).map(str::to_owned),
                phone,
            };
            Ok(hand_over(inside.clone(), photo, id, place).await)
        }
        Err(Stop::No(no)) => Err(no),
        Err(Stop::Refused(code)) => {
            inside.settle(&name, number, Err(code.into()));
            Ok(Err(code))
        }
    }
}

/// Gives the photo to the sink, whatever becomes of the phone meanwhile.
async fn hand_over(
    inside: Arc<Inside>,
    photo: Incoming,
    id: Option<String>,
    place: Place,
) -> Result<(), Code> {
    let (name, number) = (photo.name.clone(), photo.phone.number);
    let taking = (inside.take)(photo);
    let settled = tokio::spawn({
        let (inside, name) = (inside.clone(), name.clone());
        async move {
            let outcome = taking.await;
            let brief = outcome.as_ref().map(|_| ()).map_err(|refusal| refusal.code);
            if let Some(id) = id
                && brief.err().is_none_or(|code| !code.may_pass_later())
            {
                inside.phones().settle(number, id, brief);
            }
            inside.settle(&name, number, outcome);
            drop(place);
            brief
        }
    });
    match settled.await {
        Ok(brief) => brief,
        Err(error) => {
            tracing::error!(%error, "taking a photo broke off");
            inside.settle(&name, number, Err(Code::Broken.into()));
            Err(Code::Broken)
        }
    }
}

/// Into a file, as far as it is welcome.
async fn store(
    inside: &Arc<Inside>,
    headers: &HeaderMap,
    body: &mut BodyDataStream,
    phone: &Phone,
    name: &str,
) -> Result<(TempPath, u64, Place), Stop> {
    let most = inside.options.photo_bytes;
    let announced: Option<u64> = text(headers, header::CONTENT_LENGTH.as_str()).and_then(|n| n.parse().ok());
    match announced {
        Some(0) => return Err(Stop::Refused(Code::Empty)),
        Some(bytes) if bytes > most => return Err(Stop::Refused(Code::TooLarge)),
        _ => {}
    }
    let mut place = Place::take(inside, phone.number, name, announced)
        .await
        .ok_or(No::Busy)?;
    inside.is_used();
    let (path, mut file) = new_file(inside.options.folder.clone()).await.map_err(on_disk)?;
    let mut bytes = 0_u64;
    while let Some(chunk) = next(inside, body).await? {
        bytes += chunk.len() as u64;
        if bytes > most {
            return Err(Stop::Refused(Code::TooLarge));
        }
        file.write_all(&chunk).await.map_err(on_disk)?;
        place.progress(bytes);
    }
    file.flush().await.map_err(on_disk)?;
    if bytes == 0 {
        return Err(Stop::Refused(Code::Empty));
    }
    inside.is_used();
    Ok((path, bytes, place))
}

/// The next bytes; none at the end. Ends at once when the door closes.
async fn next(inside: &Inside, body: &mut BodyDataStream) -> Result<Option<axum::body::Bytes>, No> {
    let mut notices = inside.notice.subscribe();
    tokio::select! {
        chunk = timeout(STILL, body.next()) => match chunk {
            Ok(Some(Ok(chunk))) => Ok(Some(chunk)),
            Ok(None) => Ok(None),
            Ok(Some(Err(_))) | Err(_) => Err(No::Cut),
        },
        _ = notices.wait_for(|notice| notice.phase == Phase::Closed) => Err(No::Closed),
    }
}

async fn new_file(folder: Option<PathBuf>) -> std::io::Result<(TempPath, File)> {
    let made = tokio::task::spawn_blocking(move || {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(".part");
        match folder {
            Some(folder) => builder.tempfile_in(folder),
            None => builder.tempfile(),
        }
    });
    let (file, path) = made.await.map_err(std::io::Error::other)??.into_parts();
    Ok((path, File::from_std(file)))
}

fn on_disk(error: std::io::Error) -> Stop {
    tracing::warn!(%error, "a photo could not be kept");
    Stop::Refused(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Code::FullDisk,
        _ => Code::Broken,
    })
}

/// Reads a little on if there is more, unseen: a connection that is closed on a phone that still sends loses the answer.
fn turn_away(mut body: BodyDataStream) {
    tokio::spawn(timeout(DRAINED_TIME, async move {
        let mut left = DRAINED_BYTES;
        while let Some(Ok(chunk)) = body.next().await {
            left = left.saturating_sub(chunk.len());
            if left == 0 {
                break;
            }
        }
    }));
}

fn told(outcome: Result<(), Code>) -> Response {
    let (status, code) = match outcome {
        Ok(()) => (StatusCode::OK, "taken"),
        Err(code) => (status(code), code.key()),
    };
    (status, Json(json!({ "code": code }))).into_response()
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::Duplicate | Code::PieceFull | Code::NoPiece => StatusCode::CONFLICT,
        Code::NotAnImage | Code::UnknownFormat => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::Damaged => StatusCode::UNPROCESSABLE_ENTITY,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::Empty => StatusCode::BAD_REQUEST,
        Code::FullDisk => StatusCode::INSUFFICIENT_STORAGE,
        Code::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

fn text<'headers>(headers: &'headers HeaderMap, name: &str) -> Option<&'headers str> {
    headers.get(name)?.to_str().ok()
}

/// The last part of what the phone calls it, without what could not be shown or kept.
fn name(encoded: Option<&str>) -> String {
    let whole = percent_encoding::percent_decode_str(encoded.unwrap_or_default()).decode_utf8_lossy();
    let last = whole.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|letter| !letter.is_control() && !is_direction(*letter))
        .take(200)
        .collect();
    match plain.trim().trim_matches('.') {
        "" => "foto".to_owned(),
        plain => plain.to_owned(),
    }
}

/// Marks that turn the direction of writing around, so that a name looks like another.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(name(Some("Jarr%C3%B3n%20azul.jpg")), "Jarrón azul.jpg");
        assert_eq!(name(Some("..%2F..%2Fetc%2Fpasswd")), "passwd");
        assert_eq!(name(Some("C:%5CDCIM%5Ca.jpg")), "a.jpg");
        assert_eq!(name(Some("a%00%0Ab%E2%80%AEgpj.exe")), "abgpj.exe");
        assert_eq!(name(Some("%FF%FE")), "\u{fffd}\u{fffd}");
        assert_eq!(name(Some("..")), "foto");
        assert_eq!(name(None), "foto");
        assert_eq!(name(Some(&"a".repeat(5_000))).len(), 200);
    }

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        let code = |kind: ErrorKind| match on_disk(kind.into()) {
            Stop::Refused(code) => Some(code),
            Stop::No(_) => None,
        };
        assert_eq!(code(ErrorKind::StorageFull), Some(Code::FullDisk));
        assert_eq!(code(ErrorKind::PermissionDenied), Some(Code::Broken));
    }
}

//! Renditions on their way to the marketplace, and other laptops' renditions on their way here.

use super::wire::{PHOTO_TIME, SMALL_ANSWER, Wire};
use crate::Shop;
use crate::fault::{Fault, Result};
use crate::photos::files;
use crate::writing::Area;
use api::fault::code;
use api::limits::{CHUNK_BYTES, PHOTO_BYTES};
use api::photo::{PhotoNeed, PhotoOffer};
use std::collections::BTreeSet;
use std::io::SeekFrom;
use std::path::PathBuf;
use sync::engine::words::{Answer, Trouble, Upload};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

type Done = std::result::Result<Answer, Trouble>;

/// The most urgent rendition to send, unless the day's cap is reached.
pub async fn load_upload(shop: &Shop, except: &BTreeSet<String>) -> Result<Option<Upload>> {
    let limit = i64::try_from(except.len()).unwrap_or(i64::MAX).saturating_add(1);
    let mut connection = shop.read().acquire().await?;
    let rows = sqlx::query!(
        "SELECT hash, bytes FROM uploads WHERE sent_ms IS NULL ORDER BY urgency, added_ms, hash LIMIT ?",
        limit
    )
    .fetch_all(&mut *connection)
    .await?;
    let allowance = super::thrift::allowance(&mut connection, shop.world()).await?;
    let row = rows
        .into_iter()
        .find(|row| !except.contains(&row.hash))
        // The order stays: what does not fit today is not overtaken by what comes after it.
        .filter(|row| allowance.lets(row.bytes));
    Ok(row.map(|row| Upload {
        hash: row.hash,
        bytes: row.bytes.unsigned_abs(),
    }))
}

/// The most urgent rendition to fetch.
pub async fn load_download(shop: &Shop, except: &BTreeSet<String>) -> Result<Option<String>> {
    let limit = i64::try_from(except.len()).unwrap_or(i64::MAX).saturating_add(1);
    let mut connection = shop.read().acquire().await?;
    let hashes = sqlx::query_scalar!(
        "SELECT hash FROM downloads ORDER BY urgency, added_ms DESC, hash LIMIT ?",
        limit
    )
    .fetch_all(&mut *connection)
    .await?;
    Ok(hashes.into_iter().find(|hash| !except.contains(hash)))
}

fn path(shop: &Shop, hash: &str) -> std::result::Result<PathBuf, Trouble> {
    if !files::is_hash(hash) {
        return Err(Trouble::Refused {
            code: code::INVALID.into(),
        });
    }
    Ok(files::rendition(shop.folder(), hash))
}

fn local(error: &std::io::Error) -> Trouble {
    Trouble::Local {
        cause: error.to_string(),
    }
}

/// Says what is coming. Only what is still what its name says is offered.
pub async fn offer(shop: &Shop, wire: &Wire, token: &str, upload: &Upload) -> Done {
    let bytes = tokio::fs::read(path(shop, &upload.hash)?)
        .await
        .map_err(|error| local(&error))?;
    let length = bytes.len() as u64;
    let hash = tokio::task::spawn_blocking(move || blake3::hash(&bytes).to_hex().to_string())
        .await
        .map_err(|error| Trouble::Local {
            cause: error.to_string(),
        })?;
    if hash != upload.hash || length != upload.bytes {
        tracing::error!(upload.hash, "a rendition on the disk is not what its name says");
        return Err(Trouble::Refused {
            code: code::WRONG_DIGEST.into(),
        });
    }
    let request = wire
        .post(&format!("/photos/{}", upload.hash))
        .bearer_auth(token)
        .json(&PhotoOffer { bytes: upload.bytes });
    let sent = wire.send(request).await;
    let need: PhotoNeed = wire.read(sent, SMALL_ANSWER).await?;
    Ok(Answer::Need(need.missing))
}

/// Sends one chunk; the answer is the marketplace's count of what it lacks.
pub async fn chunk(shop: &Shop, wire: &Wire, token: &str, upload: &Upload, n: u32) -> Done {
    let start = u64::from(n) * CHUNK_BYTES as u64;
    let length = upload.bytes.saturating_sub(start).min(CHUNK_BYTES as u64);
    if length == 0 {
        // It asks for a chunk that there is not.
        return Err(Trouble::NotAMarketplace);
    }
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(CHUNK_BYTES)];
    let read = async {
        let mut file = tokio::fs::File::open(path(shop, &upload.hash)?)
            .await
            .map_err(|error| local(&error))?;
        file.seek(SeekFrom::Start(start))
            .await
            .map_err(|error| local(&error))?;
        file.read_exact(&mut bytes).await.map_err(|error| local(&error))
    };
    read.await?;
    let request = wire
        .put(&format!("/photos/{}/chunks/{n}", upload.hash))
        .bearer_auth(token)
        .header(reqwest::header::CONTENT_TYPE, "application/octet-stream")
        .timeout(PHOTO_TIME)
        .body(bytes);
    let sent = wire.send(request).await;
    let need: PhotoNeed = wire.read(sent, SMALL_ANSWER).await?;
    Ok(Answer::Need(need.missing))
}

pub async fn mark_sent(shop: &Shop, hash: &str) -> Result<()> {
    let mut writing = shop.begin().await?;
    let now_ms = writing.now_ms();
    sqlx::query!("UPDATE uploads SET sent_ms = ? WHERE hash = ?", now_ms, hash)
        .execute(writing.connection())
        .await?;
    writing.touches(Area::Catalog);
    writing.commit().await
}

/// Fetches a rendition, checks that it is what its name says, and only then puts it in its place.
pub async fn fetch(shop: &Shop, wire: &Wire, hash: &str) -> Done {
    let kept = |fault: Fault| Trouble::Local {
        cause: fault.to_string(),
    };
    let Ok(place) = path(shop, hash) else {
        // No such name can ever come.
        forget_download(shop, hash).await.map_err(kept)?;
        return Ok(Answer::Done);
    };
    if !tokio::fs::try_exists(&place)
        .await
        .map_err(|error| local(&error))?
    {
        let sent = wire.send(wire.photo(hash)).await;
        if sent
            .as_ref()
            .is_ok_and(|response| response.status() == reqwest::StatusCode::NOT_FOUND)
        {
            return Ok(Answer::NotThere);
        }
        let mut response = wire.accept(sent).await?;
        let kind = response.headers().get(reqwest::header::CONTENT_TYPE);
        if kind.is_none_or(|kind| kind != "image/jpeg") {
            return Err(Trouble::NotAMarketplace);
        }
        let most = usize::try_from(PHOTO_BYTES).unwrap_or(usize::MAX);
        let bytes = wire.limited(&mut response, most).await?;
        if blake3::hash(&bytes).to_hex().as_str() != hash {
            return Err(Trouble::Refused {
                code: code::WRONG_DIGEST.into(),
            });
        }
        files::write(&place, &bytes).await.map_err(kept)?;
    }
    forget_download(shop, hash).await.map_err(kept)?;
    Ok(Answer::Done)
}

async fn forget_download(shop: &Shop, hash: &str) -> Result<()> {
    let mut writing = shop.begin().await?;
    sqlx::query!("DELETE FROM downloads WHERE hash = ?", hash)
        .execute(writing.connection())
        .await?;
    writing.touches(Area::Catalog);
    writing.commit().await
}

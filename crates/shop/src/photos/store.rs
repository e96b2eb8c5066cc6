//! Photos in the database: what is known of them, what has to be sent, what has to be fetched.

use super::files;
use crate::fault::{Code, Result};
use crate::writing::Writing;
use api::product::ProductState;
use imaging::{Developed, Look, Rendition};
use sqlx::SqliteConnection;

/// Renditions in the order in which they travel: people see small ones first.
const SMALL: i64 = 0;
const LARGE: i64 = 1;

/// Writes down a photo that lies on the disk and puts its renditions on the way.
pub async fn keep(
    writing: &mut Writing<'_>,
    developed: &Developed,
    bytes: usize,
    file_name: &str,
) -> Result<()> {
    let now_ms = writing.now_ms();
    let (content, large, small) = (&developed.content, &developed.large, &developed.small);
    let format = developed.format.extension();
    let bytes = i64::try_from(bytes).unwrap_or(i64::MAX);
    let scores = serde_json::to_string(&developed.scores)?;
    let likeness = developed.likeness.cast_signed();
    sqlx::query!(
        "INSERT INTO photos (hash, large, small, width, height, format, bytes, file_name, has_original, added_ms, scores, likeness)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)
         ON CONFLICT (hash) DO UPDATE SET has_original = 1, scores = excluded.scores, likeness = excluded.likeness",
        content,
        large.hash,
        small.hash,
        developed.width,
        developed.height,
        format,
        bytes,
        file_name,
        now_ms,
        scores,
        likeness
    )
    .execute(writing.connection())
    .await?;
    send(writing, large, small).await
}

/// Puts a photo's pictures on the way to the marketplace, unless they went there before.
pub async fn send(writing: &mut Writing<'_>, large: &Rendition, small: &Rendition) -> Result<()> {
    let now_ms = writing.now_ms();
    for (rendition, urgency) in [(small, SMALL), (large, LARGE)] {
        let bytes = i64::try_from(rendition.bytes.len()).unwrap_or(i64::MAX);
        sqlx::query!(
            "INSERT INTO uploads (hash, bytes, urgency, added_ms) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
            rendition.hash,
            bytes,
            urgency,
            now_ms
        )
        .execute(writing.connection())
        .await?;
    }
    writing.rings();
    Ok(())
}

/// Notes which renditions of a piece are not on this laptop, to be fetched.
pub async fn want(writing: &mut Writing<'_>, state: &ProductState) -> Result<()> {
    let now_ms = writing.now_ms();
    for placed in sync::products::strip(state) {
        for (hash, urgency) in [(&placed.photo.small, SMALL), (&placed.photo.large, LARGE)] {
            let here = files::rendition(writing.shop().folder(), hash);
            if !files::is_hash(hash) || tokio::fs::try_exists(&here).await? {
                continue;
            }
            sqlx::query!(
                "INSERT INTO downloads (hash, urgency, added_ms) VALUES (?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                hash,
                urgency,
                now_ms
            )
            .execute(writing.connection())
            .await?;
            writing.rings();
        }
    }
    Ok(())
}

/// What is known of a photo whose original is on this laptop.
pub struct Known {
    /// Its pictures without any look.
    pub large: String,
    pub width: u32,
    pub height: u32,
    /// The ending of the original's name.
    pub format: String,
}

/// Faults: `NotFound`; `PhotoOriginalElsewhere` when another laptop has the original.
pub async fn known(connection: &mut SqliteConnection, hash: &str) -> Result<Known> {
    let row = sqlx::query!(
        r#"SELECT large, width AS "width: u32", height AS "height: u32", format, has_original AS "has_original: bool"
           FROM photos WHERE hash = ?"#,
        hash
    )
    .fetch_optional(connection)
    .await?
    .ok_or(Code::PhotoOriginalElsewhere)?;
    if !row.has_original {
        return Err(Code::PhotoOriginalElsewhere.into());
    }
    Ok(Known {
        large: row.large,
        width: row.width,
        height: row.height,
        format: row.format,
    })
}

/// The look of a photo in a piece; none is the one that does nothing.
pub async fn look(connection: &mut SqliteConnection, product_id: &str, hash: &str) -> Result<Look> {
    let look = sqlx::query_scalar!(
        "SELECT look FROM photo_looks WHERE product_id = ? AND hash = ?",
        product_id,
        hash
    )
    .fetch_optional(connection)
    .await?;
    Ok(look.map_or(Ok(Look::default()), |look| serde_json::from_str(&look))?)
}

pub async fn keep_look(
    writing: &mut Writing<'_>,
    product_id: &str,
    look: &Look,
    developed: &Developed,
) -> Result<()> {
    let (look, scores) = (
        serde_json::to_string(look)?,
        serde_json::to_string(&developed.scores)?,
    );
    sqlx::query!(
        "INSERT INTO photo_looks (product_id, hash, look, large, scores) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (product_id, hash) DO UPDATE
         SET look = excluded.look, large = excluded.large, scores = excluded.scores",
        product_id,
        developed.content,
        look,
        developed.large.hash,
        scores
    )
    .execute(writing.connection())
    .await?;
    Ok(())
}

pub async fn forget_look(writing: &mut Writing<'_>, product_id: &str, hash: &str) -> Result<()> {
    sqlx::query!(
        "DELETE FROM photo_looks WHERE product_id = ? AND hash = ?",
        product_id,
        hash
    )
    .execute(writing.connection())
    .await?;
    Ok(())
}

/// Pictures that wait to be sent and that no piece shows any more are not sent: a network for an hour a day is
/// for what somebody will see.
pub async fn spare(writing: &mut Writing<'_>, renditions: [&str; 2]) -> Result<()> {
    for hash in renditions {
        sqlx::query!(
            "DELETE FROM uploads WHERE hash = ?1 AND sent_ms IS NULL
             AND NOT EXISTS (SELECT 1 FROM product_photos WHERE large = ?1 OR small = ?1)",
            hash
        )
        .execute(writing.connection())
        .await?;
    }
    Ok(())
}

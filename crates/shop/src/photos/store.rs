//! Photos in the database: what is known of them, what has to be sent, what has to be fetched.

use super::files;
use crate::fault::Result;
use crate::writing::Writing;
use api::product::ProductState;
use imaging::Developed;

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
    sqlx::query!(
        "INSERT INTO photos (hash, large, small, width, height, format, bytes, file_name, has_original, added_ms, scores)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
         ON CONFLICT (hash) DO UPDATE SET has_original = 1, scores = excluded.scores",
        content,
        large.hash,
        small.hash,
        developed.width,
        developed.height,
        format,
        bytes,
        file_name,
        now_ms,
        scores
    )
    .execute(writing.connection())
    .await?;
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

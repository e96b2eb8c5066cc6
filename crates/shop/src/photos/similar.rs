//! Photos that look the same in two pieces: mostly one was put into the wrong one.

use super::view::SimilarPhoto;
use crate::Shop;
use crate::fault::Result;
use imaging::{LIKENESS_SAME, likeness_apart};

impl Shop {
    /// The photo of another piece that is most like this one, when one looks the same.
    pub(super) async fn similar(&self, product_id: &str, likeness: u64) -> Result<Option<SimilarPhoto>> {
        let rows = sqlx::query!(
            r#"SELECT p.product_id, p.small, products.title, photos.likeness AS "likeness!"
               FROM product_photos p JOIN photos ON photos.hash = p.hash
               JOIN products ON products.id = p.product_id
               WHERE p.product_id <> ? AND products.deleted = 0 AND photos.likeness IS NOT NULL
               ORDER BY photos.added_ms"#,
            product_id
        )
        .fetch_all(self.read())
        .await?;
        let nearest = rows
            .into_iter()
            .map(|row| (likeness_apart(row.likeness.cast_unsigned(), likeness), row))
            .filter(|(apart, _)| *apart <= LIKENESS_SAME)
            .min_by_key(|(apart, _)| *apart);
        Ok(nearest.map(|(_, row)| SimilarPhoto {
            product_id: row.product_id,
            title: row.title,
            small: row.small,
        }))
    }
}

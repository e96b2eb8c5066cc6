//! After a backup of the database was put back: what laptops were told since then is told anew, and what they were
//! given since then is given to nobody else.

use crate::error::Error;
use crate::leases::{self, SERIALS};
use crate::random;
use crate::records::{Database, leases as records, settings};

/// Serials that are passed over, of each indicator: more than a post leases between two backups.
const PASSED_OVER: i64 = 100_000;

/// Marks that this database is an earlier day's. Run before the marketplace serves again.
///
/// Every cursor is `gone`, so that laptops read the feed anew and offer again what was acknowledged to them. Serials
/// that may have been leased since the backup are passed over; parcels that have such a number are taken.
///
/// # Errors
/// When the database cannot be written; then nothing has changed.
pub async fn restored(database: &Database) -> Result<(), Error> {
    let epoch = random::hex(8)?;
    let mut tx = database.begin().await?;
    settings::set_feed_epoch(&mut tx, &epoch).await?;
    for serials in records::all_serials(&mut tx).await? {
        let after = (serials.used + PASSED_OVER).min(SERIALS);
        for (first, end) in leases::stretches(serials.origin, serials.used, after) {
            records::lose(&mut tx, &serials.indicator, &serials.country, first, end).await?;
        }
        records::use_serials(&mut tx, &serials.indicator, &serials.country, after).await?;
    }
    tx.commit().await?;
    Ok(())
}

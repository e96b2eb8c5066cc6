//! Blocks of tracking numbers.

use crate::error::Error;
use api::lease::Lease;
use sqlx::AnyConnection;

#[derive(Clone, Debug)]
pub struct Leased {
    pub shop_id: String,
    pub lease: Lease,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    shop_id: String,
    laptop_id: String,
    indicator: String,
    country: String,
    first_serial: i64,
    end_serial: i64,
    issued_ms: i64,
    expires_ms: i64,
}

pub async fn get(connection: &mut AnyConnection, id: &str) -> Result<Option<Leased>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, shop_id, laptop_id, indicator, country, first_serial, end_serial, issued_ms, expires_ms \
         FROM leases WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Leased {
        lease: Lease {
            id: row.id,
            indicator: row.indicator,
            country: row.country,
            first: u32::try_from(row.first_serial).unwrap_or(0),
            end: u32::try_from(row.end_serial).unwrap_or(0),
            laptop_id: row.laptop_id,
            issued_ms: row.issued_ms,
            expires_ms: row.expires_ms,
        },
        shop_id: row.shop_id,
    }))
}

pub async fn add(connection: &mut AnyConnection, shop: &str, lease: &Lease) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO leases (id, shop_id, laptop_id, indicator, country, first_serial, end_serial, issued_ms, \
         expires_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(&lease.id)
    .bind(shop)
    .bind(&lease.laptop_id)
    .bind(&lease.indicator)
    .bind(&lease.country)
    .bind(i64::from(lease.first))
    .bind(i64::from(lease.end))
    .bind(lease.issued_ms)
    .bind(lease.expires_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether a serial is in a lease of this laptop that was still good at `used_ms`.
pub async fn covers(
    connection: &mut AnyConnection,
    shop: &str,
    laptop: &str,
    number: &postal::S10,
    used_ms: i64,
) -> Result<bool, Error> {
    let id: Option<String> = sqlx::query_scalar(
        "SELECT id FROM leases WHERE shop_id = $1 AND laptop_id = $2 AND indicator = $3 AND country = $4 \
         AND first_serial <= $5 AND end_serial > $5 AND expires_ms >= $6 LIMIT 1",
    )
    .bind(shop)
    .bind(laptop)
    .bind(number.indicator())
    .bind(number.country())
    .bind(i64::from(number.serial()))
    .bind(used_ms)
    .fetch_optional(&mut *connection)
    .await?;
    if id.is_some() {
        return Ok(true);
    }
    // Perhaps leased after the backup that this database was put back from: nobody else has it.
    let lost: Option<i64> = sqlx::query_scalar(
        "SELECT first_serial FROM lost_serials WHERE indicator = $1 AND country = $2 \
         AND first_serial <= $3 AND end_serial > $3 LIMIT 1",
    )
    .bind(number.indicator())
    .bind(number.country())
    .bind(i64::from(number.serial()))
    .fetch_optional(connection)
    .await?;
    Ok(lost.is_some())
}

/// How far the serials of one indicator are used.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Serials {
    pub indicator: String,
    pub country: String,
    pub origin: i64,
    pub used: i64,
}

pub async fn all_serials(connection: &mut AnyConnection) -> Result<Vec<Serials>, Error> {
    Ok(
        sqlx::query_as("SELECT indicator, country, origin, used FROM serials")
            .fetch_all(connection)
            .await?,
    )
}

/// Writes down serials that may have been leased, though by whom is not known any more.
pub async fn lose(
    connection: &mut AnyConnection,
    indicator: &str,
    country: &str,
    first: i64,
    end: i64,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO lost_serials (indicator, country, first_serial, end_serial) VALUES ($1, $2, $3, $4)",
    )
    .bind(indicator)
    .bind(country)
    .bind(first)
    .bind(end)
    .execute(connection)
    .await?;
    Ok(())
}

/// Where the serials of an indicator began and how many are used; locked until the end of the
/// transaction. `origin` is used when there is no such row yet.
pub async fn lock_serials(
    connection: &mut AnyConnection,
    indicator: &str,
    country: &str,
    origin: i64,
) -> Result<(i64, i64), Error> {
    sqlx::query(
        "INSERT INTO serials (indicator, country, origin, used) VALUES ($1, $2, $3, 0) \
         ON CONFLICT (indicator, country) DO NOTHING",
    )
    .bind(indicator)
    .bind(country)
    .bind(origin)
    .execute(&mut *connection)
    .await?;
    Ok(sqlx::query_as(
        "UPDATE serials SET used = used WHERE indicator = $1 AND country = $2 RETURNING origin, used",
    )
    .bind(indicator)
    .bind(country)
    .fetch_one(connection)
    .await?)
}

pub async fn use_serials(
    connection: &mut AnyConnection,
    indicator: &str,
    country: &str,
    used: i64,
) -> Result<(), Error> {
    sqlx::query("UPDATE serials SET used = $3 WHERE indicator = $1 AND country = $2")
        .bind(indicator)
        .bind(country)
        .bind(used)
        .execute(connection)
        .await?;
    Ok(())
}

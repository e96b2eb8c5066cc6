//! Finding what a laptop and the marketplace do not hold alike.

use super::bearer::Laptop;
use super::fault::{Answer, ApiFault};
use super::packed::{Accepts, Packed};
use super::read::{Body, Parameters};
use crate::records::feed as records;
use crate::state::App;
use ::api::fault::Fault;
use ::api::limits::ENTRIES_PER_PAGE;
use ::api::parity::{ParityAnswer, ParityRequest, RecordsAnswer, RecordsRequest};
use axum::extract::State;

/// The sums of all buckets, or the records of one.
#[utoipa::path(get, path = "/parity", security(("laptop" = [])), params(ParityRequest),
    responses((status = 200, body = ParityAnswer), (status = "4XX", body = Fault)))]
pub async fn parity(
    State(app): State<App>,
    laptop: Laptop,
    accepts: Accepts,
    Parameters(request): Parameters<ParityRequest>,
) -> Answer<Packed<ParityAnswer>> {
    let pool = app.database.read();
    let answer = match request.bucket.as_deref() {
        None => ParityAnswer::Buckets(records::buckets(pool, &laptop.shop_id).await?),
        Some(name) => {
            let bucket = (name.len() == 2 && name.bytes().all(|letter| letter.is_ascii_hexdigit()))
                .then(|| u8::from_str_radix(name, 16).ok())
                .flatten()
                .ok_or_else(|| ApiFault::invalid("a bucket is named by two hexadecimal letters"))?;
            ParityAnswer::Records(records::of_bucket(pool, &laptop.shop_id, bucket).await?)
        }
    };
    Ok(Packed(accepts, answer))
}

/// How the named records stand now; those that are not there are left out.
#[utoipa::path(post, path = "/records", security(("laptop" = [])), request_body = RecordsRequest,
    responses((status = 200, body = RecordsAnswer), (status = "4XX", body = Fault)))]
pub async fn records(
    State(app): State<App>,
    laptop: Laptop,
    accepts: Accepts,
    Body(request): Body<RecordsRequest>,
) -> Answer<Packed<RecordsAnswer>> {
    if request.records.len() > ENTRIES_PER_PAGE {
        return Err(ApiFault::too_large());
    }
    // PostgreSQL does not even look for a text with a NUL in it.
    let mut names = request.records;
    names.retain(|name| !name.kind.contains('\0') && !name.id.contains('\0'));
    let entries = records::named(app.database.read(), &laptop.shop_id, &names).await?;
    Ok(Packed(accepts, RecordsAnswer { entries }))
}

//! Giving out blocks of tracking numbers: every number to one laptop only (UPU S10: none again within
//! two years).

use crate::clock::DAY_MS;
use crate::error::Error;
use crate::push::{Sender, is_id};
use crate::random;
use crate::records::leases;
use crate::state::Marketplace;
use api::lease::{Lease, LeaseRequest};
use api::limits::NUMBERS_PER_LEASE;

/// S10 serials have eight digits.
pub(crate) const SERIALS: i64 = 100_000_000;

/// Why there is no lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoLease {
    Invalid,
    IdReused,
    Exhausted,
}

/// Leases a block, or answers the one that this id has already.
pub async fn lease(
    marketplace: &Marketplace,
    sender: &Sender,
    request: &LeaseRequest,
) -> Result<Result<Lease, NoLease>, Error> {
    let profile = marketplace.profile;
    let offered = profile
        .services
        .iter()
        .any(|service| service.indicator == request.indicator);
    if !is_id(&request.id) || !offered || !(1..=NUMBERS_PER_LEASE).contains(&request.count) {
        return Ok(Err(NoLease::Invalid));
    }
    let country = profile.country.as_str();
    // Where the serials begin is nobody's business: it would tell how much a young marketplace sells.
    let origin = i64::try_from(random::below(SERIALS.unsigned_abs())?).unwrap_or(0);
    let mut tx = marketplace.database.begin().await?;
    let (origin, used) = leases::lock_serials(&mut tx, &request.indicator, country, origin).await?;
    if let Some(there) = leases::get(&mut tx, &request.id).await? {
        let same = there.shop_id == sender.shop
            && there.lease.laptop_id == sender.laptop
            && there.lease.indicator == request.indicator
            && there.lease.end - there.lease.first == request.count;
        return Ok(if same {
            Ok(there.lease)
        } else {
            Err(NoLease::IdReused)
        });
    }
    let Some((first, used)) = block(origin, used, i64::from(request.count)) else {
        return Ok(Err(NoLease::Exhausted));
    };
    leases::use_serials(&mut tx, &request.indicator, country, used).await?;
    let lease = Lease {
        id: request.id.clone(),
        indicator: request.indicator.clone(),
        country: country.to_owned(),
        first: u32::try_from(first).unwrap_or(0),
        end: u32::try_from(first).unwrap_or(0) + request.count,
        laptop_id: sender.laptop.clone(),
        issued_ms: sender.now_ms,
        expires_ms: sender.now_ms + marketplace.terms.lease_days * DAY_MS,
    };
    leases::add(&mut tx, &sender.shop, &lease).await?;
    tx.commit().await?;
    Ok(Ok(lease))
}

/// The first serial of the next block, and how many are used after it. Blocks do not run over the end of
/// the eight digits: what is left before it is passed over.
fn block(origin: i64, used: i64, count: i64) -> Option<(i64, i64)> {
    let mut used = used;
    let mut first = (origin + used) % SERIALS;
    if first + count > SERIALS {
        used += SERIALS - first;
        first = 0;
    }
    let after = used + count;
    (after <= SERIALS).then_some((first, after))
}

/// The serials from the `from`-th to before the `to`-th, as stretches that do not run over the end.
pub(crate) fn stretches(origin: i64, from: i64, to: i64) -> Vec<(i64, i64)> {
    let first = (origin + from) % SERIALS;
    let count = (to - from).max(0);
    let before_the_end = count.min(SERIALS - first);
    [(first, first + before_the_end), (0, count - before_the_end)]
        .into_iter()
        .filter(|(first, end)| first < end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_follow_each_other_and_turn_round_at_the_end() {
        assert_eq!(block(99_999_990, 0, 5), Some((99_999_990, 5)));
        assert_eq!(block(99_999_990, 5, 10), Some((0, 20)));
        assert_eq!(block(99_999_990, 20, 10), Some((10, 30)));
        assert_eq!(block(500, SERIALS - 3, 4), None);
        assert_eq!(block(500, SERIALS - 4, 4), Some((496, SERIALS)));
    }

    #[test]
    fn a_stretch_over_the_end_is_two() {
        assert_eq!(stretches(10, 5, 8), [(15, 18)]);
        assert_eq!(stretches(SERIALS - 10, 5, 20), [(SERIALS - 5, SERIALS), (0, 10)]);
        assert_eq!(stretches(SERIALS - 10, 10, 12), [(0, 2)]);
        assert!(stretches(3, 7, 7).is_empty());
    }
}

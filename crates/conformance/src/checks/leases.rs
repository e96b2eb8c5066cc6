//! Blocks of tracking numbers.

use crate::check::{Fail, Verdict, holds, same};
use crate::laptop::refused;
use crate::moment::id;
use crate::shop::Shop;
use api::intent::{Action, refusal};
use api::lease::Lease;
use api::limits::NUMBERS_PER_LEASE;
use api::order::Parcel;
use futures_util::future::join_all;
use serde_json::json;

pub async fn idempotent(shop: &Shop<'_>) -> Verdict {
    let ask = json!({"id": id(), "indicator": shop.indicator(), "count": 7});
    let first: Lease = shop.one.post("/leases", &ask).await?.good()?;
    let replies = join_all((0..4).map(|_| shop.one.post("/leases", &ask))).await;
    for reply in replies {
        same("the same lease", &reply?.good::<Lease>()?, &first)?;
    }
    same("numbers", &(first.end - first.first), &7)?;
    same("whose", &first.laptop_id, &shop.one.id)?;
    holds(
        first.expires_ms > first.issued_ms,
        "a time in which it may be used",
        &first,
    )?;
    // Another request, or another laptop, does not get it.
    let other = json!({"id": ask["id"], "indicator": shop.indicator(), "count": 8});
    shop.one.post("/leases", &other).await?.is(422, "invalid")?;
    shop.two()?.post("/leases", &ask).await?.is(422, "invalid")
}

pub async fn disjoint(shop: &Shop<'_>) -> Verdict {
    let two = shop.two()?;
    let leases = join_all((0..16).map(|n| {
        let laptop = if n % 2 == 0 { &shop.one } else { two };
        laptop.lease(shop.indicator(), 3 + n)
    }));
    let mut leases: Vec<Lease> = leases.await.into_iter().collect::<Result<_, Fail>>()?;
    leases.sort_by_key(|lease| lease.first);
    let apart = leases.windows(2).all(|pair| pair[0].end <= pair[1].first);
    holds(apart, "blocks that do not meet", &leases)?;
    let eight_digits = leases.iter().all(|lease| lease.end <= 100_000_000);
    holds(eight_digits, "serials of eight digits", &leases)
}

pub async fn own(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Para numerar", 3).await?;
    let order = shop.order(&piece, 1).await?;
    let parcel = shop.parcel(shop.two()?, &order.id).await?;
    let number = |parcel: Parcel| Action::NumberParcel { parcel };
    let outcome = shop.one.act(number(parcel.clone())).await?;
    refused(&outcome, refusal::NUMBER_NOT_LEASED)?;
    shop.two()?.does(number(parcel)).await
}

pub async fn wrong(shop: &Shop<'_>) -> Verdict {
    let indicator = shop.indicator();
    for wrong in [
        json!({"id": id(), "indicator": "??", "count": 5}),
        json!({"id": id(), "indicator": indicator, "count": 0}),
        json!({"id": id(), "indicator": indicator, "count": NUMBERS_PER_LEASE + 1}),
        json!({"id": id(), "indicator": indicator, "count": -1}),
        json!({"id": "a b", "indicator": indicator, "count": 5}),
        json!({"id": id(), "indicator": indicator}),
    ] {
        shop.one.post("/leases", &wrong).await?.is(422, "invalid")?;
    }
    Ok(())
}

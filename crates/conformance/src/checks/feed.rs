//! The feed.

use crate::check::{Fail, Verdict, holds, same};
use crate::feed::Reader;
use crate::laptop::title;
use crate::moment::id;
use crate::shop::Shop;
use crate::sums;
use api::feed::{FeedPage, kind};
use api::order::OrderState;
use futures_util::future::join_all;
use std::collections::BTreeSet;

pub async fn dense(shop: &Shop<'_>) -> Verdict {
    let two = shop.two()?;
    let mut reader = Reader::default();
    reader.catch_up(&shop.one).await?;
    let before = reader.position;
    // Both laptops at once: each write has its own position, and none is left out.
    let writes = (0..24).map(|n| {
        let laptop = if n % 2 == 0 { &shop.one } else { two };
        laptop.does(title(&id(), "Densa"))
    });
    let written: Result<Vec<()>, Fail> = join_all(writes.collect::<Vec<_>>()).await.into_iter().collect();
    written?;
    let came = reader.catch_up_by(&shop.one, 5).await?;
    let positions: Vec<u64> = came.iter().map(|entry| entry.position).collect();
    let expected: Vec<u64> = (before + 1..=before + 24).collect();
    same("positions", &positions, &expected)
}

pub async fn pages(shop: &Shop<'_>) -> Verdict {
    let mut whole = Reader::default();
    whole.catch_up(&shop.one).await?;
    let states = whole.states();
    for limit in [5, 50] {
        let mut reader = Reader::default();
        reader.catch_up_by(&shop.one, limit).await?;
        let missing: Vec<_> = states
            .keys()
            .filter(|name| !reader.records.contains_key(*name))
            .collect();
        holds(
            missing.is_empty(),
            &format!("every record in pages of {limit}"),
            &missing,
        )?;
        holds(
            reader.states() == states,
            &format!("the same states in pages of {limit}"),
            "others",
        )?;
        same("the end's position", &reader.position, &whole.position)?;
    }
    // More than a page holds is no fault, and neither is nothing.
    for limit in ["0", "1000000"] {
        let page: FeedPage = shop.one.get(&format!("/feed?limit={limit}")).await?.good()?;
        let most = api::limits::ENTRIES_PER_PAGE;
        holds(
            (1..=most).contains(&page.entries.len()),
            "a page of 1 to 500",
            page.entries.len(),
        )?;
    }
    for limit in ["-1", "many", "99999999999999999999"] {
        shop.one
            .get(&format!("/feed?limit={limit}"))
            .await?
            .is_refused()?;
    }
    Ok(())
}

pub async fn compacted(shop: &Shop<'_>) -> Verdict {
    let piece = id();
    let (before, cursor) = shop.end().await?;
    for n in 0..4 {
        shop.one.does(title(&piece, &format!("Versión {n}"))).await?;
    }
    let page = shop.one.page(Some(&cursor), 100).await?;
    let of_piece: Vec<_> = page.entries.iter().filter(|entry| entry.id == piece).collect();
    same("entries of the piece", &of_piece.len(), &1)?;
    same("its position", &of_piece[0].position, &(before + 4))?;
    let value = &of_piece[0].state["fields"]["title"]["value"];
    same("its state", value, &"Versión 3".into())
}

pub async fn quiet(shop: &Shop<'_>) -> Verdict {
    let (_, cursor) = shop.end().await?;
    for _ in 0..2 {
        let reply = shop.one.feed(&[("after", &cursor)]).await?;
        holds(reply.status == 204, "204", reply.said())?;
        let page = shop.one.page(Some(&cursor), 500).await?;
        holds(page.entries.is_empty() && !page.more, "nothing new", &page)?;
        same("the cursor", &page.cursor, &cursor)?;
    }
    Ok(())
}

pub async fn forged(shop: &Shop<'_>) -> Verdict {
    let (_, cursor) = shop.end().await?;
    let ask = async |cursor: &str| shop.one.feed(&[("after", cursor)]).await;
    let backwards: String = cursor.chars().rev().collect();
    for made_up in [
        "1",
        "MTIz",
        "x",
        "ñ",
        "../..",
        &backwards,
        &cursor[..cursor.len() / 2],
        &"A".repeat(4_000),
    ] {
        ask(made_up).await?.is(410, "gone")?;
    }
    // Whichever letter is changed: gone, or (spare bits of the last one) the very same place.
    for at in 0..cursor.len() {
        let mut bytes = cursor.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let reply = ask(&String::from_utf8_lossy(&bytes)).await?;
        if reply.status == 200 {
            let page: FeedPage = reply.good()?;
            same(
                "where it goes on",
                &(page.entries.len(), &page.cursor),
                &(0, &cursor),
            )?;
        } else {
            reply.is(410, "gone")?;
        }
    }
    Ok(())
}

pub async fn urgent(shop: &Shop<'_>) -> Verdict {
    // Many pieces were written before; the order is the youngest record of all.
    let piece = shop.piece("Urgente", 2).await?;
    let order = shop.order(&piece, 1).await?;
    let parcel = shop.parcel(&shop.one, &order.id).await?;
    let number = api::intent::Action::NumberParcel {
        parcel: parcel.clone(),
    };
    shop.one.does(number).await?;
    for limit in [3, 500] {
        let mut reader = Reader::default();
        let came = reader.catch_up_by(&shop.one, limit).await?;
        let first = |kind: &str, id: &str| came.iter().position(|entry| entry.kind == kind && entry.id == id);
        let first_piece = came.iter().position(|entry| entry.kind == kind::PRODUCT);
        let (order, parcel) = (first(kind::ORDER, &order.id), first(kind::PARCEL, &parcel.id));
        let open_first = order.is_some() && parcel.is_some() && order.max(parcel) < first_piece;
        holds(
            open_first,
            "the open order and its parcel before any piece",
            (order, parcel, first_piece),
        )?;
        let last_stock = came
            .iter()
            .rposition(|entry| entry.kind == kind::PRODUCT || entry.kind == kind::MOVEMENT);
        let over = came.iter().position(|entry| {
            let state = serde_json::from_value::<OrderState>(entry.state.clone());
            entry.kind == kind::ORDER
                && state.is_ok_and(|order| order.status == api::order::OrderStatus::Cancelled)
        });
        holds(
            over.is_none_or(|over| Some(over) > last_stock),
            "what is over after pieces and stock",
            (over, last_stock),
        )?;
        // What is written while it is read is not lost.
        let laptop = &shop.one;
        let mut slow = Reader::default();
        let page = laptop.page(None, limit).await?;
        slow.cursor = Some(page.cursor);
        let during = id();
        laptop.does(title(&during, "Mientras tanto")).await?;
        let rest = slow.catch_up_by(laptop, limit).await?;
        holds(
            rest.iter().any(|entry| entry.id == during),
            "what was written meanwhile",
            rest.len(),
        )?;
        let after: BTreeSet<u64> = slow
            .catch_up(laptop)
            .await?
            .iter()
            .map(|entry| entry.position)
            .collect();
        holds(after.is_empty(), "nothing after the end", after)?;
    }
    Ok(())
}

pub async fn brief(shop: &Shop<'_>) -> Verdict {
    let two = shop.two()?;
    let (_, cursor) = shop.end().await?;
    let (mine, shared) = (shop.piece("Mía", 2).await?, id());
    shop.one.does(title(&shared, "De las dos")).await?;
    two.does(title(&shared, "Ahora suya")).await?;
    let whole = shop.one.page(Some(&cursor), 100).await?;
    let asked = [("after", cursor.as_str()), ("limit", "100"), ("brief", "true")];
    let page: FeedPage = shop.one.feed(&asked).await?.good()?;
    let places = |page: &FeedPage| -> BTreeSet<(u64, String)> {
        let entries = page
            .entries
            .iter()
            .map(|entry| (entry.position, entry.id.clone()));
        let own = page.own.iter().map(|entry| (entry.position, entry.id.clone()));
        entries.chain(own).collect()
    };
    same("the same records", &places(&page), &places(&whole))?;
    same("the same place", &page.sum, &whole.sum)?;
    for own in &page.own {
        let kinds = [kind::PRODUCT, kind::MOVEMENT];
        holds(
            kinds.contains(&own.kind.as_str()),
            "pieces and movements only",
            own,
        )?;
        let entry = whole
            .entries
            .iter()
            .find(|entry| entry.id == own.id && entry.kind == own.kind);
        let digest = entry.map(|entry| sums::written(sums::digest(entry)));
        same("the digest of its state", &digest.as_ref(), &Some(&own.digest))?;
    }
    // What the other laptop wrote last comes whole, and so does everything for the other laptop.
    let is_whole = |page: &FeedPage, id: &str| page.entries.iter().any(|entry| entry.id == *id);
    holds(is_whole(&page, &shared), "the other's word in full", &page.own)?;
    let theirs: FeedPage = two.feed(&asked).await?.good()?;
    holds(
        is_whole(&theirs, &mine),
        "the piece in full for the other",
        &theirs.own,
    )?;
    // Who begins has nothing yet.
    let first: FeedPage = shop.one.feed(&[("brief", "true")]).await?.good()?;
    holds(first.own.is_empty(), "a whole first reading", &first.own)
}

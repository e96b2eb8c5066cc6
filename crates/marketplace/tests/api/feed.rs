//! The feed: dense, in the order of commits, paged, and only for its own shop.

use crate::harness::{Laptop, World};
use api::fault::Fault;
use api::product::StockMode;
use reqwest::Method;
use std::collections::BTreeSet;

crate::on_both_databases!(
    pages_give_every_record_once_in_order,
    a_cursor_that_was_made_up_or_is_another_shops_is_gone,
    two_laptops_at_once_leave_no_gap,
    another_shop_sees_nothing,
);

async fn pages_give_every_record_once_in_order(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    for n in 0..4 {
        laptop
            .piece(&format!("Olla {n}"), 50_000, 2, StockMode::Quantity)
            .await;
    }
    let (mut seen, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let page = laptop.page(cursor.as_deref(), 3).await;
        assert!(page.entries.len() <= 3);
        seen.extend(page.entries.iter().map(|entry| entry.position));
        cursor = Some(page.cursor);
        if !page.more {
            break;
        }
    }
    assert_eq!(seen.len(), 8, "four pieces and four movements");
    assert!(seen.windows(2).all(|pair| pair[0] < pair[1]), "{seen:?}");
    let quiet = laptop.page(cursor.as_deref(), 3).await;
    assert!(quiet.entries.is_empty() && !quiet.more);
    assert_eq!(Some(quiet.cursor), cursor, "a quiet feed keeps its cursor");
}

async fn a_cursor_that_was_made_up_or_is_another_shops_is_gone(world: World) {
    let mut rosa = world.laptop("Rosa").await;
    rosa.piece("Olla", 50_000, 1, StockMode::Unique).await;
    let elena = world.laptop("Elena").await;
    let cursor = rosa.page(None, 10).await.cursor;
    let forged: String = cursor.chars().rev().collect();
    for (laptop, cursor) in [
        (&elena, cursor.as_str()),
        (&rosa, forged.as_str()),
        (&rosa, "MTIz"),
    ] {
        let answer = laptop
            .request(Method::GET, &format!("/feed?after={cursor}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 410);
        assert_eq!(answer.json::<Fault>().await.unwrap().code, "gone");
    }
}

async fn two_laptops_at_once_leave_no_gap(world: World) {
    let email = world.seller("Rosa").await;
    let write = |laptop: Laptop| async move {
        let mut laptop = laptop;
        for n in 0..12 {
            laptop
                .piece(&format!("Olla {n}"), 50_000, 1, StockMode::Unique)
                .await;
        }
    };
    let one = world.laptop_of(&email, "one").await;
    let two = world.laptop_of(&email, "two").await;
    let reader = one.clone();
    tokio::join!(write(one), write(two));
    let positions: BTreeSet<u64> = reader.feed().await.iter().map(|entry| entry.position).collect();
    assert_eq!(positions, (1..=48).collect(), "every position from 1 on, once");
}

async fn another_shop_sees_nothing(world: World) {
    let mut rosa = world.laptop("Rosa").await;
    let piece = rosa.piece("Olla", 50_000, 1, StockMode::Unique).await;
    let mut elena = world.laptop("Elena").await;
    assert!(elena.feed().await.is_empty());
    // Nor can she write the other's piece, whose id she knows from the storefront.
    let outcome = elena.act(elena.made(&piece, 5)).await;
    assert!(matches!(outcome, api::intent::Outcome::Refused { code, .. } if code == "no_such_product"));
    assert_eq!(rosa.feed().await.len(), 2);
}

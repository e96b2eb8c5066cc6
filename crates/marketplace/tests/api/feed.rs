//! The feed: dense, in the order of commits, paged, and only for its own shop.

use crate::harness::browser::Browser;
use crate::harness::{Laptop, World};
use api::compression::{pack, unpack};
use api::fault::Fault;
use api::feed::{Entry, FeedPage};
use api::intent::{Action, Outcome, PushAnswer};
use api::order::OrderState;
use api::parity::{ParityAnswer, RecordsAnswer};
use api::product::StockMode;
use reqwest::Method;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use sync::parity::{self, Sum};

crate::on_both_databases!(
    pages_give_every_record_once_in_order,
    a_cursor_that_was_made_up_or_is_another_shops_is_gone,
    two_laptops_at_once_leave_no_gap,
    another_shop_sees_nothing,
    a_first_reading_brings_open_orders_first_and_goes_on_where_it_began,
    sums_prove_that_nothing_was_lost_and_find_what_was,
    a_quiet_feed_answers_with_nothing,
    bodies_travel_packed,
    a_marketplace_that_was_put_back_reads_no_old_cursor_and_gives_no_number_twice,
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

fn set_title(product_id: &str, title: &str) -> Action {
    Action::SetProduct {
        product_id: product_id.into(),
        fields: BTreeMap::from([("title".to_owned(), json!(title))]),
    }
}

/// A buyer buys one of a piece.
async fn order(world: &World, laptop: &Laptop, piece: &str) -> OrderState {
    let mut browser = Browser::new(world);
    browser.put_in_basket(piece, "1").await;
    assert_eq!(browser.buy(&[]).await.status, 303);
    let orders = laptop.orders().await;
    orders
        .into_iter()
        .max_by_key(|order| order.number.clone())
        .unwrap()
}

async fn a_first_reading_brings_open_orders_first_and_goes_on_where_it_began(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    for n in 0..3 {
        laptop
            .piece(&format!("Olla {n}"), 50_000, 2, StockMode::Quantity)
            .await;
    }
    let piece = laptop.piece("Jarro", 50_000, 2, StockMode::Quantity).await;
    let old = order(&world, &laptop, &piece).await;
    laptop
        .does(Action::CancelOrder {
            order_id: old.id.clone(),
            reason: "rota".into(),
        })
        .await;
    let open = order(&world, &laptop, &piece).await;

    let first = laptop.page(None, 2).await;
    assert_eq!(first.entries.len(), 1, "the part of what is open is short");
    assert_eq!(first.entries[0].id, open.id);
    assert!(first.more);
    // Something happens in the middle of the reading.
    let late = laptop.piece("Tardía", 50_000, 1, StockMode::Unique).await;
    let (mut seen, mut cursor) = (vec![open.id.clone()], first.cursor);
    loop {
        let page = laptop.page(Some(&cursor), 2).await;
        seen.extend(page.entries.into_iter().map(|entry| entry.id));
        cursor = page.cursor;
        if !page.more {
            break;
        }
    }
    let place = |id: &str| seen.iter().position(|there| there == id).unwrap();
    assert!(
        place(&piece) < place(&old.id),
        "what is over comes after the pieces"
    );
    assert!(place(&old.id) < place(&late), "what came meanwhile comes last");
    let once: BTreeSet<&String> = seen.iter().collect();
    assert_eq!(once.len(), seen.len(), "each record once: {seen:?}");
    let all: BTreeSet<String> = laptop.feed().await.into_iter().map(|entry| entry.id).collect();
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), all);
}

fn sum(entries: &[Entry]) -> Sum {
    entries.iter().fold(Sum::default(), |sum, entry| {
        sum.with(parity::digest(&entry.kind, &entry.id, &entry.state))
    })
}

async fn sums_prove_that_nothing_was_lost_and_find_what_was(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(
            laptop
                .piece(&format!("Olla {n}"), 50_000, 2, StockMode::Quantity)
                .await,
        );
    }
    // Written over, so that a digest has to leave the sum again.
    laptop.does(laptop.made(&ids[0], 4)).await;
    laptop.does(set_title(&ids[1], "Olla mejor")).await;
    let all = laptop.feed().await;
    let cursor = last_cursor(&laptop).await;
    let ask = |sum: String| {
        let path = format!("/feed?after={cursor}&sum={sum}");
        let laptop = laptop.clone();
        async move { laptop.request(Method::GET, &path).send().await.unwrap() }
    };
    assert_eq!(ask(sum(&all).to_string()).await.status(), 204, "the right sum");

    // One record got lost on the way.
    let (lost, rest) = all.split_last().unwrap();
    let page: FeedPage = ask(sum(rest).to_string()).await.json().await.unwrap();
    assert_eq!(page.sum, Some(sum(&all).to_string()));
    assert!(page.entries.is_empty() && !page.more);
    let ParityAnswer::Buckets(buckets) = laptop.get("/parity").await else {
        panic!("no buckets");
    };
    let bucket = parity::bucket_name(parity::bucket(&lost.kind, &lost.id));
    let in_bucket: Vec<Entry> = all
        .iter()
        .filter(|entry| parity::bucket_name(parity::bucket(&entry.kind, &entry.id)) == bucket)
        .cloned()
        .collect();
    assert_eq!(buckets[&bucket], sum(&in_bucket).to_string());
    let ParityAnswer::Records(records) = laptop.get(&format!("/parity?bucket={bucket}")).await else {
        panic!("no records");
    };
    assert_eq!(records.len(), in_bucket.len());
    assert!(
        records
            .iter()
            .any(|record| record.id == lost.id && record.kind == lost.kind)
    );
    let name = |id: &str| json!({"kind": lost.kind, "id": id});
    let answer: RecordsAnswer = laptop
        .request(Method::POST, "/records")
        .json(&json!({"records": [name(&lost.id), name("nobody")]}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(answer.entries, std::slice::from_ref(lost));
    let wrong = laptop
        .request(Method::GET, "/parity?bucket=xyz")
        .send()
        .await
        .unwrap();
    assert_eq!(wrong.status(), 422);
}

async fn last_cursor(laptop: &Laptop) -> String {
    let mut page = laptop.page(None, 500).await;
    while page.more {
        page = laptop.page(Some(&page.cursor), 500).await;
    }
    page.cursor
}

async fn a_quiet_feed_answers_with_nothing(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    laptop.piece("Olla", 50_000, 1, StockMode::Unique).await;
    let cursor = last_cursor(&laptop).await;
    let quiet = laptop
        .request(Method::GET, &format!("/feed?after={cursor}"))
        .send()
        .await
        .unwrap();
    assert_eq!(quiet.status(), 204);
    assert!(quiet.headers().contains_key("date"), "for clocks that are wrong");
    let bytes: usize = quiet
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    assert!(bytes < 60, "{bytes} bytes of headers: {:?}", quiet.headers());
}

async fn bodies_travel_packed(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let pieces: Vec<_> = (0..40)
        .map(|n| laptop.intent(set_title(&format!("p-{n}"), "Olla de barro")))
        .collect();
    let body = serde_json::to_vec(&json!({"intents": pieces})).unwrap();
    let packed = pack(&body).unwrap();
    assert!(packed.len() * 4 < body.len());
    let send = |body: Vec<u8>, encoding: &'static str| {
        let request = laptop
            .request(Method::POST, "/push")
            .header("content-encoding", encoding)
            .header("accept-encoding", "gzip, zstd;q=0.9")
            .body(body);
        async move { request.send().await.unwrap() }
    };
    let answer = send(packed.clone(), "zstd").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-encoding"], "zstd");
    let bytes = answer.bytes().await.unwrap();
    let answer: PushAnswer = serde_json::from_slice(&unpack(&bytes, 1 << 20).unwrap()).unwrap();
    assert!(
        answer
            .answers
            .iter()
            .all(|answer| answer.outcome == Outcome::Applied)
    );
    // Whoever does not say that it can unpack gets it plain.
    let plain = laptop.request(Method::GET, "/feed").send().await.unwrap();
    assert!(!plain.headers().contains_key("content-encoding"));
    assert_eq!(plain.json::<FeedPage>().await.unwrap().entries.len(), 40);

    let bomb = pack(&vec![b' '; 64 << 20]).unwrap();
    assert!(bomb.len() < 10_000);
    assert_eq!(send(bomb, "zstd").await.status(), 413);
    assert_eq!(
        send(packed[..packed.len() / 2].to_vec(), "zstd").await.status(),
        422
    );
    assert_eq!(send(b"{}".to_vec(), "br").await.status(), 415);
}

async fn a_marketplace_that_was_put_back_reads_no_old_cursor_and_gives_no_number_twice(mut world: World) {
    let mut laptop = world.laptop("Rosa").await;
    laptop.piece("Olla", 50_000, 1, StockMode::Unique).await;
    let cursor = last_cursor(&laptop).await;
    let before = laptop.lease("RR", 100).await;
    marketplace::restored(world.server.database()).await.unwrap();
    world.restart().await;
    let laptop = laptop.at(world.server.address());
    let gone = laptop
        .request(Method::GET, &format!("/feed?after={cursor}"))
        .send()
        .await
        .unwrap();
    assert_eq!(gone.status(), 410);
    let after = laptop.lease("RR", 100).await;
    let passed = (i64::from(after.first) - i64::from(before.end)).rem_euclid(100_000_000);
    assert_eq!(passed, 100_000, "serials that may have been leased since");
}

//! Blocks of numbers never meet, however many ask at once.

use crate::harness::{World, id};
use api::lease::Lease;
use reqwest::Method;
use serde_json::json;

crate::on_both_databases!(blocks_are_disjoint, asked_again_the_same_lease_is_answered);

async fn blocks_are_disjoint(world: World) {
    let rosa = world.laptop("Rosa").await;
    let elena = world.laptop("Elena").await;
    let mut asking = tokio::task::JoinSet::new();
    for n in 0..24 {
        let laptop = if n % 2 == 0 { rosa.clone() } else { elena.clone() };
        asking.spawn(async move { laptop.lease("RR", 7 + n).await });
    }
    let mut leases: Vec<Lease> = Vec::new();
    while let Some(lease) = asking.join_next().await {
        leases.push(lease.unwrap());
    }
    leases.sort_by_key(|lease| lease.first);
    assert!(
        leases.windows(2).all(|pair| pair[0].end <= pair[1].first),
        "{leases:?}"
    );
    assert!(
        leases
            .iter()
            .all(|lease| lease.end <= 100_000_000 && lease.country == "MX")
    );
}

async fn asked_again_the_same_lease_is_answered(world: World) {
    let rosa = world.laptop("Rosa").await;
    let elena = world.laptop("Elena").await;
    let request = json!({"id": id(), "indicator": "CP", "count": 20});
    let ask = |laptop: &crate::harness::Laptop, request: serde_json::Value| {
        laptop.request(Method::POST, "/leases").json(&request).send()
    };
    let first: Lease = ask(&rosa, request.clone()).await.unwrap().json().await.unwrap();
    let again: Lease = ask(&rosa, request.clone()).await.unwrap().json().await.unwrap();
    assert_eq!(first, again);
    assert_eq!(
        ask(&elena, request).await.unwrap().status(),
        422,
        "another laptop gets nobody else's numbers"
    );
    for wrong in [
        json!({"id": id(), "indicator": "XX", "count": 5}),
        json!({"id": id(), "indicator": "RR", "count": 0}),
        json!({"id": id(), "indicator": "RR", "count": 501}),
        json!({"id": "a b", "indicator": "RR", "count": 5}),
    ] {
        assert_eq!(ask(&rosa, wrong).await.unwrap().status(), 422);
    }
}

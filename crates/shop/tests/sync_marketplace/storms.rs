//! A real laptop and a real marketplace through a network that cuts, drips, doubles and lies: when it heals, all agree
//! (R3, R12). How many rounds: `PUESTO_STORMS`.

use super::line::{Dice, Line, Weather};
use super::world::{LONG, Laptop, Market, noise};
use shop::catalog::view::{FieldChange, Price};
use shop::stock::view::MoveReason;
use shop::syncing::view::SyncPhase;
use std::collections::BTreeMap;

fn rounds(otherwise: u64) -> u64 {
    let asked = std::env::var("PUESTO_STORMS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(otherwise)
}

/// What a person sees of a piece that must be the same everywhere.
type Seen = (String, Option<i64>, i64, usize);

async fn seen(laptop: &Laptop, ids: &[String]) -> Vec<Seen> {
    let mut all = Vec::new();
    for id in ids {
        let product = laptop.shop.product(id).await.unwrap();
        all.push((
            product.title,
            product.price.map(|price| price.minor),
            product.on_hand,
            product.photos.len(),
        ));
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_the_network_does_all_agree_when_it_heals() {
    let market = Market::start().await;
    let line = Line::to(market.address(), Weather::Clear).await;
    let laptops = [
        Laptop::signed_in(&market, &line.url()).await,
        Laptop::signed_in(&market, &line.url()).await,
    ];
    let mut ids = Vec::new();
    let mut on_hand: BTreeMap<String, i64> = BTreeMap::new();
    for round in 0..rounds(40) {
        let mut dice = Dice(round);
        line.set(Weather::Storm(round));
        if round % 10 == 0 {
            let id = laptops[0]
                .piece(&format!("Olla {round}"), noise(32, round + 1))
                .await
                .id;
            on_hand.insert(id.clone(), 3);
            ids.push(id);
        }
        for step in 0..6 {
            let laptop = &laptops[usize::try_from(dice.roll(2)).unwrap()];
            let id = &ids[usize::try_from(dice.roll(ids.len() as u64)).unwrap()];
            // A piece that the other laptop has not heard of yet is nobody's to edit there.
            if laptop.shop.product(id).await.is_ok() {
                match dice.roll(3) {
                    0 => laptop.title(id, &format!("Olla {round}-{step}")).await,
                    1 => {
                        let price = Price {
                            minor: i64::try_from(10_000 + dice.roll(90_000)).unwrap(),
                            currency: "MXN".into(),
                        };
                        laptop
                            .shop
                            .product_edit(id, vec![FieldChange::Price(Some(price))])
                            .await
                            .unwrap();
                    }
                    _ => {
                        let delta = i64::try_from(dice.roll(4)).unwrap() + 1;
                        laptop
                            .shop
                            .stock_move(id, delta, MoveReason::Made, "")
                            .await
                            .unwrap();
                        *on_hand.get_mut(id).unwrap() += delta;
                    }
                }
            }
            if dice.roll(2) == 0 {
                // It comes to rest whatever happens, and never loses its sign-in.
                let state = laptop.shop.sync_once(LONG).await.unwrap();
                assert!(
                    !matches!(state.phase, SyncPhase::SignedOut | SyncPhase::Revoked),
                    "round {round}: {state:?}"
                );
                assert!(state.refused.is_empty(), "round {round}: {state:?}");
            }
        }
        line.set(Weather::Clear);
        for laptop in [&laptops[0], &laptops[1], &laptops[0]] {
            laptop.sync().await;
        }
        let (a, b) = (seen(&laptops[0], &ids).await, seen(&laptops[1], &ids).await);
        assert_eq!(a, b, "round {round}");
        for (id, there) in ids.iter().zip(&a) {
            assert_eq!(
                there.2, on_hand[id],
                "round {round}: a movement was lost or doubled"
            );
        }
    }
}

//! Bodies that are almost right, at every route.

use crate::check::{Fail, Verdict, holds};
use crate::laptop::{as_value, set, title};
use crate::moment::id;
use crate::mutate::{self, Dice};
use crate::numbers;
use crate::shop::Shop;
use crate::wire::{Reply, send};
use api::drop_off::DropOff;
use api::intent::Action;
use api::stock::Reason;
use futures_util::{StreamExt, stream};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use std::time::Duration;

/// A body that takes longer is a hang, if it does so again when nothing else is asked.
const HANG: Duration = Duration::from_secs(1);
/// Requests on their way at once.
const AT_ONCE: usize = 4;

/// Something to send: method, path, body.
#[derive(Clone, Debug)]
struct Shot {
    method: Method,
    path: String,
    body: Vec<u8>,
}

impl Shot {
    fn new(method: Method, path: String, body: Vec<u8>) -> Self {
        Self { method, path, body }
    }

    fn request(&self, shop: &Shop<'_>) -> RequestBuilder {
        let request = shop.one.request(self.method.clone(), &self.path);
        request.body(self.body.clone())
    }

    fn told(&self) -> String {
        let body = String::from_utf8_lossy(&self.body);
        let body: String = body.chars().take(300).collect();
        format!("{} {} {body}", self.method, self.path)
    }
}

/// One intent of each verb, as right as can be without an order.
fn intents(shop: &Shop<'_>) -> Result<Vec<Value>, Fail> {
    let laptop = &shop.one;
    let (piece, order) = (id(), id());
    let hash = blake3::hash(piece.as_bytes()).to_hex().to_string();
    let fields =
        json!({"title": "Olla", "price": {"minor": 1, "currency": "MXN"}, "size_mm": null, "zz": [1]});
    let photo = json!({"hash": hash, "large": hash, "small": hash, "width": 9, "height": 9, "alt": ""});
    let photo = serde_json::from_value(photo).map_err(|error| Fail::miss("a photo", error))?;
    let drop_off = DropOff {
        id: id(),
        number: numbers::drop_off(1, &numbers::day(laptop.time()), 1),
        office: shop.office(),
        parcel_ids: vec![id()],
        closed_ms: 0,
    };
    let parcel = api::order::Parcel {
        id: id(),
        order_id: order.clone(),
        s10: numbers::s10("RN", 7, "MX"),
        service: "x".into(),
        weight_g: 1,
    };
    let (place, product_id) = ("m".to_owned(), piece.clone());
    let actions = [
        set(&piece, fields),
        title(&id(), "Jarro"),
        Action::AttachPhoto {
            product_id: product_id.clone(),
            photo,
            place: place.clone(),
        },
        Action::PlacePhoto {
            product_id: product_id.clone(),
            hash: hash.clone(),
            place,
        },
        Action::DetachPhoto { product_id, hash },
        Action::MoveStock {
            movement: laptop.movement(&piece, 1, Reason::Made),
        },
        Action::AcceptOrder {
            order_id: order.clone(),
        },
        Action::PackOrder {
            order_id: order.clone(),
        },
        Action::CancelOrder {
            order_id: order,
            reason: "x".into(),
        },
        Action::NumberParcel { parcel },
        Action::CloseDropOff { drop_off },
        Action::LeaveDropOff {
            drop_off_id: id(),
            at_ms: 0,
        },
        Action::SettleConflict {
            conflict_id: api::conflict::id(&piece, "title"),
        },
    ];
    actions.into_iter().map(|action| laptop.value(action)).collect()
}

/// What is sent to one route, by its number.
fn shot(shop: &Shop<'_>, route: usize, dice: &mut Dice, cursor: &str) -> Result<Shot, Fail> {
    let post = |path: &str, body: Vec<u8>| Shot::new(Method::POST, path.to_owned(), body);
    let hash = blake3::hash(&dice.roll().to_le_bytes()).to_hex().to_string();
    Ok(match route {
        0 => {
            let intents = intents(shop)?;
            let count = 1 + dice.below(3);
            let some: Vec<Value> = (0..count)
                .filter_map(|_| dice.one_of(&intents).cloned())
                .collect();
            post("/push", mutate::bytes(dice, &json!({"intents": some})))
        }
        1 => {
            let known = [
                json!({"kind": "product", "id": id()}),
                json!({"kind": "order", "id": "x"}),
            ];
            post("/records", mutate::bytes(dice, &json!({"records": known})))
        }
        2 => {
            let ask = json!({"id": id(), "indicator": shop.indicator(), "count": 1});
            post("/leases", mutate::bytes(dice, &ask))
        }
        3 => {
            let name = if dice.below(2) == 0 {
                hash
            } else {
                mutate::segment(dice, &hash)
            };
            post(
                &format!("/photos/{name}"),
                mutate::bytes(dice, &json!({"bytes": 100})),
            )
        }
        4 => {
            let name = if dice.below(2) == 0 {
                hash
            } else {
                mutate::segment(dice, &hash)
            };
            let path = format!("/photos/{name}/chunks/{}", mutate::segment(dice, "0"));
            Shot::new(Method::PUT, path, mutate::bytes(dice, &json!("some bytes")))
        }
        5 => {
            let (after, limit) = (mutate::segment(dice, cursor), mutate::segment(dice, "7"));
            let sum = mutate::segment(dice, "0000000000000000");
            Shot::new(
                Method::GET,
                format!("/feed?after={after}&limit={limit}&sum={sum}"),
                Vec::new(),
            )
        }
        6 => {
            let bucket = mutate::segment(dice, "a0");
            Shot::new(Method::GET, format!("/parity?bucket={bucket}"), Vec::new())
        }
        7 => {
            // Whose id nobody has: a laptop that was hit would be out.
            let nobody = mutate::segment(dice, "nobody");
            Shot::new(Method::DELETE, format!("/laptops/z{nobody}"), Vec::new())
        }
        8 => {
            let grants = [
                json!({"grant_type": "refresh_token", "refresh_token": "x"}),
                json!({"grant_type": "device_code", "device_code": "x"}),
            ];
            let grant = dice.one_of(&grants).cloned().unwrap_or_default();
            post("/device/token", mutate::bytes(dice, &grant))
        }
        _ => {
            let ask = json!({"laptop_id": id(), "laptop_name": "Laptop"});
            post("/device/authorize", mutate::bytes(dice, &ask))
        }
    })
}

async fn fire(shop: &Shop<'_>, shot: &Shot) -> Result<Reply, Fail> {
    let reply = send(shot.request(shop)).await;
    let reply =
        reply.map_err(|fail| Fail::miss(format!("an answer to {}", shot.told()), fail.to_string()))?;
    holds(
        reply.status < 500,
        &format!("no failure of the marketplace at {}", shot.told()),
        reply.said(),
    )?;
    if reply.status >= 400 {
        reply.fault()?;
    }
    Ok(reply)
}

macro_rules! routes {
    ($($name:ident $route:literal),+) => {
        $(pub async fn $name(shop: &Shop<'_>) -> Verdict {
            hammer(shop, $route).await
        })+
    };
}

routes!(push 0, records 1, leases 2, offers 3, chunks 4, feed 5, parity 6, laptops 7, token 8, authorize 9);

/// Sends mutated bodies to one route.
async fn hammer(shop: &Shop<'_>, route: usize) -> Verdict {
    let (_, cursor) = shop.end().await?;
    let mut dice = Dice(shop.plan.seed.wrapping_mul(1_000).wrapping_add(route as u64));
    let shots: Result<Vec<Shot>, Fail> = (0..shop.plan.mutations)
        .map(|_| shot(shop, route, &mut dice, &cursor))
        .collect();
    let shots = shots?;
    let mut fired = stream::iter(&shots)
        .map(|shot| async move { (shot, fire(shop, shot).await) })
        .buffer_unordered(AT_ONCE);
    let mut slow = Vec::new();
    while let Some((shot, reply)) = fired.next().await {
        if reply?.took > HANG {
            slow.push(shot);
        }
    }
    drop(fired);
    // A machine that had other things to do is told from a body that hangs by asking again, alone.
    for shot in slow {
        let took = fire(shop, shot).await?.took;
        holds(
            took < HANG,
            &format!("an answer within 1 s to {}", shot.told()),
            took,
        )?;
    }
    // It still works as before.
    let known = as_value(&shop.one.intent(title(&id(), "Sigue en pie")))?;
    let outcomes = shop.one.push_values(&[known]).await?;
    holds(
        outcomes == [api::intent::Outcome::Applied],
        "a marketplace that works as before",
        outcomes,
    )
}

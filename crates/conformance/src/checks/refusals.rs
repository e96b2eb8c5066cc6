//! What is refused, for each verb.

use crate::check::Verdict;
use crate::laptop::{refused, set, waits};
use crate::moment::id;
use crate::numbers;
use crate::shop::Shop;
use api::drop_off::DropOff;
use api::intent::{Action, refusal};
use api::limits;
use api::order::Parcel;
use api::photo::PhotoRef;
use api::stock::{Movement, Reason};
use serde_json::{Value, json};

pub async fn fields(shop: &Shop<'_>) -> Verdict {
    let piece = id();
    let currency = &shop.me.currency;
    let money = |minor: i64| json!({"minor": minor, "currency": currency});
    let size = |length: i64| json!({"length": length, "width": 1, "height": 1});
    let wrong: Vec<(&str, Value)> = vec![
        ("title", json!("x".repeat(limits::TITLE_LETTERS + 1))),
        ("title", json!("two\nlines")),
        ("title", json!(7)),
        ("story", json!("x".repeat(limits::STORY_LETTERS + 1))),
        ("technique", json!("x".repeat(limits::SHORT_TEXT_LETTERS + 1))),
        ("branch", json!("plastics")),
        ("price", money(-1)),
        ("price", money(limits::PRICE_MINOR + 1)),
        ("price", json!({"minor": 1, "currency": "pesos"})),
        ("price", json!(1.5)),
        ("weight_g", json!(limits::WEIGHT_G + 1)),
        ("weight_g", json!(0.5)),
        ("size_mm", size(limits::SIDE_MM + 1)),
        ("size_mm", size(-1)),
        ("stock_mode", json!("endless")),
        ("published", json!("yes")),
        ("deleted", Value::Null),
        ("dye", json!("x".repeat(1_000_000))),
    ];
    for (name, value) in wrong {
        let outcome = shop.one.act(set(&piece, json!({name: value}))).await?;
        refused(&outcome, refusal::INVALID)?;
    }
    let nothing = shop.entry(api::feed::kind::PRODUCT, &piece).await?;
    crate::check::holds(nothing.is_none(), "nothing of it in the feed", nothing)?;
    let edge = json!({"title": "ñ".repeat(limits::TITLE_LETTERS), "price": money(limits::PRICE_MINOR), "weight_g": null});
    shop.one.does(set(&piece, edge)).await
}

fn photo(n: u8) -> PhotoRef {
    let hash = |n: u8| blake3::hash(&[n]).to_hex().to_string();
    PhotoRef {
        hash: hash(n),
        large: hash(n.wrapping_add(85)),
        small: hash(n.wrapping_add(170)),
        width: 1600,
        height: 1200,
        alt: "De frente".into(),
        shot: String::new(),
    }
}

pub async fn photos(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Refused photos", 1).await?;
    let attach = |product_id: &str, photo: PhotoRef, place: &str| Action::AttachPhoto {
        product_id: product_id.to_owned(),
        photo,
        place: place.to_owned(),
    };
    let good = photo(1);
    let mut wrong = Vec::new();
    for large in ["../../x".to_owned(), good.large.to_uppercase(), String::new()] {
        wrong.push(attach(
            &piece,
            PhotoRef {
                large,
                ..good.clone()
            },
            "m",
        ));
    }
    wrong.push(attach(
        &piece,
        PhotoRef {
            width: 0,
            ..good.clone()
        },
        "m",
    ));
    wrong.push(attach(
        &piece,
        PhotoRef {
            alt: "x".repeat(501),
            ..good.clone()
        },
        "m",
    ));
    for place in ["", "a b", "ñ", &"m".repeat(201)] {
        wrong.push(attach(&piece, good.clone(), place));
    }
    wrong.push(Action::DetachPhoto {
        product_id: piece.clone(),
        hash: "x".into(),
    });
    for action in wrong {
        refused(&shop.one.act(action).await?, refusal::INVALID)?;
    }
    let (product_id, hash) = (id(), good.hash.clone());
    let lost = [
        attach(&product_id, good, "m"),
        Action::PlacePhoto {
            product_id: product_id.clone(),
            hash: hash.clone(),
            place: "m".into(),
        },
        Action::DetachPhoto { product_id, hash },
    ];
    for action in lost {
        // Another laptop may be about to offer the piece.
        waits(&shop.one.act(action).await?)?;
    }
    for n in 0..limits::PHOTOS_PER_PIECE {
        let n = u8::try_from(n).unwrap_or(0) + 2;
        shop.one.does(attach(&piece, photo(n), "m")).await?;
    }
    let outcome = shop.one.act(attach(&piece, photo(80), "m")).await?;
    refused(&outcome, refusal::INVALID).map(drop)
}

pub async fn movements(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Refused movements", 1).await?;
    let laptop = &shop.one;
    let good = laptop.movement(&piece, 1, Reason::Made);
    let wrong = [
        Movement {
            reason: Reason::Sold,
            ..good.clone()
        },
        Movement {
            reason: Reason::Restocked,
            ..good.clone()
        },
        Movement {
            delta: limits::QUANTITY + 1,
            ..good.clone()
        },
        Movement {
            delta: i64::MIN,
            ..good.clone()
        },
        Movement {
            order_id: Some(id()),
            ..good.clone()
        },
        Movement {
            note: "x".repeat(limits::SHORT_TEXT_LETTERS + 1),
            ..good.clone()
        },
        Movement {
            id: "a b".into(),
            ..good.clone()
        },
    ];
    for movement in wrong {
        refused(
            &laptop.act(Action::MoveStock { movement }).await?,
            refusal::INVALID,
        )?;
    }
    let movement = Movement {
        product_id: id(),
        ..good
    };
    let outcome = laptop.act(Action::MoveStock { movement }).await?;
    waits(&outcome)
}

pub async fn orders(shop: &Shop<'_>) -> Verdict {
    let order_id = id();
    let cancel = |reason: &str| Action::CancelOrder {
        order_id: order_id.clone(),
        reason: reason.to_owned(),
    };
    for action in [
        Action::AcceptOrder {
            order_id: order_id.clone(),
        },
        Action::PackOrder {
            order_id: order_id.clone(),
        },
        cancel("Se rompió"),
    ] {
        refused(&shop.one.act(action).await?, refusal::NO_SUCH_ORDER)?;
    }
    for reason in ["", "  ", &"x".repeat(limits::SHORT_TEXT_LETTERS + 1)] {
        refused(&shop.one.act(cancel(reason)).await?, refusal::INVALID)?;
    }
    Ok(())
}

/// With another check character.
fn slipped(number: &str) -> String {
    let (rest, check) = number.split_at(number.len() - 1);
    format!("{rest}{}", if check == "7" { "8" } else { "7" })
}

pub async fn parcels(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let good = shop.parcel(laptop, &id()).await?;
    let country = good.s10.len() - 2;
    let slip = format!("{}{}", slipped(&good.s10[..country]), &good.s10[country..]);
    let wrong = [
        Parcel {
            s10: slip,
            ..good.clone()
        },
        Parcel {
            s10: good.s10.to_lowercase(),
            ..good.clone()
        },
        Parcel {
            service: "by-donkey".into(),
            ..good.clone()
        },
        Parcel {
            weight_g: 0,
            ..good.clone()
        },
        Parcel {
            weight_g: limits::WEIGHT_G + 1,
            ..good.clone()
        },
        Parcel {
            id: String::new(),
            ..good.clone()
        },
    ];
    for parcel in wrong {
        refused(
            &laptop.act(Action::NumberParcel { parcel }).await?,
            refusal::INVALID,
        )?;
    }
    refused(
        &laptop.act(Action::NumberParcel { parcel: good }).await?,
        refusal::NO_SUCH_ORDER,
    )?;
    let drop_off = DropOff {
        id: id(),
        number: numbers::drop_off(31, &numbers::day(laptop.time()), 1),
        office: shop.office(),
        parcel_ids: vec![id()],
        closed_ms: laptop.time(),
    };
    let twice = vec![drop_off.parcel_ids[0].clone(); 2];
    let wrong = [
        DropOff {
            number: slipped(&drop_off.number),
            ..drop_off.clone()
        },
        DropOff {
            office: "nowhere".into(),
            ..drop_off.clone()
        },
        DropOff {
            parcel_ids: Vec::new(),
            ..drop_off.clone()
        },
        DropOff {
            parcel_ids: twice,
            ..drop_off.clone()
        },
        DropOff {
            parcel_ids: (0..=limits::PARCELS_PER_DROP_OFF).map(|_| id()).collect(),
            ..drop_off.clone()
        },
    ];
    for drop_off in wrong {
        refused(
            &laptop.act(Action::CloseDropOff { drop_off }).await?,
            refusal::INVALID,
        )?;
    }
    refused(
        &laptop.act(Action::CloseDropOff { drop_off }).await?,
        refusal::NO_SUCH_PARCEL,
    )?;
    let leave = Action::LeaveDropOff {
        drop_off_id: id(),
        at_ms: laptop.time(),
    };
    refused(&laptop.act(leave).await?, refusal::INVALID).map(drop)
}

pub async fn conflicts(shop: &Shop<'_>) -> Verdict {
    let settle = Action::SettleConflict {
        conflict_id: api::conflict::id(&id(), "title"),
    };
    refused(&shop.one.act(settle).await?, refusal::INVALID).map(drop)
}

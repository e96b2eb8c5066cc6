//! The ledger of stock.

use crate::check::{Verdict, holds, same};
use crate::feed::Reader;
use crate::shop::Shop;
use api::feed::kind;
use api::intent::Action;
use api::stock::{Movement, Reason};

/// What is on hand by the feed.
pub async fn on_hand(shop: &Shop<'_>, piece: &str) -> Result<i64, crate::check::Fail> {
    let mut reader = Reader::default();
    reader.catch_up(&shop.one).await?;
    let movements = reader
        .records
        .values()
        .filter(|entry| entry.kind == kind::MOVEMENT);
    let of_piece = movements.filter(|entry| entry.state["product_id"] == piece);
    Ok(of_piece.filter_map(|entry| entry.state["delta"].as_i64()).sum())
}

pub async fn ledger(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Contada", 3).await?;
    let fair = shop.one.movement(&piece, -5, Reason::Fair);
    shop.one
        .does(Action::MoveStock {
            movement: fair.clone(),
        })
        .await?;
    // The same movement in another intent, and from another laptop: a union, not a second sale.
    shop.one
        .does(Action::MoveStock {
            movement: fair.clone(),
        })
        .await?;
    shop.two()?.does(Action::MoveStock { movement: fair }).await?;
    // Below zero is a fact, and is not clamped.
    same("on hand", &on_hand(shop, &piece).await?, &-2)?;
    let counted = shop.two()?.movement(&piece, 6, Reason::Counted);
    shop.two()?.does(Action::MoveStock { movement: counted }).await?;
    same("on hand", &on_hand(shop, &piece).await?, &4)
}

pub async fn by_whom(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("De quién", 1).await?;
    let movement = Movement {
        by: "somebody else".into(),
        at_ms: shop.one.time() + 86_400_000,
        ..shop.one.movement(&piece, 1, Reason::Made)
    };
    let id = movement.id.clone();
    shop.one.does(Action::MoveStock { movement }).await?;
    let kept: Movement = shop.state(kind::MOVEMENT, &id).await?;
    same("who moved it", &kept.by, &shop.one.id)?;
    holds(
        kept.at_ms <= shop.one.time() + 60_000,
        "a time that is not in the future",
        kept.at_ms,
    )
}

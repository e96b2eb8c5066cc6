//! Orders, parcels, drop-offs. A buyer's hands are needed.

use crate::check::{Fail, Verdict, holds, same};
use crate::checks::stock::on_hand;
use crate::laptop::{Laptop, refused};
use crate::moment::id;
use crate::numbers;
use crate::shop::Shop;
use api::drop_off::{DropOff, DropOffState, DropOffStatus};
use api::feed::kind;
use api::intent::{Action, Outcome, refusal};
use api::order::{OrderState, OrderStatus, Parcel, ParcelState};
use api::stock::Reason;

async fn status(shop: &Shop<'_>, order: &str) -> Result<OrderStatus, Fail> {
    Ok(shop.state::<OrderState>(kind::ORDER, order).await?.status)
}

fn accept(order: &str) -> Action {
    Action::AcceptOrder {
        order_id: order.to_owned(),
    }
}

fn pack(order: &str) -> Action {
    Action::PackOrder {
        order_id: order.to_owned(),
    }
}

fn cancel(order: &str) -> Action {
    Action::CancelOrder {
        order_id: order.to_owned(),
        reason: "Se rompió en el horno".into(),
    }
}

pub async fn way(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Para un pedido", 5).await?;
    let order = shop.order(&piece, 2).await?;
    same("a new order", &order.status, &OrderStatus::Placed)?;
    let line = &order.lines[0];
    same("its line", &(line.quantity, line.unit_price.minor), &(2, 50_000))?;
    shop.one.does(accept(&order.id)).await?;
    same("status", &status(shop, &order.id).await?, &OrderStatus::Accepted)?;
    // The same command by the other laptop has long happened.
    let outcome = shop.two()?.act(accept(&order.id)).await?;
    same("accepted twice", &outcome, &Outcome::Already)?;
    shop.two()?.does(pack(&order.id)).await?;
    let state: OrderState = shop.state(kind::ORDER, &order.id).await?;
    same("status", &state.status, &OrderStatus::Packed)?;
    let who: Vec<&str> = state.events.iter().map(|event| event.by.as_str()).collect();
    let two = shop.two()?.id.as_str();
    same("who did what", &who, &vec!["buyer", shop.one.id.as_str(), two])?;
    same(
        "accepted late",
        &shop.one.act(accept(&order.id)).await?,
        &Outcome::Already,
    )?;
    // A step may be skipped, for it was done in the head.
    let skipping = shop.order(&piece, 1).await?;
    shop.one.does(pack(&skipping.id)).await?;
    same("status", &status(shop, &skipping.id).await?, &OrderStatus::Packed)
}

pub async fn cancelled(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Para cancelar", 5).await?;
    let order = shop.order(&piece, 3).await?;
    same("on hand", &on_hand(shop, &piece).await?, &2)?;
    shop.one.does(cancel(&order.id)).await?;
    let state: OrderState = shop.state(kind::ORDER, &order.id).await?;
    same("status", &state.status, &OrderStatus::Cancelled)?;
    holds(state.cancelled_reason.is_some(), "the reason", &state)?;
    same("on hand", &on_hand(shop, &piece).await?, &5)?;
    same(
        "cancelled twice",
        &shop.two()?.act(cancel(&order.id)).await?,
        &Outcome::Already,
    )?;
    same("on hand", &on_hand(shop, &piece).await?, &5)?;
    let present = refused(&shop.one.act(accept(&order.id)).await?, refusal::ORDER_MOVED_ON)?;
    let shown = present.map(|entry| (entry.kind, entry.state["status"].clone()));
    same(
        "how it stands",
        &shown,
        &Some(("order".to_owned(), "cancelled".into())),
    )
}

fn drop_off(shop: &Shop<'_>, laptop: &Laptop, count: u32, parcels: &[&Parcel]) -> DropOff {
    // Nobody else's: the seller's part is drawn from the laptop's id.
    let hash = blake3::hash(laptop.id.as_bytes());
    let seller = u32::from_le_bytes([hash.as_bytes()[0], hash.as_bytes()[1], hash.as_bytes()[2], 0]);
    DropOff {
        id: id(),
        number: numbers::drop_off(seller, &numbers::day(laptop.time()), count),
        office: shop.office(),
        parcel_ids: parcels.iter().map(|parcel| parcel.id.clone()).collect(),
        closed_ms: laptop.time(),
    }
}

pub async fn parcels(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Para mandar", 9).await?;
    let laptop = &shop.one;
    let (order, other) = (shop.order(&piece, 1).await?, shop.order(&piece, 1).await?);
    let parcel = shop.parcel(laptop, &order.id).await?;
    let number = |parcel: &Parcel| Action::NumberParcel {
        parcel: parcel.clone(),
    };
    let outcome = shop.two()?.act(number(&parcel)).await?;
    refused(&outcome, refusal::NUMBER_NOT_LEASED)?;
    laptop.does(number(&parcel)).await?;
    same("status", &status(shop, &order.id).await?, &OrderStatus::Labelled)?;
    same(
        "numbered twice",
        &laptop.act(number(&parcel)).await?,
        &Outcome::Already,
    )?;
    let taken = Parcel {
        id: id(),
        order_id: other.id.clone(),
        ..parcel.clone()
    };
    refused(&laptop.act(number(&taken)).await?, refusal::NUMBER_TAKEN)?;
    let list = drop_off(shop, laptop, 1, &[&parcel]);
    let close = |drop_off: &DropOff| Action::CloseDropOff {
        drop_off: drop_off.clone(),
    };
    laptop.does(close(&list)).await?;
    same("status", &status(shop, &order.id).await?, &OrderStatus::HandedIn)?;
    let state: ParcelState = shop.state(kind::PARCEL, &parcel.id).await?;
    same(
        "the parcel's drop-off",
        &state.drop_off_id,
        &Some(list.id.clone()),
    )?;
    same(
        "closed twice",
        &laptop.act(close(&list)).await?,
        &Outcome::Already,
    )?;
    let again = drop_off(shop, laptop, 2, &[&parcel]);
    refused(&laptop.act(close(&again)).await?, refusal::PARCEL_TAKEN)?;
    let second = shop.parcel(laptop, &other.id).await?;
    laptop.does(number(&second)).await?;
    // One that does not fit refuses the whole list.
    let mixed = drop_off(shop, laptop, 3, &[&second, &parcel]);
    refused(&laptop.act(close(&mixed)).await?, refusal::PARCEL_TAKEN)?;
    same("status", &status(shop, &other.id).await?, &OrderStatus::Labelled)?;
    let same_number = DropOff {
        number: list.number.clone(),
        ..drop_off(shop, laptop, 4, &[&second])
    };
    refused(&laptop.act(close(&same_number)).await?, refusal::NUMBER_TAKEN)?;
    refused(&laptop.act(cancel(&order.id)).await?, refusal::ORDER_MOVED_ON)?;
    let leave = Action::LeaveDropOff {
        drop_off_id: list.id.clone(),
        at_ms: laptop.time() + 86_400_000,
    };
    laptop.does(leave.clone()).await?;
    let state: DropOffState = shop.state(kind::DROP_OFF, &list.id).await?;
    same("status", &state.status, &DropOffStatus::Left)?;
    let left = state.left_ms.unwrap_or_default();
    holds(
        left > 0 && left <= laptop.time() + 60_000,
        "a time that is not in the future",
        left,
    )?;
    same("left twice", &shop.two()?.act(leave).await?, &Outcome::Already)
}

pub async fn oversold(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("La última", 1).await?;
    let order = shop.order(&piece, 1).await?;
    let oversold = async || Ok::<_, Fail>(shop.state::<OrderState>(kind::ORDER, &order.id).await?.oversold);
    same("before", &oversold().await?, &Vec::new())?;
    // Sold at a fair too, on a laptop without a network.
    let movement = shop.one.movement(&piece, -1, Reason::Fair);
    shop.one.does(Action::MoveStock { movement }).await?;
    same("sold once too often", &oversold().await?, &vec![piece.clone()])?;
    let movement = shop.two()?.movement(&piece, 1, Reason::Made);
    shop.two()?.does(Action::MoveStock { movement }).await?;
    same("made another one", &oversold().await?, &Vec::new())
}

//! Two laptops wrote the same field, and the later did not know of the earlier.

use crate::check::{Fail, Verdict, holds, same};
use crate::laptop::{Laptop, set};
use crate::moment::id;
use crate::shop::Shop;
use api::conflict::{self, ConflictState};
use api::feed::{Entry, kind};
use api::intent::{Action, Intent, Outcome};
use serde_json::{Value, json};

async fn found(shop: &Shop<'_>, piece: &str, field: &str) -> Result<Option<Entry>, Fail> {
    shop.entry(kind::CONFLICT, &conflict::id(piece, field)).await
}

/// A write of one field by someone who had read so far.
fn write(laptop: &Laptop, piece: &str, field: &str, value: &Value, base: u64) -> Intent {
    let mut intent = laptop.intent(set(piece, json!({ field: value })));
    intent.base = base;
    intent
}

async fn apply(laptop: &Laptop, intent: &Intent) -> Verdict {
    same("outcome", &laptop.push_one(intent).await?, &Outcome::Applied)
}

pub async fn either_order(shop: &Shop<'_>) -> Verdict {
    let (one, two) = (&shop.one, shop.two()?);
    let price = |minor: i64| json!({"minor": minor, "currency": shop.me.currency});
    let values = [
        ("price", price(10), price(20)),
        ("published", json!(true), json!(false)),
        ("title", json!("Suya"), json!("Mía")),
        ("story", json!("Una"), json!("Otra")),
        ("deleted", json!(false), json!(true)),
    ];
    for (field, first, second) in values {
        for second_wins in [true, false] {
            let piece = id();
            let (base, _) = shop.end().await?;
            let earlier = write(one, &piece, field, &first, base);
            apply(one, &earlier).await?;
            let mut later = write(two, &piece, field, &second, base);
            // Which of them stands is said by the stamp, whichever comes first.
            later.stamp.ms = earlier.stamp.ms + if second_wins { 5 } else { -5_000 };
            apply(two, &later).await?;
            let name = format!("the conflict of {field}");
            let entry = found(shop, &piece, field).await?;
            let entry = entry.ok_or_else(|| Fail::miss(format!("{name} in the feed"), "none"))?;
            let state: ConflictState = serde_json::from_value(entry.state.clone())
                .map_err(|error| Fail::miss(format!("{name} in its shape ({error})"), &entry.state))?;
            let (kept, lost) = if second_wins {
                (&second, &first)
            } else {
                (&first, &second)
            };
            same("what stands", &state.kept.value, kept)?;
            same("what is lost", &state.lost.value, lost)?;
            let writers = (
                state.kept.stamp.laptop == one.id,
                state.lost.stamp.laptop == one.id,
            );
            same("who wrote which", &writers, &(!second_wins, second_wins))?;
            same(
                "the piece and field",
                &(state.product_id.as_str(), state.field.as_str()),
                &(piece.as_str(), field),
            )?;
            holds(
                state.settled_ms.is_none(),
                "a conflict that is not settled",
                &state,
            )?;
        }
    }
    Ok(())
}

pub async fn none(shop: &Shop<'_>) -> Verdict {
    let (one, two) = (&shop.one, shop.two()?);
    let piece = id();
    let (base, _) = shop.end().await?;
    apply(one, &write(one, &piece, "title", &json!("Olla"), base)).await?;
    apply(one, &write(one, &piece, "materials", &json!("Barro"), base)).await?;
    let (read, _) = shop.end().await?;
    // The same value; a field that is no matter; one's own write; one that had been read.
    apply(two, &write(two, &piece, "title", &json!("Olla"), base)).await?;
    apply(two, &write(two, &piece, "materials", &json!("Lana"), base)).await?;
    apply(two, &write(two, &piece, "title", &json!("Cántaro"), base)).await?;
    let piece_of_two = id();
    apply(one, &write(one, &piece_of_two, "title", &json!("Leída"), base)).await?;
    let (all, _) = shop.end().await?;
    apply(
        two,
        &write(two, &piece_of_two, "title", &json!("Con conocimiento"), all),
    )
    .await?;
    holds(read < all, "a feed that moves", (read, all))?;
    for (piece, field) in [(&piece, "materials"), (&piece, "title"), (&piece_of_two, "title")] {
        let entry = found(shop, piece, field).await?;
        holds(entry.is_none(), &format!("no conflict of {field}"), entry)?;
    }
    let same_value = id();
    apply(one, &write(one, &same_value, "title", &json!("Igual"), all)).await?;
    apply(two, &write(two, &same_value, "title", &json!("Igual"), all)).await?;
    let entry = found(shop, &same_value, "title").await?;
    holds(entry.is_none(), "no conflict of the same value", entry)
}

pub async fn settled(shop: &Shop<'_>) -> Verdict {
    let (one, two) = (&shop.one, shop.two()?);
    let piece = id();
    let (base, _) = shop.end().await?;
    apply(one, &write(one, &piece, "title", &json!("Una"), base)).await?;
    apply(two, &write(two, &piece, "title", &json!("Otra"), base)).await?;
    let settle = |laptop: &Laptop| {
        laptop.intent(Action::SettleConflict {
            conflict_id: conflict::id(&piece, "title"),
        })
    };
    apply(one, &settle(one)).await?;
    let state: ConflictState = shop.state(kind::CONFLICT, &conflict::id(&piece, "title")).await?;
    let settled = state.settled_ms;
    holds(settled.is_some(), "when it was settled", &state)?;
    let again = two.push_one(&settle(two)).await?;
    same("on the other laptop too", &again, &Outcome::Already)?;
    let state: ConflictState = shop.state(kind::CONFLICT, &state.id).await?;
    same("when it was settled", &state.settled_ms, &settled)
}

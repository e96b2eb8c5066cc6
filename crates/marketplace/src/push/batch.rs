//! A batch of intents: what was answered before, what depends on what, and writing the answers down.

use super::body::{self, Body};
use super::{Sender, Verdict, catalog, drop_off, order, parcel, stock};
use crate::error::Error;
use crate::orders::cancel;
use crate::records::intents::{Answered, Record};
use crate::records::{Writing, feed, intents};
use crate::state::Marketplace;
use api::clock::Stamp;
use api::intent::{Action, Intent, IntentAnswer, Outcome, refusal};
use serde_json::Value;

/// Applies a batch for one laptop and answers each intent in its order.
///
/// # Errors
/// Only when the database fails; then nothing of the batch is applied.
pub async fn push(
    marketplace: &Marketplace,
    sender: &Sender,
    bodies: Vec<Value>,
) -> Result<Vec<IntentAnswer>, Error> {
    let mut writing = Writing::for_shop(&marketplace.database, &sender.shop).await?;
    let mut answers = Vec::with_capacity(bodies.len());
    let mut cancelled = false;
    for body in bodies {
        answers.push(match body::read(body) {
            Body::Good { intent, digest } => {
                cancelled |= matches!(intent.action, Action::CancelOrder { .. });
                let outcome = one(marketplace, &mut writing, sender, &intent, digest).await?;
                IntentAnswer {
                    id: intent.id,
                    outcome,
                }
            }
            Body::Newer { id } => IntentAnswer {
                id,
                outcome: deferred(refusal::NEWER_SCHEMA),
            },
            Body::Bad { id } => IntentAnswer {
                id,
                outcome: refused(refusal::INVALID),
            },
        });
    }
    writing.commit(&marketplace.hints).await?;
    if cancelled {
        cancel::give_back_what_is_due(marketplace).await?;
    }
    Ok(answers)
}

async fn one(
    marketplace: &Marketplace,
    writing: &mut Writing,
    sender: &Sender,
    intent: &Intent,
    digest: String,
) -> Result<Outcome, Error> {
    let shop = sender.shop.as_str();
    let connection = writing.connection();
    if let Some(before) = intents::get(connection, shop, &intent.id).await? {
        return again(writing, sender, &digest, before).await;
    }
    let (epoch, Ok(seq)) = (i64::from(intent.epoch), i64::try_from(intent.seq)) else {
        return Ok(refused(refusal::INVALID));
    };
    let known_epoch = intents::epoch(connection, shop, &sender.laptop).await?;
    if epoch < known_epoch || intents::seq_is_taken(connection, shop, &sender.laptop, epoch, seq).await? {
        // Not written down: the same intent comes again under the laptop's next epoch.
        return Ok(refused(refusal::EPOCH_REUSED));
    }
    let mut depends_on_refused = false;
    for id in &intent.depends_on {
        match intents::get(connection, shop, id).await? {
            Some(before) => depends_on_refused |= before.refused.is_some(),
            None => return Ok(deferred(refusal::WAITS)),
        }
    }
    let verdict = if depends_on_refused {
        Verdict::refused(refusal::DEPENDS_ON_REFUSED)
    } else {
        writing.mark().await?;
        let applied = match check(intent) {
            Ok(()) => apply(marketplace, writing, sender, intent).await,
            Err(verdict) => Ok(verdict),
        };
        match applied {
            Ok(verdict @ (Verdict::Applied | Verdict::Behind)) => {
                writing.keep().await?;
                verdict
            }
            Ok(verdict) => {
                writing.undo().await?;
                verdict
            }
            Err(error) if error.is_of_the_data() => {
                tracing::warn!(shop, intent = %intent.id, %error, "the database refused an intent");
                writing.undo().await?;
                Verdict::invalid()
            }
            Err(error) => return Err(error),
        }
    };
    let (refused, present) = match &verdict {
        Verdict::Refused { code, present } => (Some((*code).to_owned()), present.clone()),
        _ => (None, None),
    };
    let (present_kind, present_id) = present.map(|(kind, id)| (kind.to_owned(), id)).unzip();
    let answered = Answered {
        digest: digest.clone(),
        refused,
        present_kind,
        present_id,
    };
    let record = Record {
        shop,
        laptop: &sender.laptop,
        id: &intent.id,
        epoch,
        seq,
        answered: answered.clone(),
        now_ms: sender.now_ms,
    };
    intents::add(writing.connection(), &record).await?;
    Ok(match verdict {
        Verdict::Applied => Outcome::Applied,
        Verdict::Behind => Outcome::Already,
        Verdict::Refused { .. } => again(writing, sender, &digest, answered).await?,
    })
}

/// The answer to an intent that was answered before.
async fn again(
    writing: &mut Writing,
    sender: &Sender,
    digest: &str,
    before: Answered,
) -> Result<Outcome, Error> {
    if before.digest != digest {
        return Ok(refused(refusal::ID_REUSED));
    }
    let Some(code) = before.refused else {
        return Ok(Outcome::Already);
    };
    let present = match (before.present_kind, before.present_id) {
        (Some(kind), Some(id)) => feed::present(writing.connection(), &sender.shop, &kind, &id).await?,
        _ => None,
    };
    Ok(Outcome::Refused { code, present })
}

/// What holds for every intent, before anything is read or written.
fn check(intent: &Intent) -> Result<(), Verdict> {
    let stamp_is_good = intent.stamp.ms >= 0 && super::is_id(&intent.stamp.laptop);
    let depends_are_good = intent.depends_on.len() <= 100;
    if stamp_is_good && depends_are_good && intent.seq > 0 {
        Ok(())
    } else {
        Err(Verdict::invalid())
    }
}

async fn apply(
    marketplace: &Marketplace,
    writing: &mut Writing,
    sender: &Sender,
    intent: &Intent,
) -> Result<Verdict, Error> {
    // A laptop set to 2099 must not win for ever.
    let stamp: Stamp = sync::stamps::clamp(intent.stamp.clone(), sender.now_ms);
    match &intent.action {
        Action::SetProduct { product_id, fields } => {
            catalog::set(writing, sender, product_id, fields, &stamp).await
        }
        Action::AttachPhoto {
            product_id,
            photo,
            place,
        } => catalog::attach(writing, sender, product_id, photo, place, &stamp).await,
        Action::PlacePhoto {
            product_id,
            hash,
            place,
        } => catalog::place(writing, sender, product_id, hash, place, &stamp).await,
        Action::DetachPhoto { product_id, hash } => {
            catalog::detach(writing, sender, product_id, hash, &stamp).await
        }
        Action::MoveStock { movement } => stock::take_movement(writing, sender, movement).await,
        Action::AcceptOrder { order_id } => {
            order::command(writing, sender, order_id, sync::orders::Command::Accept).await
        }
        Action::PackOrder { order_id } => {
            order::command(writing, sender, order_id, sync::orders::Command::Pack).await
        }
        Action::CancelOrder { order_id, reason } => order::cancel(writing, sender, order_id, reason).await,
        Action::NumberParcel { parcel } => {
            parcel::number(marketplace, writing, sender, parcel, stamp.ms).await
        }
        Action::CloseDropOff { drop_off } => drop_off::close(marketplace, writing, sender, drop_off).await,
        Action::LeaveDropOff { drop_off_id, at_ms } => {
            drop_off::leave(writing, sender, drop_off_id, *at_ms).await
        }
        Action::SettleConflict { .. } => Ok(Verdict::refused(refusal::INVALID)),
    }
}

fn refused(code: &str) -> Outcome {
    Outcome::Refused {
        code: code.to_owned(),
        present: None,
    }
}

fn deferred(code: &str) -> Outcome {
    Outcome::Deferred {
        code: code.to_owned(),
    }
}

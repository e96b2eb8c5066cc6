//! A batch of intents: each is decided, carried out and answered, and the answer written down.

use super::body::{self, Body};
use super::facts::{self, Facts};
use super::{Sender, carry_out};
use crate::error::Error;
use crate::orders::give_back;
use crate::records::intents::Record;
use crate::records::{Writing, feed, intents};
use crate::state::Marketplace;
use api::intent::{Action, Intent, IntentAnswer, Outcome, refusal};
use serde_json::Value;
use sync::authority::{Answered, Received, Verdict, receive};

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
        give_back::what_is_due(marketplace).await?;
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
    let mut facts = Facts::new(marketplace.profile, sender);
    let received = facts::settle(&mut facts, writing, |facts| {
        receive(intent, &digest, sender.to_authority(), facts)
    })
    .await?;
    let (verdict, writes) = match received {
        Received::Again { refused, present } => return again(writing, sender, refused, present).await,
        Received::TurnedAway(code) => return Ok(refused(code)),
        Received::Deferred(code) => return Ok(deferred(code)),
        Received::Decided { verdict, writes } => (verdict, writes),
    };
    writing.mark().await?;
    let verdict = match carry_out::all(writing, sender, writes).await {
        Ok(()) => {
            writing.keep().await?;
            verdict
        }
        Err(error) if error.is_of_the_data() => {
            tracing::warn!(shop = sender.shop, intent = %intent.id, %error, "the database refused an intent");
            writing.undo().await?;
            Verdict::Refused {
                code: refusal::INVALID,
                present: None,
            }
        }
        Err(error) => return Err(error),
    };
    let (refused, present) = match &verdict {
        Verdict::Refused { code, present } => (Some((*code).to_owned()), present.clone()),
        _ => (None, None),
    };
    let present = present.map(|(kind, id)| (kind.to_owned(), id));
    let record = Record {
        shop: &sender.shop,
        laptop: &sender.laptop,
        id: &intent.id,
        epoch: i64::from(intent.epoch),
        seq: i64::try_from(intent.seq).unwrap_or(i64::MAX),
        answered: Answered {
            digest,
            refused: refused.clone(),
            present: present.clone(),
        },
        now_ms: sender.now_ms,
    };
    intents::add(writing.connection(), &record).await?;
    match verdict {
        Verdict::Applied => Ok(Outcome::Applied),
        _ => again(writing, sender, refused, present).await,
    }
}

/// The answer to an intent that was answered before, or that asks for what has long happened.
async fn again(
    writing: &mut Writing,
    sender: &Sender,
    refused: Option<String>,
    present: Option<(String, String)>,
) -> Result<Outcome, Error> {
    let Some(code) = refused else {
        return Ok(Outcome::Already);
    };
    let present = match present {
        Some((kind, id)) => feed::present(writing.connection(), &sender.shop, &kind, &id).await?,
        None => None,
    };
    Ok(Outcome::Refused { code, present })
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

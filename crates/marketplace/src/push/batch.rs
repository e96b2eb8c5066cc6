//! A batch of intents: each is decided, carried out and answered, and the answer written down.

use super::body::{self, Body};
use super::facts::{self, Facts};
use super::staged::Staged;
use super::{Sender, carry_out};
use crate::error::Error;
use crate::orders::give_back;
use crate::records::intents::Record;
use crate::records::{Writing, feed};
use crate::state::Marketplace;
use api::intent::{Action, Intent, IntentAnswer, Outcome, refusal};
use serde_json::Value;
use sync::authority::{Answered, Received, Verdict, Write, receive};

/// Applies a batch for one laptop and answers each intent in its order.
///
/// # Errors
/// Only when the database fails; then nothing of the batch is applied.
pub async fn push(
    marketplace: &Marketplace,
    sender: &Sender,
    bodies: Vec<Value>,
) -> Result<Vec<IntentAnswer>, Error> {
    let bodies: Vec<Body> = bodies.into_iter().map(body::read).collect();
    let mut writing = Writing::for_shop(&marketplace.database, &sender.shop).await?;
    writing.sent_by(&sender.laptop);
    writing.mark().await?;
    let mut batch = Batch::new(marketplace, sender, &mut writing, Care::OfAll);
    let answers = match batch.answer(&bodies).await {
        Ok(answers) => {
            writing.keep().await?;
            answers
        }
        Err(error) if error.is_of_the_data() => {
            tracing::warn!(shop = sender.shop, %error, "the database refused a batch");
            writing.undo().await?;
            Batch::new(marketplace, sender, &mut writing, Care::OfEach)
                .answer(&bodies)
                .await?
        }
        Err(error) => return Err(error),
    };
    writing.commit(&marketplace.hints).await?;
    if bodies.iter().any(cancels) {
        give_back::what_is_due(marketplace).await?;
    }
    Ok(answers)
}

fn cancels(body: &Body) -> bool {
    matches!(body, Body::Good { intent, .. } if matches!(intent.action, Action::CancelOrder { .. }))
}

/// How rows reach the database.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    /// All together at the end.
    OfAll,
    /// Those of each intent at a savepoint of its own.
    OfEach,
}

struct Batch<'a> {
    sender: &'a Sender,
    marketplace: &'a Marketplace,
    writing: &'a mut Writing,
    care: Care,
    facts: Facts<'a>,
    staged: Staged,
}

impl<'a> Batch<'a> {
    fn new(marketplace: &'a Marketplace, sender: &'a Sender, writing: &'a mut Writing, care: Care) -> Self {
        Self {
            sender,
            marketplace,
            writing,
            care,
            facts: Facts::new(marketplace.profile, sender),
            staged: Staged::default(),
        }
    }

    async fn answer(&mut self, bodies: &[Body]) -> Result<Vec<IntentAnswer>, Error> {
        if self.care == Care::OfAll {
            let intents: Vec<&Intent> = bodies.iter().filter_map(Body::intent).collect();
            self.facts.learn(self.writing, &intents).await?;
        }
        let mut answers = Vec::with_capacity(bodies.len());
        for body in bodies {
            answers.push(match body {
                Body::Good { intent, digest } => IntentAnswer {
                    id: intent.id.clone(),
                    outcome: self.one(intent, digest).await?,
                },
                Body::Newer { id } => IntentAnswer {
                    id: id.clone(),
                    outcome: deferred(refusal::NEWER_SCHEMA),
                },
                Body::Bad { id } => IntentAnswer {
                    id: id.clone(),
                    outcome: refused(refusal::INVALID),
                },
            });
        }
        self.write().await?;
        Ok(answers)
    }

    async fn write(&mut self) -> Result<(), Error> {
        self.staged.write(self.writing, self.sender).await
    }

    async fn one(&mut self, intent: &Intent, digest: &str) -> Result<Outcome, Error> {
        let sender = self.sender;
        let received = facts::settle(&mut self.facts, self.writing, &mut self.staged, |facts| {
            receive(intent, digest, sender.to_authority(), facts)
        })
        .await?;
        let (verdict, writes) = match received {
            Received::Again { refused, present } => return self.again(refused, present).await,
            Received::TurnedAway(code) => return Ok(refused(code)),
            Received::Deferred(code) => return Ok(deferred(code)),
            Received::Decided { verdict, writes } => (verdict, writes),
        };
        let verdict = match self.care {
            Care::OfAll => {
                self.stage(writes).await?;
                verdict
            }
            Care::OfEach => self.carry_out(intent, verdict, writes).await?,
        };
        let (refused, present) = match &verdict {
            Verdict::Refused { code, present } => (Some((*code).to_owned()), present.clone()),
            _ => (None, None),
        };
        let answered = Answered {
            digest: digest.to_owned(),
            refused: refused.clone(),
            present: present.map(|(kind, id)| (kind.to_owned(), id)),
        };
        self.facts.decided(intent, answered.clone());
        let present = answered.present.clone();
        self.staged.record(Record {
            id: intent.id.clone(),
            epoch: i64::from(intent.epoch),
            seq: i64::try_from(intent.seq).unwrap_or(i64::MAX),
            answered,
        });
        match verdict {
            Verdict::Applied => Ok(Outcome::Applied),
            _ => self.again(refused, present).await,
        }
    }

    async fn stage(&mut self, writes: Vec<Write>) -> Result<(), Error> {
        for write in writes {
            let noted = write.clone();
            carry_out::stage(self.writing, &mut self.staged, self.sender, write).await?;
            self.facts.wrote(&noted, &self.staged);
        }
        Ok(())
    }

    /// Carries writes out, or refuses the intent when the database does not take them.
    async fn carry_out(
        &mut self,
        intent: &Intent,
        verdict: Verdict,
        writes: Vec<Write>,
    ) -> Result<Verdict, Error> {
        self.write().await?;
        self.writing.mark().await?;
        let staged = self.stage(writes).await;
        let written = match staged {
            Ok(()) => self.write().await,
            Err(error) => Err(error),
        };
        match written {
            Ok(()) => {
                self.writing.keep().await?;
                Ok(verdict)
            }
            Err(error) if error.is_of_the_data() => {
                tracing::warn!(shop = self.sender.shop, intent = %intent.id, %error, "the database refused an intent");
                self.writing.undo().await?;
                self.staged = Staged::default();
                self.facts = Facts::new(self.marketplace.profile, self.sender);
                Ok(Verdict::Refused {
                    code: refusal::INVALID,
                    present: None,
                })
            }
            Err(error) => Err(error),
        }
    }

    /// The answer to an intent that was answered before, or that asks for what has long happened.
    async fn again(
        &mut self,
        refused: Option<String>,
        present: Option<(String, String)>,
    ) -> Result<Outcome, Error> {
        let Some(code) = refused else {
            return Ok(Outcome::Already);
        };
        let present = match present {
            Some((kind, id)) => {
                self.writing.settle().await?;
                feed::present(self.writing.connection(), &self.sender.shop, &kind, &id).await?
            }
            None => None,
        };
        Ok(Outcome::Refused { code, present })
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

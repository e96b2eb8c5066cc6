//! What this laptop sent and reads back: the marketplace says only how it stands there, and most often that is what is
//! here.

use super::parity;
use super::wire::Wire;
use crate::Shop;
use crate::fault::{Fault, Result};
use api::feed::{FeedPage, OwnEntry, kind};
use api::intent::{IntentAnswer, Outcome, Push, PushAnswer};
use api::limits::ENTRIES_PER_PAGE;
use api::parity::RecordName;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use sync::engine::words::Trouble;
use sync::parity::{Sum, digest};

/// The page with the whole state of those of its own entries that are otherwise here: they were changed again since, or
/// the marketplace did not take them as they were.
pub async fn completed(
    shop: &Shop,
    wire: &Wire,
    token: &str,
    mut page: FeedPage,
) -> std::result::Result<FeedPage, Trouble> {
    let local = |fault: Fault| Trouble::Local {
        cause: fault.to_string(),
    };
    if page.own.len() > ENTRIES_PER_PAGE {
        return Err(Trouble::NotAMarketplace);
    }
    let unlike = unlike(shop, &page.own).await.map_err(local)?;
    if unlike.is_empty() {
        return Ok(page);
    }
    let names: Vec<RecordName> = unlike.iter().cloned().collect();
    let positions: BTreeMap<RecordName, u64> = page
        .own
        .iter()
        .map(|entry| (name(entry), entry.position))
        .collect();
    for mut entry in parity::records(wire, token, names).await? {
        let name = RecordName {
            kind: entry.kind.clone(),
            id: entry.id.clone(),
        };
        // It may have changed since: what lies between was not read yet.
        let Some(position) = positions.get(&name) else {
            return Err(Trouble::NotAMarketplace);
        };
        entry.position = *position;
        page.entries.push(entry);
    }
    page.own.retain(|entry| !unlike.contains(&name(entry)));
    Ok(page)
}

/// An answer with one outcome for each intent of the push, when the marketplace only counted those that it applied.
pub fn spelled_out(push: &Push, mut answer: PushAnswer) -> std::result::Result<PushAnswer, Trouble> {
    if answer.applied == 0 {
        return Ok(answer);
    }
    let said: BTreeSet<&str> = answer.answers.iter().map(|answer| answer.id.as_str()).collect();
    let applied: Vec<IntentAnswer> = push
        .intents
        .iter()
        .filter(|intent| !said.contains(intent.id.as_str()))
        .map(|intent| IntentAnswer {
            id: intent.id.clone(),
            outcome: Outcome::Applied,
        })
        .collect();
    if applied.len() != std::mem::take(&mut answer.applied) {
        return Err(Trouble::NotAMarketplace);
    }
    answer.answers.extend(applied);
    Ok(answer)
}

fn name(entry: &OwnEntry) -> RecordName {
    RecordName {
        kind: entry.kind.clone(),
        id: entry.id.clone(),
    }
}

/// Those that are not here, or otherwise than the marketplace says.
async fn unlike(shop: &Shop, own: &[OwnEntry]) -> Result<BTreeSet<RecordName>> {
    let ids = |wanted: &str| {
        let ids = own.iter().filter(|entry| entry.kind == wanted);
        ids.map(|entry| entry.id.clone()).collect::<Vec<_>>()
    };
    let mut connection = shop.read().acquire().await?;
    let pieces = crate::catalog::states(&mut connection, &ids(kind::PRODUCT)).await?;
    let movements = crate::stock::states(&mut connection, &ids(kind::MOVEMENT)).await?;
    drop(connection);
    let here = |entry: &OwnEntry| -> Option<Value> {
        match entry.kind.as_str() {
            kind::PRODUCT => serde_json::from_str(pieces.get(&entry.id)?).ok(),
            kind::MOVEMENT => movements.get(&entry.id).cloned(),
            _ => None,
        }
    };
    Ok(own
        .iter()
        .filter(|entry| {
            here(entry)
                .is_none_or(|state| Sum(digest(&entry.kind, &entry.id, &state)).to_string() != entry.digest)
        })
        .map(name)
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::clock::Stamp;
    use api::intent::{Action, Intent};

    fn push(ids: &[&str]) -> Push {
        let intent = |id: &&str| Intent {
            id: (*id).to_owned(),
            epoch: 1,
            seq: 1,
            schema: api::SCHEMA,
            stamp: Stamp {
                ms: 1,
                n: 0,
                laptop: "l".into(),
            },
            base: 0,
            depends_on: Vec::new(),
            action: Action::AcceptOrder { order_id: "o".into() },
        };
        Push {
            intents: ids.iter().map(intent).collect(),
        }
    }

    fn answer(applied: usize, already: &[&str]) -> PushAnswer {
        let answer = |id: &&str| IntentAnswer {
            id: (*id).to_owned(),
            outcome: Outcome::Already,
        };
        PushAnswer {
            answers: already.iter().map(answer).collect(),
            applied,
            server_ms: 1,
        }
    }

    #[test]
    fn a_count_must_be_of_exactly_those_that_are_not_named() {
        let push = push(&["a", "b", "c"]);
        let told = |applied, already: &[&str]| spelled_out(&push, answer(applied, already));
        let outcomes = told(2, &["b"]).map(|answer| {
            let ids: Vec<String> = answer.answers.into_iter().map(|answer| answer.id).collect();
            (ids, answer.applied)
        });
        assert_eq!(outcomes, Ok((vec!["b".into(), "a".into(), "c".into()], 0)));
        for (applied, already) in [
            (3, vec!["b"]),
            (1, vec!["b"]),
            (usize::MAX, vec![]),
            (1, vec!["x"]),
        ] {
            assert_eq!(
                told(applied, &already),
                Err(Trouble::NotAMarketplace),
                "{applied} {already:?}"
            );
        }
        // Nothing counted: whether each has its answer is looked at where the push is known.
        assert_eq!(told(0, &["b"]), Ok(answer(0, &["b"])));
    }
}

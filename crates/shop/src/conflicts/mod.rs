//! Two laptops wrote the same thing, and neither knew of the other: both values are shown, and a person says which stands.

mod store;
pub mod view;

pub(crate) use store::{any_stranger, apply, count, laptop_name, learn_laptops};

use crate::Shop;
use crate::catalog;
use crate::fault::{Code, Fault, Result};
use crate::writing::Area;
use api::conflict::ConflictState;
use api::intent::Action;
use api::limits;
use api::product::field;
use serde_json::Value;
use std::collections::BTreeMap;
use view::{Choice, Conflict};

impl Shop {
    /// What waits for a person's word, the newest first.
    pub async fn conflict_list(&self) -> Result<Vec<Conflict>> {
        store::open(&mut *self.read().acquire().await?, self.laptop_id()).await
    }

    /// A person's word: what stands stays, the other value takes its place, or a text gets both.
    ///
    /// Faults: `NotFound` when it is settled already, on whichever laptop; `TooLong` when both do not fit.
    pub async fn conflict_settle(&self, id: &str, choice: Choice) -> Result<Vec<Conflict>> {
        let mut writing = self.begin().await?;
        let conflict = store::get(writing.connection(), id).await?;
        if let Some(value) = chosen(&conflict, choice)? {
            catalog::set(
                &mut writing,
                &conflict.product_id,
                BTreeMap::from([(conflict.field.clone(), value)]),
            )
            .await?;
        }
        store::settle(&mut writing, id).await?;
        let stamp = writing.stamp().await?;
        let action = Action::SettleConflict {
            conflict_id: id.to_owned(),
        };
        writing.record(stamp, id, Vec::new(), action).await?;
        writing.touches(Area::Catalog);
        writing.commit().await?;
        self.conflict_list().await
    }
}

/// The value to write; none when what stands is to stay.
fn chosen(conflict: &ConflictState, choice: Choice) -> Result<Option<Value>> {
    Ok(match choice {
        Choice::Keep => None,
        Choice::TakeOther => Some(conflict.lost.value.clone()),
        Choice::Both => {
            let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
            let (kept, lost) = (text(&conflict.kept.value), text(&conflict.lost.value));
            let (both, most) = match conflict.field.as_str() {
                field::STORY => (format!("{kept}\n\n{lost}"), limits::STORY_LETTERS),
                field::TITLE => (format!("{kept} {lost}"), limits::TITLE_LETTERS),
                _ => return Err(Code::NotUnderstood.into()),
            };
            if both.chars().count() > most {
                return Err(Fault::new(Code::TooLong)
                    .with("field", &conflict.field)
                    .with("most", most));
            }
            Some(Value::from(both))
        }
    })
}

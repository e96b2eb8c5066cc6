//! Stock: movements that the marketplace itself writes.

use crate::error::Error;
use crate::push::staged::Staged;
use crate::push::{Sender, carry_out, facts};
use crate::records::Writing;
use api::stock::Movement;
use postal::Profile;
use sync::authority::{Draft, add_movement};

/// Adds a movement once, and says on the open orders whether there are pieces enough for them.
pub async fn add(
    writing: &mut Writing,
    profile: &'static Profile,
    shop: &str,
    movement: &Movement,
) -> Result<(), Error> {
    let sender = Sender {
        shop: shop.to_owned(),
        laptop: movement.by.clone(),
        now_ms: movement.at_ms,
    };
    let mut facts = facts::Facts::new(profile, &sender);
    let writes = facts::settle(&mut facts, writing, &mut Staged::default(), |facts| {
        let mut draft = Draft::new(facts, sender.to_authority());
        add_movement(&mut draft, movement.clone())?;
        Ok(draft.into_writes())
    })
    .await?;
    carry_out::all(writing, &sender, writes).await
}

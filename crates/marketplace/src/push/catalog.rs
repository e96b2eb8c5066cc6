//! Intents about pieces and their photos.

use super::{Sender, Verdict, is_id};
use crate::error::Error;
use crate::photos::is_hash;
use crate::records::{Writing, products, shops};
use crate::storefront::piece;
use api::clock::Stamp;
use api::feed::kind;
use api::intent::refusal;
use api::limits::PHOTOS_PER_PIECE;
use api::photo::PhotoRef;
use api::product::ProductState;
use serde_json::Value;
use std::collections::BTreeMap;
use sync::products::Written;

/// Unknown fields of newer laptops are kept, but not without end.
const FIELDS: usize = 80;
const FIELD_NAME: usize = 40;
const ALT_LETTERS: usize = 500;
/// Shots that this version does not know are kept: a newer laptop may.
const SHOT_LETTERS: usize = 40;

pub async fn set(
    writing: &mut Writing,
    sender: &Sender,
    id: &str,
    fields: &BTreeMap<String, Value>,
    stamp: &Stamp,
) -> Result<Verdict, Error> {
    let names_are_good = fields.keys().all(|name| name.len() <= FIELD_NAME);
    if !is_id(id) || !names_are_good || sync::checks::check_fields(fields).is_err() {
        return Ok(Verdict::invalid());
    }
    let mut state = match products::get(writing.connection(), id).await? {
        Some(product) if product.shop_id != sender.shop => {
            return Ok(Verdict::refused(refusal::NO_SUCH_PRODUCT));
        }
        Some(product) => product.state,
        None => ProductState {
            id: id.to_owned(),
            ..ProductState::default()
        },
    };
    let mut changed = state.fields.is_empty();
    for (name, value) in fields {
        let written = sync::products::set_field(&mut state, name, value.clone(), stamp);
        changed |= matches!(written, Written::Won { .. });
    }
    if state.fields.len() > FIELDS {
        return Ok(Verdict::invalid());
    }
    save(writing, sender, state, changed).await
}

pub async fn attach(
    writing: &mut Writing,
    sender: &Sender,
    id: &str,
    photo: &PhotoRef,
    place: &str,
    stamp: &Stamp,
) -> Result<Verdict, Error> {
    if !photo_is_good(photo) || !place_is_good(place) {
        return Ok(Verdict::invalid());
    }
    let Some(mut state) = own(writing, sender, id).await? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_PRODUCT));
    };
    let written = sync::products::attach(&mut state, photo.clone(), place.to_owned(), stamp);
    let showing = state.photos.values().filter(|placed| !placed.removed).count();
    if showing > PHOTOS_PER_PIECE || state.photos.len() > PHOTOS_PER_PIECE * 20 {
        return Ok(Verdict::refused_by(refusal::INVALID, kind::PRODUCT, id));
    }
    save(writing, sender, state, matches!(written, Written::Won { .. })).await
}

pub async fn place(
    writing: &mut Writing,
    sender: &Sender,
    id: &str,
    hash: &str,
    place: &str,
    stamp: &Stamp,
) -> Result<Verdict, Error> {
    if !is_hash(hash) || !place_is_good(place) {
        return Ok(Verdict::invalid());
    }
    let Some(mut state) = own(writing, sender, id).await? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_PRODUCT));
    };
    let written = sync::products::place(&mut state, hash, place.to_owned(), stamp);
    save(writing, sender, state, matches!(written, Written::Won { .. })).await
}

pub async fn detach(
    writing: &mut Writing,
    sender: &Sender,
    id: &str,
    hash: &str,
    stamp: &Stamp,
) -> Result<Verdict, Error> {
    if !is_hash(hash) {
        return Ok(Verdict::invalid());
    }
    let Some(mut state) = own(writing, sender, id).await? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_PRODUCT));
    };
    let written = sync::products::detach(&mut state, hash, stamp);
    save(writing, sender, state, matches!(written, Written::Won { .. })).await
}

async fn own(writing: &mut Writing, sender: &Sender, id: &str) -> Result<Option<ProductState>, Error> {
    let product = products::get(writing.connection(), id).await?;
    Ok(product
        .filter(|product| product.shop_id == sender.shop)
        .map(|product| product.state))
}

/// A write that lost changes nothing, and so tells nobody anything; it is applied all the same.
async fn save(
    writing: &mut Writing,
    sender: &Sender,
    state: ProductState,
    changed: bool,
) -> Result<Verdict, Error> {
    if changed {
        let (shop_name, currency) = shops::name_and_currency(writing.connection(), &sender.shop).await?;
        let columns = piece::columns(&state, &shop_name, &currency);
        products::put(
            writing.connection(),
            &sender.shop,
            &state,
            &columns,
            sender.now_ms,
        )
        .await?;
        writing
            .tell(&sender.shop, kind::PRODUCT, &state.id, &state)
            .await?;
    }
    Ok(Verdict::Applied)
}

fn photo_is_good(photo: &PhotoRef) -> bool {
    let sides = 1..=20_000;
    [&photo.hash, &photo.large, &photo.small]
        .into_iter()
        .all(|hash| is_hash(hash))
        && sides.contains(&photo.width)
        && sides.contains(&photo.height)
        && photo.alt.chars().count() <= ALT_LETTERS
        && photo.shot.len() <= SHOT_LETTERS
}

fn place_is_good(place: &str) -> bool {
    (1..=200).contains(&place.len()) && place.bytes().all(|byte| byte.is_ascii_graphic())
}

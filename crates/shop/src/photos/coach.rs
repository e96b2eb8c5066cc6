//! What to tell a seller of her photo, by what was measured when it was developed.

use crate::catalog::view::PhotoAdvice;
use imaging::{Recipe, Scores};

/// Advice for the shop's own pictures, each with the marketplaces that refuse a first photo for it. `scores` is
/// what the database keeps; scores that this version does not understand give none.
pub(crate) fn advice(scores: &str) -> Vec<PhotoAdvice> {
    serde_json::from_str::<Scores>(scores).map_or_else(|_| Vec::new(), |scores| of(&scores))
}

pub(crate) fn of(scores: &Scores) -> Vec<PhotoAdvice> {
    let refusals = imaging::refusals(scores, Recipe::all());
    imaging::advice(scores, &Recipe::plain())
        .into_iter()
        .map(|advised| PhotoAdvice {
            code: advised.advice.code().to_owned(),
            refused_by: refusals
                .iter()
                .filter(|(advice, _)| *advice == advised.advice)
                .flat_map(|(_, names)| names.iter().map(|name| (*name).to_owned()))
                .collect(),
        })
        .collect()
}

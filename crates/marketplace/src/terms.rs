//! What a marketplace promises and asks, as dated data (`data/terms.json`).

use crate::error::Error;
use api::product::Money;
use serde::Deserialize;

/// The terms of the marketplace of one operator.
#[derive(Clone, Debug, Deserialize)]
pub struct Terms {
    pub operator: String,
    pub source: String,
    pub retrieved: String,
    pub valid_from: String,
    /// Days from the order to the post.
    pub ship_by_days: i64,
    /// Days after which numbers of a lease may not be used any more.
    pub lease_days: i64,
    /// Flat prices; none for a destination means that the seller pays at the counter.
    pub postage: Vec<FlatPostage>,
}

/// What sending one order costs the buyer.
#[derive(Clone, Debug, Deserialize)]
pub struct FlatPostage {
    /// Alpha-2, or `*` for all the others.
    pub country: String,
    #[serde(flatten)]
    pub price: Money,
}

impl Terms {
    pub fn of(profile: &postal::Profile) -> Result<Self, Error> {
        let all: Vec<Self> = serde_json::from_str(include_str!("../data/terms.json"))?;
        let today = crate::clock::today();
        // The newest of those that hold by now.
        all.into_iter()
            .filter(|terms| terms.operator == profile.country && terms.valid_from <= today)
            .max_by(|one, other| one.valid_from.cmp(&other.valid_from))
            .ok_or_else(|| Error::Setup(format!("there are no terms for {}", profile.country)))
    }

    /// What the buyer pays for sending an order of one shop, in the shop's currency.
    pub fn postage(&self, country: &str, currency: &str) -> i64 {
        let price = |wanted: &str| {
            self.postage
                .iter()
                .find(|flat| flat.country == wanted && flat.price.currency == currency)
        };
        price(country)
            .or_else(|| price("*"))
            .map_or(0, |flat| flat.price.minor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_that_comes_with_the_program_has_terms() {
        for profile in postal::profile::profiles() {
            assert!(Terms::of(profile).is_ok(), "{}", profile.country);
        }
    }

    #[test]
    fn a_flat_price_of_the_country_goes_before_the_one_for_all() {
        let flat = |country: &str, minor| FlatPostage {
            country: country.to_owned(),
            price: Money {
                minor,
                currency: "MXN".to_owned(),
            },
        };
        let terms = Terms {
            operator: "MX".into(),
            source: String::new(),
            retrieved: String::new(),
            valid_from: String::new(),
            ship_by_days: 5,
            lease_days: 1,
            postage: vec![flat("*", 30_000), flat("MX", 9_000)],
        };
        assert_eq!(terms.postage("MX", "MXN"), 9_000);
        assert_eq!(terms.postage("FR", "MXN"), 30_000);
        assert_eq!(terms.postage("FR", "CUP"), 0);
    }
}

//! Published prices of a service and what they come to for a parcel.
//!
//! An estimate only: what the counter asks is what is paid.

use serde::{Deserialize, Serialize};

use crate::country;
use crate::profile::{Profile, Provenance};

/// The prices of one service while they hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tariff {
    pub id: String,
    /// Code of the service.
    pub service: String,
    /// ISO 4217.
    pub currency: String,
    /// Disjoint; one may be for all other countries.
    pub zones: Vec<Zone>,
    #[serde(default)]
    pub surcharges: Vec<Surcharge>,
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// Destinations with the same prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Zone {
    pub zone: String,
    /// Alpha-2 codes, or `*` for all that no other zone has.
    pub countries: Vec<String>,
    /// By growing weight; the first that reaches the weight counts.
    pub steps: Vec<Step>,
    /// What comes on top above the last step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub increment: Option<Increment>,
}

/// The price up to a weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    pub max_g: u32,
    /// Minor units of the currency.
    pub price_minor: i64,
}

/// For each `per_g` or part of it above `from_g`, up to `max_g`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Increment {
    pub from_g: u32,
    pub per_g: u32,
    pub price_minor: i64,
    pub max_g: u32,
}

/// What an extra service costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Surcharge {
    /// `registered`, `insured`.
    pub code: String,
    pub fixed_minor: i64,
}

/// What a parcel is likely to cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Estimate {
    /// Minor units of the currency.
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// The tariff it is from.
    pub tariff: String,
    pub provenance: Provenance,
    /// The tariff no longer holds on the day asked for: the true price is likely higher.
    pub expired: bool,
}

/// Why there is no estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum NoEstimate {
    #[error("no tariff of this service is known")]
    NoTariff,
    #[error("the tariff has no price for this destination")]
    NoZone,
    #[error("the tariff has no price for this weight")]
    TooHeavy,
    #[error("the tariff has no price for this extra service")]
    NoSurcharge,
}

impl Zone {
    /// The price of a weight in whole grams.
    fn price(&self, grams: u32) -> Option<i64> {
        if let Some(step) = self.steps.iter().find(|step| grams <= step.max_g) {
            return Some(step.price_minor);
        }
        let last = self.steps.last()?;
        let increment = self.increment.filter(|increment| grams <= increment.max_g)?;
        let times = i64::from(grams.checked_sub(increment.from_g)?.div_ceil(increment.per_g));
        last.price_minor
            .checked_add(increment.price_minor.checked_mul(times)?)
    }
}

impl Tariff {
    fn zone(&self, destination: &str) -> Option<&Zone> {
        let names = |zone: &&Zone, code: &str| zone.countries.iter().any(|country| country == code);
        let zone = self.zones.iter().find(|zone| names(zone, destination));
        zone.or_else(|| self.zones.iter().find(|zone| names(zone, "*")))
    }

    /// The price of a weight (whole grams) to a destination (alpha-2) with extra services.
    ///
    /// # Errors
    /// When the destination, the weight or an extra service has no price.
    pub fn price(&self, destination: &str, grams: u32, extras: &[&str]) -> Result<i64, NoEstimate> {
        let zone = self.zone(destination).ok_or(NoEstimate::NoZone)?;
        let mut total = zone.price(grams).ok_or(NoEstimate::TooHeavy)?;
        for extra in extras {
            let surcharge = self.surcharges.iter().find(|surcharge| surcharge.code == *extra);
            total = total.saturating_add(surcharge.ok_or(NoEstimate::NoSurcharge)?.fixed_minor);
        }
        Ok(total)
    }

    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let ends_before = |one: &Self, two: &Self| {
            one.provenance
                .valid_to
                .as_ref()
                .is_some_and(|to| *to < two.provenance.valid_from)
        };
        !ends_before(self, other) && !ends_before(other, self)
    }

    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut say = |fault: String| faults.push(format!("tariff {}: {fault}", self.id));
        let mut seen: Vec<&str> = Vec::new();
        for zone in &self.zones {
            for country in &zone.countries {
                if seen.contains(&country.as_str()) {
                    say(format!("{country} is in two zones"));
                }
                if country != "*" && country::find(country).is_none() {
                    say(format!("no country {country}"));
                }
                seen.push(country);
            }
            if zone.steps.is_empty() || !zone.steps.is_sorted_by(|a, b| a.max_g < b.max_g) {
                say(format!("the steps of {} do not grow", zone.zone));
            }
            if let Some(increment) = zone.increment {
                let last = zone.steps.last().map_or(0, |step| step.max_g);
                if increment.per_g == 0 || increment.from_g != last || increment.max_g <= last {
                    say(format!(
                        "the increment of {} does not follow its steps",
                        zone.zone
                    ));
                }
            }
            let prices = zone.steps.iter().map(|step| step.price_minor);
            let increments = zone.increment.iter().map(|increment| increment.price_minor);
            if prices.chain(increments).any(|price| price < 0) {
                say(format!("a price of {} is below zero", zone.zone));
            }
        }
        faults
    }
}

impl Profile {
    /// What a parcel is likely to cost on a day (`YYYY-MM-DD`): by the tariff that holds then, else by the
    /// latest one before, marked as expired.
    ///
    /// # Errors
    /// When no tariff has a price for it.
    pub fn estimate(
        &self,
        service: &str,
        destination: &str,
        grams: u32,
        extras: &[&str],
        day: &str,
    ) -> Result<Estimate, NoEstimate> {
        let begun = self
            .tariffs
            .iter()
            .filter(|t| t.service == service && t.provenance.valid_from.as_str() <= day);
        let tariff = begun
            .max_by(|a, b| a.provenance.valid_from.cmp(&b.provenance.valid_from))
            .ok_or(NoEstimate::NoTariff)?;
        Ok(Estimate {
            minor: tariff.price(destination, grams, extras)?,
            currency: tariff.currency.clone(),
            tariff: tariff.id.clone(),
            provenance: tariff.provenance.clone(),
            expired: !tariff.provenance.holds_on(day),
        })
    }
}

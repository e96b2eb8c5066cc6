//! The services of a post and which of them takes a parcel.

use serde::{Deserialize, Serialize};

use crate::profile::{Names, Profile, Provenance};

/// Whether a service stays in the country or leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Domestic,
    International,
}

/// What an office is able to take, or has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    LetterDomestic,
    ParcelDomestic,
    LetterIntl,
    ParcelIntl,
    Ems,
    /// A computer at the counter.
    Terminal,
}

/// A service of an operator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    /// Unique in all profiles: `mx-small-packet`.
    pub code: String,
    pub names: Names,
    /// The first letters of its S10 numbers.
    pub indicator: String,
    pub scope: Scope,
    /// What an office needs to take it.
    pub capability: Capability,
    pub tracked: bool,
    pub limits: Limits,
    /// Narrower limits for some destinations.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub destination_limits: Vec<DestinationLimits>,
    /// Whether the operator itself publishes these limits; else they are the international norm.
    pub confirmed: bool,
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// The largest parcel. What is absent is not limited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    pub max_grams: Option<u32>,
    /// The longest side.
    pub max_side_mm: Option<u32>,
    /// Length, width and height together.
    pub max_sum_mm: Option<u32>,
    /// The longest side and the way round the other two.
    pub max_length_and_girth_mm: Option<u32>,
}

/// Limits of one destination.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DestinationLimits {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub limits: Limits,
}

/// A destination to which the operator takes nothing for now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// ISO 3166-1 alpha-2.
    pub destination: String,
    /// What is not taken: `goods`.
    pub what: String,
    /// In words for the seller.
    pub reason: Names,
    #[serde(flatten)]
    pub provenance: Provenance,
}

/// A packed parcel: grams and millimetres, sides in any order, 0 where a side was not measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelSize {
    pub grams: u32,
    pub length_mm: u32,
    pub width_mm: u32,
    pub height_mm: u32,
}

/// Why one service does not take a parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Misfit {
    #[error("it weighs {grams} g and {max_grams} g is the most")]
    TooHeavy { grams: u32, max_grams: u32 },
    #[error("its longest side is {mm} mm and {max_mm} mm is the most")]
    TooLong { mm: u32, max_mm: u32 },
    #[error("its sides or girth come to {mm} mm and {max_mm} mm is the most")]
    TooLarge { mm: u32, max_mm: u32 },
}

/// Why no service takes a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum NoService {
    #[error("no country has the code {country}")]
    UnknownCountry { country: String },
    #[error("{operator} takes no goods for {country} since {since}")]
    Suspended {
        country: String,
        operator: String,
        since: String,
        words: Box<Names>,
    },
    #[error("the parcel has no weight")]
    NotWeighed,
    #[error("no service takes it: {misfit}")]
    DoesNotFit { misfit: Misfit },
    #[error("{operator} has no service to {country}")]
    NotOffered { country: String, operator: String },
}

impl ParcelSize {
    fn longest(&self) -> u32 {
        self.length_mm.max(self.width_mm).max(self.height_mm)
    }

    fn sum(&self) -> u32 {
        self.length_mm
            .saturating_add(self.width_mm)
            .saturating_add(self.height_mm)
    }
}

impl Limits {
    /// Whether a parcel keeps to these limits.
    ///
    /// # Errors
    /// With the first limit that it passes.
    pub fn check(&self, parcel: &ParcelSize) -> Result<(), Misfit> {
        let over = |value: u32, max: Option<u32>| max.filter(|max| value > *max);
        if let Some(max_grams) = over(parcel.grams, self.max_grams) {
            return Err(Misfit::TooHeavy {
                grams: parcel.grams,
                max_grams,
            });
        }
        let longest = parcel.longest();
        if let Some(max_mm) = over(longest, self.max_side_mm) {
            return Err(Misfit::TooLong { mm: longest, max_mm });
        }
        let sum = parcel.sum();
        if let Some(max_mm) = over(sum, self.max_sum_mm) {
            return Err(Misfit::TooLarge { mm: sum, max_mm });
        }
        let girth = longest.saturating_add((sum - longest.min(sum)).saturating_mul(2));
        if let Some(max_mm) = over(girth, self.max_length_and_girth_mm) {
            return Err(Misfit::TooLarge { mm: girth, max_mm });
        }
        Ok(())
    }
}

impl Service {
    /// Whether this service takes a parcel to a destination.
    ///
    /// # Errors
    /// With the first limit that it passes.
    pub fn fits(&self, parcel: &ParcelSize, destination: &str) -> Result<(), Misfit> {
        self.limits.check(parcel)?;
        let narrower = self
            .destination_limits
            .iter()
            .find(|limits| limits.country == destination);
        narrower.map_or(Ok(()), |narrower| narrower.limits.check(parcel))
    }
}

impl Profile {
    /// The services to a destination (alpha-2) in the order in which they are offered, each with what keeps
    /// the parcel from it, for a person to choose from.
    pub fn services_to(&self, parcel: &ParcelSize, destination: &str) -> Vec<(&Service, Option<Misfit>)> {
        let scope = if destination == self.country {
            Scope::Domestic
        } else {
            Scope::International
        };
        let offered = self.services.iter().filter(|service| service.scope == scope);
        offered
            .map(|service| (service, service.fits(parcel, destination).err()))
            .collect()
    }

    /// The suspension of goods to a destination that holds on a day (`YYYY-MM-DD`).
    pub fn suspension(&self, destination: &str, day: &str) -> Option<&Suspension> {
        self.suspensions
            .iter()
            .find(|s| s.destination == destination && s.provenance.holds_on(day))
    }

    /// The first service that takes a parcel with goods to a destination (alpha-2) on a day (`YYYY-MM-DD`).
    ///
    /// # Errors
    /// With the reason why there is none.
    pub fn choose_service(
        &self,
        parcel: &ParcelSize,
        destination: &str,
        day: &str,
    ) -> Result<&Service, NoService> {
        let country = || destination.to_owned();
        let operator = || self.operator.name.clone();
        if crate::country::find(destination).is_none() {
            return Err(NoService::UnknownCountry { country: country() });
        }
        if let Some(suspension) = self.suspension(destination, day) {
            let since = suspension.provenance.valid_from.clone();
            let words = Box::new(suspension.reason.clone());
            return Err(NoService::Suspended {
                country: country(),
                operator: operator(),
                since,
                words,
            });
        }
        if parcel.grams == 0 {
            return Err(NoService::NotWeighed);
        }
        let mut last = None;
        for (service, misfit) in self.services_to(parcel, destination) {
            match misfit {
                None => return Ok(service),
                some => last = some,
            }
        }
        // The last service offered takes the largest parcels, so its reason is the one to tell.
        match last {
            Some(misfit) => Err(NoService::DoesNotFit { misfit }),
            None => Err(NoService::NotOffered {
                country: country(),
                operator: operator(),
            }),
        }
    }
}

//! What an operator offers: dated data, one file per country in `data/operators/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::office::Office;
use crate::parcel_state::Patience;
use crate::service::{Service, Suspension};
use crate::tariff::Tariff;

/// Where a record is from and when it holds. Days are `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    pub source: String,
    /// The day it was looked up: an app shows its age.
    pub retrieved: String,
    pub valid_from: String,
    /// The last day on which it holds; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
}

impl Provenance {
    /// Whether it holds on a day (`YYYY-MM-DD`).
    pub fn holds_on(&self, day: &str) -> bool {
        self.valid_from.as_str() <= day && self.valid_to.as_deref().is_none_or(|to| day <= to)
    }
}

/// A name in the three languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    pub es: String,
    pub en: String,
    pub fr: String,
}

impl Names {
    /// The name in `es`, `en` or `fr`; Spanish for any other language.
    pub fn name(&self, language: &str) -> &str {
        match language {
            "en" => &self.en,
            "fr" => &self.fr,
            _ => &self.es,
        }
    }
}

/// Who runs the post of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operator {
    /// As people call it.
    pub name: String,
    pub legal_name: String,
    /// Where a number is followed; `{number}` stands for it.
    pub tracking_url: Option<String>,
}

/// All that is known of one country's post.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Profile {
    /// ISO 3166-1 alpha-2; also the last letters of its S10 numbers.
    pub country: String,
    pub operator: Operator,
    /// ISO 4217.
    pub currency: String,
    pub languages: Vec<String>,
    /// Of the operator's own clock, east of Greenwich.
    pub utc_offset_minutes: i32,
    #[serde(flatten)]
    pub provenance: Provenance,
    pub patience: Patience,
    /// In the order in which they are offered.
    pub services: Vec<Service>,
    pub suspensions: Vec<Suspension>,
    /// Empty where the operator publishes none.
    pub tariffs: Vec<Tariff>,
    pub offices: Vec<Office>,
}

impl Profile {
    /// Reads a profile, for data that is newer than what the program came with.
    ///
    /// # Errors
    /// When it is not the JSON of a profile, or [`Profile::faults`] finds something.
    pub fn from_json(json: &str) -> Result<Self, ProfileError> {
        let profile: Self =
            serde_json::from_str(json).map_err(|error| ProfileError::Json(error.to_string()))?;
        let faults = profile.faults();
        if faults.is_empty() {
            Ok(profile)
        } else {
            Err(ProfileError::Faults(faults))
        }
    }

    /// The service of a code.
    pub fn service(&self, code: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.code == code)
    }

    /// The office of a code.
    pub fn office(&self, code: &str) -> Option<&Office> {
        self.offices.iter().find(|office| office.code == code)
    }

    /// What contradicts itself in the data, in words for whoever edits it; empty when it is sound.
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if crate::country::find(&self.country).is_none() {
            faults.push(format!("no country {}", self.country));
        }
        for service in &self.services {
            if let Err(error) = crate::S10::new(&service.indicator, 0, &self.country) {
                faults.push(format!("service {}: {error}", service.code));
            }
        }
        for suspension in &self.suspensions {
            if crate::country::find(&suspension.destination).is_none() {
                faults.push(format!("suspension: no country {}", suspension.destination));
            }
        }
        for (at, tariff) in self.tariffs.iter().enumerate() {
            faults.extend(tariff.faults());
            if self.service(&tariff.service).is_none() {
                faults.push(format!("tariff {}: no service {}", tariff.id, tariff.service));
            }
            for other in &self.tariffs[..at] {
                if other.service == tariff.service && other.overlaps(tariff) {
                    faults.push(format!(
                        "tariffs {} and {} hold on the same days",
                        other.id, tariff.id
                    ));
                }
            }
        }
        let records = self.services.iter().map(|s| &s.provenance);
        let records = records.chain(self.offices.iter().map(|o| &o.provenance));
        let records = records.chain(self.tariffs.iter().map(|t| &t.provenance));
        for record in records
            .chain(self.suspensions.iter().map(|s| &s.provenance))
            .chain([&self.provenance])
        {
            let days = [
                Some(&record.retrieved),
                Some(&record.valid_from),
                record.valid_to.as_ref(),
            ];
            for day in days.into_iter().flatten().filter(|day| !is_day(day)) {
                faults.push(format!("not a day: {day}"));
            }
            if record.source.trim().is_empty() {
                faults.push("a record without a source".to_owned());
            }
        }
        for codes in [
            self.services.iter().map(|s| s.code.as_str()).collect::<Vec<_>>(),
            self.offices.iter().map(|o| o.code.as_str()).collect(),
        ] {
            for (at, code) in codes.iter().enumerate() {
                if codes[..at].contains(code) {
                    faults.push(format!("{code} appears twice"));
                }
            }
        }
        faults
    }
}

/// Why a profile was not taken.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum ProfileError {
    #[error("not the JSON of a profile: {0}")]
    Json(String),
    #[error("the profile contradicts itself: {}", .0.join("; "))]
    Faults(Vec<String>),
}

fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, b)| {
            if at == 4 || at == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        })
}

static PROFILES: LazyLock<BTreeMap<&'static str, Profile>> = LazyLock::new(|| {
    let files = [
        ("MX", include_str!("../data/operators/mx.json")),
        ("CU", include_str!("../data/operators/cu.json")),
    ];
    let read = |(country, json)| match Profile::from_json(json) {
        Ok(profile) => Some((country, profile)),
        Err(error) => {
            tracing::error!(country, %error, "operator profile");
            None
        }
    };
    files.into_iter().filter_map(read).collect()
});

/// The profile of a country (alpha-2) that the program came with.
pub fn profile(country: &str) -> Option<&'static Profile> {
    PROFILES.get(country)
}

/// All profiles that the program came with.
pub fn profiles() -> impl Iterator<Item = &'static Profile> {
    PROFILES.values()
}

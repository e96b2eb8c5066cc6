//! Post offices: which one serves a postal code, and what it takes.

use serde::{Deserialize, Serialize};

use crate::profile::{Profile, Provenance};
use crate::service::{Capability, Service};

/// A post office.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Office {
    /// The operator's own code; in Mexico five digits.
    pub code: String,
    pub name: String,
    /// Whether it is made up for trying the program.
    #[serde(default)]
    pub sample: bool,
    /// Lines from the street down.
    pub address: Vec<String>,
    pub postcode: String,
    /// First digits of the postal codes that it serves.
    pub delivers: Vec<String>,
    /// In words, as on its door.
    pub hours: String,
    pub capabilities: Vec<Capability>,
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Office {
    pub fn has(&self, capability: Capability) -> bool {
        self.capabilities.contains(&capability)
    }

    /// Whether parcels of a service are taken here.
    pub fn takes(&self, service: &Service) -> bool {
        self.has(service.capability)
    }
}

impl Profile {
    /// The offices near a postal code, nearest first by how many first digits they share with it: those
    /// that deliver there, then the same three digits, then the same two. Empty when none shares two.
    pub fn offices_for_postcode(&self, postcode: &str) -> Vec<&Office> {
        let mut near: Vec<(usize, &Office)> = self
            .offices
            .iter()
            .filter_map(|office| {
                let delivers = office
                    .delivers
                    .iter()
                    .filter(|prefix| postcode.starts_with(prefix.as_str()));
                let closest = delivers.map(|prefix| prefix.len() + 5).max();
                let shared = closest.unwrap_or_else(|| shared_start(&office.postcode, postcode));
                (shared >= 2).then_some((shared, office))
            })
            .collect();
        near.sort_by(|(a, one), (b, other)| b.cmp(a).then_with(|| one.code.cmp(&other.code)));
        near.into_iter().map(|(_, office)| office).collect()
    }

    /// The nearest office to a postal code that takes parcels of a service.
    pub fn office_for(&self, postcode: &str, service: &Service) -> Option<&Office> {
        self.offices_for_postcode(postcode)
            .into_iter()
            .find(|office| office.takes(service))
    }
}

fn shared_start(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

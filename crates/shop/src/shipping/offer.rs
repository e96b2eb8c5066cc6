//! What the post offers for a parcel of a weight to a country.

use super::rules;
use crate::Shop;
use crate::catalog::view::Price;
use crate::fault::{Code, Fault, Result};
use crate::orders::view::{ServiceChoice, ServiceOffer};
use api::limits;
use messages::Language;
use postal::Profile;
use postal::service::NoService;

/// An offer, and the service that fits best.
pub struct Offered {
    pub offer: ServiceOffer,
    pub best: Option<String>,
}

/// `weight_g` is 0 while nothing was weighed: then every service is thinkable.
pub fn offer(profile: &Profile, destination: &str, weight_g: i64, day: &str, language: Language) -> Offered {
    let size = rules::parcel_size(weight_g.max(1));
    let chosen = profile.choose_service(&size, destination, day);
    let best = chosen.as_ref().ok().map(|service| service.code.clone());
    let services = match &chosen {
        Err(NoService::Suspended { .. } | NoService::UnknownCountry { .. }) => Vec::new(),
        _ => profile
            .services_to(&size, destination)
            .into_iter()
            .filter(|(_, misfit)| misfit.is_none())
            .map(|(service, _)| ServiceChoice {
                key: service.code.clone(),
                name: service.names.name(language.code()).to_owned(),
                estimate: profile
                    .estimate(&service.code, destination, size.grams, &[], day)
                    .ok()
                    .map(|estimate| Price {
                        minor: estimate.minor,
                        currency: estimate.currency,
                    }),
                recommended: best.as_deref() == Some(service.code.as_str()),
            })
            .collect(),
    };
    Offered {
        offer: ServiceOffer {
            services,
            no_service: chosen.as_ref().err().map(rules::no_service_code),
        },
        best,
    }
}

impl Shop {
    /// What the post offers for an order whose parcel weighs so many grams.
    ///
    /// Faults: `NotFound`, `OutOfRange`, `WeightMissing`.
    pub async fn order_services(&self, id: &str, weight_g: i64) -> Result<ServiceOffer> {
        if weight_g <= 0 {
            return Err(Code::WeightMissing.into());
        }
        if weight_g > limits::WEIGHT_G {
            return Err(Fault::new(Code::OutOfRange)
                .with("field", "weight_g")
                .with("most", limits::WEIGHT_G));
        }
        let (language, profile, day) = (self.language().await?, self.operator().await?, self.day());
        let state = crate::orders::store::state(&mut *self.read().acquire().await?, id).await?;
        Ok(offer(profile, &state.ship_to.country, weight_g, &day, language).offer)
    }
}

//! What goes on a parcel, and where it goes. Pure.

use super::store::Stored;
use crate::fault::{Code, Fault};
use crate::orders::view::LabelPreview;
use api::auth::Me;
use api::order::OrderState;
use messages::Language;
use postal::service::{Capability, NoService};
use postal::{Address, Office, ParcelSize, Profile, S10};

/// Sides are not measured yet; zero leaves them out of the check.
pub fn parcel_size(weight_g: i64) -> ParcelSize {
    ParcelSize {
        grams: u32::try_from(weight_g).unwrap_or(0),
        ..ParcelSize::default()
    }
}

pub fn address(address: &api::place::Address) -> Address {
    let street = match address.reference.trim() {
        "" => address.street.clone(),
        reference => format!("{}, {reference}", address.street),
    };
    Address {
        country: address.country.clone(),
        name: address.name.clone(),
        organisation: address.organization.clone(),
        street,
        neighbourhood: address.neighbourhood.clone(),
        city: address.city.clone(),
        region: address.region.clone(),
        postcode: address.postal_code.clone(),
        phone: address.phone.clone(),
        email: address.email.clone(),
        ..Address::default()
    }
}

/// An address's lines for mail from a country.
pub fn lines(to: &api::place::Address, from_country: &str) -> Vec<String> {
    address(to).lines(from_country)
}

pub fn no_service(reason: &NoService) -> Fault {
    match reason {
        NoService::Suspended { country, since, .. } => Fault::new(Code::DestinationSuspended)
            .with("country", country)
            .with("since", since),
        NoService::NotWeighed => Code::WeightMissing.into(),
        other => Fault::new(Code::NoServiceFits).with("reason", other),
    }
}

/// The fault's code as the window knows it.
pub fn no_service_code(reason: &NoService) -> String {
    let code = serde_json::to_value(no_service(reason).code).ok();
    code.and_then(|code| code.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// The office to go to: the one she chose, else the nearest to the shop that takes the service.
pub fn office(
    profile: &'static Profile,
    preferred: Option<&str>,
    me: Option<&Me>,
    service: Option<&str>,
) -> Option<&'static Office> {
    let service = service.and_then(|code| profile.service(code));
    let takes = |office: &&Office| service.is_none_or(|service| office.takes(service));
    let chosen = preferred.and_then(|code| profile.office(code)).filter(takes);
    let postcode = me.map(|me| me.address.postal_code.clone()).unwrap_or_default();
    chosen
        .or_else(|| profile.offices_for_postcode(&postcode).into_iter().find(takes))
        .or_else(|| profile.offices.iter().find(takes))
}

pub fn international(office: &Office) -> bool {
    office.has(Capability::ParcelIntl) || office.has(Capability::LetterIntl)
}

/// "RR 473 124 829 MX"; a text that is no S10 stays as it is.
pub fn grouped(s10: &str) -> String {
    S10::parse(s10).map_or_else(|_| s10.to_owned(), |number| number.grouped())
}

#[expect(clippy::too_many_arguments, reason = "a label has that many sources")]
pub fn label(
    profile: &Profile,
    me: Option<&Me>,
    order: &OrderState,
    parcel: Option<&Stored>,
    service: Option<&str>,
    weight_g: i64,
    office: Option<&Office>,
    language: Language,
) -> LabelPreview {
    let number = parcel.map(|parcel| parcel.s10.as_str());
    LabelPreview {
        operator: profile.operator.name.clone(),
        service: service
            .and_then(|code| profile.service(code))
            .map(|service| service.names.name(language.code()).to_owned())
            .unwrap_or_default(),
        weight_g,
        sender: me
            .map(|me| lines(&me.address, &profile.country))
            .unwrap_or_default(),
        addressee: lines(&order.ship_to, &profile.country),
        number: number.map(grouped),
        bars: number.and_then(documents::code128_widths).unwrap_or_default(),
        office: office.map(|office| office.code.clone()).unwrap_or_default(),
    }
}

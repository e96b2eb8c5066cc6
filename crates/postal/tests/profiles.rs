//! Operators' profiles: services, suspensions, offices and prices as dated data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use postal::profile::{Profile, profile, profiles};
use postal::service::{Capability, Misfit, NoService, ParcelSize};
use postal::tariff::NoEstimate;

const DAY: &str = "2026-11-21";

fn mx() -> &'static Profile {
    profile("MX").unwrap()
}

fn cu() -> &'static Profile {
    profile("CU").unwrap()
}

fn parcel(grams: u32, [length_mm, width_mm, height_mm]: [u32; 3]) -> ParcelSize {
    ParcelSize {
        grams,
        length_mm,
        width_mm,
        height_mm,
    }
}

#[test]
fn both_profiles_are_read_and_sound() {
    assert_eq!(profiles().count(), 2);
    for profile in profiles() {
        assert_eq!(profile.faults(), [""; 0]);
        assert!(!profile.services.is_empty() && !profile.offices.is_empty());
        assert!(
            profile.offices.iter().all(|office| office.sample),
            "no open office directory is known"
        );
    }
    assert!(
        mx().tariffs.is_empty(),
        "no open tariff of Correos de México is known"
    );
    assert!(profile("XX").is_none());
}

#[test]
fn the_service_follows_size_and_destination() {
    let small = parcel(850, [300, 200, 100]);
    let choose =
        |parcel: &ParcelSize, to: &str| mx().choose_service(parcel, to, DAY).map(|s| s.code.as_str());
    assert_eq!(choose(&small, "MX"), Ok("mx-national-packet"));
    assert_eq!(choose(&small, "ES"), Ok("mx-small-packet"));
    assert_eq!(
        choose(&parcel(2000, [300, 200, 100]), "ES"),
        Ok("mx-small-packet")
    );
    assert_eq!(choose(&parcel(2001, [300, 200, 100]), "ES"), Ok("mx-parcel"));
    assert_eq!(choose(&parcel(850, [601, 100, 100]), "ES"), Ok("mx-parcel"));
    assert_eq!(choose(&parcel(850, [400, 300, 201]), "ES"), Ok("mx-parcel"));
    assert_eq!(choose(&parcel(850, [900, 300, 300]), "ES"), Ok("mx-mexpost"));
    assert_eq!(
        choose(&parcel(30_001, [300, 200, 100]), "ES"),
        Err(NoService::DoesNotFit {
            misfit: Misfit::TooHeavy {
                grams: 30_001,
                max_grams: 30_000
            }
        })
    );
    assert_eq!(choose(&parcel(0, [1, 1, 1]), "ES"), Err(NoService::NotWeighed));
    assert_eq!(
        choose(&small, "XX"),
        Err(NoService::UnknownCountry {
            country: "XX".to_owned()
        })
    );
    let huge = parcel(100, [u32::MAX, u32::MAX, u32::MAX]);
    assert!(matches!(
        choose(&huge, "ES"),
        Err(NoService::DoesNotFit {
            misfit: Misfit::TooLong { .. }
        })
    ));
}

#[test]
fn goods_from_mexico_to_the_united_states_are_suspended() {
    let small = parcel(850, [300, 200, 100]);
    match mx().choose_service(&small, "US", DAY) {
        Err(NoService::Suspended { since, words, .. }) => {
            assert_eq!(since, "2025-08-27");
            assert!(words.es.contains("Estados Unidos"));
        }
        other => panic!("{other:?}"),
    }
    assert!(mx().choose_service(&small, "US", "2025-08-26").is_ok());
    assert_eq!(
        cu().choose_service(&small, "US", DAY).map(|s| s.code.as_str()),
        Ok("cu-letter-packet")
    );
}

#[test]
fn a_destination_can_have_narrower_limits() {
    let service = |to: &str| {
        cu().choose_service(&parcel(11_000, [300, 300, 300]), to, DAY)
            .cloned()
    };
    assert_eq!(service("ES").unwrap().code, "cu-parcel");
    assert!(matches!(
        service("US"),
        Err(NoService::DoesNotFit {
            misfit: Misfit::TooHeavy {
                max_grams: 10_000,
                ..
            }
        })
    ));
}

#[test]
fn a_postal_code_leads_to_its_office() {
    let codes = |postcode: &str| -> Vec<&str> {
        mx().offices_for_postcode(postcode)
            .into_iter()
            .map(|office| office.code.as_str())
            .collect()
    };
    assert_eq!(codes("68000")[0], "68001");
    assert_eq!(codes("70430")[0], "70401");
    assert_eq!(codes("29250"), ["29201", "29001"]);
    assert_eq!(codes("77500"), [""; 0]);
    assert_eq!(codes(""), [""; 0]);
    let ems = mx().service("mx-mexpost").unwrap();
    assert_eq!(
        mx().office_for("29250", ems).unwrap().code,
        "29001",
        "San Cristóbal takes no Mexpost"
    );
    assert!(mx().office("68001").unwrap().has(Capability::Terminal));
}

/// The prices that Correos de Cuba publishes, in centavos.
#[test]
fn cuban_prices_are_the_published_ones() {
    let price = |service: &str, to: &str, grams: u32, extras: &[&str]| {
        cu().estimate(service, to, grams, extras, DAY)
            .map(|estimate| estimate.minor)
    };
    let parcel = |grams| price("cu-national-parcel", "CU", grams, &[]);
    assert_eq!(parcel(1), Ok(3900));
    assert_eq!(parcel(1000), Ok(3900));
    assert_eq!(parcel(1001), Ok(5900));
    assert_eq!(parcel(2000), Ok(5900));
    assert_eq!(parcel(2001), Ok(7900));
    assert_eq!(parcel(20_000), Ok(41_900));
    assert_eq!(parcel(20_001), Err(NoEstimate::TooHeavy));

    let packet = |grams| price("cu-national-packet", "CU", grams, &[]);
    for (grams, minor) in [(100, 275), (101, 730), (500, 730), (501, 1185), (1000, 1185)] {
        assert_eq!(packet(grams), Ok(minor), "{grams} g");
    }
    assert_eq!(packet(1001), Err(NoEstimate::TooHeavy));
    assert_eq!(
        price("cu-national-packet", "CU", 100, &["registered"]),
        Ok(275 + 1480)
    );
    assert_eq!(
        price("cu-national-packet", "CU", 100, &["insured"]),
        Err(NoEstimate::NoSurcharge)
    );
    assert_eq!(
        price("cu-national-packet", "MX", 100, &[]),
        Err(NoEstimate::NoZone)
    );

    let letter = |to, grams| price("cu-letter-packet", to, grams, &[]);
    for (to, prices) in [
        ("MX", [2035, 8485, 15_440, 27_095]),
        ("ES", [2430, 10_405, 19_345, 34_840]),
        ("JP", [3165, 14_025, 26_470, 49_095]),
    ] {
        for (max, minor) in [100, 500, 1000, 2000].into_iter().zip(prices) {
            assert_eq!(letter(to, max), Ok(minor), "{to} {max} g");
            assert_ne!(letter(to, max + 1), Ok(minor), "{to} {} g", max + 1);
        }
    }
}

#[test]
fn estimates_say_how_old_they_are() {
    let mut profile = cu().clone();
    for tariff in &mut profile.tariffs {
        tariff.provenance.valid_to = Some("2026-12-31".to_owned());
    }
    let expired = |day| {
        profile
            .estimate("cu-national-parcel", "CU", 1, &[], day)
            .map(|e| e.expired)
    };
    assert_eq!(expired("2026-12-31"), Ok(false));
    assert_eq!(expired("2027-01-01"), Ok(true));
    assert_eq!(expired("2025-12-31"), Err(NoEstimate::NoTariff));
    assert_eq!(
        mx().estimate("mx-parcel", "ES", 1, &[], DAY),
        Err(NoEstimate::NoTariff)
    );
}

#[test]
fn newer_data_that_contradicts_itself_is_refused() {
    let broken = |change: fn(&mut Profile)| {
        let mut profile = cu().clone();
        change(&mut profile);
        Profile::from_json(&serde_json::to_string(&profile).unwrap())
            .map(|_| ())
            .unwrap_err()
            .to_string()
    };
    assert!(Profile::from_json(&serde_json::to_string(cu()).unwrap()).is_ok());
    assert!(broken(|p| p.tariffs[0].zones[0].steps.reverse()).contains("do not grow"));
    assert!(broken(|p| p.tariffs[2].zones[0].countries.push("ES".into())).contains("ES is in two zones"));
    assert!(
        broken(|p| p.tariffs[1].zones[0].increment.as_mut().unwrap().per_g = 0).contains("does not follow")
    );
    assert!(broken(|p| p.services[0].indicator = "SZ".into()).contains("SZ"));
    assert!(broken(|p| p.tariffs.push(p.tariffs[0].clone())).contains("same days"));
    assert!(broken(|p| p.offices[0].code = p.offices[1].code.clone()).contains("appears twice"));
    assert!(broken(|p| p.provenance.retrieved = "yesterday".into()).contains("not a day"));
    assert!(Profile::from_json("<html>").is_err());
}

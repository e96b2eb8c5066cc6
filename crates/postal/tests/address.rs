//! Address blocks and checks for Mexico, Cuba and abroad.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use postal::address::{Address, Field, Problem};
use proptest::prelude::*;

fn oaxaca() -> Address {
    Address {
        country: "MX".into(),
        name: "María López Peña".into(),
        organisation: "Taller Ñandú".into(),
        street: "C. 5 de Mayo".into(),
        number: "123".into(),
        interior: "4".into(),
        neighbourhood: "Centro".into(),
        city: "Oaxaca de Juárez".into(),
        region: "Oaxaca".into(),
        postcode: "68000".into(),
        ..Address::default()
    }
}

fn santiago() -> Address {
    Address {
        country: "CU".into(),
        name: "Yudelkis Pérez".into(),
        street: "Calle Martí".into(),
        number: "24".into(),
        interior: "4a".into(),
        between: vec!["Corombé".into(), "26 de Julio".into()],
        neighbourhood: "Rpto. Abel Santamaría".into(),
        city: "Palma Soriano".into(),
        region: "Santiago de Cuba".into(),
        postcode: "22222".into(),
        ..Address::default()
    }
}

fn problems(address: &Address) -> Vec<(Field, Problem)> {
    address
        .check()
        .into_iter()
        .map(|p| (p.field, p.problem))
        .collect()
}

#[test]
fn a_mexican_address_is_written_as_correos_asks() {
    assert_eq!(
        oaxaca().lines("MX"),
        [
            "María López Peña",
            "Taller Ñandú",
            "C. 5 de Mayo 123 Int. 4",
            "Col. Centro",
            "68000 OAXACA DE JUÁREZ, OAX."
        ]
    );
    assert_eq!(oaxaca().lines("CU").last().unwrap(), "MÉXICO");
    assert!(oaxaca().check().is_empty());
}

#[test]
fn a_neighbourhood_that_says_its_kind_keeps_it() {
    for (given, line) in [
        ("Barrio de Xochimilco", "Barrio de Xochimilco"),
        ("Fracc. Las Flores", "Fracc. Las Flores"),
        ("Col. Reforma", "Col. Reforma"),
        ("Reforma", "Col. Reforma"),
    ] {
        let address = Address {
            neighbourhood: given.into(),
            ..oaxaca()
        };
        assert_eq!(address.lines("MX")[3], line);
    }
}

#[test]
fn a_cuban_address_is_written_as_people_say_it() {
    assert_eq!(
        santiago().lines("CU"),
        [
            "Yudelkis Pérez",
            "Calle Martí #24, apt. 4a, e/ Corombé y 26 de Julio",
            "Rpto. Abel Santamaría",
            "PALMA SORIANO, Santiago de Cuba, CP 22222",
        ]
    );
    let corner = Address {
        between: vec!["Aguacate".into()],
        postcode: String::new(),
        neighbourhood: String::new(),
        ..santiago()
    };
    assert_eq!(corner.lines("CU")[1], "Calle Martí #24, apt. 4a, esq. Aguacate");
    assert_eq!(corner.lines("CU")[2], "PALMA SORIANO, Santiago de Cuba");
    assert!(
        corner.check().is_empty(),
        "the postal code is hardly used in Cuba"
    );
    assert_eq!(corner.lines("MX").last().unwrap(), "CUBA");
}

#[test]
fn addresses_abroad_follow_their_country() {
    let abroad = |country: &str, city: &str, region: &str, postcode: &str| Address {
        country: country.into(),
        name: "Anna Müller".into(),
        street: "Lange Straße 7".into(),
        city: city.into(),
        region: region.into(),
        postcode: postcode.into(),
        ..Address::default()
    };
    for (address, tail) in [
        (
            abroad("DE", "Berlin", "", "10115"),
            vec!["10115 BERLIN", "ALEMANIA / GERMANY"],
        ),
        (
            abroad("US", "Austin", "TX", "78701"),
            vec!["AUSTIN TX 78701", "ESTADOS UNIDOS / UNITED STATES"],
        ),
        (
            abroad("GB", "London", "", "sw1a 1aa"),
            vec!["LONDON", "SW1A 1AA", "REINO UNIDO / UNITED KINGDOM"],
        ),
        (
            abroad("BR", "Recife", "PE", "50030-230"),
            vec!["RECIFE - PE", "50030-230", "BRASIL / BRAZIL"],
        ),
        (
            abroad("ZW", "Harare", "", ""),
            vec!["HARARE", "ZIMBABUE / ZIMBABWE"],
        ),
    ] {
        assert!(address.check().is_empty(), "{:?}", address.check());
        let lines = address.lines("MX");
        assert_eq!(lines[2..], tail);
    }
    assert_eq!(
        problems(&abroad("US", "Austin", "", "7870")),
        [
            (Field::Region, Problem::Missing),
            (Field::Postcode, Problem::Form)
        ]
    );
}

#[test]
fn what_is_wrong_is_said_field_by_field() {
    assert_eq!(
        problems(&Address::default()),
        [
            (Field::Name, Problem::Missing),
            (Field::Country, Problem::Missing)
        ]
    );
    let other_state = Address {
        postcode: "44100".into(),
        ..oaxaca()
    };
    assert_eq!(
        problems(&other_state),
        [(
            Field::Postcode,
            Problem::OtherState {
                state: "Jalisco".into()
            }
        )]
    );
    assert_eq!(
        problems(&Address {
            postcode: "6800".into(),
            ..oaxaca()
        }),
        [(Field::Postcode, Problem::Form)]
    );
    assert_eq!(
        problems(&Address {
            postcode: "18000".into(),
            ..oaxaca()
        }),
        [(Field::Postcode, Problem::Unknown)]
    );
    assert_eq!(
        problems(&Address {
            region: "Texas".into(),
            ..oaxaca()
        }),
        [(Field::Region, Problem::Unknown)]
    );
    assert_eq!(
        problems(&Address {
            region: "Florida".into(),
            ..santiago()
        }),
        [(Field::Region, Problem::Unknown)]
    );
    assert_eq!(
        problems(&Address {
            name: "x".repeat(71),
            ..oaxaca()
        }),
        [(Field::Name, Problem::TooLong { limit: 70 })]
    );
    assert_eq!(
        problems(&Address {
            city: "Oax\u{7}aca".into(),
            ..oaxaca()
        }),
        [(Field::City, Problem::Invisible)]
    );
    assert_eq!(
        problems(&Address {
            country: "XX".into(),
            ..oaxaca()
        }),
        [(Field::Country, Problem::Unknown)]
    );
}

#[test]
fn a_problem_is_flat_json() {
    let json = serde_json::to_string(
        &Address {
            postcode: "44100".into(),
            ..oaxaca()
        }
        .check(),
    )
    .unwrap();
    assert_eq!(
        json,
        r#"[{"field":"postcode","problem":"other_state","state":"Jalisco"}]"#
    );
}

proptest! {
    #[test]
    fn any_address_makes_lines_and_no_panic(
        country in "MX|CU|US|GB|ZW|[A-Z]{2}|", parts in proptest::array::uniform8(any::<String>()),
    ) {
        let [name, street, number, interior, neighbourhood, city, region, postcode] = parts;
        let address = Address {
            country, name, street, number, interior, neighbourhood, city, region, postcode, ..Address::default()
        };
        let _ = address.check();
        prop_assert!(address.lines("MX").iter().all(|line| !line.is_empty()));
    }
}

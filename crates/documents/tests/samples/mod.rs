//! Papers to try the drawing on: common ones, and the worst that people can type.
#![allow(dead_code, reason = "each test uses some of them")]

use documents::{DropOffInput, DropOffParcel, LabelInput, Money};
use postal::{Address, DropOffNumber, S10};

fn artisan() -> Address {
    Address {
        country: "MX".into(),
        name: "Úrsula Güémez Ñandú".into(),
        organisation: "Taller Barro Negro".into(),
        street: "C. 5 de Mayo".into(),
        number: "123".into(),
        interior: "4".into(),
        neighbourhood: "Centro".into(),
        city: "San Bartolo Coyotepec".into(),
        region: "Oaxaca".into(),
        postcode: "71256".into(),
        phone: "+52 951 555 0142".into(),
        ..Address::default()
    }
}

/// A registered small packet to Germany.
pub fn abroad(serial: u32) -> LabelInput {
    LabelInput {
        operator: "Correos de México".into(),
        from_country: "MX".into(),
        service: "Pequeño paquete registrado".into(),
        indicator: "RR".into(),
        number: Some(S10::new("RR", serial, "MX").unwrap()),
        sender: artisan(),
        addressee: Address {
            country: "DE".into(),
            name: "Jürgen Größlein".into(),
            street: "Lange Straße 7, 2. OG".into(),
            city: "Berlin".into(),
            postcode: "10115".into(),
            phone: "+49 30 5550 0199".into(),
            ..Address::default()
        },
        grams: 1250,
        order: "P-1042".into(),
        parcel: 1,
        parcels: 1,
        office: "68001".into(),
    }
}

/// The same within Mexico.
pub fn home(serial: u32) -> LabelInput {
    LabelInput {
        service: "Encomienda nacional".into(),
        indicator: "PN".into(),
        number: Some(S10::new("PN", serial, "MX").unwrap()),
        addressee: Address {
            country: "MX".into(),
            name: "Íñigo Ángel Óscar Peña".into(),
            street: "Av. Álvaro Obregón".into(),
            number: "286".into(),
            interior: "12".into(),
            neighbourhood: "Roma Norte".into(),
            city: "Cuauhtémoc".into(),
            region: "CDMX".into(),
            postcode: "06700".into(),
            phone: "55 5555 0188".into(),
            ..Address::default()
        },
        parcel: 2,
        parcels: 3,
        ..abroad(serial)
    }
}

/// A parcel for which no number was left.
pub fn without_number() -> LabelInput {
    LabelInput {
        number: None,
        ..abroad(0)
    }
}

/// The longest that an address may have in every field, in wide letters.
pub fn nasty() -> LabelInput {
    let long = |n: usize| {
        "ÑANDÚ GÜÉMEZ ÍÑIGO ÁNGEL ÓSCAR ÚRSULA "
            .chars()
            .cycle()
            .take(n)
            .collect::<String>()
    };
    let unbroken = |n: usize| {
        "Wolkenkratzerfensterputzer"
            .chars()
            .cycle()
            .take(n)
            .collect::<String>()
    };
    let address = Address {
        country: "GB".into(),
        name: long(70),
        organisation: unbroken(70),
        street: long(70),
        number: unbroken(20),
        interior: long(30),
        between: vec![long(70), long(70)],
        neighbourhood: long(70),
        city: unbroken(50),
        region: long(50),
        postcode: "WWWW WWWWWWWWWWWW".into(),
        phone: long(30),
        email: String::new(),
    };
    LabelInput {
        operator: long(120),
        service: unbroken(120),
        indicator: "WW".into(),
        number: Some(S10::new("RR", 99_999_999, "MX").unwrap()),
        sender: Address {
            country: "MX".into(),
            ..address.clone()
        },
        addressee: address,
        grams: u32::MAX,
        order: unbroken(60),
        parcel: u16::MAX,
        parcels: u16::MAX,
        office: unbroken(60),
        from_country: "MX".into(),
    }
}

/// A visit with so many parcels.
pub fn drop_off(parcels: u32) -> DropOffInput {
    let kinds = [
        ("RR", "DE", "Pequeño paquete registrado", 1250, 245_000),
        ("CP", "FR", "Encomienda internacional", 4310, 512_050),
        ("PN", "MX", "Encomienda nacional", 2480, 89_900),
    ];
    let parcel = |at: u32| {
        let (indicator, destination, service, grams, minor) = kinds[at as usize % kinds.len()];
        DropOffParcel {
            number: (at % 5 != 3).then(|| S10::new(indicator, 47_312_482 + at, "MX").unwrap()),
            destination: destination.into(),
            service: service.into(),
            grams,
            value: (at % 7 != 5).then(|| Money {
                minor,
                currency: "MXN".into(),
            }),
            order: format!("P-{}", 1042 + at),
        }
    };
    DropOffInput {
        number: DropOffNumber::new(345_678, 2026, 11, 21, 1).unwrap(),
        operator: "Correos de México".into(),
        seller: "Úrsula Güémez Ñandú".into(),
        seller_lines: vec![
            "Taller Barro Negro".into(),
            "71256 SAN BARTOLO COYOTEPEC, OAX.".into(),
            "Tel. +52 951 555 0142".into(),
        ],
        office_code: "68001".into(),
        office_name: "Oaxaca Centro".into(),
        office_lines: vec![
            "Av. Independencia, frente a la Alameda".into(),
            "68000 OAXACA DE JUÁREZ, OAX.".into(),
        ],
        date_ms: 1_795_305_600_000,
        utc_offset_minutes: -360,
        parcels: (0..parcels).map(parcel).collect(),
    }
}

/// A visit in which everything is as long as it can be.
pub fn nasty_drop_off() -> DropOffInput {
    let long = |n: usize| {
        "ÑANDÚ GÜÉMEZ ÍÑIGO ÁNGEL ÓSCAR ÚRSULA "
            .chars()
            .cycle()
            .take(n)
            .collect::<String>()
    };
    let mut input = drop_off(30);
    for (at, parcel) in input.parcels.iter_mut().enumerate() {
        parcel.service = format!("{} {at}", long(90));
        parcel.order = "W".repeat(60);
        parcel.grams = u32::MAX;
        let currency = ["MXN", "EUR", "USD", "JPY"][at % 4].to_owned();
        parcel.value = Some(Money {
            minor: i64::MAX / 40,
            currency,
        });
    }
    DropOffInput {
        operator: long(150),
        seller: long(150),
        seller_lines: vec![long(150), long(150), long(150)],
        office_code: "W".repeat(40),
        office_name: long(150),
        office_lines: vec![long(150); 5],
        ..input
    }
}

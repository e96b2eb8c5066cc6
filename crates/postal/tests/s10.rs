//! S10 identifiers: published numbers, the error model, and what people really type.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use postal::s10::{MailClass, S10, S10Error, check_digit};
use proptest::prelude::*;

/// Real and published numbers; the reference gives the source of each.
const GOOD: [&str; 23] = [
    "RR473124829GB",
    "EE471108151FR",
    "RB123456785GB",
    "RB123456785US",
    "RB123456785CV",
    "RB123456785CF",
    "RR072705659PL",
    "EB000717618HK",
    "EB000717595HK",
    "RR287043775IN",
    "RK166520145LV",
    "EG230930844KR",
    "EM008463429KR",
    "LE704280574SE",
    "LE704180823SE",
    "LE703771444SE",
    "LE704046934SE",
    "EH036261918US",
    "RB167995284IT",
    "LL572405406US",
    "EB000000005CN",
    "RR473124829MX",
    "CP473124829CU",
];

#[test]
fn published_numbers_are_read_and_written_back() {
    for text in GOOD {
        let number = S10::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(number.to_string(), text);
        assert_eq!(
            S10::new(&text[..2], text[2..10].parse().unwrap(), &text[11..]),
            Ok(number)
        );
    }
}

#[test]
fn check_digits_of_known_serials() {
    for (serial, digit) in [
        (47_312_482, 9),
        (96_633_102, 0),
        (71_758, 1),
        (76_129_403, 8),
        (0, 5),
        (99_999_999, 5),
        (1, 4),
    ] {
        assert_eq!(check_digit(serial), digit, "{serial}");
    }
}

#[test]
fn wrong_numbers_say_what_is_wrong() {
    assert_eq!(
        S10::parse("RB123456786US"),
        Err(S10Error::CheckDigit {
            found: 6,
            expected: 5
        })
    );
    assert_eq!(
        S10::parse("RB123456785XX"),
        Err(S10Error::Country("XX".to_owned()))
    );
    assert_eq!(
        S10::parse("CP001020301BR"),
        Err(S10Error::CheckDigit {
            found: 1,
            expected: 7
        })
    );
    assert!(matches!(
        S10::parse("EB000717594HK"),
        Err(S10Error::CheckDigit { .. })
    ));
    assert!(matches!(
        S10::parse("EB000717535HK"),
        Err(S10Error::CheckDigit { .. })
    ));
    assert_eq!(
        S10::parse("RA184717615H1"),
        Err(S10Error::Shape {
            position: 13,
            found: '1'
        })
    );
    assert_eq!(
        S10::parse("RRO73124829GB"),
        Err(S10Error::Shape {
            position: 3,
            found: 'O'
        })
    );
    assert_eq!(S10::parse(""), Err(S10Error::Length(0)));
    assert_eq!(S10::parse("RR47312482GB"), Err(S10Error::Length(12)));
    assert_eq!(
        S10::parse("RR４73124829GB"),
        Err(S10Error::Shape {
            position: 3,
            found: '４'
        })
    );
}

#[test]
fn people_type_it_in_many_ways() {
    let number = S10::parse("RR473124829GB").unwrap();
    for text in [
        "rr 473 124 829 gb",
        "RR-473-124-829-GB",
        "\u{200b}RR473124829GB\r\n",
        "Rr 4731 2482 9 Gb",
        "RR\u{a0}473\u{2013}124\u{202f}829\u{feff}GB",
    ] {
        assert_eq!(S10::parse(text), Ok(number), "{text:?}");
    }
    assert_eq!(number.grouped(), "RR 473 124 829 GB");
}

#[test]
fn reserved_indicators_are_read_but_never_made() {
    for indicator in ["SZ", "JA", "KA", "TA", "WA", "AA", "QZ", "GB", "XX", "FA", "IA"] {
        assert_eq!(
            S10::new(indicator, 1, "MX"),
            Err(S10Error::Indicator(indicator.to_owned()))
        );
    }
    assert_eq!(
        S10::parse("SZ000000005BR").unwrap().mail_class(),
        MailClass::Unassigned
    );
    assert_eq!(
        S10::parse("RR000000005MX").unwrap().mail_class(),
        MailClass::Registered
    );
    assert_eq!(
        S10::new("RR", 100_000_000, "MX"),
        Err(S10Error::Serial(100_000_000))
    );
    assert_eq!(S10::new("rr", 1, "MX"), Err(S10Error::Indicator("rr".to_owned())));
    assert_eq!(S10::new("RR", 1, "Mx"), Err(S10Error::Country("Mx".to_owned())));
}

#[test]
fn json_is_the_thirteen_characters() {
    let number = S10::new("CP", 47_312_482, "MX").unwrap();
    assert_eq!(serde_json::to_string(&number).unwrap(), "\"CP473124829MX\"");
    assert_eq!(
        serde_json::from_str::<S10>("\"cp 473 124 829 mx\"").unwrap(),
        number
    );
    assert!(serde_json::from_str::<S10>("\"CP473124828MX\"").is_err());
}

/// 5 stands for two remainders, so a few slips pass the check digit by its design (UPU S10-12): 98 % of
/// wrong digits, and of neighbours swapped inside the serial, must be caught.
#[test]
fn nearly_all_slips_are_caught() {
    let share = |serials: u32, slips: &dyn Fn(&[u8]) -> Vec<Vec<u8>>| {
        let (mut tried, mut caught) = (0_u32, 0_u32);
        for n in 0..serials {
            // Multiples of a large odd number, scattered over all serials.
            let serial = (u64::from(n) * 6_180_339_887 % 100_000_000) as u32;
            for slip in slips(S10::new("RR", serial, "MX").unwrap().to_string().as_bytes()) {
                tried += 1;
                caught += u32::from(S10::parse(std::str::from_utf8(&slip).unwrap()).is_err());
            }
        }
        f64::from(caught) / f64::from(tried)
    };
    let wrong_digit = |good: &[u8]| {
        let others = |at: usize| {
            (b'0'..=b'9')
                .filter(move |digit| *digit != good[at])
                .map(move |d| (at, d))
        };
        (2..11)
            .flat_map(others)
            .map(|(at, digit)| replaced(good, at, digit))
            .collect()
    };
    let swap = |good: &[u8]| {
        let differ = |at: &usize| good[*at] != good[at + 1];
        (2..9)
            .filter(differ)
            .map(|at| replaced(&replaced(good, at, good[at + 1]), at + 1, good[at]))
            .collect()
    };
    assert!(share(1_000, &wrong_digit) >= 0.98);
    assert!(share(10_000, &swap) >= 0.98);
}

fn replaced(text: &[u8], at: usize, byte: u8) -> Vec<u8> {
    let mut text = text.to_vec();
    text[at] = byte;
    text
}

proptest! {
    #[test]
    fn every_serial_makes_a_number_that_reads_back(
        serial in 0..100_000_000_u32,
        indicator in "(R|C|E|L|U|V)[A-Z]",
    ) {
        let number = S10::new(&indicator, serial, "MX").unwrap();
        prop_assert_eq!(S10::parse(&number.to_string()), Ok(number));
        prop_assert_eq!(S10::parse(&number.grouped().to_lowercase()), Ok(number));
        prop_assert_eq!(number.serial(), serial);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = S10::parse(&text);
    }
}

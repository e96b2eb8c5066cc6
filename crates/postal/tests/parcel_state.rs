//! A parcel's state is a fold over a set of events.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use ParcelEventKind as Kind;
use ParcelState as S;
use postal::parcel_state::{Attention, ParcelEvent, ParcelEventKind, ParcelState, Patience, attention, fold};
use proptest::prelude::*;

fn event(at: i64, kind: ParcelEventKind) -> ParcelEvent {
    ParcelEvent {
        at,
        kind,
        place: None,
    }
}

fn scan(at: i64, code: &str) -> ParcelEvent {
    event(
        at,
        Kind::Scanned {
            code: code.to_owned(),
        },
    )
}

fn refused(at: i64) -> ParcelEvent {
    event(
        at,
        Kind::RejectedAtCounter {
            reason: "no trae etiqueta".to_owned(),
        },
    )
}

fn seller_part() -> Vec<ParcelEvent> {
    vec![
        event(1, Kind::Readied),
        event(2, Kind::Numbered),
        event(3, Kind::Printed),
        event(4, Kind::Manifested),
        event(5, Kind::Dropped),
    ]
}

fn state(events: &[ParcelEvent]) -> ParcelState {
    fold(events).state
}

#[test]
fn a_parcel_goes_all_the_way() {
    let mut events = Vec::new();
    assert_eq!(state(&events), S::Draft);
    for (event, expected) in
        seller_part()
            .into_iter()
            .zip([S::Ready, S::Numbered, S::Printed, S::Manifested, S::Dropped])
    {
        events.push(event);
        assert_eq!(state(&events), expected);
    }
    for (at, code, expected) in [
        (10, "EMA", S::Accepted),
        (11, "EXA", S::ExportCustoms),
        (12, "EXB", S::ExportHeld),
        (13, "EXC", S::InTransitOrigin),
        (14, "EMC", S::InTransitInternational),
        (15, "EMD", S::ArrivedDestination),
        (16, "EDB", S::ImportCustoms),
        (17, "EME", S::ImportHeld),
        (18, "EDC", S::InTransitDestination),
        (19, "EMG", S::AtDeliveryOffice),
        (20, "EDG", S::OutForDelivery),
        (21, "EMH", S::DeliveryFailed),
        (22, "EDH", S::ReadyForPickup),
        (23, "QQQ", S::ReadyForPickup),
        (24, "EMI", S::Delivered),
        (25, "EMF", S::Delivered),
    ] {
        events.push(scan(at, code));
        let now = fold(&events);
        assert_eq!(now.state, expected, "{code}");
        assert_eq!(now.last_event, Some(at));
    }
    assert_eq!(fold(&events).since, Some(24));
}

#[test]
fn a_refused_parcel_can_be_brought_again() {
    let mut events = seller_part();
    events.push(refused(6));
    assert_eq!(state(&events), S::RejectedAtCounter);
    events.push(event(7, Kind::Manifested));
    assert_eq!(state(&events), S::Manifested);
    events.push(scan(8, "EMA"));
    assert_eq!(state(&events), S::Accepted);
    events.push(refused(9));
    assert_eq!(
        state(&events),
        S::Accepted,
        "what the post has cannot be refused any more"
    );
}

#[test]
fn taking_back_counts_only_before_the_post_has_it() {
    let mut events = seller_part();
    events.push(event(6, Kind::Voided));
    events.push(event(7, Kind::Dropped));
    assert_eq!(state(&events), S::Void);
    events.push(scan(8, "EMA"));
    assert_eq!(state(&events), S::Accepted, "a scan proves that the post has it");
    events.push(event(9, Kind::Voided));
    assert_eq!(state(&events), S::Accepted);
}

#[test]
fn returns_end_with_the_seller() {
    let mut events = vec![scan(1, "EMA"), scan(2, "EMD"), scan(3, "EDX")];
    assert_eq!(state(&events), S::Returning);
    events.push(scan(4, "EMG"));
    assert_eq!(state(&events), S::Returning);
    events.push(scan(5, "EMI"));
    assert_eq!(state(&events), S::Returned);
}

#[test]
fn a_lost_parcel_can_be_found() {
    let mut events = vec![scan(1, "EMA"), scan(2, "EMC"), event(3, Kind::Lost)];
    assert_eq!(state(&events), S::Lost);
    events.push(scan(4, "EMB"));
    assert_eq!(
        state(&events),
        S::Lost,
        "an old scan that comes late finds nothing"
    );
    events.push(scan(5, "EMD"));
    assert_eq!(state(&events), S::ArrivedDestination);
    assert_eq!(state(&[event(1, Kind::Lost)]), S::Draft);
}

#[test]
fn a_post_that_scans_little_is_no_trouble() {
    assert_eq!(state(&[event(1, Kind::Numbered), scan(2, "EMI")]), S::Delivered);
}

#[test]
fn long_waits_ask_for_attention() {
    const HOUR: i64 = 3_600_000;
    let patience = Patience {
        accept_hours: 72,
        held_days: 5,
        silent_days: 30,
    };
    let look = |events: &[ParcelEvent], hours: i64| attention(&fold(events), hours * HOUR, &patience);
    let dropped = [event(0, Kind::Dropped)];
    assert_eq!(look(&dropped, 71), None);
    assert_eq!(look(&dropped, 72), Some(Attention::NotScanned));
    let held = [scan(0, "EME")];
    assert_eq!(look(&held, 119), None);
    assert_eq!(look(&held, 120), Some(Attention::Held));
    assert_eq!(look(&[scan(0, "EMC")], 720), Some(Attention::Silent));
    assert_eq!(look(&[scan(0, "EMI")], 9_999), None);
    assert_eq!(look(&[refused(0)], 0), Some(Attention::Rejected));
}

#[test]
fn json_is_flat() {
    let event: ParcelEvent =
        serde_json::from_str(r#"{"at":7,"kind":"scanned","code":"EMA","place":"68000"}"#).unwrap();
    assert_eq!(
        event,
        ParcelEvent {
            place: Some("68000".to_owned()),
            ..scan(7, "EMA")
        }
    );
    assert_eq!(
        serde_json::to_string(&refused(1)).unwrap(),
        r#"{"at":1,"kind":"rejected_at_counter","reason":"no trae etiqueta"}"#
    );
}

const CODES: [&str; 26] = [
    "EMA", "EMB", "EXA", "EXB", "EXC", "EXD", "EXX", "EMC", "EMJ", "EMK", "EMD", "EDA", "EDB", "EME", "EDC",
    "EMF", "EDD", "EDE", "EMG", "EDF", "EDG", "EDH", "EMH", "EMI", "EDX", "DLV",
];

fn any_event() -> impl Strategy<Value = ParcelEvent> {
    let kind = prop_oneof![
        Just(Kind::Readied),
        Just(Kind::Numbered),
        Just(Kind::Printed),
        Just(Kind::Manifested),
        Just(Kind::Dropped),
        Just(Kind::Voided),
        Just(Kind::Lost),
        Just(Kind::Damaged),
        Just(Kind::RejectedAtCounter {
            reason: String::new()
        }),
        proptest::sample::select(&CODES[..]).prop_map(|code| Kind::Scanned {
            code: code.to_owned()
        }),
        proptest::sample::select(&CODES[..]).prop_map(|code| Kind::Scanned {
            code: code.to_owned()
        }),
    ];
    // Few instants, so that many events meet in one.
    (0..12_i64, kind, proptest::option::of("[AB]")).prop_map(|(at, kind, place)| ParcelEvent {
        at,
        kind,
        place,
    })
}

proptest! {
    #[test]
    fn order_and_repetition_do_not_matter(
        (events, shuffled) in proptest::collection::vec(any_event(), 0..14).prop_flat_map(|events| {
            let twice: Vec<_> = events.iter().chain(&events).cloned().collect();
            (Just(events), Just(twice).prop_shuffle())
        })
    ) {
        prop_assert_eq!(fold(&events), fold(&shuffled));
    }

    #[test]
    fn once_the_post_has_it_no_later_event_takes_it_back(
        events in proptest::collection::vec(any_event(), 0..14), late in any_event(),
    ) {
        let before = fold(&events).state;
        let mut with = events;
        with.push(ParcelEvent { at: 99, ..late });
        let after = fold(&with).state;
        if before.with_the_post() {
            // Only being found again after an inquiry may lower it.
            let found = matches!(before, S::Lost | S::Damaged);
            prop_assert!(after.rank() >= before.rank() || (found && after.with_the_post()), "{before:?} {after:?}");
        }
        if matches!(before, S::Delivered | S::Returned) {
            prop_assert_eq!(after, before);
        }
    }

    #[test]
    fn what_the_seller_says_never_undoes_a_scan(
        events in proptest::collection::vec(any_event(), 0..14), code in 0..24_usize,
    ) {
        let mut with = events;
        with.push(scan(5, CODES[code]));
        prop_assert!(fold(&with).state.with_the_post());
    }
}

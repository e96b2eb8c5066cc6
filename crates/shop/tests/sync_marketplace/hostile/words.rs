//! Lies in words: JSON that is broken, and JSON that is well formed and wrong.

use super::{ANYTHING, Case, Ends, FEED, ME, PUSH, Stage, case};
use crate::liar::Lie;
use serde_json::{Value, json};
use std::sync::Arc;

fn shapes() -> Vec<Case> {
    let deep = |open: &str, close: &str| Lie::json("200 OK", open.repeat(10_000) + &close.repeat(10_000));
    let page = |entries: &str| {
        Lie::json(
            "200 OK",
            format!(r#"{{"entries":[{entries}],"cursor":"x","more":false,"server_ms":0}}"#),
        )
    };
    vec![
        case("10,000 lists deep", FEED, deep("[", "]"), Ends::Troubled),
        case("10,000 objects deep", PUSH, deep("{\"a\":", "}"), Ends::Troubled),
        case(
            "a state 10,000 deep",
            FEED,
            page(&format!(
                r#"{{"position":1,"kind":"product","id":"a","state":{}1{}}}"#,
                "[".repeat(10_000),
                "]".repeat(10_000)
            )),
            Ends::Troubled,
        ),
        case(
            "a list for an object",
            ANYTHING,
            Lie::json("200 OK", "[]"),
            Ends::Troubled,
        ),
        case("null", ANYTHING, Lie::json("200 OK", "null"), Ends::Troubled),
        case("an empty object", FEED, Lie::json("200 OK", "{}"), Ends::Troubled),
        case(
            "an object of another",
            PUSH,
            Lie::json("200 OK", r#"{"ok":true}"#),
            Ends::Troubled,
        ),
        case(
            "a number too large for any",
            FEED,
            page(r#"{"position":1e999,"kind":"a","id":"b","state":0}"#),
            Ends::Troubled,
        ),
        case(
            "a position that is none",
            FEED,
            page(r#"{"position":-1,"kind":"a","id":"b","state":0}"#),
            Ends::Troubled,
        ),
        case(
            "half a letter",
            FEED,
            page(r#"{"position":1,"kind":"\ud800","id":"b","state":0}"#),
            Ends::Troubled,
        ),
        case(
            "no UTF-8",
            PUSH,
            Lie::json("200 OK", b"{\"answers\":[\"\xff\xfe\"]}"),
            Ends::Troubled,
        ),
        case("UTF-16", PUSH, Lie::json("200 OK", b"{\0}\0"), Ends::Troubled),
        case(
            "two answers in one",
            PUSH,
            Lie::json("200 OK", "{}{}"),
            Ends::Troubled,
        ),
        case(
            "a field twice",
            PUSH,
            Lie::json("200 OK", r#"{"answers":[],"answers":[],"server_ms":0}"#),
            Ends::Troubled,
        ),
    ]
}

fn twist(twist: impl Fn(&mut Value) + Send + Sync + 'static) -> Lie {
    Lie::twist(twist)
}

fn entries(value: &mut Value) -> &mut Vec<Value> {
    value["entries"].as_array_mut().unwrap()
}

fn answers(value: &mut Value) -> &mut Vec<Value> {
    value["answers"].as_array_mut().unwrap()
}

fn pages() -> Vec<Case> {
    let filler = |position: u64| json!({"position": position, "kind": "sin nombre", "id": format!("x{position}"), "state": {}});
    vec![
        case(
            "position 0",
            FEED,
            twist(|page| entries(page)[0]["position"] = json!(0)),
            Ends::Calm,
        ),
        case(
            "a position beyond all",
            FEED,
            twist(|page| entries(page)[0]["position"] = json!(u64::MAX)),
            Ends::Troubled,
        ),
        case(
            "positions that go back",
            FEED,
            twist(|page| {
                for (n, entry) in (1_u64..).zip(entries(page).iter_mut().rev()) {
                    entry["position"] = json!(n);
                }
            }),
            Ends::Carried,
        ),
        case(
            "more and nothing",
            FEED,
            twist(|page| {
                entries(page).clear();
                page["more"] = json!(true);
            }),
            Ends::Troubled,
        ),
        case(
            "more for ever, of what is known, under new cursors",
            FEED,
            Lie::Made(Arc::new(move |told| {
                json!({
                    "entries": (0..20).map(filler).collect::<Vec<_>>(), "cursor": format!("cursor {told}"), "more": true,
                    "server_ms": marketplace::clock::now_ms(),
                })
            })),
            Ends::Troubled,
        ),
        case(
            "a cursor of a megabyte",
            FEED,
            twist(|page| page["cursor"] = json!("A".repeat(1 << 20))),
            Ends::Troubled,
        ),
        case(
            "a made up cursor",
            FEED,
            twist(|page| page["cursor"] = json!("ñ&after=\0")),
            Ends::Calm,
        ),
        case(
            "an empty cursor",
            FEED,
            twist(|page| page["cursor"] = json!("")),
            Ends::Calm,
        ),
        case(
            "100,000 entries on a page",
            FEED,
            twist(move |page| entries(page).extend((0..100_000).map(filler))),
            Ends::Troubled,
        ),
        case(
            "NUL in a title",
            FEED,
            twist(|page| {
                for entry in entries(page) {
                    let title = &mut entry["state"]["fields"]["title"]["value"];
                    if title.as_str().is_some_and(|title| title.starts_with('B')) {
                        *title = json!("a\0b");
                    }
                }
            }),
            // The sums say that it is not what the marketplace has, and it is fetched again; of what comes after that, once
            // more, it is not certain.
            Ends::Calm,
        ),
        case(
            "a title of another shape",
            FEED,
            twist(|page| {
                for entry in entries(page).iter_mut() {
                    entry["state"] = json!([1, 2, {"fields": 3}]);
                }
            }),
            Ends::Calm,
        ),
        case(
            "huge numbers in a piece",
            FEED,
            twist(|page| {
                for entry in entries(page)
                    .iter_mut()
                    .filter(|entry| entry["kind"] == "product")
                {
                    entry["state"]["fields"]["weight_g"] =
                        json!({"value": 1e300, "stamp": {"ms": i64::MIN, "n": u32::MAX, "laptop": ""}});
                }
            }),
            Ends::Calm,
        ),
        case(
            "one of our own that is nobody's",
            FEED,
            twist(|page| {
                page["own"] = json!([{"position": 1, "kind": "product", "id": "de nadie", "digest": "0123456789abcdef"}])
            }),
            Ends::Calm,
        ),
        case(
            "one of our own without a sum",
            FEED,
            twist(|page| {
                page["own"] =
                    json!([{"position": 1, "kind": "product", "id": "de nadie", "digest": "no number"}])
            }),
            Ends::Calm,
        ),
        case(
            "one of our own beyond all",
            FEED,
            twist(
                |page| page["own"] = json!([{"position": 18446744073709551615_u64, "kind": "product", "id": "de nadie", "digest": "0123456789abcdef"}]),
            ),
            Ends::Calm,
        ),
        case(
            "100,000 of our own",
            FEED,
            twist(|page| {
                let own = |n| json!({"position": n, "kind": "product", "id": format!("x{n}"), "digest": "1"});
                page["own"] = (0..100_000).map(own).collect();
            }),
            Ends::Troubled,
        ),
        case(
            "entries that nobody knows",
            FEED,
            twist(|page| {
                entries(page).extend([
                    json!({"position": 1, "kind": "", "id": "", "state": null}),
                    json!({"position": 2, "kind": "\0", "id": "\0", "state": "\0"}),
                ]);
            }),
            Ends::Calm,
        ),
    ]
}

fn pushes() -> Vec<Case> {
    vec![
        case(
            "answers to others",
            PUSH,
            twist(|said| answers(said)[0]["id"] = json!("of-another")),
            Ends::Troubled,
        ),
        case(
            "an answer twice",
            PUSH,
            twist(|said| {
                let first = answers(said)[0].clone();
                answers(said)[1] = first;
            }),
            Ends::Troubled,
        ),
        case(
            "an answer missing",
            PUSH,
            twist(|said| drop(answers(said).pop())),
            Ends::Troubled,
        ),
        case(
            "an answer too many",
            PUSH,
            twist(|said| answers(said).push(json!({"id": "another", "outcome": "applied"}))),
            Ends::Troubled,
        ),
        case(
            "more applied than were sent",
            PUSH,
            twist(|said| said["applied"] = json!(1)),
            Ends::Troubled,
        ),
        case(
            "18 trillion applied",
            PUSH,
            twist(|said| {
                answers(said).clear();
                said["applied"] = json!(u64::MAX);
            }),
            Ends::Troubled,
        ),
        case(
            "no answers",
            PUSH,
            twist(|said| answers(said).clear()),
            Ends::Troubled,
        ),
        case(
            "answers from the end",
            PUSH,
            twist(|said| answers(said).reverse()),
            Ends::Carried,
        ),
        case(
            "an outcome that is none",
            PUSH,
            twist(|said| answers(said)[0]["outcome"] = json!("vanished")),
            Ends::Troubled,
        ),
        case(
            "a refusal of a megabyte",
            PUSH,
            twist(|said| {
                let first = &mut answers(said)[0];
                first["outcome"] = json!("refused");
                first["code"] = json!("x".repeat(1 << 20));
            }),
            Ends::Troubled,
        ),
        case(
            "a no of 200,000 letters",
            PUSH,
            Lie::json(
                "400 Bad Request",
                json!({"code": "x".repeat(200_000), "message": ""}).to_string(),
            ),
            Ends::Calm,
        ),
        case(
            "later, for ever",
            PUSH,
            twist(|said| {
                for answer in answers(said) {
                    answer["outcome"] = json!("deferred");
                    answer["code"] = json!("waits");
                }
            }),
            Ends::Calm,
        ),
    ]
}

fn times() -> Vec<Case> {
    let mut cases = Vec::new();
    let days_ago = |days: i64| marketplace::clock::now_ms() - days * 24 * 60 * 60 * 1000;
    for (name, ms) in [
        ("ten minutes ago", marketplace::clock::now_ms() - 10 * 60 * 1000),
        ("five days ago", days_ago(5)),
        ("thirty days ago", days_ago(30)),
        ("1970", 0),
        ("2099", 4_070_908_800_000),
        ("the end of time", i64::MAX),
        ("the beginning of time", i64::MIN),
    ] {
        for at in [FEED, PUSH, ME] {
            cases.push(Case {
                name,
                lies: vec![(at, twist(move |said| said["server_ms"] = json!(ms)))],
                ends: Ends::Carried,
            });
        }
    }
    cases
}

/// The feed, read on from a cursor.
const FEED_ON: &str = "GET /api/v1/feed?after";

fn sums() -> Vec<Case> {
    let other_page = || {
        let page = json!({
            "entries": [], "cursor": "x", "more": false, "sum": "0123456789abcdef",
            "server_ms": marketplace::clock::now_ms(),
        });
        Lie::json("200 OK", page.to_string())
    };
    let other_sum = || (FEED, twist(|page| page["sum"] = json!("0123456789abcdef")));
    // Where the push is answered last, the feed is asked once more, and a quiet one (204) has no sum to lie about.
    let with = |name, lies: Vec<(&'static str, Lie)>, ends| Case {
        name,
        lies: [vec![other_sum()], lies].concat(),
        ends,
    };
    vec![
        with("a sum that never holds", vec![], Ends::Calm),
        case(
            "a sum that is none",
            FEED,
            twist(|page| page["sum"] = json!("no number")),
            Ends::Calm,
        ),
        with(
            "sums of buckets that there are not",
            vec![(
                "GET /api/v1/parity",
                twist(|parity| {
                    if let Some(buckets) = parity["buckets"].as_object_mut() {
                        buckets.extend((0..1_000).map(|n| (format!("cubo {n}"), json!("1"))));
                    }
                }),
            )],
            Ends::Calm,
        ),
        // Whatever is fetched anew, the sums are as far apart as before.
        case(
            "a sum that never holds, for ever",
            FEED_ON,
            other_page(),
            Ends::Unsure,
        ),
        Case {
            name: "nothing of it is there, for ever",
            lies: vec![
                (FEED_ON, other_page()),
                (
                    "GET /api/v1/parity",
                    twist(|parity| {
                        if parity.get("buckets").is_some() {
                            parity["buckets"] = json!({});
                        } else {
                            parity["records"] = json!([]);
                        }
                    }),
                ),
            ],
            ends: Ends::Calm,
        },
        with(
            "records that nobody asked for",
            vec![
                (
                    "GET /api/v1/parity?bucket",
                    twist(|parity| {
                        for record in parity["records"].as_array_mut().unwrap() {
                            record["digest"] = json!("1");
                        }
                    }),
                ),
                (
                    "GET /api/v1/parity",
                    twist(|parity| {
                        for sum in parity["buckets"].as_object_mut().unwrap().values_mut() {
                            *sum = json!("1");
                        }
                    }),
                ),
                (
                    "POST /api/v1/records",
                    twist(|said| {
                        entries(said).extend((0..50_000).map(
                            |n| json!({"position": n, "kind": "product", "id": n.to_string(), "state": {}}),
                        ));
                    }),
                ),
            ],
            Ends::Calm,
        ),
        case(
            "gone, for ever",
            FEED,
            Lie::json(
                "410 Gone",
                r#"{"code":"gone","message":"the cursor is not of this feed"}"#,
            ),
            Ends::Troubled,
        ),
        case(
            "expired, for ever",
            PUSH,
            Lie::json("401 Unauthorized", r#"{"code":"token_expired","message":""}"#),
            Ends::SignedOut,
        ),
        case(
            "another shop's",
            ME,
            twist(|me| me["shop_id"] = json!("0190163d-8694-739b-aea5-966c26f8ad91")),
            Ends::SignedOut,
        ),
    ]
}

#[tokio::test]
async fn json_of_another_shape() {
    Stage::set().await.play(shapes()).await;
}

#[tokio::test]
async fn pages_of_the_feed_that_lie() {
    Stage::set().await.play(pages()).await;
}

#[tokio::test]
async fn answers_to_a_push_that_lie() {
    Stage::set().await.play(pushes()).await;
}

#[tokio::test]
async fn a_marketplace_that_does_not_know_what_time_it_is() {
    let mut stage = Stage::set().await;
    for case in times() {
        let name = case.name;
        stage.suffer(case).await;
        // Nothing that was written by that time wins over what is written now.
        stage.other_has_it(name).await;
        stage.title = format!("C {name}");
        stage.other.title(&stage.mine, &stage.title).await;
        stage.other_has_it(name).await;
        stage.deceived.sync().await;
        let mine = stage.deceived.shop.product(&stage.mine).await.unwrap();
        assert_eq!(mine.title, stage.title);
    }
}

#[tokio::test]
async fn sums_cursors_and_names_that_lie() {
    Stage::set().await.play(sums()).await;
}

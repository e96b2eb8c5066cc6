//! R12: what answers is no marketplace, or one that lies. Wrong digests, bodies without an end, drips, redirects in a
//! circle, captive portals, lengths that do not hold, bombs, words that mean something else: whatever is said, there is
//! a clear fault or calm, never a panic and never a hang; what was waiting still waits, nothing is taken over by half;
//! and with a true marketplace the same shop then goes on as if nothing had been.
//!
//! Each case is one row of a table: where the lie is told, what it is, and how syncing may stand after it.
//!
//! | file | lies |
//! |---|---|
//! | `hostile/line.rs` | the connection, the head, lengths, encodings |
//! | `hostile/words.rs` | JSON that is broken, or well formed and wrong |
//! | `hostile/photos.rs` | renditions, both ways |
//! | `hostile/numbers.rs` | blocks of tracking numbers |
//! | `hostile/stream.rs` | the event stream |
//! | `hostile/sign_in.rs` | what is asked before a marketplace is joined |
//! | `hostile/slow.rs` | silence and drips, on a clock that is moved by hand |

#[path = "hostile/line.rs"]
mod line;
#[path = "hostile/numbers.rs"]
mod numbers;
#[path = "hostile/photos.rs"]
mod photos;
#[path = "hostile/sign_in.rs"]
mod sign_in;
#[path = "hostile/slow.rs"]
mod slow;
#[path = "hostile/stream.rs"]
mod stream;
#[path = "hostile/words.rs"]
mod words;

use super::liar::{Liar, Lie};
use super::time::hurried;
use super::world::{Laptop, Market, noise};
use shop::Code;
use shop::stock::view::MoveReason;
use shop::syncing::view::SyncPhase;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

/// Every wait of a case together is shorter, in the hurried time of these tests.
const LONG: Duration = Duration::from_secs(300);

/// More requests than this while one lie is told would be a storm.
const REQUESTS: usize = 60;

/// How syncing may stand after a lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ends {
    /// Nothing answers.
    Offline,
    /// What answers is out of order.
    Troubled,
    /// It says that this is another's laptop.
    SignedOut,
    /// Everything was carried, but it is not certain that both sides hold the same.
    Unsure,
    /// It did no harm: everything was carried all the same.
    Carried,
    /// Any of the above, by who was first: other requests were answered well at the same time.
    Calm,
}

struct Case {
    name: &'static str,
    lies: Vec<(&'static str, Lie)>,
    ends: Ends,
}

fn case(name: &'static str, at: &'static str, lie: Lie, ends: Ends) -> Case {
    Case {
        name,
        lies: vec![(at, lie)],
        ends,
    }
}

/// A little more than a day.
const DAY_MS: i64 = 25 * 60 * 60 * 1000;
const PUSH: &str = "POST /api/v1/push";
const FEED: &str = "GET /api/v1/feed";
const ME: &str = "GET /api/v1/me";
const ANYTHING: &str = "/api/v1/";

/// A laptop that hears lies, and another one of the same shop that hears the truth.
struct Stage {
    liar: Liar,
    deceived: Laptop,
    other: Laptop,
    /// A piece that the deceived laptop works on, and one that the other one does.
    mine: String,
    theirs: String,
    /// What was done to the first of them, at last.
    title: String,
    on_hand: i64,
    _market: Market,
}

impl Stage {
    async fn set() -> Self {
        let market = Market::start().await;
        let liar = Liar::before(market.address()).await;
        let deceived = Laptop::signed_in(&market, &liar.url()).await;
        let other = Laptop::signed_in(&market, &market.url()).await;
        let mine = deceived.piece("Olla", noise(16, 1)).await.id;
        let theirs = other.piece("Comal", noise(16, 2)).await.id;
        for laptop in [&deceived, &other, &deceived] {
            laptop.sync().await;
        }
        Self {
            liar,
            deceived,
            other,
            mine,
            theirs,
            title: "Olla".into(),
            on_hand: 3,
            _market: market,
        }
    }

    async fn play(&mut self, cases: Vec<Case>) {
        let began = std::time::Instant::now();
        let count = cases.len();
        for case in cases {
            self.suffer(case).await;
        }
        self.other_has_it("at the end").await;
        println!("{count} lies in {:?}", began.elapsed());
    }

    /// There is something to send and something to fetch; then the lie; then the truth again.
    async fn suffer(&mut self, case: Case) {
        let Case { name, lies, ends } = case;
        let deceived = &self.deceived;
        self.other.title(&self.theirs, &format!("B {name}")).await;
        self.other_has_it(name).await;
        deceived.title(&self.mine, &format!("A {name}")).await;
        deceived
            .shop
            .stock_move(&self.mine, 1, MoveReason::Made, "")
            .await
            .unwrap();
        self.on_hand += 1;
        let waiting = deceived.shop.sync_state().await.unwrap().waiting;
        assert_eq!(waiting, 2, "{name}");

        if lies.iter().any(|(at, _)| *at == ME) {
            // Who we are is asked once a day.
            deceived.clock.by_ms.fetch_add(DAY_MS, Ordering::SeqCst);
        }
        self.liar.lies(&lies);
        // Only here there is a reason to wait.
        let hurried = hurried();
        let began = Instant::now();
        let heard = deceived.shop.sync_once(LONG).await;
        assert!(
            began.elapsed() < LONG,
            "{name}: it did not come to rest by itself"
        );
        drop(hurried);
        assert!(self.liar.told() > 0, "{name}: nobody listened");
        assert!(
            self.liar.requests() <= REQUESTS,
            "{name}: {} requests",
            self.liar.requests()
        );
        self.liar.is_honest();
        let stands = match &heard {
            Err(fault) if fault.code == Code::NotSignedIn => Ends::SignedOut,
            Err(fault) => panic!("{name}: {fault}"),
            Ok(state) => match state.phase {
                SyncPhase::Offline => Ends::Offline,
                SyncPhase::Troubled => Ends::Troubled,
                SyncPhase::Idle => Ends::Carried,
                SyncPhase::Comparing => Ends::Unsure,
                phase => panic!("{name}: {phase:?}"),
            },
        };
        assert!(
            // Time is hurried: on a machine that is slow just then any request may run out of it.
            ends == Ends::Calm || stands == ends || stands == Ends::Offline,
            "{name}: {stands:?}, {heard:?}"
        );
        let state = deceived.shop.sync_state().await.unwrap();
        assert!(state.refused.is_empty(), "{name}: {state:?}");
        if lies.iter().any(|(at, _)| PUSH.contains(at)) && stands != Ends::Carried {
            assert_eq!(state.waiting, waiting, "{name}: what was waiting still waits");
        }
        let mine = deceived.shop.product(&self.mine).await.unwrap();
        assert_eq!(
            (mine.title, mine.on_hand),
            (format!("A {name}"), self.on_hand),
            "{name}"
        );

        // Work goes on, and once there is a true marketplace everything is where it belongs.
        self.title = format!("A2 {name}");
        deceived.title(&self.mine, &self.title).await;
        deceived.sync().await;
        let mine = deceived.shop.product(&self.mine).await.unwrap();
        assert_eq!((&mine.title, mine.on_hand), (&self.title, self.on_hand), "{name}");
        let theirs = deceived.shop.product(&self.theirs).await.unwrap();
        assert_eq!((theirs.title, theirs.on_hand), (format!("B {name}"), 3), "{name}");
        assert_eq!(deceived.shop.sync_state().await.unwrap().conflicts, 0, "{name}");
    }

    /// All that the deceived laptop did has come to the other one.
    async fn other_has_it(&self, name: &str) {
        self.other.sync().await;
        let mine = self.other.shop.product(&self.mine).await.unwrap();
        assert_eq!(
            (&mine.title, mine.on_hand),
            (&self.title, self.on_hand),
            "before {name}"
        );
        assert_eq!(
            self.other.shop.sync_state().await.unwrap().conflicts,
            0,
            "before {name}"
        );
    }
}

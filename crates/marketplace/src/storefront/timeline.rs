//! A parcel's way, as people read it.

use crate::web::Page;
use api::order::{OrderState, OrderStatus, ParcelEvent, ParcelState};
use postal::parcel_state::{ParcelEventKind, ParcelNow, fold};

/// What is said of a parcel when the counter would not take it.
pub const REFUSED: &str = "X_REFUSED";

/// Codes of EMSEVT V3 (UPU M40) that have words in the message files.
pub const CODES: [&str; 13] = [
    "EMA", "EMB", "EMC", "EMD", "EME", "EMF", "EMG", "EDG", "EDH", "EMH", "EMI", "EXA", "EDB",
];

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    pub at_ms: i64,
    pub when: String,
    pub what: String,
    pub place: String,
    pub reason: String,
    /// "good", "bad" or "plain".
    pub tone: &'static str,
}

/// A step of the order's way on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub words: String,
    pub is_done: bool,
    pub is_now: bool,
}

/// Where the parcel is.
pub fn now(parcel: &ParcelState) -> ParcelNow {
    let events: Vec<_> = parcel.events.iter().map(as_postal).collect();
    fold(&events)
}

/// Where it would be after one more event.
pub fn after(parcel: &ParcelState, code: &str, at_ms: i64) -> ParcelNow {
    let next = ParcelEvent {
        at_ms,
        code: code.to_owned(),
        place: String::new(),
        reason: None,
    };
    let events: Vec<_> = parcel.events.iter().chain([&next]).map(as_postal).collect();
    fold(&events)
}

fn as_postal(event: &ParcelEvent) -> postal::ParcelEvent {
    let kind = if event.code == REFUSED {
        ParcelEventKind::RejectedAtCounter {
            reason: event.reason.clone().unwrap_or_default(),
        }
    } else {
        ParcelEventKind::Scanned {
            code: event.code.clone(),
        }
    };
    postal::ParcelEvent {
        at: event.at_ms,
        kind,
        place: (!event.place.is_empty()).then(|| event.place.clone()),
    }
}

/// The words of a code of the post.
pub fn code_words(page: &Page, code: &str) -> String {
    if code == REFUSED {
        page.t("event-refused")
    } else if CODES.contains(&code) {
        page.t(&format!("event-{}", code.to_lowercase()))
    } else {
        page.ts("event-other", "code", code)
    }
}

/// Everything that happened to an order and its parcels, the latest first.
pub fn happenings(page: &Page, order: &OrderState, parcels: &[ParcelState]) -> Vec<Happening> {
    let mut all: Vec<Happening> = Vec::new();
    for event in &order.events {
        // What the post says of the parcel is told with its place below.
        let by_post = event.by == "post" && event.status != OrderStatus::Cancelled;
        if !by_post {
            all.push(Happening {
                at_ms: event.at_ms,
                when: page.date_time(event.at_ms),
                what: page.t(&format!("status-{}", status_key(event.status))),
                place: String::new(),
                reason: match event.status {
                    OrderStatus::Cancelled => order.cancelled_reason.clone().unwrap_or_default(),
                    _ => String::new(),
                },
                tone: if event.status == OrderStatus::Cancelled {
                    "bad"
                } else {
                    "plain"
                },
            });
        }
    }
    for event in parcels.iter().flat_map(|parcel| &parcel.events) {
        all.push(Happening {
            at_ms: event.at_ms,
            when: page.date_time(event.at_ms),
            what: code_words(page, &event.code),
            place: event.place.clone(),
            reason: event.reason.clone().unwrap_or_default(),
            tone: match event.code.as_str() {
                "EMI" => "good",
                REFUSED | "EMH" | "EME" => "bad",
                _ => "plain",
            },
        });
    }
    all.sort_by_key(|happening| std::cmp::Reverse(happening.at_ms));
    all
}

pub fn status_key(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Placed => "placed",
        OrderStatus::Accepted => "accepted",
        OrderStatus::Packed => "packed",
        OrderStatus::Labelled => "labelled",
        OrderStatus::HandedIn => "handed-in",
        OrderStatus::Shipped => "shipped",
        OrderStatus::Delivered => "delivered",
        OrderStatus::Cancelled => "cancelled",
    }
}

/// The way in five steps; none for a cancelled order.
pub fn steps(page: &Page, status: OrderStatus) -> Vec<Step> {
    let steps = [
        (OrderStatus::Placed, "step-placed"),
        (OrderStatus::Accepted, "step-accepted"),
        (OrderStatus::Packed, "step-packed"),
        (OrderStatus::Shipped, "step-shipped"),
        (OrderStatus::Delivered, "step-delivered"),
    ];
    if status == OrderStatus::Cancelled {
        return Vec::new();
    }
    // With its label and in the drop-off it is still packed, for whoever waits for it.
    let reached = steps.iter().rposition(|(step, _)| *step <= status).unwrap_or(0);
    steps
        .iter()
        .enumerate()
        .map(|(at, (_, key))| Step {
            words: page.t(key),
            is_done: at <= reached,
            is_now: at == reached,
        })
        .collect()
}

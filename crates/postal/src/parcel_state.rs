//! Where a parcel is, from all that was ever said about it.
//!
//! The events of a parcel are a set: they arrive in any order, some twice, some days late. [`fold`] sorts
//! them and answers with one state, so that two laptops and the marketplace that hold the same events show
//! the same. What the post has seen is never taken back by what the seller says, and a parcel does not go
//! backwards: it only turns into a return, a hold or a refusal.
//!
//! Times of the seller's and the counter's events must grow with cause and effect (a hybrid logical
//! clock's milliseconds do); the post's own are its scans' times.

use serde::{Deserialize, Serialize};

/// The states of a parcel, in the order of its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParcelState {
    /// Being made ready.
    #[default]
    Draft,
    /// Weighed, addressed and checked.
    Ready,
    /// It has its S10 number.
    Numbered,
    /// Its label has been printed.
    Printed,
    /// On the list of a closed drop-off.
    Manifested,
    /// The seller says that it was left at the office.
    Dropped,
    /// The counter would not take it; the seller can put it right and bring it again.
    RejectedAtCounter,
    /// The seller took it back before the post had it. Its number is not used again.
    Void,
    /// The post has it.
    Accepted,
    InTransitOrigin,
    ExportCustoms,
    /// Held on the way out of the country.
    ExportHeld,
    InTransitInternational,
    ArrivedDestination,
    ImportCustoms,
    /// Held on the way in: the buyer often has to pay or answer.
    ImportHeld,
    InTransitDestination,
    AtDeliveryOffice,
    OutForDelivery,
    ReadyForPickup,
    DeliveryFailed,
    /// On its way back to the seller.
    Returning,
    /// By an inquiry's answer; a later scan finds it again.
    Lost,
    /// By an inquiry's answer.
    Damaged,
    /// With the addressee: the end.
    Delivered,
    /// Back with the seller: the end.
    Returned,
}

impl ParcelState {
    /// How far along the way, for a progress bar and for "never backwards". Side states share the rank of
    /// the stretch on which they happen; 0 to 20.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Draft => 0,
            Self::Ready | Self::RejectedAtCounter => 1,
            Self::Numbered => 2,
            Self::Printed => 3,
            Self::Manifested => 4,
            Self::Dropped => 5,
            Self::Void => 6,
            Self::Accepted => 10,
            Self::InTransitOrigin | Self::ExportCustoms | Self::ExportHeld => 11,
            Self::InTransitInternational => 12,
            Self::ArrivedDestination => 13,
            Self::ImportCustoms | Self::ImportHeld | Self::InTransitDestination => 14,
            Self::AtDeliveryOffice => 15,
            Self::OutForDelivery | Self::ReadyForPickup | Self::DeliveryFailed => 16,
            Self::Returning => 17,
            Self::Lost | Self::Damaged => 18,
            Self::Delivered | Self::Returned => 20,
        }
    }

    /// Whether the post has it, or had it.
    pub const fn with_the_post(self) -> bool {
        self.rank() >= Self::Accepted.rank()
    }

    /// Whether nothing more can come.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::Returned | Self::Void)
    }
}

/// What was said about a parcel.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ParcelEventKind {
    /// The seller weighed and addressed it.
    Readied,
    /// It took an S10 number.
    Numbered,
    /// Its label was printed.
    Printed,
    /// It was put on a drop-off's list.
    Manifested,
    /// The seller left it at the office.
    Dropped,
    /// The seller took it back. Counts only while the post does not have it.
    Voided,
    /// The counter would not take it.
    RejectedAtCounter { reason: String },
    /// A scan of the post by its code of EMSEVT V3 (UPU M40), such as `EMA`. A code that is not known is
    /// kept and changes nothing.
    Scanned { code: String },
    /// An inquiry ended: it is lost.
    Lost,
    /// An inquiry ended: it is damaged.
    Damaged,
}

/// One thing said about a parcel. Two equal events are one event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ParcelEvent {
    /// UTC milliseconds.
    pub at: i64,
    #[serde(flatten)]
    pub kind: ParcelEventKind,
    /// The office or country as the post names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

/// A parcel's state and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParcelNow {
    pub state: ParcelState,
    /// UTC milliseconds of the event that brought this state; none for a draft.
    pub since: Option<i64>,
    /// UTC milliseconds of the latest event of all.
    pub last_event: Option<i64>,
}

/// What a person should look into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attention {
    /// Left at the office long ago, and the post has not said so: ask at the counter.
    NotScanned,
    /// The counter refused it.
    Rejected,
    /// Customs has held it for long: ask the buyer whether they got a letter.
    Held,
    /// The delivery failed.
    DeliveryFailed,
    /// It is coming back.
    Returning,
    /// Nothing was heard for long: an inquiry may be made.
    Silent,
}

/// After how long a silence becomes worth a look. Each operator's profile has its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patience {
    /// Hours from left-at-the-office to the first scan.
    pub accept_hours: u32,
    /// Days in the hands of customs.
    pub held_days: u32,
    /// Days without any event.
    pub silent_days: u32,
}

/// The state that a set of events comes to. Order and repetition do not matter.
pub fn fold<'a>(events: impl IntoIterator<Item = &'a ParcelEvent>) -> ParcelNow {
    let mut events: Vec<&ParcelEvent> = events.into_iter().collect();
    events.sort();
    events.dedup();
    let mut now = ParcelNow {
        last_event: events.last().map(|event| event.at),
        ..ParcelNow::default()
    };
    // How far it had come before an inquiry said lost or damaged.
    let mut reached = ParcelState::Draft.rank();
    for event in events {
        let next = match &event.kind {
            ParcelEventKind::Scanned { code } => scanned(now.state, reached, code),
            said => by_people(now.state, said),
        };
        let Some(next) = next else { continue };
        if !matches!(next, ParcelState::Lost | ParcelState::Damaged) {
            reached = next.rank();
        }
        if next != now.state {
            now.state = next;
            now.since = Some(event.at);
        }
    }
    now
}

/// What the seller, the counter or an inquiry says.
fn by_people(state: ParcelState, said: &ParcelEventKind) -> Option<ParcelState> {
    use ParcelState as S;
    let with_seller = state.rank() < S::Void.rank();
    let forward = |to: S| {
        let may = state == S::RejectedAtCounter || (with_seller && to.rank() > state.rank());
        may.then_some(to)
    };
    match said {
        ParcelEventKind::Readied => forward(S::Ready),
        ParcelEventKind::Numbered => forward(S::Numbered),
        ParcelEventKind::Printed => forward(S::Printed),
        ParcelEventKind::Manifested => forward(S::Manifested),
        ParcelEventKind::Dropped => forward(S::Dropped),
        ParcelEventKind::Voided => (!state.with_the_post()).then_some(S::Void),
        ParcelEventKind::RejectedAtCounter { .. } => with_seller.then_some(S::RejectedAtCounter),
        ParcelEventKind::Lost => (state.with_the_post() && !state.is_final()).then_some(S::Lost),
        ParcelEventKind::Damaged => (state.with_the_post() && !state.is_final()).then_some(S::Damaged),
        ParcelEventKind::Scanned { .. } => None,
    }
}

/// What a scan of the post means, EMSEVT V3. A scan proves that the post has the parcel, whatever the
/// seller said of it before, even that it was taken back.
fn scanned(state: ParcelState, reached: u8, code: &str) -> Option<ParcelState> {
    use ParcelState as S;
    let to = match code {
        "EMA" => S::Accepted,
        "EMB" | "EXC" => S::InTransitOrigin,
        "EXA" => S::ExportCustoms,
        "EXB" | "EXD" => S::ExportHeld,
        "EXX" | "EDX" => S::Returning,
        "EMC" | "EMJ" | "EMK" => S::InTransitInternational,
        "EMD" => S::ArrivedDestination,
        "EDB" => S::ImportCustoms,
        "EDA" | "EME" => S::ImportHeld,
        "EDC" | "EMF" | "EDD" | "EDE" | "EMX" => S::InTransitDestination,
        "EMG" | "EDF" => S::AtDeliveryOffice,
        "EDG" => S::OutForDelivery,
        "EDH" => S::ReadyForPickup,
        "EMH" => S::DeliveryFailed,
        "EMI" => S::Delivered,
        _ => return None,
    };
    match state {
        S::Delivered | S::Returned => None,
        S::Returning if to == S::Delivered => Some(S::Returned),
        _ if reached == S::Returning.rank() && to == S::Delivered => Some(S::Returned),
        _ => (to.rank() >= reached || !state.with_the_post()).then_some(to),
    }
}

/// What is worth a look at `now_ms`, if anything.
pub fn attention(parcel: &ParcelNow, now_ms: i64, patience: &Patience) -> Option<Attention> {
    use ParcelState as S;
    const HOUR: i64 = 3_600_000;
    let waited = |from: Option<i64>, hours: u32| {
        from.is_some_and(|from| now_ms.saturating_sub(from) >= i64::from(hours) * HOUR)
    };
    match parcel.state {
        S::RejectedAtCounter => Some(Attention::Rejected),
        S::Dropped if waited(parcel.since, patience.accept_hours) => Some(Attention::NotScanned),
        S::ImportHeld | S::ExportHeld if waited(parcel.since, patience.held_days * 24) => {
            Some(Attention::Held)
        }
        S::DeliveryFailed => Some(Attention::DeliveryFailed),
        S::Returning => Some(Attention::Returning),
        S::Lost | S::Damaged => None,
        state if state.with_the_post() && !state.is_final() => {
            waited(parcel.last_event, patience.silent_days * 24).then_some(Attention::Silent)
        }
        _ => None,
    }
}

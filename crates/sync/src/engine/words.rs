//! What goes into the engine and what comes out of it.

use api::feed::FeedPage;
use api::intent::{Intent, IntentAnswer, PushAnswer};
use api::lease::{Lease, LeaseRequest};
use std::collections::BTreeSet;

/// Names one job. Tickets grow; an answer to a ticket that is no longer awaited is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// Something happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The first event of an engine: how things stand on this laptop.
    Started(Beginning),
    /// The outbox, the uploads or the numbers have changed.
    LocalChange,
    /// A laptop of the shop is named that is not known here.
    Stranger,
    /// A person wants it done now: waiting times are forgotten.
    Now,
    /// The marketplace's feed has moved. Never more than a reason to look.
    Hint {
        stream: Ticket,
        position: u64,
    },
    StreamUp {
        stream: Ticket,
    },
    StreamDown {
        stream: Ticket,
        trouble: Trouble,
    },
    /// The time of the last [`Effect::WakeAt`] has come.
    Tick,
    Answer {
        ticket: Ticket,
        result: Result<Answer, Trouble>,
    },
    /// This laptop has tokens now. The feed is read from `cursor` on.
    SignedIn {
        cursor: Option<String>,
    },
    SignedOut,
    Pause(bool),
}

/// How things stand when the engine starts.
#[derive(Clone, Debug, Default)]
pub struct Beginning {
    pub signed_in: bool,
    pub revoked: bool,
    pub paused: bool,
    pub cursor: Option<String>,
    /// The marketplace said not long ago who we are.
    pub known: bool,
    /// Whether to hold an event stream open and reconcile; without it the engine comes to rest once
    /// everything is carried or something fails.
    pub stay: bool,
}

/// What the engine wants done.
#[derive(Clone, Debug)]
pub enum Effect {
    /// To be answered by [`Event::Answer`] with the same ticket, exactly once.
    Do(Ticket, Job),
    /// To be answered by `StreamUp` and, whenever it ends or never begins, `StreamDown`.
    OpenStream(Ticket),
    CloseStream,
    /// Abandon every job: nobody waits for the answers any more.
    Abandon,
    /// Send a `Tick` at this time; none: no need. Replaces the earlier one.
    WakeAt(Option<i64>),
    Status(Status),
}

/// One piece of work, on the disk or over the network.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Disk. Answer: `Outbox`. Waiting intents after a number, in order of (epoch, seq); those that were
    /// deferred before only when `deferred`.
    LoadOutbox {
        after: Option<(u32, u64)>,
        limit: usize,
        deferred: bool,
    },
    /// Network. Answer: `Pushed`.
    Push(Vec<Intent>),
    /// Disk, one transaction. Answer: `Recorded`.
    Record(Vec<IntentAnswer>),
    /// Network. Answer: `Page`.
    PullFeed { after: Option<String> },
    /// Disk, one transaction with the cursor. Answer: `Done`; `Differs` when the page tells a sum that is not this
    /// laptop's; `Known` when nothing of it was new and others follow.
    Apply(FeedPage),
    /// Network and disk: what differs is found and taken over
    /// anew. Answer: `Done`; trouble `Gone` when the marketplace lacks what it once said.
    Mend,
    /// Disk: the cursor is worth nothing; recent intents are offered again. Answer: `Done`.
    ForgetCursor,
    /// Disk. Answer: `Upload`: the most urgent rendition to send that is not set aside.
    LoadUpload { except: BTreeSet<String> },
    /// Network. Answer: `Need`.
    OfferPhoto(Upload),
    /// Network. Answer: `Need`, by the marketplace's count.
    SendChunk { upload: Upload, n: u32 },
    /// Disk. Answer: `Done`.
    MarkSent { hash: String },
    /// Disk. Answer: `Download`.
    LoadDownload { except: BTreeSet<String> },
    /// Network and disk: fetched, verified, written. Answer: `Done`, or `NotThere`.
    FetchPhoto { hash: String },
    /// Disk: are there numbers enough? Answer: `LeaseWanted`.
    LoadLease,
    /// Network. Answer: `Leased`.
    RequestLease(LeaseRequest),
    /// Disk. Answer: `Done`.
    SaveLease(Lease),
    /// Network and disk: who we are. Answer: `Done`.
    FetchMe,
    /// Network and keyring. Answer: `Done`.
    RefreshToken,
}

impl Job {
    /// Whether it needs the marketplace.
    pub fn is_network(&self) -> bool {
        matches!(
            self,
            Self::Push(_)
                | Self::PullFeed { .. }
                | Self::OfferPhoto(_)
                | Self::SendChunk { .. }
                | Self::Mend
                | Self::FetchPhoto { .. }
                | Self::RequestLease(_)
                | Self::FetchMe
                | Self::RefreshToken
        )
    }
}

/// A rendition on its way to the marketplace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// BLAKE3, lower-case hex.
    pub hash: String,
    pub bytes: u64,
}

/// What a job gave.
#[derive(Clone, Debug)]
pub enum Answer {
    Done,
    /// `more`: there were others after them.
    Outbox {
        intents: Vec<Intent>,
        more: bool,
    },
    Pushed(PushAnswer),
    /// `renumbered`: the waiting intents got a new epoch.
    Recorded {
        renumbered: bool,
    },
    Page(FeedPage),
    Differs,
    /// Of a page that is not the last one: taken over, and all of it was here already, as it is. So many records are here.
    Known {
        records: u64,
    },
    Upload(Option<Upload>),
    /// Chunks that the marketplace lacks; empty when it has all.
    Need(Vec<u32>),
    Download(Option<String>),
    /// The marketplace does not have this photo yet.
    NotThere,
    LeaseWanted(Option<LeaseRequest>),
    Leased(Lease),
}

/// Why a job failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// Nothing answers, or it was cut off.
    #[error("nothing answers")]
    Unreachable,
    /// What answers is no marketplace: a captive portal, a wrong address.
    #[error("what answers is no marketplace")]
    NotAMarketplace,
    /// It answers that it cannot now.
    #[error("the marketplace is busy")]
    Busy { retry_after_ms: Option<i64> },
    /// Something broke on its side while it did this: perhaps it always will.
    #[error("the marketplace broke")]
    Broken,
    /// The access token has run out.
    #[error("the access token has run out")]
    TokenExpired,
    /// No token helps any more: a person must sign in.
    #[error("signing in is needed")]
    SignInNeeded,
    #[error("this laptop was revoked")]
    Revoked,
    /// The cursor is worth nothing any more.
    #[error("the cursor is gone")]
    Gone,
    /// It does not take this request, now or later. The code is one of `api::fault::code`.
    #[error("refused: {code}")]
    Refused { code: String },
    /// This laptop's own disk or database.
    #[error("local: {cause}")]
    Local { cause: String },
}

/// What a person should know, as one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    SignedOut,
    Idle,
    Sending,
    Receiving,
    SendingPhotos,
    /// Everything was carried, and yet the two sides do not hold the same: it is looked at again.
    Comparing,
    Offline,
    Troubled,
    Revoked,
    Paused,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub phase: Phase,
    /// What is behind `Offline` and `Troubled`.
    pub trouble: Option<Trouble>,
    /// When it tries again by itself.
    pub retry_ms: Option<i64>,
    /// When both sides last had everything.
    pub agreed_ms: Option<i64>,
}

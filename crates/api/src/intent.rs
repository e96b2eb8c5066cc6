//! What a laptop asks the marketplace to take over: the rows of its outbox.

use crate::clock::Stamp;
use crate::drop_off::DropOff;
use crate::feed::Entry;
use crate::order::Parcel;
use crate::photo::PhotoRef;
use crate::stock::Movement;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// One intent. Idempotent by `id` and the digest of its body: sent again, it is answered `already`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Intent {
    pub id: String,
    /// Raised when a restored or cloned shop would use sequence numbers again.
    pub epoch: u32,
    /// Dense within a laptop's epoch, from 1.
    pub seq: u64,
    pub schema: u16,
    pub stamp: Stamp,
    /// The highest position of the feed that the laptop had taken over when the person did this. What another laptop
    /// wrote after it, this person did not know of.
    #[serde(default)]
    pub base: u64,
    /// Refused together with any of these.
    #[serde(default)]
    pub depends_on: Vec<String>,
    pub action: Action,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "verb", rename_all = "snake_case")]
pub enum Action {
    /// Fields by name (`product::field`), each written under the intent's stamp.
    SetProduct {
        product_id: String,
        fields: BTreeMap<String, serde_json::Value>,
    },
    AttachPhoto {
        product_id: String,
        photo: PhotoRef,
        place: String,
    },
    PlacePhoto {
        product_id: String,
        hash: String,
        place: String,
    },
    DetachPhoto {
        product_id: String,
        hash: String,
    },
    MoveStock {
        movement: Movement,
    },
    AcceptOrder {
        order_id: String,
    },
    PackOrder {
        order_id: String,
    },
    CancelOrder {
        order_id: String,
        reason: String,
    },
    /// The parcel has its number and its label: the order is `Labelled`.
    NumberParcel {
        parcel: Parcel,
    },
    CloseDropOff {
        drop_off: DropOff,
    },
    LeaveDropOff {
        drop_off_id: String,
        at_ms: i64,
    },
    /// The person has looked at both values. Which of them stands is said by a `SetProduct` of its own, if another
    /// one is to.
    SettleConflict {
        conflict_id: String,
    },
}

/// The query of `POST /push`.
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PushRequest {
    /// Intents that were applied are only counted: [`PushAnswer::applied`].
    pub brief: Option<bool>,
}

/// `POST /push`
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Push {
    pub intents: Vec<Intent>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PushAnswer {
    /// One for each intent, in their order; but see `applied`.
    pub answers: Vec<IntentAnswer>,
    /// How many intents were applied and are left out of `answers`, because the laptop asked for `brief`.
    #[serde(default, skip_serializing_if = "is_none")]
    pub applied: usize,
    pub server_ms: i64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_none(count: &usize) -> bool {
    *count == 0
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct IntentAnswer {
    pub id: String,
    #[serde(flatten)]
    pub outcome: Outcome,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Applied,
    /// It was applied before: the first answer got lost.
    Already,
    /// Never will be. `code` says why (`refusal`), `present` how things stand.
    Refused {
        code: String,
        #[serde(default)]
        present: Option<Entry>,
    },
    /// Not yet: send it again later.
    Deferred {
        code: String,
    },
}

/// Why an intent is refused or deferred.
pub mod refusal {
    /// A field is missing, too long or out of its range.
    pub const INVALID: &str = "invalid";
    /// The order has moved on and does not take this step any more.
    pub const ORDER_MOVED_ON: &str = "order_moved_on";
    pub const NO_SUCH_ORDER: &str = "no_such_order";
    pub const NO_SUCH_PRODUCT: &str = "no_such_product";
    pub const NO_SUCH_PARCEL: &str = "no_such_parcel";
    /// The number is on another parcel, or not in a lease of this laptop.
    pub const NUMBER_TAKEN: &str = "number_taken";
    pub const NUMBER_NOT_LEASED: &str = "number_not_leased";
    /// The parcel is in a drop-off that is closed.
    pub const PARCEL_TAKEN: &str = "parcel_taken";
    /// An intent that it depends on was refused.
    pub const DEPENDS_ON_REFUSED: &str = "depends_on_refused";
    /// The same id came with another body.
    pub const ID_REUSED: &str = "id_reused";
    /// This sequence number was used by another intent: the laptop must take a new epoch.
    pub const EPOCH_REUSED: &str = "epoch_reused";
    /// Deferred: an intent that it depends on has not arrived.
    pub const WAITS: &str = "waits";
    /// Deferred: this marketplace is older than the laptop.
    pub const NEWER_SCHEMA: &str = "newer_schema";

    pub const ALL: [&str; 13] = [
        INVALID,
        ORDER_MOVED_ON,
        NO_SUCH_ORDER,
        NO_SUCH_PRODUCT,
        NO_SUCH_PARCEL,
        NUMBER_TAKEN,
        NUMBER_NOT_LEASED,
        PARCEL_TAKEN,
        DEPENDS_ON_REFUSED,
        ID_REUSED,
        EPOCH_REUSED,
        WAITS,
        NEWER_SCHEMA,
    ];
}

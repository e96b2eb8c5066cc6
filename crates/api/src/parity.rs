//! Proof that a laptop holds what the marketplace said: sums that are compared, and narrowed down when they differ.
//!
//! A record's digest is the first 16 hexadecimal letters of BLAKE3 over its kind, a zero byte, its id, a zero byte and its
//! state as canonical JSON (fields sorted, no spaces). A sum is the digests added up as 64-bit numbers, without
//! carry-out, so that a record can be taken out of it and another be put in; it travels as 16 hexadecimal letters. A
//! record belongs to the bucket of the first two letters of BLAKE3 over its kind, a zero byte and its id.

use crate::feed::Entry;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// `GET /parity`
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ParityRequest {
    /// Two hexadecimal letters; absent for the sums of all buckets.
    pub bucket: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParityAnswer {
    /// The sum of each bucket that is not empty.
    Buckets(BTreeMap<String, String>),
    /// The records of one bucket.
    Records(Vec<RecordDigest>),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordDigest {
    pub kind: String,
    pub id: String,
    pub digest: String,
}

/// `POST /records`: how these records stand now. Those that the marketplace does not have are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecordsRequest {
    /// At most [`crate::limits::ENTRIES_PER_PAGE`].
    pub records: Vec<RecordName>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
pub struct RecordName {
    pub kind: String,
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct RecordsAnswer {
    pub entries: Vec<Entry>,
}

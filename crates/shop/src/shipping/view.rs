//! Parcels, drop-offs and offices as a person sees them.

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PaperSize {
    /// 100 × 150 mm, a label printer.
    Label,
    A4,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LabelChoice {
    pub order_id: String,
    /// A key of `ServiceChoice`.
    pub service: String,
    /// With the packing.
    pub weight_g: i64,
    pub paper: PaperSize,
    /// Which quarter of an A4 sheet is next, 0 to 3.
    pub slot: u8,
}

/// A paper that was written; `path` is inside the shop's folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Paper {
    pub path: String,
    /// False when no program for PDFs opened it: the person finds it under `path`.
    pub opened: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ParcelCard {
    pub id: String,
    pub order_id: String,
    pub order_number: String,
    pub s10: String,
    /// "RR 473 124 829 MX"
    pub s10_shown: String,
    pub addressee: String,
    pub destination: String,
    pub service: String,
    pub weight_g: i64,
    pub photo: Option<String>,
    /// "waiting", "handed_in", "accepted", "refused", "on_the_way", "delivered"
    pub state: String,
    pub refused_reason: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DropOffStep {
    Closed,
    Left,
    Accepted,
    PartlyAccepted,
    Refused,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DropOffCard {
    pub id: String,
    pub number: String,
    pub office_code: String,
    pub office_name: String,
    pub parcels: u32,
    pub weight_g: i64,
    pub step: DropOffStep,
    pub closed_ms: i64,
    pub left_ms: Option<i64>,
    pub decided_ms: Option<i64>,
    pub waiting: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DropOffView {
    pub card: DropOffCard,
    pub lines: Vec<ParcelCard>,
    pub office: Option<OfficeView>,
}

/// The Drop-offs screen: what lies ready, and what was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DropOffPage {
    pub ready: Vec<ParcelCard>,
    pub office: Option<OfficeView>,
    pub past: Vec<DropOffCard>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OfficeView {
    pub code: String,
    pub name: String,
    pub address: String,
    pub hours: String,
    /// Takes parcels for abroad.
    pub international: bool,
    /// Has a terminal that scans.
    pub terminal: bool,
}

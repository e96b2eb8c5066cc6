//! The shop and this laptop's settings.

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    #[default]
    Normal,
    Large,
}

/// Settings of this laptop; not synced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Preferences {
    /// "es", "en" or "fr".
    pub language: String,
    pub theme: Theme,
    pub text_size: TextSize,
    pub laptop_name: String,
    /// The post's code of the office where parcels are left.
    pub office: Option<String>,
    pub paper: crate::shipping::view::PaperSize,
}

/// What the first screen asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShopBeginning {
    pub shop_name: String,
    pub seller_name: String,
    pub language: String,
}

/// Who sells, from where; from the marketplace once signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ShopState {
    /// True until `shop_begin`.
    pub new: bool,
    pub shop_name: String,
    pub seller_name: String,
    /// "Tlaquepaque, Jal."
    pub place: String,
    /// ISO 4217
    pub currency: String,
    pub signed_in: bool,
    pub key: crate::credentials::view::KeyPlace,
    /// The marketplace's address, "" before the first sign-in.
    pub server: String,
    pub email: String,
    pub operator_name: String,
    pub preferences: Preferences,
    pub version: String,
    pub folder: String,
}

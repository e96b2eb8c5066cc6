//! The post's rules: numbers, addresses, services, a parcel's way, and what each operator offers. Pure.
//!
//! Whatever a post can change (services, limits, suspensions, offices, prices) is dated data in `data/`,
//! each record with its source; the code only knows how to read it.

pub mod address;
pub mod country;
pub mod drop_off_number;
pub mod office;
pub mod parcel_state;
pub mod profile;
pub mod s10;
pub mod service;
pub mod tariff;
mod typed;

pub use address::Address;
pub use drop_off_number::DropOffNumber;
pub use office::Office;
pub use parcel_state::{ParcelEvent, ParcelState};
pub use profile::{Profile, profile};
pub use s10::S10;
pub use service::{ParcelSize, Service};

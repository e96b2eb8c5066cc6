//! The reference central marketplace: API, storefront and counter.
//!
//! - [`Server`] runs it; the binary `marketplace` and other crates' tests start it the same way.
//! - `api`: what laptops call. `storefront`: pages for buyers. `counter`: pages for the post office.
//!   `seller`: pages on which a seller lets laptops in. `web`: what all pages share.
//! - `push`, `orders`, `photos`, `leases`, `payment`, `accounts`: what it does.
//! - `records`: the SQL.

pub mod accounts;
mod api;
pub mod clock;
mod config;
mod counter;
mod error;
mod hints;
mod leases;
mod limits;
mod orders;
pub mod payment;
mod percent;
mod photos;
mod push;
mod random;
pub mod records;
mod restored;
mod search;
mod seller;
mod server;
mod state;
mod storefront;
mod terms;
mod web;
mod words;

pub use api::openapi_json;
pub use config::Config;
pub use error::Error;
pub use restored::restored;
pub use server::Server;
pub use state::profile;

//! Shared by tests and the sample shop: the sample catalogue, a way to a server
//! that can be cut, and a visitor of its pages.

pub mod proxy;
pub mod sample;
pub mod visitor;

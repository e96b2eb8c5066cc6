//! Sellers and clerks, their passwords, their browsers and their laptops.

pub mod add;
pub mod devices;
pub mod password;
pub mod refresh;

//! Tokens, the keyring and signing in.

pub mod view;

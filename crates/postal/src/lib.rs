//! The post's rules: S10, addresses, services, operator profiles. Pure.

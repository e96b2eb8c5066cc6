//! The reference central marketplace: API, storefront and counter.

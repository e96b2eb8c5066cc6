//! Blocks of tracking numbers.

use super::Market;
use api::lease::{Lease, LeaseRequest};

const LEASE_MS: i64 = 40 * 24 * 60 * 60_000;

/// The serial number in a tracking number as the simulator writes them: "RR00000042".
pub fn serial(s10: &str) -> Option<u32> {
    s10.strip_prefix("RR")
        .filter(|digits| digits.len() == 8)?
        .parse()
        .ok()
}

pub fn s10(serial: u32) -> String {
    format!("RR{serial:08}")
}

impl Market {
    pub fn lease(&mut self, laptop: &str, request: &LeaseRequest) -> Lease {
        if let Some(there) = self.leases.get(&request.id) {
            return there.clone();
        }
        let lease = Lease {
            id: request.id.clone(),
            indicator: request.indicator.clone(),
            country: "MX".into(),
            first: self.serials,
            end: self.serials + request.count,
            laptop_id: laptop.to_owned(),
            issued_ms: self.now_ms,
            expires_ms: self.now_ms + LEASE_MS,
        };
        self.serials = lease.end;
        self.leases.insert(lease.id.clone(), lease.clone());
        lease
    }

    pub fn serials(&self) -> u32 {
        self.serials
    }
}

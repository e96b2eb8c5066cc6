//! Numbers for parcels.

use super::{Block, Disk};
use api::lease::{Lease, LeaseRequest};

/// Few, so that leases are asked for often.
const ENOUGH: u32 = 2;
const ASKED: u32 = 3;

impl Disk {
    pub fn load_lease(&mut self, wall_ms: i64, id: impl FnOnce() -> String) -> Option<LeaseRequest> {
        if self.unused(wall_ms) >= ENOUGH {
            return None;
        }
        if self.asked.is_none() {
            self.asked = Some(LeaseRequest {
                id: id(),
                indicator: "RR".into(),
                count: ASKED,
            });
        }
        self.asked.clone()
    }

    fn unused(&self, wall_ms: i64) -> u32 {
        let now_ms = self.corrected_ms(wall_ms);
        let good = self.blocks.iter().filter(|block| block.lease.expires_ms > now_ms);
        good.map(|block| block.lease.end - block.next).sum()
    }

    pub fn save_lease(&mut self, lease: Lease) {
        if self.asked.as_ref().is_some_and(|asked| asked.id == lease.id) {
            self.asked = None;
        }
        if !self.blocks.iter().any(|block| block.lease.id == lease.id) {
            let next = lease.first;
            self.blocks.push(Block { lease, next });
        }
    }

    /// The next number, used for good.
    pub fn take_number(&mut self, wall_ms: i64) -> Option<u32> {
        let now_ms = self.corrected_ms(wall_ms);
        let block = self
            .blocks
            .iter_mut()
            .find(|block| block.lease.expires_ms > now_ms && block.next < block.lease.end)?;
        block.next += 1;
        Some(block.next - 1)
    }
}

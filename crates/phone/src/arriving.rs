//! A place for one photo on its way; given back however the upload ends.

use crate::inside::Inside;
use crate::state::Arriving;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// How often the app hears of progress, per photo.
const TELL: Duration = Duration::from_millis(100);

pub struct Place {
    inside: Arc<Inside>,
    phone: u32,
    number: u64,
    told: Instant,
}

impl Place {
    /// None when the phone or the door has enough under way.
    pub fn take(inside: &Arc<Inside>, phone: u32, name: &str, of: Option<u64>) -> Option<Self> {
        if !inside.phones().begin(phone) {
            return None;
        }
        let number = inside.next_arrival();
        inside.state.send_modify(|state| {
            state.arriving.push(Arriving {
                number,
                name: name.to_owned(),
                phone,
                bytes: 0,
                of,
            });
            state.receiving = state.arriving.len();
        });
        Some(Self {
            inside: inside.clone(),
            phone,
            number,
            told: Instant::now(),
        })
    }

    pub fn progress(&mut self, bytes: u64) {
        if self.told.elapsed() < TELL {
            return;
        }
        self.told = Instant::now();
        self.inside.state.send_modify(|state| {
            if let Some(photo) = state
                .arriving
                .iter_mut()
                .find(|photo| photo.number == self.number)
            {
                photo.bytes = bytes;
            }
        });
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.inside.phones().end(self.phone);
        self.inside.state.send_modify(|state| {
            state.arriving.retain(|photo| photo.number != self.number);
            state.receiving = state.arriving.len();
        });
    }
}

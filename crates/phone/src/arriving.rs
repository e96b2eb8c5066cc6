//! A place for one photo on its way; given back however the upload ends.

use crate::inside::Inside;
use crate::phones::Full;
use crate::state::Arriving;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// How often the app hears of progress, per photo.
const TELL: Duration = Duration::from_millis(100);
/// How long a photo waits for its turn, unread, before the phone is asked to come again.
const TURN: Duration = Duration::from_secs(5);

pub struct Place {
    inside: Arc<Inside>,
    phone: u32,
    number: u64,
    told: Instant,
}

impl Place {
    /// Waits a moment for a place when other phones have them all; none when this phone has enough under way.
    pub async fn take(inside: &Arc<Inside>, phone: u32, name: &str, of: Option<u64>) -> Option<Self> {
        let mut changes = inside.state.subscribe();
        let begins = async {
            loop {
                let begun = inside.phones().begin(phone);
                match begun {
                    Ok(()) => return true,
                    Err(Full::Phone) => return false,
                    // Somebody's place becomes free: the state tells.
                    Err(Full::Door) => {
                        if changes.changed().await.is_err() {
                            return false;
                        }
                    }
                }
            }
        };
        if !timeout(TURN, begins).await.unwrap_or(false) {
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

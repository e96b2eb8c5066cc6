//! Wakes the open event streams when a shop's feed has moved.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast;

/// Positions by shop. Only a hint: a stream that misses one asks the database at its next beat.
#[derive(Clone, Debug)]
pub struct Hints {
    sender: broadcast::Sender<(Arc<str>, i64)>,
    open: Arc<Mutex<HashMap<String, usize>>>,
}

impl Default for Hints {
    fn default() -> Self {
        Self {
            sender: broadcast::channel(1024).0,
            open: Arc::default(),
        }
    }
}

impl Hints {
    pub fn publish(&self, shop: &str, position: i64) {
        // Nobody listening is no fault.
        let _ = self.sender.send((shop.into(), position));
    }

    pub fn listen(&self) -> broadcast::Receiver<(Arc<str>, i64)> {
        self.sender.subscribe()
    }

    /// Counts a stream in, unless the shop has `most` already. Dropping the place counts it out.
    pub fn take_place(&self, shop: &str, most: usize) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(shop.to_owned()).or_default();
        if *count >= most {
            return None;
        }
        *count += 1;
        Some(Place {
            shop: shop.to_owned(),
            open: Arc::clone(&self.open),
        })
    }
}

/// One open stream of a shop.
#[derive(Debug)]
pub struct Place {
    shop: String,
    open: Arc<Mutex<HashMap<String, usize>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&self.shop) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.shop);
            }
        }
    }
}

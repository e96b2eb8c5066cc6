//! Time of waits, moved by hand, for tests that run on one thread. Clocks of laptops and stamps go on as they are.

use std::sync::mpsc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// Time stands still, except where [`tokio::time::advance`] moves it, until this is dropped.
pub struct Still(#[expect(dead_code, reason = "its end is what it is for")] mpsc::Sender<()>);

pub fn still() -> Still {
    let (keep, kept) = mpsc::channel::<()>();
    // While something blocks, time that is paused does not run ahead by itself.
    tokio::task::spawn_blocking(move || kept.recv());
    tokio::time::pause();
    Still(keep)
}

/// Time runs faster until this is dropped: waits between two tries are as long as ever for whoever waits, and take
/// a fraction of it. It is moved on the thread that does the work, so that a slow machine slows it down too.
pub struct Hurried {
    hand: JoinHandle<()>,
    _still: Still,
}

impl Drop for Hurried {
    fn drop(&mut self) {
        self.hand.abort();
        tokio::time::resume();
    }
}

/// Lets everything else go on for a millisecond, which counts as five.
pub async fn a_moment() {
    const MOMENT: Duration = Duration::from_millis(1);
    const TIMES: u32 = 5;
    // It ends with the runtime at the latest.
    let _ = tokio::task::spawn_blocking(|| std::thread::sleep(MOMENT)).await;
    tokio::time::advance(MOMENT * TIMES).await;
}

pub fn hurried() -> Hurried {
    let still = still();
    let hand = tokio::spawn(async {
        loop {
            a_moment().await;
        }
    });
    Hurried { hand, _still: still }
}

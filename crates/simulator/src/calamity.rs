//! What befalls laptops and the marketplace, besides the network.

use crate::disk::Key;
use crate::history::Happened;
use crate::world::{Coming, START_MS, World};
use sync::engine::words::Event;

const HOUR_MS: i64 = 60 * 60_000;
const DAY_MS: i64 = 24 * HOUR_MS;
const YEAR_MS: i64 = 365 * DAY_MS;
/// Laptops of one shop, clones included.
const LAPTOPS: usize = 5;

impl World {
    pub(crate) fn calamity(&mut self) {
        if self.calm {
            return;
        }
        let i = self.dice.roll(self.laptops.len());
        match self.dice.roll(21) {
            0 | 1 => {
                let off_ms = self.dice.between(500, HOUR_MS / 2);
                self.crash(i, off_ms);
            }
            2 | 3 => self.set_clock(i),
            4 if self.laptops[i].asleep_until.is_none() => {
                let until = self.now_ms + self.dice.between(60_000, HOUR_MS);
                self.tell(|| format!("laptop {i} sleeps"));
                self.laptops[i].asleep_until = Some(until);
            }
            5 => {
                self.tell(|| "all tokens run out".to_owned());
                self.token += 1;
            }
            6 if self.is_awake(i) => {
                let paused = !self.laptops[i].paused;
                self.tell(|| format!("laptop {i} is paused: {paused}"));
                self.laptops[i].paused = paused;
                self.event(i, Event::Pause(paused));
            }
            7 if self.is_awake(i) => self.event(i, Event::Now),
            8 | 9 => {
                self.tell(|| format!("laptop {i} is backed up"));
                self.laptops[i].backup = Some(self.laptops[i].disk.clone());
            }
            10 | 11 => self.restore(i),
            12 => self.clone_laptop(i),
            13 => {
                self.tell(|| "the marketplace is backed up".to_owned());
                self.yesterday = Some((Box::new(self.market.clone()), self.log.len()));
                if self.dice.roll(3) > 0 {
                    let later = self.dice.between(60_000, HOUR_MS);
                    self.after(later, Coming::PutBack);
                }
            }
            14 => self.put_marketplace_back(),
            15 => self.long_sleep(),
            16 | 17 => self.spoil_record(i),
            18 => {
                self.tell(|| "pages lose or change something".to_owned());
                self.flaws += 2;
            }
            19 => self.upgrade(i),
            20 => {
                self.tell(|| "the marketplace is a newer version".to_owned());
                self.market.schema = 2;
            }
            _ => {}
        }
    }

    fn is_awake(&self, i: usize) -> bool {
        self.laptops[i].on && self.laptops[i].asleep_until.is_none()
    }

    /// A laptop gets a newer version of the app.
    pub(crate) fn upgrade(&mut self, i: usize) {
        if !self.laptops[i].newer {
            self.tell(|| format!("laptop {i} gets a newer version"));
            self.laptops[i].newer = true;
            self.crash(i, 30_000);
        }
    }

    /// A record on a laptop's disk is lost, or becomes another one.
    fn spoil_record(&mut self, i: usize) {
        let keys: Vec<Key> = self.laptops[i].disk.bases.keys().cloned().collect();
        let Some(key) = self.dice.pick(&keys) else {
            return;
        };
        let lost = self.dice.roll(2) == 0;
        self.tell(|| format!("{key:?} on laptop {i}'s disk is spoiled, lost: {lost}"));
        let wall_ms = self.laptops[i].wall_ms(self.now_ms);
        let disk = &mut self.laptops[i].disk;
        if lost {
            disk.lose(key);
        } else {
            disk.bend(key, wall_ms, self.fault);
        }
    }

    /// Its clock is set wrong, or right again.
    fn set_clock(&mut self, i: usize) {
        let ahead_ms = match self.dice.roll(8) {
            0 => HOUR_MS,
            1 => -HOUR_MS,
            2 => 10 * YEAR_MS,
            3 => -10 * YEAR_MS,
            4 => 73 * YEAR_MS,
            5 => -START_MS,
            6 => self.dice.between(-90_000, 90_000),
            _ => 0,
        };
        self.tell(|| format!("laptop {i}'s clock is now {ahead_ms} ms ahead"));
        self.laptops[i].ahead_ms = ahead_ms;
        self.laptops[i].in_time = false;
        let life = self.laptops[i].life;
        let wait = self.dice.between(0, 20_000);
        self.after(wait, Coming::Look(i, life));
    }

    fn restore(&mut self, i: usize) {
        let Some(mut disk) = self.laptops[i].backup.clone() else {
            return;
        };
        self.tell(|| format!("laptop {i}'s backup is put back"));
        disk.awake_restored(self.fault);
        self.laptops[i].stop();
        self.laptops[i].disk = disk;
        self.laptops[i].in_time = false;
        self.laptops[i].shown.clear();
        self.after(5_000, Coming::Start(i));
    }

    fn clone_laptop(&mut self, i: usize) {
        if self.laptops.len() >= LAPTOPS {
            return;
        }
        let mut disk = self.laptops[i].disk.clone();
        disk.awake_elsewhere(format!("k{}", self.laptops.len()), self.fault);
        let clone = self.add_laptop(disk);
        self.laptops[clone].newer = self.laptops[i].newer;
        self.laptops[clone].ahead_ms = self.laptops[i].ahead_ms;
        self.tell(|| format!("laptop {i}'s folder is copied to laptop {clone}"));
        // In a month in which the shop is closed nobody copies folders.
        self.laptops[clone].asleep_until = self.laptops[i].asleep_until;
        self.after(0, Coming::Start(clone));
        self.people_come(4, HOUR_MS);
    }

    pub(crate) fn put_marketplace_back(&mut self) {
        if self.calm {
            return;
        }
        let Some((yesterday, happened)) = self.yesterday.take() else {
            return;
        };
        self.tell(|| "the marketplace is put back to its backup".to_owned());
        let first = yesterday.serials();
        self.market.put_back(&yesterday);
        self.log.truncate(happened);
        self.log.push(Happened::PassedOver {
            first,
            end: self.market.serials(),
            until_ms: i64::MAX,
        });
        self.put_back = true;
        for i in 0..self.laptops.len() {
            self.laptops[i].shown.clear();
            if let Some((stream, _)) = self.laptops[i].stream {
                let life = self.laptops[i].life;
                self.after(1, Coming::StreamDown(i, life, stream));
            }
        }
    }

    /// A month in which the whole shop is closed.
    fn long_sleep(&mut self) {
        if self.dice.roll(4) > 0 {
            return;
        }
        let until = self.now_ms + 30 * DAY_MS + self.dice.between(-HOUR_MS, HOUR_MS);
        self.tell(|| "every laptop sleeps for a month".to_owned());
        for laptop in &mut self.laptops {
            laptop.asleep_until = Some(until);
        }
    }
}

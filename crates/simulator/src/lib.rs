//! Laptops, the marketplace and all that goes wrong between them.
//!
//! One seed is one run, and always the same one: two to five laptops with the real engine (`sync::engine`), the
//! marketplace's real rules (`sync::authority`), and around them a network, clocks, disks and persons that are made up.
//! At the end the network heals, time passes, and everything is compared with what an oracle makes of it ([`oracle`]),
//! which knows neither the engine nor the rules.

mod calamity;
mod check;
mod dice;
mod disk;
pub mod fault;
mod history;
mod jobs;
mod laptop;
mod market;
mod network;
pub mod oracle;
mod persons;
mod photo;
mod talk;
mod world;

use disk::Disk;
use fault::Fault;
use world::{Coming, World};

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Run {
    /// What is wrong, if anything.
    pub failure: Option<String>,
    /// Events that engines took.
    pub steps: u64,
    /// What happened, line by line, when it was asked for.
    pub story: Vec<String>,
}

/// Runs a seed. `fault` plants one on purpose; `trace` keeps the story.
pub fn run(seed: u64, fault: Option<Fault>, trace: bool) -> Run {
    let mut world = World::new(seed, fault, trace);
    let laptops = 2 + world.dice.roll(4) / 2 + world.dice.roll(2);
    for i in 0..laptops {
        world.add_laptop(Disk::new(format!("k{i}")));
    }
    for i in 0..laptops {
        let wait = world.dice.between(0, 60_000);
        world.after(wait, Coming::Start(i));
    }
    let hours = world.dice.between(1, 4);
    let within_ms = hours * 60 * 60_000 / 2;
    let visits = 8 + world.dice.roll(20);
    world.people_come(visits, within_ms);
    for _ in 0..world.dice.roll(8) {
        let at = world.dice.between(0, within_ms);
        world.after(at, Coming::Buyer);
    }
    for _ in 0..world.dice.roll(4) {
        let at = world.dice.between(0, within_ms);
        world.after(at, Coming::Clerk);
    }
    for _ in 0..world.dice.roll(5) {
        let at = world.dice.between(0, within_ms);
        world.after(at, Coming::Weather);
    }
    for _ in 0..world.dice.roll(12) {
        let at = world.dice.between(0, within_ms);
        world.after(at, Coming::Calamity);
    }
    let until = world.now_ms + within_ms;
    world.run(until);
    world.heal();
    world.check();
    Run {
        failure: world.failure,
        steps: world.steps,
        story: world.story.unwrap_or_default(),
    }
}

//! Many photos: each has its answer, a bad one stops nobody, and all can be stopped.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::support::*;
use imaging::{Crew, Failure, Fault, Settings, develop, develop_many};

fn crew(workers: usize) -> Crew {
    Crew {
        workers: NonZeroUsize::new(workers).unwrap(),
        memory: 64 << 10,
    }
}

#[test]
fn every_photo_has_its_answer() {
    let good = Jpeg::default().quarters();
    let load = |number: usize| match number % 4 {
        0 => Err("the card was pulled out"),
        1 => Ok(good[..good.len() / 2].to_vec()),
        2 => Ok(b"a note".to_vec()),
        _ => Ok(good.clone()),
    };
    for workers in [1, 2, 7] {
        let mut answers = BTreeMap::new();
        let settings = Settings::default();
        let cancel = AtomicBool::new(false);
        let finished = develop_many(40, load, &settings, &crew(workers), &cancel, |number, answer| {
            assert!(answers.insert(number, answer).is_none(), "{number} came twice");
        });
        assert_eq!((finished, answers.len()), (40, 40));
        let whole = develop(&good, &settings.limits).unwrap();
        for (number, answer) in answers {
            match number % 4 {
                0 => assert_eq!(answer, Err(Failure::Load("the card was pulled out"))),
                1 => assert_eq!(answer, Err(Failure::Photo(Fault::Truncated))),
                2 => assert_eq!(answer, Err(Failure::Photo(Fault::NotAnImage))),
                _ => assert_eq!(answer, Ok(whole.clone())),
            }
        }
    }
}

#[test]
fn a_loader_that_panics_costs_one_photo() {
    let good = Jpeg::default().quarters();
    let load = |number: usize| {
        assert_ne!(number, 3, "on purpose");
        Ok::<_, Fault>(good.clone())
    };
    let mut failed = Vec::new();
    let cancel = AtomicBool::new(false);
    develop_many(
        6,
        load,
        &Settings::default(),
        &crew(2),
        &cancel,
        |number, answer| {
            if answer.is_err() {
                failed.push(number);
            }
        },
    );
    assert_eq!(failed, [3]);
}

#[test]
fn cancelled_work_ends_soon_and_says_how_far_it_came() {
    let good = Jpeg::default().quarters();
    let cancel = AtomicBool::new(false);
    let mut seen = 0;
    let finished = develop_many(
        100_000,
        |_| Ok::<_, Fault>(good.clone()),
        &Settings::default(),
        &crew(2),
        &cancel,
        |_, _| {
            seen += 1;
            if seen == 5 {
                cancel.store(true, Ordering::Relaxed);
            }
        },
    );
    // Each of two workers may have one in hand, one sent, and one more begun before it looks.
    assert_eq!(finished, seen);
    assert!((5..=12).contains(&finished), "{finished}");
}

#[test]
fn no_photos_are_no_work() {
    let cancel = AtomicBool::new(false);
    let load = |_: usize| Ok::<_, Fault>(Vec::new());
    assert_eq!(
        develop_many(0, load, &Settings::default(), &crew(2), &cancel, |_, _| {}),
        0
    );
}

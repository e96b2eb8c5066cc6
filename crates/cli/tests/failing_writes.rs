//! The disk says no at every single write of an evening's work: it is full, or broken, once or from then on.
//!
//! strace stands between the program and the system and answers in its place. Every call that changes a file by SQLite
//! or that names, keeps or cuts one is counted in a run that goes well; then each of them is refused in a run of its
//! own. What is written into the file of a photo is not among them, for that call also wakes threads.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod terminal;

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use terminal::Terminal;

const CALLS: &str =
    "pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,mkdir,unlink";

/// What the person is told may be one of these, and nothing vaguer.
const CLEAR: [&str; 2] = ["disk_full", "no_access"];

struct Step {
    name: &'static str,
    arguments: fn(&Path, &str) -> Vec<String>,
    /// What the shop holds that this changes.
    look: &'static [&'static str],
}

fn words(arguments: &[&str]) -> Vec<String> {
    arguments.iter().map(|word| (*word).to_owned()).collect()
}

const STEPS: [Step; 5] = [
    Step {
        name: "a new piece",
        arguments: |_, _| words(&["product", "add", "--title", "Olla nueva", "--price", "350"]),
        look: &["product", "list"],
    },
    Step {
        name: "another price",
        arguments: |_, piece| words(&["product", "edit", piece, "--price", "990"]),
        look: &["product", "list"],
    },
    Step {
        name: "stock",
        arguments: |_, piece| words(&["stock", "move", piece, "2"]),
        look: &["product", "list"],
    },
    Step {
        name: "a photo",
        arguments: |folder, piece| {
            let file = folder.join("foto-3.png");
            words(&["photo", "add", piece, file.to_str().unwrap()])
        },
        look: &["product", "list"],
    },
    Step {
        name: "a copy",
        arguments: |_, _| words(&["backup"]),
        look: &["product", "list"],
    },
];

#[derive(Clone, Copy, Debug)]
enum Refusal {
    /// From this call on: a disk that is full stays full.
    FullFrom(usize),
    /// This one only: a bad place on the disk.
    BrokenAt(usize),
}

fn under_strace(terminal: &Terminal<'_>, arguments: &[String], how: &[&str], log: &Path) -> Output {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let plain = terminal.command(&arguments);
    let mut command = Command::new("strace");
    command
        .args(["-f", "-qq", "-o"])
        .arg(log)
        .args(how)
        .arg(plain.get_program())
        .args(plain.get_args());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    command.stdin(Stdio::null()).output().unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// What a person sees of the shop, without what differs from run to run by itself.
fn seen(terminal: &Terminal<'_>, look: &[&str]) -> Value {
    fn without(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|name, _| {
                    !(name.ends_with("_ms") || name == "id" || name.ends_with("_id") || name == "sku")
                });
                fields.values_mut().for_each(without);
            }
            Value::Array(items) => items.iter_mut().for_each(without),
            _ => {}
        }
    }
    let mut value = terminal.run(look);
    without(&mut value);
    value
}

fn try_step(step: &Step, base: &Path, piece: &str) -> (usize, BTreeMap<String, usize>) {
    let folder = base.parent().unwrap();
    let log = folder.join(format!("strace-{}", step.name));
    let scratch = |n: usize| folder.join(format!("{} {n}", step.name));

    // How it goes when all is well, and how often it writes.
    let well = scratch(0);
    copy(base, &well);
    let terminal = Terminal { shop: &well };
    let before = seen(&terminal, step.look);
    let arguments = (step.arguments)(folder, piece);
    let done = under_strace(&terminal, &arguments, &["-e", &format!("trace={CALLS}")], &log);
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let after = seen(&terminal, step.look);
    let calls = fs::read_to_string(&log).unwrap();
    let calls = calls.lines().filter(|line| line.contains(" = ")).count();
    assert!(calls > 3, "{}: {calls} calls", step.name);

    let mut told = BTreeMap::new();
    for n in 1..=calls {
        for refusal in [Refusal::FullFrom(n), Refusal::BrokenAt(n)] {
            let shop = scratch(n);
            copy(base, &shop);
            let terminal = Terminal { shop: &shop };
            let inject = match refusal {
                Refusal::FullFrom(n) => format!("inject={CALLS}:error=ENOSPC:when={n}+"),
                Refusal::BrokenAt(n) => format!("inject={CALLS}:error=EIO:when={n}"),
            };
            let done = under_strace(&terminal, &arguments, &["-e", &inject], &log);
            let about = format!("{}, {refusal:?} of {calls}", step.name);
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            assert!(!said.contains("panicked"), "{about}: {said}");
            let now = seen(&terminal, step.look);
            if done.status.success() {
                assert_eq!(now, after, "{about}: it said yes");
                *told.entry("well".to_owned()).or_default() += 1;
            } else {
                assert!(
                    now == before || now == after,
                    "{about}: half of it is there: {now}"
                );
                let fault: Value = serde_json::from_str(said.lines().last().unwrap_or_default())
                    .unwrap_or_else(|_| panic!("{about}: {said}"));
                let code = fault["code"].as_str().unwrap_or_default().to_owned();
                assert!(CLEAR.contains(&code.as_str()), "{about}: {said}");
                *told.entry(code).or_default() += 1;
            }
            // It is whole, and it goes on: the same once more, on a disk that is well.
            let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
            terminal.run(&words);
            assert_eq!(terminal.run(&["backup", "drill"])["whole"], true, "{about}");
            fs::remove_dir_all(&shop).unwrap();
        }
    }
    (calls, told)
}

#[test]
fn every_write_may_fail() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("taller");
    let terminal = Terminal { shop: &shop };
    let piece = terminal.begin(3);
    terminal.photo(&piece, 1);
    terminal.photo(&piece, 2);
    terminal.run(&["backup"]);
    // Made here so that it lies there for the step.
    let spare = folder.path().join("otro");
    let other = Terminal { shop: &spare };
    let its = other.begin(1);
    other.photo(&its, 3);

    for step in &STEPS {
        let (calls, told) = try_step(step, &shop, &piece);
        println!(
            "{}: each of {calls} calls refused in two ways: {told:?}",
            step.name
        );
    }
}

//! The disk says no at every single write of an evening's work: it is full, or broken, once or from then on.
//!
//! strace stands between the program and the system and answers in its place. Every call that changes a file by SQLite
//! or that names, keeps or cuts one is counted in a run that goes well; then each of them is refused in a run of its
//! own. What is written into the file of a photo is not among them, for that call also wakes threads.
//!
//! `PUESTO_FAIL_EACH=1` refuses each of them, 4 (as when nothing is said) every fourth.

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
const CLEAR: [&str; 2] = ["disk_full", "folder_unusable"];

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
        arguments: |_, _| {
            words(&[
                "product",
                "add",
                "--title",
                "Olla nueva",
                "--price",
                "350",
                "--quantity",
                "4",
            ])
        },
        look: &["product", "list"],
    },
    Step {
        name: "another price",
        arguments: |_, piece| words(&["product", "edit", piece, "--price", "990", "--quantity", "7"]),
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

fn try_step(step: &Step, base: &Path, piece: &str, each: usize) -> (usize, BTreeMap<String, usize>) {
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
    let mut problems = Vec::new();
    for n in (1..=calls).step_by(each) {
        for refusal in [Refusal::FullFrom(n), Refusal::BrokenAt(n)] {
            let shop = scratch(n);
            copy(base, &shop);
            let terminal = Terminal { shop: &shop };
            let inject = match refusal {
                Refusal::FullFrom(n) => format!("inject={CALLS}:error=ENOSPC:when={n}+"),
                Refusal::BrokenAt(n) => format!("inject={CALLS}:error=EIO:when={n}"),
            };
            let done = under_strace(&terminal, &arguments, &["-e", &inject], &log);
            let said = String::from_utf8_lossy(&done.stderr).into_owned();
            let now = seen(&terminal, step.look);
            let code = code_of(&said);
            let wrong = if said.contains("panicked") {
                Some("it panicked")
            } else if done.status.success() {
                (now != after).then_some("it said yes, and it is not there")
            } else if now != before && now != after {
                Some("half of it is there")
            } else {
                (!CLEAR.contains(&code.as_str())).then_some("nobody knows what to do")
            };
            if let Some(wrong) = wrong {
                problems.push(format!("{}, {refusal:?} of {calls}: {wrong}: {said}", step.name));
            }
            *told
                .entry(if done.status.success() {
                    "well".to_owned()
                } else {
                    code
                })
                .or_default() += 1;
            // It goes on: the same once more, on a disk that is well.
            let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
            terminal.run(&words);
            fs::remove_dir_all(&shop).unwrap();
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    (calls, told)
}

fn code_of(said: &str) -> String {
    let fault: Value = serde_json::from_str(said.lines().last().unwrap_or_default()).unwrap_or_default();
    fault["code"].as_str().unwrap_or_default().to_owned()
}

/// Some machines let no program look over another's shoulder.
fn may_trace() -> bool {
    let traced = Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "true"])
        .output();
    traced.is_ok_and(|done| done.status.success())
}

#[test]
fn every_write_may_fail() {
    if !may_trace() {
        println!("left out: strace may not trace on this machine");
        return;
    }
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

    let each = std::env::var("PUESTO_FAIL_EACH").map_or(4, |each| each.parse().unwrap());
    std::thread::scope(|threads| {
        for step in &STEPS {
            let (shop, piece) = (&shop, &piece);
            threads.spawn(move || {
                let (calls, told) = try_step(step, shop, piece, each);
                println!(
                    "{}: one in {each} of {calls} calls refused in two ways: {told:?}",
                    step.name
                );
            });
        }
    });
}

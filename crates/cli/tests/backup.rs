//! Copies from a terminal, and the power going at any instant of making one or of going back to one.
//!
//! `PUESTO_KILLS` says how often each is killed (50), `PUESTO_SEED` where chance begins (1).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

mod terminal;

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use terminal::Terminal;

/// xorshift64*
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, most: Duration) -> Duration {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40;
        most.mul_f64(drawn as f64 / (1_u64 << 24) as f64)
    }
}

fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(otherwise)
}

/// True when it ended by itself before it was killed, and well.
fn killed_after(mut command: Command, after: Duration) -> bool {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    std::thread::sleep(after);
    // SIGKILL; one that has ended already cannot be killed.
    let _ = child.kill();
    child.wait().unwrap().success()
}

fn opens_in_time(terminal: &Terminal<'_>, slowest: &mut Duration) {
    let since = Instant::now();
    terminal.run(&["status"]);
    let took = since.elapsed();
    *slowest = (*slowest).max(took);
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[test]
fn a_copy_that_is_killed_leaves_no_half() {
    let kills = asked("PUESTO_KILLS", 50);
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("taller");
    let terminal = Terminal { shop: &shop };
    let piece = terminal.begin(20);
    for seed in 0..4 {
        terminal.photo(&piece, seed);
    }
    let since = Instant::now();
    terminal.run(&["backup"]);
    let whole = since.elapsed();
    let mut dice = Dice(asked("PUESTO_SEED", 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (mut finished, mut slowest) = (0, Duration::ZERO);
    for n in 0..kills {
        let title = format!("Título {n}");
        terminal.run(&["product", "edit", &piece, "--title", &title]);
        // A fresh stick each time: all its photos are to be copied.
        let stick = tempfile::tempdir().unwrap();
        let to_stick = n % 2 == 0;
        let command = if to_stick {
            terminal.command(&["backup", "--to", stick.path().to_str().unwrap()])
        } else {
            terminal.command(&["backup"])
        };
        let done = killed_after(command, dice.up_to(whole.mul_f64(1.3)));
        finished += u32::from(done);
        opens_in_time(&terminal, &mut slowest);
        assert_eq!(terminal.title(&piece), title, "what was acknowledged is there");
        let list = terminal.run(&["backup", "list"]);
        let backups = list["backups"].as_array().unwrap();
        assert!(backups.iter().all(|backup| backup["whole"] == true), "{list}");
        assert!(
            !to_stick || !done || backups.iter().any(|backup| backup["away"] == true),
            "{list}"
        );
        if let Some(away) = backups.iter().find(|backup| backup["away"] == true) {
            let drill = terminal.run(&["backup", "drill", away["id"].as_str().unwrap()]);
            assert_eq!(drill["whole"], true);
        }
        assert_eq!(terminal.run(&["backup", "drill"])["whole"], true);
        terminal.run(&["backup", "folder"]);
    }
    eprintln!(
        "{kills} killed, of them {finished} had finished; a copy takes {whole:?}, the slowest start {slowest:?}"
    );
    let left: Vec<_> = fs::read_dir(shop.join("backups"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    terminal.run(&["backup"]);
    let tidy: Vec<_> = fs::read_dir(shop.join("backups"))
        .unwrap()
        .map(|e| e.unwrap().file_name())
        .collect();
    assert!(
        !tidy.iter().any(|name| name.to_string_lossy().contains(".part")),
        "{left:?} {tidy:?}"
    );
}

#[test]
fn going_back_that_is_killed_has_happened_or_not() {
    let kills = asked("PUESTO_KILLS", 50);
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("taller");
    let terminal = Terminal { shop: &shop };
    let piece = terminal.begin(10);
    terminal.photo(&piece, 1);
    let first = terminal.run(&["backup"])["id"].as_str().unwrap().to_owned();
    let since = Instant::now();
    terminal.run(&["restore", &first]);
    let whole = since.elapsed();
    let mut dice = Dice(asked("PUESTO_SEED", 1).wrapping_mul(0xD134_2543_DE82_EF95) | 1);
    let (mut back, mut slowest) = (0, Duration::ZERO);
    for n in 0..kills {
        let (before, after) = (format!("Antes {n}"), format!("Después {n}"));
        terminal.run(&["product", "edit", &piece, "--title", &before]);
        let made = terminal.run(&["backup"])["id"].as_str().unwrap().to_owned();
        terminal.run(&["product", "edit", &piece, "--title", &after]);
        let done = killed_after(
            terminal.command(&["restore", &made]),
            dice.up_to(whole.mul_f64(1.2)),
        );
        opens_in_time(&terminal, &mut slowest);
        let title = terminal.title(&piece);
        assert!(title == before || title == after, "{title}");
        assert!(!done || title == before, "it was said that it is done");
        back += u32::from(title == before);
        let list = terminal.run(&["backup", "list"]);
        let backups = list["backups"].as_array().unwrap();
        assert!(backups.iter().all(|backup| backup["whole"] == true), "{list}");
        assert!(backups.iter().any(|backup| backup["id"] == made.as_str()));
        assert!(!shop.join("restoring").exists() && !shop.join("restoring.part").exists());
    }
    eprintln!(
        "{kills} killed, {back} had gone back; going back takes {whole:?}, the slowest start {slowest:?}"
    );
    assert_eq!(terminal.run(&["backup", "drill"])["whole"], true);
}

#[test]
fn the_commands_say_what_they_did() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("taller");
    let terminal = Terminal { shop: &shop };
    let piece = terminal.begin(2);
    assert!(
        terminal
            .says(&["backup", "list"])
            .contains("Todavía no hay copias")
    );
    let said = terminal.says(&["backup"]);
    assert!(
        said.contains("Copia hecha y revisada") && said.contains("2 piezas"),
        "{said}"
    );
    let made = terminal.run(&["backup", "list"])["backups"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(
        terminal
            .says(&["backup", "drill"])
            .contains("Probamos la copia y sirve")
    );
    assert!(terminal.says(&["rescue"]).contains("no hace falta"));
    assert_eq!(
        terminal.fails(&["restore", "here/nothing"]),
        (3, "not_found".into())
    );

    // A stick, and a shop in another folder brought back from it.
    let stick = folder.path().join("memoria");
    assert_eq!(
        terminal.fails(&["backup", "folder", stick.to_str().unwrap()]),
        (5, "backup_away".into())
    );
    fs::create_dir(&stick).unwrap();
    terminal.run(&["backup", "folder", stick.to_str().unwrap()]);
    terminal.run(&["backup"]);
    let own = fs::read_dir(&stick).unwrap().next().unwrap().unwrap().path();
    let copy = fs::read_dir(&own)
        .unwrap()
        .map(|e| e.unwrap().path())
        .find(|path| path.join("shop.db").is_file());
    let other = folder.path().join("otra");
    let elsewhere = Terminal { shop: &other };
    elsewhere.run(&["restore", copy.unwrap().to_str().unwrap()]);
    assert_eq!(elsewhere.title(&piece), "Pieza 0");

    // A damaged file: said, and mended in one command.
    fs::write(shop.join("shop.db"), vec![7; 9000]).unwrap();
    assert_eq!(terminal.fails(&["status"]), (5, "shop_damaged".into()));
    let said = terminal.says(&["rescue"]);
    assert!(said.contains("tu puesto volvió a esta copia"), "{said}");
    assert_eq!(terminal.title(&piece), "Pieza 0");
    assert!(
        terminal.run(&["backup", "list"])["backups"]
            .as_array()
            .unwrap()
            .iter()
            .any(|b| b["id"] == made.as_str())
    );
}

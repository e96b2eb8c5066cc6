//! A terminal on a computer without a keyring: the passphrase comes from the environment or a pipe, never from an
//! argument.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use api::place::Address;
use marketplace::accounts::add::{self, NewAccount, Role};
use marketplace::{Config, Server};
use serde_json::Value;
use shop::world::{System, World};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use testkit::visitor::Visitor;

const SELLER: &str = "maria@example.mx";
const PASSWORD: &str = "barro negro 1952";
const PHRASE: &str = "olla comal y molcajete";

struct Terminal<'folder> {
    shop: &'folder Path,
}

impl Terminal<'_> {
    /// `puesto` where no session bus and so no keyring answers.
    fn command(&self, arguments: &[&str], passphrase: Option<&str>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_puesto"));
        command
            .arg("--shop")
            .arg(self.shop)
            .arg("--json")
            .args(arguments)
            .env("LANG", "es_MX.UTF-8")
            .env_remove("LC_ALL")
            .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
            .env_remove("XDG_RUNTIME_DIR")
            .env_remove("DISPLAY")
            .env_remove("PUESTO_PASSPHRASE")
            .stdin(Stdio::null());
        if let Some(passphrase) = passphrase {
            command.env("PUESTO_PASSPHRASE", passphrase);
        }
        command
    }

    fn run(&self, arguments: &[&str], passphrase: Option<&str>) -> Value {
        let done = self.command(arguments, passphrase).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {said}");
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// The exit code, and the fault's code.
    fn fails(&self, arguments: &[&str], passphrase: Option<&str>) -> (i32, String) {
        let done = self.command(arguments, passphrase).output().unwrap();
        let fault: Value = serde_json::from_slice(&done.stderr)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr)));
        (
            done.status.code().unwrap(),
            fault["code"].as_str().unwrap().to_owned(),
        )
    }
}

async fn marketplace(folder: &Path) -> Server {
    let server = Server::start(Config::new(folder)).await.unwrap();
    let profile = marketplace::profile("MX").unwrap();
    let new = NewAccount {
        email: SELLER.into(),
        name: "María Núñez".into(),
        password: PASSWORD.into(),
        role: Role::Seller {
            shop_name: "Taller Núñez".into(),
            address: Box::new(Address {
                street: "Independencia 230".into(),
                neighbourhood: "Centro".into(),
                city: "Tlaquepaque".into(),
                region: "Jalisco".into(),
                postal_code: "45500".into(),
                ..Address::default()
            }),
        },
    };
    add::add(server.database(), profile, new, System.now_ms())
        .await
        .unwrap();
    server
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_terminal_without_a_keyring_signs_in_with_a_passphrase() {
    let (data, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let server = marketplace(data.path()).await;
    let url = format!("http://{}", server.address());
    let shop = folder.path().join("taller");
    let terminal = Terminal { shop: &shop };
    terminal.run(&["init", "--name", "Taller Núñez", "--seller", "María"], None);

    // Said before anyone approves anything.
    let sign_in = ["sign-in", "--server", &url];
    assert_eq!(terminal.fails(&sign_in, None), (5, "keyring_missing".into()));
    assert_eq!(
        terminal.fails(&sign_in, Some("corta")),
        (3, "passphrase_short".into())
    );

    let mut visitor = Visitor::at(&url);
    visitor.sign_in(SELLER, PASSWORD, "/account").await;
    let mut child = terminal
        .command(&sign_in, Some(PHRASE))
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let code: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
    visitor.approve(code["user_code"].as_str().unwrap()).await;
    let (status, last) = tokio::task::spawn_blocking(move || {
        let last = lines.map_while(Result::ok).last();
        (child.wait().unwrap(), last)
    })
    .await
    .unwrap();
    assert!(status.success());
    let state: Value = serde_json::from_str(&last.unwrap()).unwrap();
    assert_eq!(state["key"], "passphrase");

    // Everything but the network works without it.
    terminal.run(
        &["product", "add", "--title", "Olla de barro", "--price", "780"],
        None,
    );
    assert_eq!(terminal.run(&["status"], None)["shop"]["key"], "locked");
    assert_eq!(terminal.fails(&["sync"], None), (3, "key_locked".into()));
    assert_eq!(terminal.fails(&["laptops"], None), (3, "key_locked".into()));
    assert_eq!(
        terminal.fails(&["sync"], Some("otra frase larga")),
        (3, "passphrase_wrong".into())
    );
    assert_eq!(terminal.run(&["sync"], Some(PHRASE))["waiting"], 0);

    // From a pipe as well.
    let mut child = terminal
        .command(&["laptops"], None)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    writeln!(pipe, "{PHRASE}").unwrap();
    drop(pipe);
    let done = child.wait_with_output().unwrap();
    assert!(done.status.success());
    let laptops: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(laptops.as_array().unwrap().len(), 1);

    std::fs::write(shop.join("key.sealed"), "{").unwrap();
    assert_eq!(
        terminal.fails(&["sync"], Some(PHRASE)),
        (5, "key_file_damaged".into())
    );
    // Whoever only wants to leave needs no passphrase.
    assert_eq!(terminal.run(&["sign-out"], None)["signed_in"], false);
    assert!(!shop.join("key.sealed").exists());
    server.stop().await.unwrap();
}

//! The whole circle from a terminal: every step is the program as a script would call it, against a real
//! marketplace, with the tokens in this desktop's keyring (`cargo xtask test` brings one).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use api::place::Address;
use marketplace::accounts::add::{self, NewAccount, Role};
use marketplace::{Config, Server};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{SystemTime, UNIX_EPOCH};
use testkit::visitor::Visitor;

const SELLER: &str = "maria@example.mx";
const CLERK: &str = "ventanilla@example.mx";
const PASSWORD: &str = "barro negro 1952";

/// `puesto` on one shop's folder.
struct Terminal<'folder> {
    shop: &'folder Path,
}

impl Terminal<'_> {
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_puesto"));
        command
            .arg("--shop")
            .arg(self.shop)
            .arg("--json")
            .args(arguments)
            .env("LANG", "es_MX.UTF-8")
            .env_remove("LC_ALL")
            .stdin(Stdio::null());
        command
    }

    /// What it prints when all is well.
    fn run(&self, arguments: &[&str]) -> Value {
        let done = self.command(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {said}");
        serde_json::from_slice(&done.stdout).unwrap()
    }

    /// The exit code and the fault's code when something is not.
    fn fails(&self, arguments: &[&str]) -> (i32, String) {
        let done = self.command(arguments).output().unwrap();
        let fault: Value = serde_json::from_slice(&done.stderr)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&done.stderr)));
        (
            done.status.code().unwrap(),
            fault["code"].as_str().unwrap().to_owned(),
        )
    }

    /// Signs in; `approve` gets the code that the person would type.
    async fn sign_in(&self, server: &str, visitor: &mut Visitor) -> Value {
        let mut child = self
            .command(&["sign-in", "--server", server])
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
        serde_json::from_str(&last.unwrap()).unwrap()
    }
}

async fn marketplace(folder: &Path) -> Server {
    let server = Server::start(Config::new(folder)).await.unwrap();
    let profile = marketplace::profile("MX").unwrap();
    let now_ms = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap();
    let address = Address {
        street: "Independencia 230".into(),
        neighbourhood: "Centro".into(),
        city: "Tlaquepaque".into(),
        region: "Jalisco".into(),
        postal_code: "45500".into(),
        ..Address::default()
    };
    let office = profile
        .offices_for_postcode("45500")
        .first()
        .unwrap()
        .code
        .clone();
    let seller = Role::Seller {
        shop_name: "Taller Núñez".into(),
        address: Box::new(address),
    };
    for (email, name, role) in [
        (SELLER, "María Núñez", seller),
        (CLERK, "Lupita Ramos", Role::Clerk { office }),
    ] {
        let new = NewAccount {
            email: email.into(),
            name: name.into(),
            password: PASSWORD.into(),
            role,
        };
        add::add(server.database(), profile, new, now_ms).await.unwrap();
    }
    server
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_circle_from_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let server = marketplace(&folder.path().join("marketplace")).await;
    let base = format!("http://{}", server.address());
    let shop = folder.path().join("shop");
    let puesto = Terminal { shop: &shop };

    puesto.run(&["init", "--name", "Taller Núñez", "--seller", "María"]);
    assert_eq!(puesto.fails(&["sync"]), (3, "not_signed_in".into()));
    let mut seller = Visitor::at(&base);
    seller.sign_in(SELLER, PASSWORD, "/account").await;
    let state = puesto.sign_in(&base, &mut seller).await;
    assert_eq!(state["signed_in"], json!(true));

    // A piece, with a photo; what cannot be is said with its exit code and changes nothing.
    let piece = puesto.run(&["product", "add", "--title", "Olla bruñida", "--price", "780"]);
    let id = text(&piece["id"]);
    assert_eq!(puesto.fails(&["product", "publish", id]), (3, "not_ready".into()));
    let (letter, photo) = (folder.path().join("carta.jpg"), folder.path().join("olla.jpg"));
    std::fs::write(&letter, "Querida abuela").unwrap();
    let sample = testkit::sample::pieces().unwrap().remove(0);
    std::fs::write(
        &photo,
        testkit::sample::photo_of_side(&sample.slug, &sample.views[0], 600).unwrap(),
    )
    .unwrap();
    let refused = puesto.fails(&["photo", "add", id, letter.to_str().unwrap()]);
    assert_eq!(refused, (3, "photo_not_an_image".into()));
    puesto.run(&["photo", "add", id, photo.to_str().unwrap()]);
    let long = "o".repeat(10_000);
    for (field, value, code) in [
        ("--price", "-1", "out_of_range"),
        ("--price", "1000000000000", "out_of_range"),
        ("--price", "doscientos", "not_understood"),
        ("--title", long.as_str(), "too_long"),
    ] {
        let argument = format!("{field}={value}");
        assert_eq!(
            puesto.fails(&["product", "edit", id, &argument]),
            (3, code.into()),
            "{argument:.40}"
        );
    }
    puesto.run(&["product", "edit", id, "--weight", "1200", "--quantity", "3"]);
    let piece = puesto.run(&["product", "publish", id]);
    assert_eq!(
        (text(&piece["title"]), &piece["on_hand"]),
        ("Olla bruñida", &json!(3))
    );
    let state = puesto.run(&["sync"]);
    assert_eq!(
        (&state["waiting"], &state["photos_waiting"]),
        (&json!(0), &json!(0))
    );

    // Bought in the storefront; packed, numbered and handed in with the marketplace gone.
    Visitor::at(&base).buy(id).await;
    puesto.run(&["sync"]);
    let orders = puesto.run(&["orders", "list"]);
    let order = text(&orders["items"][0]["id"]).to_owned();
    let mut config = Config::new(&folder.path().join("marketplace"));
    config.listen = server.address();
    server.stop().await.unwrap();
    assert_eq!(
        puesto.fails(&["drop-off", "close"]),
        (3, "nothing_to_hand_in".into())
    );
    puesto.run(&["orders", "accept", &order]);
    puesto.run(&["orders", "pack", &order]);
    let labelled = puesto.run(&["label", &order, "--weight", "1320"]);
    let number = text(&labelled["order"]["s10"]);
    assert!(postal::S10::parse(number).is_ok(), "{number}");
    let closed = puesto.run(&["drop-off", "close"]);
    for paper in [&labelled["path"], &closed["path"]] {
        assert!(std::fs::read(text(paper)).unwrap().starts_with(b"%PDF-"));
    }
    let drop_off = text(&closed["drop_off"]["card"]["number"]).to_owned();
    puesto.run(&["drop-off", "left", &drop_off]);
    assert_eq!(
        puesto.fails(&["orders", "cancel", &order, "--reason", "No"]),
        (3, "order_moved_on".into())
    );
    assert_eq!(puesto.fails(&["sync", "--timeout", "20"]).0, 4);
    let waiting = puesto.run(&["status"]);
    let server = Server::start(config).await.unwrap();
    puesto.run(&["sync"]);

    // Accepted at the counter, known here.
    let mut clerk = Visitor::at(&base);
    clerk.sign_in(CLERK, PASSWORD, "/counter").await;
    clerk.accept_drop_off(&drop_off).await;
    puesto.run(&["sync"]);
    let shown = puesto.run(&["drop-off", "show", &drop_off]);
    assert_eq!(shown["card"]["step"], json!("accepted"), "{waiting}");
    let piece = puesto.run(&["product", "show", id]);
    assert_eq!(piece["on_hand"], json!(2));

    // Its entry is taken away: said at once and at the next try, and the shop is all there.
    let laptops = puesto.run(&["laptops"]);
    let this_one = text(&laptops[0]["id"]);
    let revoked = (3, "laptop_revoked".to_owned());
    assert_eq!(puesto.fails(&["laptops", "--revoke", this_one]), revoked);
    assert_eq!(puesto.fails(&["sync"]), revoked);
    let pieces = puesto.run(&["product", "list"]);
    assert_eq!(text(&pieces["items"][0]["title"]), "Olla bruñida");
    server.stop().await.unwrap();
}

#[test]
fn a_command_line_that_is_not_understood_is_exit_code_2() {
    let folder = tempfile::tempdir().unwrap();
    let puesto = Terminal { shop: folder.path() };
    for wrong in [&["prodct"][..], &["product", "add", "--prize", "3"], &[]] {
        assert_eq!(
            puesto.command(wrong).output().unwrap().status.code(),
            Some(2),
            "{wrong:?}"
        );
    }
}

#[test]
fn a_folder_that_cannot_be_one_is_a_matter_of_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shop");
    std::fs::write(&file, "not a folder").unwrap();
    let puesto = Terminal { shop: &file };
    assert_eq!(puesto.fails(&["status"]).0, 5);
}

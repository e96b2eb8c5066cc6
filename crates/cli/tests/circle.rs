//! The whole circle from a terminal: every step is the program as a script would call it, against a real
//! marketplace, with the tokens in this desktop's keyring (`cargo xtask test` brings one).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use api::place::Address;
use marketplace::accounts::add::{self, NewAccount, Role};
use marketplace::{Config, Server};
use serde_json::{Value, json};
use shop::world::{System, World};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
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
    let now_ms = System.now_ms();
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
    let mut config = Config::new(folder.path().join("marketplace"));
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

#[test]
fn files_are_developed_for_a_marketplace_without_a_shop() {
    let folder = tempfile::tempdir().unwrap();
    let sample = testkit::sample::pieces().unwrap().remove(0);
    let photo = testkit::sample::photo_of_side(&sample.slug, &sample.views[0], 1200).unwrap();
    let good = folder.path().join("olla.jpg");
    let cut = folder.path().join("cortada.jpg");
    let out = folder.path().join("out");
    std::fs::write(&good, &photo).unwrap();
    std::fs::write(&cut, &photo[..photo.len() / 2]).unwrap();
    let missing = folder.path().join("no hay.jpg");
    let develop = || {
        let done = Command::new(env!("CARGO_BIN_EXE_puesto"))
            .args([
                "--json",
                "photos",
                "develop",
                "--recipe",
                "mercado_libre",
                "--out",
            ])
            .arg(&out)
            .args([&cut, &missing, &good])
            .env_remove("PUESTO_SHOP")
            .output()
            .unwrap();
        let mut lines: Vec<Value> = String::from_utf8(done.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        lines.sort_by_key(|line| line["file"].to_string());
        (done.status.code(), lines)
    };

    let (exit, lines) = develop();
    assert_eq!(exit, Some(3), "a file that cannot be developed is told");
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[0]["fault"]["code"], "photo_truncated");
    assert_eq!(lines[1]["fault"]["code"], "not_found");
    let made = &lines[2];
    assert_eq!(made["fault"], Value::Null, "{made}");
    assert!(made["scores"]["sharpness"].as_u64().is_some(), "{made}");
    let large = std::fs::read(text(&made["outputs"][0]["path"])).unwrap();
    assert!(large.starts_with(&[0xff, 0xd8]));

    // Again: nothing that was made is made again.
    let (_, lines) = develop();
    assert_eq!(lines[2]["there_already"], json!(true));
    assert_eq!(lines[2]["outputs"], made["outputs"]);
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 2);
}

#[test]
fn photos_of_a_folder_find_their_pieces() {
    let folder = tempfile::tempdir().unwrap();
    let shop = folder.path().join("shop");
    let puesto = Terminal { shop: &shop };
    puesto.run(&["init", "--name", "Taller", "--seller", "Ana"]);
    let piece = puesto.run(&["product", "add", "--title", "Olla bruñida", "--sku", "BAR-001"]);
    let photos = folder.path().join("fotos");
    std::fs::create_dir_all(photos.join("otra")).unwrap();
    let sample = testkit::sample::pieces().unwrap().remove(0);
    for (name, side) in [
        ("BAR-001 2.jpg", 500),
        ("bar001.jpg", 600),
        ("otra/IMG_1.jpg", 700),
    ] {
        let photo = testkit::sample::photo_of_side(&sample.slug, &sample.views[0], side).unwrap();
        std::fs::write(photos.join(name), photo).unwrap();
    }
    let lines = puesto.run(&["photos", "match", photos.to_str().unwrap(), "--apply"]);
    let told: Vec<(&str, &str, &Value)> = lines
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (text(&line["file"]), text(&line["why"]), &line["added"]))
        .collect();
    assert_eq!(
        told,
        [
            ("bar001.jpg", "file_sku", &json!(true)),
            ("BAR-001 2.jpg", "file_sku", &json!(true)),
            ("otra/IMG_1.jpg", "cameras_name", &Value::Null),
        ]
    );
    let piece = puesto.run(&["product", "show", text(&piece["id"])]);
    assert_eq!(piece["photos"].as_array().map(Vec::len), Some(2));
}

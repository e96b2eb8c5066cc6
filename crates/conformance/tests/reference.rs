//! The suite against the marketplace of this repository, on SQLite and on PostgreSQL.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

#[path = "../../marketplace/tests/harness/postgres.rs"]
mod postgres;

use api::place::Address;
use conformance::Plan;
use conformance::pages::Pages;
use marketplace::accounts::add::{self, NewAccount, Role};
use marketplace::{Config, Server};

const PASSWORD: &str = "barro negro 1952";
const EMAIL: &str = "rosa@example.mx";

async fn seller(server: &Server) {
    let address = Address {
        street: "Calle de la Reforma 12".into(),
        city: "San Bartolo Coyotepec".into(),
        region: "Oaxaca".into(),
        postal_code: "71256".into(),
        ..Address::default()
    };
    let new = NewAccount {
        email: EMAIL.into(),
        name: "Rosa Nieto".into(),
        password: PASSWORD.into(),
        role: Role::Seller {
            shop_name: "Taller de pruebas".into(),
            address: Box::new(address),
        },
    };
    let profile = marketplace::profile("MX").unwrap();
    add::add(server.database(), profile, new, marketplace::clock::now_ms())
        .await
        .unwrap();
}

/// Each database gets half of the mutated bodies, from seeds of its own: 2,000 for every route.
const MUTATIONS: u32 = 1_000;

async fn conforms(database_url: Option<String>, seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        database_url,
        ..Config::new(folder.path())
    };
    let server = Server::start(config).await.unwrap();
    seller(&server).await;
    let url = format!("http://{}", server.address());
    let pages = Pages::sign_in(&url, EMAIL, PASSWORD).await.unwrap();
    let plan = Plan {
        mutations: MUTATIONS,
        seed,
        ..Plan::new(url)
    };
    let report = conformance::run(&plan, &pages).await.unwrap();
    println!("{}", report.table());
    assert_eq!(report.failed, 0, "\n{}", report.table());
    // What is left out waits for more than a minute; the marketplace's own tests turn its clock instead.
    let impatient = ["§4.2", "§12"];
    for left_out in report
        .checks
        .iter()
        .filter(|check| matches!(check.outcome, conformance::check::Outcome::LeftOut { .. }))
    {
        assert!(impatient.contains(&left_out.section), "\n{}", report.table());
    }
    assert_eq!(report.left_out, 2, "\n{}", report.table());
    server.stop().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_marketplace_conforms_on_sqlite() {
    conforms(None, 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_marketplace_conforms_on_postgresql() {
    conforms(Some(postgres::new_database().await), 2).await;
}

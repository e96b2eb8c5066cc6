//! Holds the direction of dependencies that docs/MAP.md draws: what cargo resolves is compared with the table
//! below, so an edge that points back fails here before anyone grows used to it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use serde_json::Value;

/// Who may depend on whom, tests aside. A crate that is not here fails, so that the map is kept.
const MAY_USE: &[(&str, &[&str])] = &[
    ("puesto-app", &["shop", "messages", "api", "phone", "darkroom"]),
    ("puesto-cli", &["shop", "messages", "api", "darkroom"]),
    (
        "shop",
        &[
            "sync",
            "imaging",
            "darkroom",
            "postal",
            "documents",
            "api",
            "messages",
        ],
    ),
    ("darkroom", &["imaging"]),
    ("marketplace", &["postal", "api", "sync", "messages"]),
    ("documents", &["messages", "postal"]),
    ("phone", &["messages"]),
    ("sync", &["api"]),
    ("simulator", &["api", "sync"]),
    ("imaging", &[]),
    ("postal", &[]),
    ("api", &[]),
    ("messages", &[]),
    ("testkit", &[]),
    ("sample-shop", &["shop", "testkit"]),
    ("photos-bench", &["imaging", "testkit"]),
    (
        "sync-bench",
        &["api", "darkroom", "marketplace", "shop", "testkit"],
    ),
    ("conformance", &["api"]),
    ("xtask", &[]),
];

/// Crates that take values and give values: no database, network, window or runtime, near or far.
const PURE: &[&str] = &[
    "sync",
    "simulator",
    "imaging",
    "postal",
    "documents",
    "api",
    "messages",
];
const IMPURE: &[&str] = &[
    "sqlx",
    "rusqlite",
    "tokio",
    "async-std",
    "smol",
    "reqwest",
    "hyper",
    "axum",
    "tauri",
    "wry",
    "tao",
    "gtk",
    "webkit2gtk",
    "keyring",
];

/// Only the window knows these.
const WINDOW: &[&str] = &["tauri", "wry", "tao", "gtk", "webkit2gtk", "tauri-specta"];

struct Package {
    name: String,
    member: bool,
    /// Ids of what it needs outside its tests.
    uses: BTreeSet<String>,
}

type Graph = BTreeMap<String, Package>;

#[test]
fn dependencies_point_the_way_the_map_says() {
    let faults = faults(&resolved());
    assert!(faults.is_empty(), "\n{}\nSee docs/MAP.md.", faults.join("\n"));
}

/// What breaks the rules, in words.
fn faults(graph: &Graph) -> Vec<String> {
    let mut faults = Vec::new();
    for package in graph.values().filter(|package| package.member) {
        let name = package.name.as_str();
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            faults.push(format!("{name} is not on the map"));
            continue;
        };
        for used in package.uses.iter().map(|id| &graph[id]) {
            if used.member && !allowed.contains(&used.name.as_str()) {
                faults.push(format!("{name} may not use {}", used.name));
            }
            if name != "puesto-app" && WINDOW.contains(&used.name.as_str()) {
                faults.push(format!("{name} may not know the window ({})", used.name));
            }
        }
        if PURE.contains(&name) {
            for far in reached(graph, package) {
                if IMPURE.contains(&far) {
                    faults.push(format!("{name} is pure, yet reaches {far}"));
                }
            }
        }
    }
    faults
}

/// The names of everything that the package needs, directly or not.
fn reached<'graph>(graph: &'graph Graph, package: &'graph Package) -> BTreeSet<&'graph str> {
    let mut names = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut left: Vec<&String> = package.uses.iter().collect();
    while let Some(id) = left.pop() {
        if seen.insert(id) {
            names.insert(graph[id].name.as_str());
            left.extend(&graph[id].uses);
        }
    }
    names
}

/// The workspace as cargo resolves it for this machine.
fn resolved() -> Graph {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let about = String::from_utf8(Command::new(rustc).arg("-vV").output().unwrap().stdout).unwrap();
    let host = about
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .unwrap();
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .args(["metadata", "--format-version=1", "--filter-platform", host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    graph(&serde_json::from_slice(&answer.stdout).unwrap())
}

fn graph(metadata: &Value) -> Graph {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let members: BTreeSet<String> = metadata["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .map(text)
        .collect();
    let names: BTreeMap<String, String> = metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| (text(&package["id"]), text(&package["name"])))
        .collect();
    metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| {
            let id = text(&node["id"]);
            let outside_tests = |used: &&Value| {
                used["dep_kinds"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|kind| kind["kind"] != "dev")
            };
            let uses = node["deps"].as_array().unwrap().iter().filter(outside_tests);
            let package = Package {
                name: names[&id].clone(),
                member: members.contains(&id),
                uses: uses.map(|used| text(&used["pkg"])).collect(),
            };
            (id, package)
        })
        .collect()
}

mod a_made_up_graph {
    use super::*;

    fn made_up(packages: &[(&str, bool, &[&str])]) -> Graph {
        let package = |name: &str, member, uses: &[&str]| Package {
            name: name.to_owned(),
            member,
            uses: uses.iter().map(|&used| used.to_owned()).collect(),
        };
        packages
            .iter()
            .map(|&(name, member, uses)| (name.to_owned(), package(name, member, uses)))
            .collect()
    }

    #[test]
    fn that_keeps_the_rules_has_no_faults() {
        let graph = made_up(&[
            ("puesto-app", true, &["shop", "tauri"]),
            ("shop", true, &["sync", "sqlx"]),
            ("sync", true, &["api"]),
            ("api", true, &["serde"]),
            ("serde", false, &[]),
            ("sqlx", false, &["tokio"]),
            ("tokio", false, &[]),
            ("tauri", false, &["wry"]),
            ("wry", false, &[]),
        ]);
        assert_eq!(faults(&graph), Vec::<String>::new());
    }

    #[test]
    fn with_an_edge_that_points_back_fails() {
        let graph = made_up(&[("shop", true, &[]), ("sync", true, &["shop"])]);
        assert_eq!(faults(&graph), ["sync may not use shop"]);
    }

    #[test]
    fn with_a_database_far_behind_a_pure_crate_fails() {
        let graph = made_up(&[
            ("postal", true, &["innocent"]),
            ("innocent", false, &["sqlx"]),
            ("sqlx", false, &[]),
        ]);
        assert_eq!(faults(&graph), ["postal is pure, yet reaches sqlx"]);
    }

    #[test]
    fn with_the_window_outside_the_app_fails() {
        let graph = made_up(&[("shop", true, &["tauri"]), ("tauri", false, &[])]);
        assert_eq!(faults(&graph), ["shop may not know the window (tauri)"]);
    }

    #[test]
    fn with_a_room_that_is_not_on_the_map_fails() {
        let graph = made_up(&[("attic", true, &[])]);
        assert_eq!(faults(&graph), ["attic is not on the map"]);
    }

    #[test]
    fn test_dependencies_may_point_anywhere() {
        let metadata = serde_json::json!({
            "workspace_members": ["sync", "testkit"],
            "packages": [{"id": "sync", "name": "sync"}, {"id": "testkit", "name": "testkit"}],
            "resolve": {"nodes": [
                {"id": "sync", "deps": [{"pkg": "testkit", "dep_kinds": [{"kind": "dev"}]}]},
                {"id": "testkit", "deps": []},
            ]},
        });
        assert_eq!(faults(&graph(&metadata)), Vec::<String>::new());
    }
}

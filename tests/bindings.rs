//! The page's bindings are what the code says. `BLESS=1` writes them anew.
#![allow(clippy::expect_used, reason = "a test stops at the first surprise")]

use specta_typescript::Typescript;
use std::path::Path;

#[test]
fn the_committed_bindings_are_up_to_date() {
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/door/bindings.ts");
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("bindings.ts");
    let builder = puesto_app::commands::builder();
    builder
        .builder()
        .export(Typescript::default(), &fresh)
        .expect("the bindings");
    let fresh = std::fs::read_to_string(fresh).expect("the bindings");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&committed, &fresh).expect("written");
    }
    let committed = std::fs::read_to_string(committed).unwrap_or_default();
    assert!(
        committed == fresh,
        "the bindings are old: run `cargo xtask bless`"
    );
}

#[test]
fn the_window_may_call_the_apps_commands_and_nothing_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src-tauri");
    let read = |name: &str| std::fs::read_to_string(root.join(name)).expect("a file");
    let capability: serde_json::Value = serde_json::from_str(&read("capabilities/main.json")).expect("JSON");
    let mut allowed: Vec<String> = capability["permissions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|permission| permission.as_str())
        .filter(|permission| !permission.starts_with("core:event:allow-"))
        .map(|permission| permission.replacen("allow-", "", 1).replace('-', "_"))
        .collect();
    allowed.sort();
    let commands: Vec<String> = read("commands.txt").lines().map(str::to_owned).collect();
    assert_eq!(allowed, commands);
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    let bindings = std::fs::read_to_string(root.join("../ui/src/lib/door/bindings.ts")).expect("bindings");
    let bytes = ["match_stage", "photo_add"];
    for command in commands
        .iter()
        .filter(|command| !bytes.contains(&command.as_str()))
    {
        assert!(
            bindings.contains(&format!("(\"{command}\"")),
            "{command} has no binding"
        );
    }
}

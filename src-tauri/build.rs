use tauri_build::{AppManifest, Attributes};

/// One command a line: what the window may ask for is denied unless the capability names it.
const COMMANDS: &str = include_str!("commands.txt");

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    println!("cargo:rerun-if-changed=src-tauri/commands.txt");
    let commands: &'static [&'static str] =
        Box::leak(COMMANDS.lines().collect::<Vec<_>>().into_boxed_slice());
    let attributes = Attributes::new()
        .app_manifest(AppManifest::new().commands(commands))
        .capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:error={error:#}");
    }
}

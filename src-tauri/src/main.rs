//! The desktop app.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    // Here, where nothing is compiled twice: two compilers that embed the face at the same time write the same files,
    // and one of them may take a file that the other has not ended, which leaves an empty window.
    puesto_app::run(|| tauri::generate_context!())
}

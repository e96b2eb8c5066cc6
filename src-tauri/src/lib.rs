//! The window: a thin host over the shop. A command checks nothing that the shop does not check itself;
//! it calls one use case and hands the answer over.

mod announce;
mod arguments;
pub mod commands;
mod link;
mod matching;
mod phone_door;
mod photo_protocol;
mod seat;
mod system;
mod watch;
mod window;

use arguments::Arguments;
use matching::Matching;
use phone_door::PhoneDoor;
use seat::Seat;
use std::process::ExitCode;
use tauri::webview::{PermissionKind, PermissionResponse};
use tauri::{Manager, RunEvent};
use tracing_subscriber::EnvFilter;

/// Runs the app until its window is closed. The context holds the built face.
pub fn run(context: impl FnOnce() -> tauri::Context) -> ExitCode {
    if darkroom::is_worker() {
        return darkroom::serve();
    }
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::read();
    let commands = commands::builder();
    let built = tauri::Builder::default()
        .manage(Seat::new(arguments))
        .manage(PhoneDoor::default())
        .manage(Matching::default())
        .invoke_handler(commands.invoke_handler())
        .register_asynchronous_uri_scheme_protocol("photo", photo_protocol::answer)
        .on_permission_request(|_, kind| match kind {
            // The window shows the app's own pages only, and asks when she presses for it.
            PermissionKind::Camera => PermissionResponse::Allow,
            _ => PermissionResponse::Deny,
        })
        .setup(|app| {
            window::open(app.handle())?;
            Ok(())
        })
        .build(context());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit) {
                    tauri::async_runtime::block_on(app.state::<Seat>().close());
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

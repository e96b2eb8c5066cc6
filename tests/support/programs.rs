//! Where the programs of the product are, and how they are started and ended.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};

/// The folder of what was built: target/debug.
pub fn built() -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_puesto-app"))
        .parent()
        .expect("a folder")
        .to_owned()
}

pub fn target() -> PathBuf {
    built().parent().expect("a folder").to_owned()
}

/// A program of the workspace; built together with the tests.
pub fn program(name: &str) -> PathBuf {
    let path = built().join(name);
    assert!(
        path.exists(),
        "{} is not built: run the stories through `cargo xtask test`",
        path.display()
    );
    path
}

/// A child that does not outlive the story.
pub struct Running(pub Child);

impl Running {
    pub fn start(command: &mut Command) -> Self {
        Self(
            command
                .spawn()
                .unwrap_or_else(|error| panic!("{command:?} could not be started: {error}")),
        )
    }

    /// As a power cut does it.
    pub fn kill(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

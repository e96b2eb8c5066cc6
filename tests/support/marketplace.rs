//! The real marketplace, as a process that can be stopped, killed and started again.

use super::programs::{Running, free_port, program};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const SELLER: &str = "maria@example.mx";
pub const CLERK: &str = "ventanilla@example.mx";
pub const PASSWORD: &str = "una-clave-de-prueba";

pub struct Marketplace {
    data: PathBuf,
    port: u16,
    process: Option<Running>,
}

impl Marketplace {
    /// Starts one with a seller and a clerk.
    pub fn start(data: &Path) -> Self {
        let mut marketplace = Self {
            data: data.to_owned(),
            port: free_port(),
            process: None,
        };
        marketplace.serve();
        let shop = [
            "--shop-name",
            "Taller Núñez",
            "--street",
            "Independencia 230",
            "--neighbourhood",
            "Centro",
        ];
        let place = [
            "--city",
            "Tlaquepaque",
            "--region",
            "Jal.",
            "--postal-code",
            "45500",
        ];
        marketplace.account("seller", SELLER, "María Núñez", &[&shop[..], &place[..]].concat());
        let office = postal_office();
        marketplace.account("clerk", CLERK, "Lupita Ramos", &["--office", &office]);
        marketplace
    }

    fn account(&self, kind: &str, email: &str, name: &str, more: &[&str]) {
        let done = Command::new(program("marketplace"))
            .args(["account", "add", "--data"])
            .arg(&self.data)
            .args([
                "--kind",
                kind,
                "--email",
                email,
                "--name",
                name,
                "--password",
                PASSWORD,
            ])
            .args(more)
            .output()
            .expect("marketplace account add");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    /// Starts it, again on the same data and the same port.
    pub fn serve(&mut self) {
        let mut command = Command::new(program("marketplace"));
        command.args(["serve", "--data"]).arg(&self.data);
        command.args(["--listen", &format!("127.0.0.1:{}", self.port)]);
        let mut running = Running::start(command.stdin(Stdio::null()).stdout(Stdio::piped()));
        let mut lines = BufReader::new(running.0.stdout.take().expect("its words")).lines();
        assert!(
            lines
                .by_ref()
                .map_while(Result::ok)
                .any(|line| line.starts_with("listening on ")),
            "the marketplace did not start"
        );
        // Its later words must not fill the pipe and stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        self.process = Some(running);
    }

    /// As a power cut does it.
    pub fn kill(&mut self) {
        self.process = None;
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }
}

/// The office next to the workshop, from the post's own data.
pub fn postal_office() -> String {
    let profile = postal::profile("MX").expect("a profile");
    profile
        .offices_for_postcode("45500")
        .first()
        .expect("an office")
        .code
        .clone()
}

//! `marketplace` as a program: what it prints, how it stops, and accounts added while it runs.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn marketplace() -> Command {
    Command::new(env!("CARGO_BIN_EXE_marketplace"))
}

/// Serves on a free port; gives the process, what it printed before it listened, and its address.
fn serve(data: &Path) -> (Running, String, String) {
    let mut command = marketplace();
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data);
    let mut running = Running(command.stdout(Stdio::piped()).spawn().unwrap());
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let mut said = String::new();
    loop {
        let line = lines.next().expect("it ended").unwrap();
        if let Some(address) = line.strip_prefix("listening on http://") {
            return (running, said, address.to_owned());
        }
        said.push_str(&line);
        said.push('\n');
    }
}

fn add(data: &Path, more: &[&str]) -> Output {
    let mut command = marketplace();
    command.args(["account", "add", "--data"]).arg(data).args(more);
    command.output().unwrap()
}

fn text(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[test]
fn it_says_what_it_made_takes_accounts_while_it_runs_and_stops_when_told() {
    let data = tempfile::tempdir().unwrap();
    let data = data.path().join("mi mercado ñ #1");
    let (mut running, said, address) = serve(&data);
    assert!(said.contains("sandbox") && said.contains("account add"), "{said}");
    assert!(address.parse::<std::net::SocketAddr>().is_ok());
    let seller = [
        "--kind=seller",
        "--email=Rosa@Example.mx",
        "--name=Rosa Nieto",
        "--shop-name=Taller Nieto",
        "--city=Coyotepec",
        "--password=barro negro 1952",
    ];
    let first = add(&data, &seller);
    assert!(first.status.success(), "{}", text(&first));
    let again = add(&data, &seller);
    assert_eq!(text(&first), text(&again), "the same account, the same id");
    let clerk = [
        "--kind=clerk",
        "--email=caja@example.mx",
        "--name=Caja",
        "--office=68001",
        "--password=barro negro 1952",
    ];
    assert!(add(&data, &clerk).status.success());
    for (more, words) in [
        (
            &[
                "--kind=clerk",
                "--email=x@example.mx",
                "--name=X",
                "--office=1",
                "--password=barro negro 1952",
            ][..],
            "there is no office 1",
        ),
        (
            &[
                "--kind=clerk",
                "--email=x@example.mx",
                "--name=X",
                "--password=barro negro 1952",
            ],
            "--office",
        ),
        (
            &[
                "--kind=clerk",
                "--email=x@example.mx",
                "--name=X",
                "--office=68001",
                "--password=short",
            ],
            "at least 10 letters",
        ),
        (
            &[
                "--kind=clerk",
                "--email=nobody",
                "--name=X",
                "--office=68001",
                "--password=barro negro 1952",
            ],
            "not an e-mail",
        ),
        (
            &[
                "--kind=clerk",
                "--email=rosa@example.mx",
                "--name=X",
                "--office=68001",
                "--password=barro negro 1952",
            ],
            "another kind",
        ),
    ] {
        let refused = add(&data, more);
        assert!(
            !refused.status.success() && text(&refused).contains(words),
            "{}",
            text(&refused)
        );
    }
    let listed = marketplace()
        .args(["account", "list", "--data"])
        .arg(&data)
        .output()
        .unwrap();
    let listed = text(&listed);
    assert!(listed.contains("rosa@example.mx") && listed.contains("68001") && !listed.contains("argon2"));
    let stopped = Command::new("kill")
        .arg(running.0.id().to_string())
        .status()
        .unwrap();
    assert!(stopped.success());
    assert!(running.0.wait().unwrap().success(), "told to stop it ends well");
    let (_running, said, _) = serve(&data);
    assert!(said.is_empty(), "only the first start introduces itself: {said}");
}

#[test]
fn a_wrong_set_up_is_said_in_words() {
    let data = tempfile::tempdir().unwrap();
    for (more, words) in [
        (["--operator", "XX"], "no operator profile XX"),
        (["--database-url", "mysql://x"], "postgres://"),
        (["--photos", "ftp://x"], "s3://BUCKET"),
    ] {
        let mut child = marketplace()
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path())
            .args(more)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert!(!child.wait().unwrap().success());
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn help_reads_well() {
    for command in [
        &["--help"][..],
        &["serve", "--help"],
        &["account", "--help"],
        &["account", "add", "--help"],
    ] {
        let help = marketplace().args(command).output().unwrap();
        assert!(help.status.success());
        assert!(text(&help).contains("Usage: marketplace"));
    }
}

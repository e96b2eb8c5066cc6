//! A throw-away PostgreSQL cluster: one for the test process, one database in it for each test.
//!
//! It runs below a small shell that waits for the end of its input, which is a pipe from this process:
//! however the tests end, the pipe closes, and the shell stops the cluster and removes its folder.

use sqlx::{AssertSqlSafe, Connection};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

struct Cluster {
    folder: PathBuf,
    _guard: Child,
}

static CLUSTER: LazyLock<Cluster> = LazyLock::new(start);
static COUNT: AtomicU32 = AtomicU32::new(0);

/// The URL of a new, empty database.
pub async fn new_database() -> String {
    let folder = tokio::task::spawn_blocking(|| CLUSTER.folder.clone())
        .await
        .unwrap();
    let name = format!("story_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(&url(&folder, "postgres"))
        .await
        .unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    url(&folder, &name)
}

fn url(folder: &Path, database: &str) -> String {
    format!("postgres:///{database}?host={}&user=postgres", folder.display())
}

fn start() -> Cluster {
    let bin = newest_bin();
    // Short, for the name of a socket has at most 107 bytes.
    let folder = tempfile::Builder::new()
        .prefix("pg")
        .tempdir_in("/tmp")
        .unwrap()
        .keep();
    let data = folder.join("data");
    let is_root = Command::new("id")
        .arg("-u")
        .output()
        .unwrap()
        .stdout
        .starts_with(b"0\n");
    let run_as: Vec<&str> = if is_root {
        let owned = Command::new("chown")
            .arg("postgres")
            .arg(&folder)
            .status()
            .unwrap();
        assert!(owned.success());
        vec!["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
    } else {
        vec![]
    };
    let as_postgres = |program: &str| {
        let mut words = run_as.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        words.push(bin.join(program).display().to_string());
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]).current_dir(&folder);
        command
    };
    let made = as_postgres("initdb")
        .args([
            "--no-sync",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-D",
        ])
        .arg(&data)
        .output()
        .unwrap();
    assert!(
        made.status.success(),
        "initdb: {}",
        String::from_utf8_lossy(&made.stderr)
    );
    let options = format!(
        "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c max_connections=400 -c shared_buffers=32MB",
        folder.display()
    );
    let started = as_postgres("pg_ctl")
        .args(["-w", "-t", "60", "-s", "-l"])
        .arg(folder.join("log"))
        .arg("-D")
        .arg(&data)
        .args(["-o", &options, "start"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert!(
        started.success(),
        "{}",
        std::fs::read_to_string(folder.join("log")).unwrap_or_default()
    );
    let script = "cat >/dev/null; \"$@\" -m immediate -s stop; rm -rf \"$FOLDER\"";
    let mut stop: Vec<String> = run_as.iter().map(|word| (*word).to_owned()).collect();
    stop.extend([
        bin.join("pg_ctl").display().to_string(),
        "-D".into(),
        data.display().to_string(),
    ]);
    let guard = Command::new("sh")
        .args(["-c", script, "guard"])
        .args(stop)
        .env("FOLDER", &folder)
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    Cluster {
        folder,
        _guard: guard,
    }
}

fn newest_bin() -> PathBuf {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .expect("PostgreSQL is not installed: apt-get install postgresql")
}

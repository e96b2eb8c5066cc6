//! Pictures from files, without a shop.

use crate::faults;
use crate::output::Output;
use crate::words::text;
use darkroom::Darkroom;
use messages::{Language, Value};
use shop::fault::{Fault, Result};
use shop::photos::develop_files::{FileDeveloped, develop_files};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// One line for each file as it is done. The exit code is that of the first fault; the others are in the lines.
pub async fn run(
    output: Output,
    language: Language,
    files: Vec<PathBuf>,
    out: PathBuf,
    recipe: String,
) -> Result<()> {
    let cancel = Arc::new(AtomicBool::new(false));
    let stop = cancel.clone();
    tokio::spawn(async move {
        if tokio::signal::ctrl_c().await.is_ok() {
            stop.store(true, Ordering::Relaxed);
        }
    });
    let asked = files.len();
    let darkroom = Darkroom::apart();
    let work = tokio::task::spawn_blocking(move || {
        let mut first: Option<Fault> = None;
        let done = develop_files(&files, &out, &recipe, &darkroom, &cancel, |file| {
            let printed = output.print(&file, |file| words(file, language)).err();
            first = first.take().or(file.fault).or(printed);
        })?;
        Ok::<_, Fault>((done, first))
    });
    let (done, first) = work.await.map_err(Fault::internal)??;
    if done < asked && !output.json {
        let counts = [
            ("done", Value::from(done as i64)),
            ("asked", Value::from(asked as i64)),
        ];
        eprintln!("{}", text(language, "develop-stopped", &counts));
    }
    first.map_or(Ok(()), Err)
}

fn words(file: &FileDeveloped, language: Language) -> String {
    let name = file.file.display().to_string();
    if let Some(fault) = &file.fault {
        return format!("{name}: {}", faults::words(fault, language).replace('\n', " "));
    }
    let to = file
        .outputs
        .first()
        .map(|output| output.path.display().to_string())
        .unwrap_or_default();
    let values = [
        ("file", Value::from(name.as_str())),
        ("to", Value::from(to.as_str())),
    ];
    let key = if file.there_already {
        "develop-there"
    } else {
        "develop-done"
    };
    let mut lines = vec![text(language, key, &values)];
    for advice in &file.advice {
        let mut line = format!("  {}", text(language, &advice.code.replace('_', "-"), &[]));
        if !advice.refused_by.is_empty() {
            let who = [("who", Value::from(advice.refused_by.join(", ")))];
            line = format!("{line} {}", text(language, "develop-refused", &who));
        }
        lines.push(line);
    }
    lines.join("\n")
}

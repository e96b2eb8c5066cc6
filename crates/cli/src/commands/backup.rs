//! Copies of the shop: made, listed, tried out, brought back; and a shop that does not open.

use super::Desk;
use crate::output::{Output, table};
use crate::words::text;
use darkroom::Darkroom;
use messages::{Language, Value, date_time};
use serde::Serialize;
use shop::Shop;
use shop::backup::rescue;
use shop::backup::view::{BackupReason, BackupView, Drill, Salvaged};
use shop::fault::{Code, Result};
use shop::world::System;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Makes one, here and in the chosen folder, or in one folder only.
pub async fn make(desk: &Desk, to: Option<PathBuf>) -> Result<()> {
    let made = match to {
        Some(folder) => {
            let folder = std::path::absolute(&folder).unwrap_or(folder);
            desk.shop.backup_to(&folder).await?
        }
        None => match desk.shop.backup_now().await {
            // The copy in the shop's folder was made; that the stick is away is worth saying, not failing.
            Err(fault) if fault.code == Code::BackupAway => {
                if !desk.output.json {
                    eprintln!("{}", crate::faults::words(&fault, desk.language));
                }
                newest(desk).await?
            }
            made => made?,
        },
    };
    desk.output.print(&made, |made| {
        format!(
            "{}\n{}",
            text(desk.language, "backup-made", &[]),
            line(desk.language, made)
        )
    })
}

async fn newest(desk: &Desk) -> Result<BackupView> {
    let backups = desk.shop.backup_state().await?.backups;
    let here = backups.into_iter().find(|backup| !backup.away);
    here.ok_or_else(|| Code::NotFound.into())
}

pub async fn list(desk: &Desk) -> Result<()> {
    let state = desk.shop.backup_state().await?;
    desk.output.print(&state, |state| {
        let mut lines = vec![text(
            desk.language,
            "backup-where",
            &[("folder", Value::from(state.folder.as_str()))],
        )];
        if let Some(away) = &state.away {
            let key = if away.there {
                "backup-away"
            } else {
                "backup-away-missing"
            };
            lines.push(text(
                desk.language,
                key,
                &[("folder", Value::from(away.folder.as_str()))],
            ));
        }
        if state.backups.is_empty() {
            lines.push(text(desk.language, "backup-none", &[]));
        }
        let rows: Vec<Vec<String>> = state
            .backups
            .iter()
            .map(|backup| cells(desk.language, backup))
            .collect();
        lines.push(table(&rows));
        lines.join("\n").trim_end().to_owned()
    })
}

/// Chooses where copies go as well.
pub async fn folder(desk: &Desk, folder: Option<PathBuf>) -> Result<()> {
    let folder = folder.map(|folder| std::path::absolute(&folder).unwrap_or(folder));
    let state = desk.shop.backup_folder_set(folder.as_deref()).await?;
    desk.output.print(&state, |state| match &state.away {
        Some(away) => text(
            desk.language,
            "backup-away",
            &[("folder", Value::from(away.folder.as_str()))],
        ),
        None => text(
            desk.language,
            "backup-where",
            &[("folder", Value::from(state.folder.as_str()))],
        ),
    })
}

/// Tries out one, or the newest.
pub async fn drill(desk: &Desk, id: Option<String>) -> Result<()> {
    let id = match id {
        Some(id) => id,
        None => newest(desk).await?.id,
    };
    let drill = desk.shop.backup_drill(&id).await?;
    desk.output.print(&drill, |drill| drilled(desk.language, drill))?;
    if drill.whole {
        Ok(())
    } else {
        Err(Code::BackupDamaged.into())
    }
}

fn drilled(language: Language, drill: &Drill) -> String {
    let values = [
        ("pieces", Value::from(drill.pieces)),
        ("orders", Value::from(drill.orders)),
        ("files", Value::from(drill.files)),
        ("size", Value::from(size(drill.bytes))),
        ("seconds", Value::from(format!("{:.1}", drill.ms as f64 / 1000.0))),
    ];
    let key = if drill.whole {
        "backup-drill-whole"
    } else {
        "backup-drill-broken"
    };
    let mut lines = vec![text(language, key, &values)];
    lines.extend(drill.problems.iter().take(20).map(|path| format!("  {path}")));
    lines.join("\n")
}

/// Goes back to a backup, of a shop that opens or of one that does not.
pub async fn restore(output: Output, language: &mut Language, folder: &Path, id: &str) -> Result<()> {
    let id = absolute(id);
    let view = match open(folder).await {
        Ok(shop) => {
            if !shop.state().await?.new {
                *language = shop.language().await?;
            }
            let ready = shop.backup_restore(&id).await;
            shop.close().await;
            ready?
        }
        Err(fault) if fault.code == Code::ShopDamaged => rescue::restore(folder, &id, &System).await?.0,
        Err(fault) => return Err(fault),
    };
    // Opening it puts the copy in its place.
    open(folder).await?.close().await;
    output.print(&view, |view| {
        format!("{}\n{}", text(*language, "restored", &[]), line(*language, view))
    })
}

/// What was done about a shop that did not open.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Rescued {
    Opens,
    Backup { backup: BackupView, waiting: i64 },
    Salvaged(Salvaged),
    BegunAgain,
}

/// The newest good backup; without one, what can still be read.
pub async fn rescue(
    output: Output,
    language: &mut Language,
    folder: &Path,
    salvage: bool,
    begin_again: bool,
) -> Result<()> {
    let done = match open(folder).await {
        Ok(shop) => {
            if !shop.state().await?.new {
                *language = shop.language().await?;
            }
            shop.close().await;
            Rescued::Opens
        }
        Err(fault) if fault.code == Code::ShopDamaged => {
            let done = bring_back(folder, salvage, begin_again).await?;
            let shop = open(folder).await?;
            if !shop.state().await?.new {
                *language = shop.language().await?;
            }
            shop.close().await;
            done
        }
        Err(fault) => return Err(fault),
    };
    let language = *language;
    output.print(&done, |done| match done {
        Rescued::Opens => text(language, "rescue-not-needed", &[]),
        Rescued::BegunAgain => text(language, "rescue-begun-again", &[]),
        Rescued::Backup { backup, waiting } => format!(
            "{}\n{}\n{}",
            text(language, "restored", &[]),
            line(language, backup),
            text(language, "rescue-waiting", &[("n", Value::from(*waiting))])
        ),
        Rescued::Salvaged(saved) => {
            let values = [
                ("pieces", Value::from(saved.pieces)),
                ("orders", Value::from(saved.orders)),
                ("waiting", Value::from(saved.waiting)),
                ("lost", Value::from(saved.lost)),
                ("kept", Value::from(saved.kept.as_str())),
            ];
            text(language, "rescue-salvaged", &values)
        }
    })
}

async fn bring_back(folder: &Path, salvage: bool, begin_again: bool) -> Result<Rescued> {
    if begin_again {
        rescue::begin_again(folder, &System).await?;
        return Ok(Rescued::BegunAgain);
    }
    if !salvage {
        for backup in rescue::look(folder).await?.backups {
            match rescue::restore(folder, &backup.id, &System).await {
                Ok((backup, waiting)) => return Ok(Rescued::Backup { backup, waiting }),
                // The one before it, then.
                Err(fault) if fault.code == Code::BackupDamaged => {}
                Err(fault) => return Err(fault),
            }
        }
    }
    Ok(Rescued::Salvaged(rescue::salvage(folder, &System).await?))
}

async fn open(folder: &Path) -> Result<Shop> {
    Shop::open_with(folder, Arc::new(System), Darkroom::apart()).await
}

/// A backup may be named by its path, from wherever one is.
fn absolute(id: &str) -> String {
    let path = Path::new(id);
    if path.is_dir()
        && let Ok(path) = std::path::absolute(path)
    {
        return path.display().to_string();
    }
    id.to_owned()
}

fn line(language: Language, backup: &BackupView) -> String {
    cells(language, backup).join("  ").trim_end().to_owned()
}

fn cells(language: Language, backup: &BackupView) -> Vec<String> {
    let reason = match backup.reason {
        BackupReason::Daily => "backup-daily",
        BackupReason::Asked => "backup-asked",
        BackupReason::BeforeMigration => "backup-before-migration",
        BackupReason::BeforeRestore => "backup-before-restore",
    };
    let values = [
        ("pieces", Value::from(backup.pieces)),
        ("orders", Value::from(backup.orders)),
        ("photos", Value::from(backup.photos)),
    ];
    let state = if backup.whole { "" } else { "backup-spoilt" };
    vec![
        backup.id.clone(),
        date_time(language, backup.made_ms, backup.offset_minutes),
        text(language, reason, &[]),
        text(language, "backup-holds", &values),
        size(backup.bytes),
        if state.is_empty() {
            String::new()
        } else {
            text(language, state, &[])
        },
    ]
}

fn size(bytes: i64) -> String {
    let megabytes = bytes as f64 / 1_000_000.0;
    if megabytes < 1000.0 {
        format!("{megabytes:.1} MB")
    } else {
        format!("{:.1} GB", megabytes / 1000.0)
    }
}

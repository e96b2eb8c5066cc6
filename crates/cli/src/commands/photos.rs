//! Photos of a piece.

use super::Desk;
use crate::arguments::PhotoCommand;
use crate::faults;
use crate::words::text;
use messages::Value;
use serde::Serialize;
use shop::fault::{Fault, Result};
use shop::photos::view::{CardPaper, CardsFor};
use std::path::Path;

#[derive(Serialize)]
pub(super) struct Taken {
    file: String,
    hash: Option<String>,
    duplicate: bool,
    notes: Vec<String>,
    pub(super) fault: Option<Fault>,
}

pub async fn run(desk: &Desk, command: PhotoCommand) -> Result<()> {
    match command {
        PhotoCommand::Add { piece, files } => {
            let id = desk.piece(&piece).await?;
            let mut taken = Vec::new();
            for file in &files {
                taken.push(add(desk, &id, file).await);
            }
            desk.output.print(&taken, |taken| {
                taken
                    .iter()
                    .map(|one| line(desk, one))
                    .collect::<Vec<_>>()
                    .join("\n")
            })?;
            // The exit code is that of the first fault; the others are in the list.
            taken.into_iter().find_map(|one| one.fault).map_or(Ok(()), Err)
        }
        PhotoCommand::Match { folder, apply } => super::matching::run(desk, &folder, apply).await,
        PhotoCommand::Cards { all, letter } => {
            let of = if all {
                CardsFor::All
            } else {
                CardsFor::WithoutPhotos
            };
            let sheet = if letter { CardPaper::Letter } else { CardPaper::A4 };
            let path = desk.shop.cards_paper(of, sheet).await?;
            desk.output.print(&path, |path| path.display().to_string())
        }
        // It needs no shop, and is done before one is opened.
        PhotoCommand::Develop { .. } => Ok(()),
        PhotoCommand::Remove { piece, photo } => {
            let id = desk.piece(&piece).await?;
            let product = desk.shop.photo_remove(&id, &photo).await?;
            desk.output.print(&product, |_| String::new())
        }
    }
}

pub(super) async fn add(desk: &Desk, id: &str, file: &Path) -> Taken {
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let added = async {
        let bytes = tokio::fs::read(file)
            .await
            .map_err(|error| Fault::from(error).with("file", file.display()))?;
        desk.shop.photo_add(id, &name, bytes).await
    };
    let file = file.display().to_string();
    match added.await {
        Ok(added) => Taken {
            file,
            hash: Some(added.hash),
            duplicate: added.duplicate,
            notes: added.notes,
            fault: None,
        },
        Err(fault) => Taken {
            file,
            hash: None,
            duplicate: false,
            notes: Vec::new(),
            fault: Some(fault),
        },
    }
}

fn line(desk: &Desk, taken: &Taken) -> String {
    let file = [("file", Value::from(taken.file.as_str()))];
    match &taken.fault {
        Some(fault) => format!("{}: {}", taken.file, faults::words(fault, desk.language)),
        None if taken.duplicate => text(desk.language, "photo-there-already", &file),
        None => text(desk.language, "photo-added", &file),
    }
}

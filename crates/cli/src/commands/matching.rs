//! Photos of a folder to the pieces that they belong to.

use super::{Desk, photos};
use crate::output::table;
use crate::words::text;
use serde::Serialize;
use shop::catalog::view::{ProductFilter, ProductQuery};
use shop::fault::{Fault, Result};
use shop::photos::matching::{Candidate, File, Piece, Reason, Unmatched, match_photos};
use std::path::{Path, PathBuf};

const PAGE: u32 = 200;

#[derive(Serialize)]
struct Line {
    file: String,
    /// The piece's id.
    piece: Option<String>,
    title: Option<String>,
    /// Why it is the piece's, or why it is none's yet.
    why: &'static str,
    /// With `--apply`: whether it is in the piece now.
    added: Option<bool>,
    fault: Option<Fault>,
}

pub async fn run(desk: &Desk, folder: &Path, apply: bool) -> Result<()> {
    let pieces = pieces(desk).await?;
    let mut files = Vec::new();
    walk(folder, folder, &mut files).map_err(|error| Fault::from(error).with("file", folder.display()))?;
    let mut lines: Vec<Line> = match_photos(&files, &pieces)
        .into_iter()
        .map(|row| {
            let (piece, why) = said(&row.candidate);
            let title = piece.as_ref().and_then(|id| {
                let found = pieces.iter().find(|piece| piece.id == *id)?;
                Some(found.title.clone())
            });
            Line {
                file: row.path,
                piece,
                title,
                why,
                added: None,
                fault: None,
            }
        })
        .collect();
    if apply {
        for line in &mut lines {
            if let Some(piece) = &line.piece
                && line.why != "card_itself"
            {
                let taken = photos::add(desk, piece, &folder.join(&line.file)).await;
                line.added = Some(taken.fault.is_none());
                line.fault = taken.fault;
            }
        }
    }
    desk.output.print(&lines, |lines| {
        let rows: Vec<Vec<String>> = lines
            .iter()
            .map(|line| {
                let why = text(
                    desk.language,
                    &format!("match-{}", line.why.replace('_', "-")),
                    &[],
                );
                vec![line.file.clone(), line.title.clone().unwrap_or_default(), why]
            })
            .collect();
        table(&rows)
    })?;
    lines.into_iter().find_map(|line| line.fault).map_or(Ok(()), Err)
}

fn said(candidate: &Candidate) -> (Option<String>, &'static str) {
    match candidate {
        Candidate::Photo { piece, reason } => {
            let why = match reason {
                Reason::FileSku => "file_sku",
                Reason::FolderSku => "folder_sku",
                Reason::Card => "card",
                Reason::FileTitle => "file_title",
                Reason::FolderTitle => "folder_title",
            };
            (Some(piece.clone()), why)
        }
        Candidate::Card { piece } => (Some(piece.clone()), "card_itself"),
        Candidate::None(Unmatched::Several(_)) => (None, "several"),
        Candidate::None(Unmatched::CamerasName) => (None, "cameras_name"),
        Candidate::None(Unmatched::Nothing) => (None, "nothing"),
    }
}

async fn pieces(desk: &Desk) -> Result<Vec<Piece>> {
    let mut all = Vec::new();
    loop {
        let page = desk
            .shop
            .product_list(ProductQuery {
                text: String::new(),
                filter: ProductFilter::All,
                offset: u32::try_from(all.len()).unwrap_or(u32::MAX),
                limit: PAGE,
            })
            .await?;
        if page.items.is_empty() {
            return Ok(all);
        }
        all.extend(page.items.into_iter().map(|item| Piece {
            id: item.id,
            sku: item.sku,
            title: item.title,
        }));
    }
}

/// Every file that is not hidden, by its path from `root`. A link that leads round in a circle is not followed.
fn walk(root: &Path, folder: &Path, files: &mut Vec<File>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    entries.sort();
    for path in entries {
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden || path.is_symlink() && path.is_dir() {
            continue;
        }
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            let parts: Vec<String> = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            files.push(File {
                path: parts.join("/"),
                ..File::default()
            });
        }
    }
    Ok(())
}

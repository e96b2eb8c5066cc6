//! Photos of a folder to the pieces that they belong to.

use super::Desk;
use crate::output::table;
use crate::words::text;
use serde::Serialize;
use shop::fault::{Fault, Result};
use shop::photos::folder_table::view::{MatchRow, MatchState};
use std::collections::HashMap;
use std::path::Path;

#[derive(Serialize)]
struct Line {
    file: String,
    /// The piece's id.
    piece: Option<String>,
    title: Option<String>,
    /// Why it is the piece's, or why it is none's yet.
    why: String,
    /// With `--apply`: whether it is in the piece now.
    added: Option<bool>,
    fault: Option<Fault>,
}

pub async fn run(desk: &Desk, folder: &Path, apply: bool) -> Result<()> {
    let (matched, _told) = desk.shop.folder_table(folder).await?;
    // Cards are in the pictures themselves.
    matched.read().await;
    if apply {
        matched.take().await;
    }
    let titles: HashMap<String, String> = desk
        .shop
        .match_pieces()
        .await?
        .into_iter()
        .map(|piece| (piece.id, piece.title))
        .collect();
    let lines: Vec<Line> = matched
        .table()
        .rows
        .into_iter()
        .map(|row| Line {
            why: why(&row).to_owned(),
            added: (apply && row.product_id.is_some() && !row.card)
                .then_some(matches!(row.state, MatchState::Added | MatchState::Duplicate)),
            title: row.product_id.as_ref().and_then(|id| titles.get(id).cloned()),
            file: row.path,
            piece: row.product_id,
            fault: row.fault,
        })
        .collect();
    desk.output.print(&lines, |lines| {
        let rows: Vec<Vec<String>> = lines
            .iter()
            .map(|line| {
                let key = format!("match-{}", line.why.replace('_', "-"));
                let why = text(desk.language, &key, &[]);
                vec![line.file.clone(), line.title.clone().unwrap_or_default(), why]
            })
            .collect();
        table(&rows)
    })?;
    // The exit code is that of the first fault; the others are in the lines.
    lines.into_iter().find_map(|line| line.fault).map_or(Ok(()), Err)
}

fn why(row: &MatchRow) -> &str {
    match (&row.by, &row.unmatched) {
        _ if row.card => "card_itself",
        (Some(by), _) => by,
        (None, Some(why)) => why,
        (None, None) => "nothing",
    }
}

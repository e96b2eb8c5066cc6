//! Lists of pieces: one branch, or what a search found.

use super::card::{Card, PER_PAGE, cards};
use super::home::{BranchLink, branch_links};
use crate::records::products::Wanted;
use crate::web::{Answer, Page, PageFault, Visit};
use crate::{percent, search, words};
use askama::Template;
use axum::extract::{Path, Query};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "browse.html")]
struct Browse {
    page: Page,
    heading: String,
    /// The branch that is shown; empty for a search.
    branch: String,
    cards: Vec<Card>,
    branches: Vec<BranchLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// Letters of a question; more is no question.
const QUESTION: usize = 100;
const PAGES: i64 = 1000;

pub async fn branch(
    visit: Visit,
    Path(key): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    let name = words::branch(visit.language, &key);
    if name.is_empty() {
        return Err(PageFault::NotFound);
    }
    let wanted = Wanted {
        branch: &key,
        ..Wanted::default()
    };
    let page = visit.page().await?;
    show(visit, page, &wanted, name, &query, format!("/branch/{key}?")).await
}

pub async fn search(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let question: String = query
        .get("q")
        .map_or("", |q| q.trim())
        .chars()
        .take(QUESTION)
        .collect();
    let patterns = search::patterns(&question);
    let wanted = Wanted {
        patterns: &patterns,
        ..Wanted::default()
    };
    let mut page = visit.page().await?;
    let heading = if question.is_empty() {
        page.t("browse-all")
    } else {
        page.ts("browse-search", "question", &question)
    };
    let base = format!("/search?q={}&", percent::value(&question));
    page.question = question;
    show(visit, page, &wanted, heading, &query, base).await
}

async fn show(
    visit: Visit,
    page: Page,
    wanted: &Wanted<'_>,
    heading: String,
    query: &BTreeMap<String, String>,
    base: String,
) -> Answer {
    let number = query.get("page").and_then(|page| page.parse().ok());
    let number: i64 = number.unwrap_or(1).clamp(1, PAGES);
    let pool = visit.app.database.read();
    let mut cards = cards(pool, &page, wanted, (number - 1) * PER_PAGE, PER_PAGE + 1).await?;
    let per_page = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    let more = cards.len() > per_page;
    cards.truncate(per_page);
    let branches = branch_links(&visit, &page).await?;
    visit.html(&Browse {
        page,
        heading,
        branch: wanted.branch.to_owned(),
        cards,
        branches,
        previous: (number > 1).then(|| format!("{base}page={}", number - 1)),
        next: more.then(|| format!("{base}page={}", number + 1)),
    })
}

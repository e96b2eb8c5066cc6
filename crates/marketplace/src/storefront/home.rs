//! The first page.

use super::card::{Card, cards};
use crate::records::products::{self, Wanted};
use crate::web::{Answer, Page, Visit};
use crate::words;
use askama::Template;

/// A branch of craft and how many pieces it has.
pub struct BranchLink {
    pub key: String,
    pub name: String,
    pub pieces: i64,
}

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
    hero: Vec<Card>,
    newest: Vec<Card>,
    made_in_mexico: Vec<Card>,
    branches: Vec<BranchLink>,
}

const NEWEST: usize = 4;
const MADE_IN_MEXICO: usize = 8;

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page().await?;
    let pool = visit.app.database.read();
    let newest = cards(pool, &page, &Wanted::default(), 0, 12).await?;
    let mexican = Wanted {
        country: "MX",
        ..Wanted::default()
    };
    let mexican = cards(pool, &page, &mexican, 0, 20).await?;
    let hero = newest
        .iter()
        .filter(|card| card.photo.is_some())
        .take(3)
        .cloned()
        .collect();
    let newest: Vec<Card> = newest.into_iter().take(NEWEST).collect();
    // The same piece is not shown twice below each other while there are others.
    let is_new = |card: &Card| newest.iter().any(|new| new.id == card.id);
    let (seen, mut made_in_mexico): (Vec<Card>, Vec<Card>) = mexican.into_iter().partition(is_new);
    if made_in_mexico.is_empty() {
        made_in_mexico = seen;
    }
    made_in_mexico.truncate(MADE_IN_MEXICO);
    let branches = branch_links(&visit, &page).await?;
    visit.html(&Home {
        page,
        hero,
        newest,
        made_in_mexico,
        branches,
    })
}

/// The branches that have pieces, by their names.
pub async fn branch_links(visit: &Visit, page: &Page) -> Result<Vec<BranchLink>, crate::Error> {
    let mut links: Vec<BranchLink> = products::branches(visit.app.database.read())
        .await?
        .into_iter()
        .map(|(key, pieces)| BranchLink {
            name: words::branch(page.language, &key),
            key,
            pieces,
        })
        .filter(|link| !link.name.is_empty())
        .collect();
    links.sort_by_key(|link| crate::search::folded(&link.name));
    Ok(links)
}

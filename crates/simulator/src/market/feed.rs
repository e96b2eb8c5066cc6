//! The feed, page by page.

use super::{Market, Told};
use crate::fault::Fault;
use api::feed::{Entry, FeedPage, FeedRequest, OwnEntry, kind};
use serde_json::Value;
use std::str::FromStr;
use sync::parity::Sum;

const PAGE: usize = 8;
/// A first reading brings what is open, then pieces and stock, then what is over.
const PARTS: u8 = 3;

/// Where a cursor is.
#[derive(Clone, Copy)]
enum Place {
    /// In a first reading, which brings what was there when it began.
    First { part: u8, after: u64, until: u64 },
    /// After a position; or after a time, when that fault is planted.
    At(u64),
}

fn urgency(entry: &Entry) -> u8 {
    let text = |name: &str| entry.state.get(name).and_then(Value::as_str).unwrap_or_default();
    let open = match entry.kind.as_str() {
        kind::ORDER => !matches!(text("status"), "shipped" | "delivered" | "cancelled"),
        kind::PARCEL => entry.state["events"].as_array().is_none_or(Vec::is_empty),
        kind::DROP_OFF => matches!(text("status"), "closed" | "left"),
        _ => return 1,
    };
    if open { 0 } else { 2 }
}

impl Market {
    /// What it answers to this laptop: a page, or nothing at all when there is nothing new. None when the cursor is
    /// worth nothing.
    pub fn page(&self, asked: &FeedRequest, laptop: &str, stale: bool) -> Option<Option<FeedPage>> {
        let place = match &asked.after {
            None => Place::First {
                part: 0,
                after: 0,
                until: self.position,
            },
            Some(cursor) => self.read_cursor(cursor)?,
        };
        let brief = self.is_brief && asked.brief == Some(true);
        let is_first = matches!(place, Place::First { .. });
        let (told, place) = match place {
            Place::At(after) => self.after(after),
            Place::First { part, after, until } => self.first(part, after, until),
        };
        let at_end = match place {
            Place::At(_) if self.is_timed() => told.len() < PAGE,
            Place::At(position) => position == self.position,
            Place::First { .. } => false,
        };
        let agrees = asked.sum.as_deref().is_none_or(|sum| sum.parse() == Ok(self.sum));
        if told.is_empty() && asked.after.is_some() && agrees && at_end {
            return Some(None);
        }
        let is_own = |told: &Told| {
            let own = told.by.as_deref() == Some(laptop);
            brief && own && matches!(told.entry.kind.as_str(), kind::PRODUCT | kind::MOVEMENT)
        };
        let (own, whole): (Vec<&Told>, Vec<&Told>) =
            told.into_iter().partition(|told| !is_first && is_own(told));
        let entries = whole.into_iter().map(|told| match &told.before {
            Some(before) if stale && before.kind == kind::ORDER => Entry::clone(before),
            _ => Entry::clone(&told.entry),
        });
        let own = own.into_iter().map(|told| OwnEntry {
            position: told.entry.position,
            kind: told.entry.kind.clone(),
            id: told.entry.id.clone(),
            digest: Sum(told.digest).to_string(),
        });
        let page = FeedPage {
            entries: entries.collect(),
            own: own.collect(),
            cursor: self.cursor(place),
            more: !at_end,
            server_ms: self.now_ms,
            sum: at_end.then(|| self.sum.to_string()),
        };
        Some(Some(page))
    }

    /// How many things had happened when this was the highest position.
    pub fn happened_by(&self, position: u64) -> usize {
        self.happened_at.get(&position).map_or(0, |at| at + 1)
    }

    fn is_timed(&self) -> bool {
        self.fault == Some(Fault::CursorIsATime)
    }

    fn cursor(&self, place: Place) -> String {
        let epoch = self.feed_epoch;
        match place {
            Place::At(position) => format!("{epoch}:{position}"),
            Place::First { part, after, until } => format!("{epoch}:{until}:{part}:{after}"),
        }
    }

    fn read_cursor(&self, cursor: &str) -> Option<Place> {
        let mut parts = cursor.split(':');
        let epoch: u32 = read(parts.next())?;
        let end: u64 = read(parts.next())?;
        let place = match parts.next() {
            None => Place::At(end),
            part => Place::First {
                part: read(part)?,
                after: read(parts.next())?,
                until: end,
            },
        };
        let of_this_feed = epoch == self.feed_epoch && (self.is_timed() || end <= self.position);
        of_this_feed.then_some(place)
    }

    fn after(&self, after: u64) -> (Vec<&Told>, Place) {
        if self.is_timed() {
            let later = |told: &&Told| told.at_ms.unsigned_abs() > after;
            let told: Vec<&Told> = self.feed.values().filter(later).take(PAGE).collect();
            let last = told.last().map_or(after, |last| last.at_ms.unsigned_abs());
            return (told, Place::At(last));
        }
        let told: Vec<&Told> = self
            .feed
            .range(after + 1..)
            .map(|(_, told)| told)
            .take(PAGE)
            .collect();
        let last = told.last().map_or(after, |last| last.entry.position);
        (told, Place::At(last))
    }

    /// Entries of a first reading; none only at its end.
    fn first(&self, mut part: u8, mut after: u64, until: u64) -> (Vec<&Told>, Place) {
        while part < PARTS {
            let between = self
                .feed
                .range(after + 1..until.max(after) + 1)
                .map(|(_, told)| told);
            let told: Vec<&Told> = between
                .filter(|told| urgency(&told.entry) == part)
                .take(PAGE)
                .collect();
            if told.len() == PAGE {
                let after = told.last().map_or(after, |last| last.entry.position);
                return (told, Place::First { part, after, until });
            }
            (part, after) = (part + 1, 0);
            if !told.is_empty() {
                let place = if part < PARTS {
                    Place::First { part, after, until }
                } else {
                    Place::At(self.end_of_first(until))
                };
                return (told, place);
            }
        }
        self.after(self.end_of_first(until))
    }

    fn end_of_first(&self, until: u64) -> u64 {
        if self.is_timed() {
            let last = self.feed.range(..=until).next_back();
            return last.map_or(0, |(_, last)| last.at_ms.unsigned_abs());
        }
        until
    }
}

fn read<T: FromStr>(text: Option<&str>) -> Option<T> {
    text?.parse().ok()
}

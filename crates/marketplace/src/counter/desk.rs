//! The counter's one page: the field, what was found, and the list of the day.

use super::decide::{self, Clerk, Decision, LATER};
use super::find::{self, Typed};
use crate::clock::{DAY_MS, MINUTE_MS, now_ms};
use crate::records::accounts::Kind;
use crate::records::{counter_entries, drop_offs, orders, parcels, shops};
use crate::seller::sign_in;
use crate::storefront::timeline;
use crate::web::form::Fields;
use crate::web::{Answer, Form, Page, PageFault, Visit};
use api::drop_off::{DropOffState, DropOffStatus};
use api::order::{OrderStatus, ParcelState};
use askama::Template;
use axum::extract::{Path, Query};
use postal::S10;
use std::collections::BTreeMap;

/// A parcel as the clerk sees it.
pub struct ParcelView {
    pub id: String,
    pub number: String,
    pub order: String,
    pub to: String,
    pub service: String,
    pub weight: String,
    pub state: String,
    /// Can be accepted or refused.
    pub is_open: bool,
    pub cancelled: bool,
    pub refused_why: String,
    /// Codes and words of what may be entered next.
    pub next: Vec<(&'static str, String)>,
}

pub struct DropOffView {
    pub id: String,
    pub number: String,
    pub shop: String,
    pub closed: String,
    pub office: String,
    /// It was meant for another office.
    pub elsewhere: bool,
    pub status: String,
    pub is_open: bool,
    pub parcels: Vec<ParcelView>,
}

pub struct TodayRow {
    pub when: String,
    pub number: String,
    pub what: String,
    pub reason: String,
    pub is_refusal: bool,
}

/// Reasons to refuse, in the order of the list.
const REASONS: [&str; 6] = ["address", "packing", "prohibited", "weight", "customs", "other"];
const REASON_LETTERS: usize = 200;
const TODAY: i64 = 300;

#[derive(Template)]
#[template(path = "counter.html")]
struct Desk {
    page: Page,
    office: String,
    clerk: String,
    typed: String,
    problem: Option<String>,
    done: Option<String>,
    drop_off: Option<DropOffView>,
    parcel: Option<ParcelView>,
    parcel_shop: String,
    today: Vec<TodayRow>,
    date: String,
    reasons: Vec<(&'static str, String)>,
}

pub async fn show(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let Some(clerk) = clerk(&visit) else {
        return sign_in::ask(visit);
    };
    let typed: String = query
        .get("number")
        .map_or("", |typed| typed.trim())
        .chars()
        .take(60)
        .collect();
    let page = visit.page().await?;
    let done = match query.get("done").map(String::as_str) {
        Some("0") => Some(page.t("counter-done-none")),
        Some(count) => count
            .parse::<u32>()
            .ok()
            .map(|count| page.tn("counter-done", count)),
        None => None,
    };
    let reasons = REASONS
        .iter()
        .map(|key| (*key, page.t(&format!("reason-{key}"))))
        .collect();
    let mut desk = Desk {
        office: format!("{} · {}", clerk.office.name, clerk.office.code),
        clerk: page.account_name.clone(),
        problem: None,
        done,
        drop_off: None,
        parcel: None,
        parcel_shop: String::new(),
        today: today(&visit, &page, &clerk).await?,
        date: page.date(now_ms()),
        reasons,
        typed,
        page,
    };
    if !desk.typed.is_empty() {
        look_up(&visit, &clerk, &mut desk).await?;
    }
    visit.html(&desk)
}

async fn look_up(visit: &Visit, clerk: &Clerk, desk: &mut Desk) -> Result<(), PageFault> {
    let pool = visit.app.database.read();
    let mut connection = pool.acquire().await?;
    match find::read(&desk.typed) {
        Typed::Wrong(key) => desk.problem = Some(desk.page.t(key)),
        Typed::Parcel(number) => match parcels::by_number(&mut connection, &number).await? {
            Some(parcel) => {
                let shop = shops::get(pool, &parcel.shop_id).await?;
                desk.parcel_shop = shop.map(|shop| shop.name).unwrap_or_default();
                desk.parcel = Some(parcel_view(visit, &desk.page, &parcel.state).await?);
            }
            None => desk.problem = Some(desk.page.t("counter-no-parcel")),
        },
        Typed::DropOff(number) => match drop_offs::by_number(&mut connection, &number).await? {
            Some(drop_off) => {
                let shop = shops::get(pool, &drop_off.shop_id).await?;
                let shop = shop.map(|shop| shop.name).unwrap_or_default();
                desk.drop_off = Some(drop_off_view(visit, &desk.page, clerk, &drop_off.state, shop).await?);
            }
            None => desk.problem = Some(desk.page.t("counter-no-drop-off")),
        },
    }
    Ok(())
}

async fn drop_off_view(
    visit: &Visit,
    page: &Page,
    clerk: &Clerk,
    state: &DropOffState,
    shop: String,
) -> Result<DropOffView, PageFault> {
    let mut views = Vec::with_capacity(state.drop_off.parcel_ids.len());
    for id in &state.drop_off.parcel_ids {
        let mut connection = visit.app.database.read().acquire().await?;
        let parcel = parcels::get(&mut connection, id).await?;
        drop(connection);
        if let Some(parcel) = parcel {
            let mut view = parcel_view(visit, page, &parcel.state).await?;
            // One that was refused here may lie in another drop-off by now.
            view.is_open &= parcel.state.drop_off_id.as_deref() == Some(state.drop_off.id.as_str());
            views.push(view);
        }
    }
    let number = postal::DropOffNumber::parse(&state.drop_off.number);
    let office = visit.app.profile.office(&state.drop_off.office);
    Ok(DropOffView {
        id: state.drop_off.id.clone(),
        number: number.map_or(state.drop_off.number.clone(), |number| number.grouped()),
        shop,
        closed: page.date_time(state.drop_off.closed_ms),
        office: office.map_or(state.drop_off.office.clone(), |office| office.name.clone()),
        elsewhere: state.drop_off.office != clerk.office.code,
        status: page.t(match state.status {
            DropOffStatus::Closed | DropOffStatus::Left => "drop-off-waiting",
            DropOffStatus::Accepted => "drop-off-accepted",
            DropOffStatus::PartlyAccepted => "drop-off-partly",
            DropOffStatus::Refused => "drop-off-refused",
        }),
        is_open: views.iter().any(|view| view.is_open),
        parcels: views,
    })
}

async fn parcel_view(visit: &Visit, page: &Page, parcel: &ParcelState) -> Result<ParcelView, PageFault> {
    let mut connection = visit.app.database.read().acquire().await?;
    let order = orders::get(&mut connection, &parcel.parcel.order_id)
        .await?
        .ok_or(PageFault::NotFound)?
        .state;
    drop(connection);
    let now = now_ms();
    let with_post = timeline::now(parcel).state.with_the_post();
    let cancelled = order.status == OrderStatus::Cancelled;
    let last = parcel.events.iter().max_by_key(|event| event.at_ms);
    let country = postal::country::find(&order.ship_to.country);
    let country = country.map_or("", |country| country.name(page.language.code()));
    let to = [order.ship_to.name.as_str(), order.ship_to.city.as_str(), country];
    let service = visit.app.profile.service(&parcel.parcel.service);
    Ok(ParcelView {
        id: parcel.parcel.id.clone(),
        number: S10::parse(&parcel.parcel.s10).map_or(parcel.parcel.s10.clone(), |number| number.grouped()),
        order: order.number,
        to: to
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        service: service.map_or(parcel.parcel.service.clone(), |service| {
            service.names.name(page.language.code()).to_owned()
        }),
        weight: messages::weight(page.language, parcel.parcel.weight_g),
        state: match last {
            Some(event) => timeline::code_words(page, &event.code),
            None if cancelled => page.t("status-cancelled"),
            None => page.t("counter-not-yet"),
        },
        is_open: !with_post,
        cancelled,
        refused_why: last.and_then(|event| event.reason.clone()).unwrap_or_default(),
        next: decide::next_events(parcel, order.ship_to.country != visit.app.profile.country, now)
            .into_iter()
            .map(|code| (code, timeline::code_words(page, code)))
            .collect(),
    })
}

async fn today(visit: &Visit, page: &Page, clerk: &Clerk) -> Result<Vec<TodayRow>, crate::Error> {
    let offset = i64::from(visit.app.profile.utc_offset_minutes) * MINUTE_MS;
    let midnight = (now_ms() + offset).div_euclid(DAY_MS) * DAY_MS - offset;
    let entries =
        counter_entries::since(visit.app.database.read(), &clerk.office.code, midnight, TODAY).await?;
    Ok(entries
        .into_iter()
        .map(|entry| TodayRow {
            when: page.time(entry.at_ms),
            number: S10::parse(&entry.s10).map_or(entry.s10, |number| number.grouped()),
            what: timeline::code_words(page, &entry.code),
            is_refusal: entry.code == timeline::REFUSED,
            reason: entry.reason,
        })
        .collect())
}

/// Accepts all of a drop-off, or decides on each of its parcels.
pub async fn decide_drop_off(Path(id): Path<String>, Form { visit, fields }: Form) -> Answer {
    let Some(clerk) = clerk(&visit) else {
        return sign_in::ask(visit);
    };
    let mut connection = visit.app.database.read().acquire().await?;
    let drop_off = drop_offs::get(&mut connection, &id)
        .await?
        .ok_or(PageFault::NotFound)?;
    drop(connection);
    let page = visit.page().await?;
    let accept_all = fields.get("do") == "accept-all";
    let mut decisions = BTreeMap::new();
    for parcel in &drop_off.state.drop_off.parcel_ids {
        let decision = if accept_all {
            Some(Decision::Accept)
        } else {
            match fields.get(&format!("decision-{parcel}")) {
                "accept" => Some(Decision::Accept),
                "refuse" => refusal(&page, &fields, &format!("-{parcel}")),
                _ => None,
            }
        };
        if let Some(decision) = decision {
            decisions.insert(parcel.clone(), decision);
        }
    }
    let counted = decide::decide(&visit.app, &clerk, &drop_off.shop_id, &decisions, now_ms()).await?;
    let number = crate::percent::value(&drop_off.state.drop_off.number);
    let again = if counted == 0 {
        format!("&number={number}")
    } else {
        String::new()
    };
    visit.go(&format!("/counter?done={counted}{again}"))
}

/// Accepts or refuses one parcel, or enters what happened to it later.
pub async fn decide_parcel(Path(id): Path<String>, Form { visit, fields }: Form) -> Answer {
    let Some(clerk) = clerk(&visit) else {
        return sign_in::ask(visit);
    };
    let mut connection = visit.app.database.read().acquire().await?;
    let parcel = parcels::get(&mut connection, &id)
        .await?
        .ok_or(PageFault::NotFound)?;
    drop(connection);
    let page = visit.page().await?;
    let decision = match fields.get("do") {
        "accept" => Some(Decision::Accept),
        "refuse" => refusal(&page, &fields, ""),
        "event" => LATER
            .into_iter()
            .find(|code| *code == fields.get("event"))
            .map(Decision::Event),
        _ => None,
    };
    let decisions: BTreeMap<String, Decision> = decision.map(|decision| (id, decision)).into_iter().collect();
    let counted = decide::decide(&visit.app, &clerk, &parcel.shop_id, &decisions, now_ms()).await?;
    let number = crate::percent::value(&parcel.state.parcel.s10);
    let again = if counted == 0 {
        format!("&number={number}")
    } else {
        String::new()
    };
    visit.go(&format!("/counter?done={counted}{again}"))
}

/// A refusal in words: the reason that was chosen, and what the clerk added.
fn refusal(page: &Page, fields: &Fields, suffix: &str) -> Option<Decision> {
    let key = fields.get(&format!("reason{suffix}"));
    let key = REASONS.into_iter().find(|known| *known == key)?;
    let note: String = fields
        .line(&format!("note{suffix}"))
        .chars()
        .take(REASON_LETTERS)
        .collect();
    let words = page.t(&format!("reason-{key}"));
    Some(Decision::Refuse(match (key, note.is_empty()) {
        ("other", false) => note,
        (_, false) => format!("{words}: {note}"),
        (_, true) => words,
    }))
}

fn clerk(visit: &Visit) -> Option<Clerk> {
    let account = visit.signed_in(Kind::Clerk)?;
    Some(Clerk {
        account_id: account.id.clone(),
        office: visit.app.profile.office(account.office.as_deref()?)?,
    })
}

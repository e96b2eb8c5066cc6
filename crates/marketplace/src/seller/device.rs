//! A laptop asks to be let in: the seller types or confirms its code, sees its name, and says yes or no.

use super::sign_in;
use crate::accounts::devices;
use crate::clock::now_ms;
use crate::records::accounts::Kind;
use crate::records::grants::{self, Grant, status};
use crate::web::{Answer, Form, Page, PageFault, Visit};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "device.html")]
struct DevicePage {
    page: Page,
    /// As it was typed, or as it is kept once it was found.
    code: String,
    /// The laptop's name, once its code was found.
    laptop: Option<String>,
    problem: Option<String>,
    /// Whether it was let in, once that was said.
    decided: Option<bool>,
}

pub async fn show(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    if visit.signed_in(Kind::Seller).is_none() {
        return sign_in::ask(visit);
    }
    let typed: String = query
        .get("code")
        .map_or("", |code| code.trim())
        .chars()
        .take(20)
        .collect();
    if typed.is_empty() {
        return answer(visit, String::new(), None, None, None).await;
    }
    match find(&visit, &typed).await? {
        Some(grant) => answer(visit, grant.user_code, Some(grant.laptop_name), None, None).await,
        None => answer(visit, typed, None, Some("device-unknown"), None).await,
    }
}

pub async fn decide(Form { visit, fields }: Form) -> Answer {
    let shop = visit
        .signed_in(Kind::Seller)
        .and_then(|account| account.shop_id.clone());
    let Some(shop) = shop else {
        return sign_in::ask(visit);
    };
    let typed: String = fields.get("code").chars().take(20).collect();
    let approve = match fields.get("decision") {
        "approve" => true,
        "deny" => false,
        _ => return visit.go("/device"),
    };
    let Some(grant) = find(&visit, &typed).await? else {
        return answer(visit, typed, None, Some("device-unknown"), None).await;
    };
    let counted = devices::decide(&visit.app.database, &grant.user_code, &shop, approve).await?;
    let problem = (!counted).then_some("device-unknown");
    answer(
        visit,
        grant.user_code,
        Some(grant.laptop_name),
        problem,
        counted.then_some(approve),
    )
    .await
}

/// The grant of a code that still waits. Wrong codes are counted: nobody gets to guess (RFC 8628 §5.1).
async fn find(visit: &Visit, typed: &str) -> Result<Option<Grant>, PageFault> {
    let account = visit.account.as_ref().map_or("", |account| account.id.as_str());
    let names = [format!("account {account}"), format!("address {}", visit.address)];
    let names = [names[0].as_str(), names[1].as_str()];
    if let Some(seconds) = visit.app.user_codes.wait(&names) {
        return Err(PageFault::Wait(seconds));
    }
    let found = match devices::tidy_user_code(typed) {
        Some(code) => grants::by_user_code(visit.app.database.read(), &code, now_ms()).await?,
        None => None,
    };
    let waiting = found.filter(|grant| grant.status == status::PENDING);
    if waiting.is_none() {
        visit.app.user_codes.count(&names);
    }
    Ok(waiting)
}

async fn answer(
    visit: Visit,
    code: String,
    laptop: Option<String>,
    problem: Option<&str>,
    decided: Option<bool>,
) -> Answer {
    let page = visit.page().await?;
    let problem = problem.map(|key| page.t(key));
    let status = if problem.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let shown = DevicePage {
        page,
        code,
        laptop,
        problem,
        decided,
    };
    visit.html_with(status, &shown)
}

//! Signing in with an e-mail address and a password, for sellers and for clerks.

use crate::accounts::password;
use crate::records::accounts::{self, Kind};
use crate::web::visit::local;
use crate::web::{Answer, Form, Page, PageFault, Visit};
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    email: String,
    next: String,
    problem: Option<String>,
}

pub async fn show(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Answer {
    let next = query.get("next").map_or("", |next| local(next)).to_owned();
    let page = visit.page().await?;
    visit.html(&SignIn {
        page,
        email: String::new(),
        next,
        problem: None,
    })
}

pub async fn send(Form { mut visit, fields }: Form) -> Answer {
    let email = fields.get("email").to_lowercase();
    let typed = fields.get("password").to_owned();
    let next = local(fields.get("next")).to_owned();
    let by_account = format!("account {email}");
    let by_address = format!("address {}", visit.address);
    if let Some(seconds) = visit.app.sign_ins.wait(&[&by_account, &by_address]) {
        return Err(PageFault::Wait(seconds));
    }
    let account = accounts::by_email(visit.app.database.read(), &email).await?;
    let kept = account.as_ref().map(|account| account.password.clone());
    let fits = typed.len() <= password::LONGEST && password::matches(typed, kept).await?;
    match account.filter(|_| fits) {
        Some(account) => {
            visit.app.sign_ins.clear(&by_account);
            visit.sign_in(&account).await?;
            let home = if account.is(Kind::Clerk) {
                "/counter"
            } else {
                "/account"
            };
            visit.go(if next == "/" { home } else { &next })
        }
        None => {
            visit.app.sign_ins.count(&[&by_account, &by_address]);
            let page = visit.page().await?;
            // The same words whether there is such an account or not.
            let problem = Some(page.t("sign-in-wrong"));
            let again = SignIn {
                page,
                email,
                next,
                problem,
            };
            visit.html_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
    }
}

pub async fn out(Form { mut visit, .. }: Form) -> Answer {
    visit.sign_out().await?;
    visit.go("/")
}

/// To the sign-in, and back to where one wanted to go.
pub fn ask(visit: Visit) -> Answer {
    let next = crate::percent::value(&visit.here);
    visit.go(&format!("/sign-in?next={next}"))
}

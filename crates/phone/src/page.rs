//! The page that phones open, and what is shown instead of it.

use crate::gate::No;
use crate::inside::Inside;
use crate::words::{WORDS, for_the_page};
use crate::{language, phones, secret};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use messages::Language;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const STYLE: &str = include_str!("../page/page.css");
const SCRIPT: &str = include_str!("../page/page.js");

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    language: Language,
    nonce: String,
    title: String,
    style: &'static str,
    script: &'static str,
    setup: String,
}

impl Page {
    fn t(&self, key: &str) -> String {
        WORDS.text(self.language, key, &[])
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    language: Language,
    nonce: String,
    style: &'static str,
    title: String,
    text: String,
}

/// The page. Who opens it for the first time gets a session.
pub async fn show(State(inside): State<Arc<Inside>>, headers: HeaderMap) -> Response {
    let mut session = None;
    let known = inside.phones().number(&headers);
    if let Some(number) = known {
        inside.see(number);
    } else {
        let Ok(secret) = secret::new() else {
            return fault(No::Busy, &headers);
        };
        let (name, browser) = phones::described(&headers);
        let mut phones = inside.phones();
        if phones.is_full() {
            drop(phones);
            return fault(No::TooManyPhones, &headers);
        }
        phones.add(secret.clone(), inside.add_phone(name, browser));
        session = Some(secret);
    }
    inside.is_used();
    let Ok(nonce) = secret::new() else {
        return fault(No::Busy, &headers);
    };
    let language = language::of(&headers);
    let page = Page {
        language,
        title: inside.notice.borrow().title.clone(),
        style: STYLE,
        script: SCRIPT,
        setup: setup(&inside, language),
        nonce: nonce.clone(),
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src data:; \
         connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
    );
    let cookie = session.map(|session| phones::cookie(&session, &inside.secret));
    html(page.render(), &policy, cookie)
}

/// What the script works with, as JSON that cannot end its element.
fn setup(inside: &Inside, language: Language) -> String {
    let words: BTreeMap<&str, String> = WORDS
        .keys(Language::Es)
        .into_iter()
        .map(|key| (key, for_the_page(language, key)))
        .collect();
    let later: Vec<&str> = crate::Code::ALL
        .into_iter()
        .filter(|code| code.may_pass_later())
        .map(crate::Code::key)
        .collect();
    let setup = json!({
        "door": format!("/{}", inside.secret),
        "language": language.code(),
        "most_bytes": inside.options.photo_bytes,
        "left_ms": inside.left_ms(),
        "version": inside.notice.borrow().version,
        "may_pass_later": later,
        "words": words,
    });
    setup.to_string().replace('<', "\\u003c")
}

/// A page that says why there is nothing here, and what to do.
pub fn fault(no: No, headers: &HeaderMap) -> Response {
    let language = language::of(headers);
    // Without randomness there is no style either; the words are there.
    let nonce = secret::new().unwrap_or_default();
    let word = |part: &str| WORDS.text(language, &format!("{}.{part}", no.page_key()), &[]);
    let page = FaultPage {
        language,
        nonce: nonce.clone(),
        style: STYLE,
        title: word("title"),
        text: word("text"),
    };
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'none'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    let mut response = html(page.render(), &policy, None);
    *response.status_mut() = no.status();
    if let No::Wait(seconds) = no {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

pub async fn not_found(headers: HeaderMap) -> Response {
    fault(No::NotFound, &headers)
}

pub async fn not_allowed() -> No {
    No::Method
}

fn html(page: askama::Result<String>, policy: &str, cookie: Option<String>) -> Response {
    let page = page.unwrap_or_else(|error| {
        tracing::error!(%error, "a page could not be made");
        String::new()
    });
    let mut response = Html(page).into_response();
    let headers = response.headers_mut();
    // Both are made of letters that headers may have.
    if let Ok(policy) = HeaderValue::from_str(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        headers.insert(header::SET_COOKIE, cookie);
    }
    response
}

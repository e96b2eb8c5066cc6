//! One request of a browser: who it is, which language, and the cookies that go back.

use super::address::Address;
use super::fault::PageFault;
use super::{Page, language};
use crate::clock::{DAY_MS, now_ms};
use crate::error::Error;
use crate::random;
use crate::records::accounts::{Account, Kind};
use crate::records::sessions;
use crate::state::App;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use messages::Language;

const VISITOR: &str = "puesto_visitor";
const SESSION: &str = "puesto_session";
const LANGUAGE: &str = "puesto_language";
const SESSION_DAYS: i64 = 30;

/// A visitor with what its browser sent along.
pub struct Visit {
    pub app: App,
    pub language: Language,
    pub address: String,
    /// Who is signed in.
    pub account: Option<Account>,
    /// Path and query, for links that come back here.
    pub here: String,
    visitor: String,
    session: Option<String>,
    cookies: Vec<String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = PageFault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let Address(address) = match Address::from_request_parts(parts, app).await {
            Ok(address) => address,
            Err(never) => match never {},
        };
        let language = language_of(parts);
        let session = cookie(&parts.headers, SESSION)
            .filter(|token| is_token(token))
            .map(str::to_owned);
        let account = match &session {
            Some(token) => sessions::account(app.database.read(), &random::hashed(token), now_ms()).await?,
            None => None,
        };
        let mut visit = Self {
            app: app.clone(),
            language,
            address,
            account,
            here: parts
                .uri
                .path_and_query()
                .map_or("/", |here| here.as_str())
                .to_owned(),
            visitor: String::new(),
            session,
            cookies: Vec::new(),
        };
        visit.visitor = match cookie(&parts.headers, VISITOR).filter(|token| is_token(token)) {
            Some(token) => token.to_owned(),
            None => {
                let token = random::token()?;
                visit.set_cookie(VISITOR, &token, 60);
                token
            }
        };
        if parts.uri.query().and_then(language::wanted).is_some() {
            visit.set_cookie(LANGUAGE, language.code(), 365);
        }
        Ok(visit)
    }
}

/// The language of a request, for answers that are made without a [`Visit`].
pub fn language_of(parts: &Parts) -> Language {
    let accept = parts.headers.get(header::ACCEPT_LANGUAGE);
    language::choose(
        parts.uri.query(),
        cookie(&parts.headers, LANGUAGE),
        accept.and_then(|value| value.to_str().ok()),
    )
}

fn is_token(text: &str) -> bool {
    text.len() == 43
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

impl Visit {
    /// Under which name this visitor's basket is kept.
    pub fn basket(&self) -> String {
        random::hashed(&self.visitor)
    }

    /// The token that every form carries: made from the cookies, so that another site cannot know it.
    pub fn form_token(&self) -> String {
        let mac = blake3::Hasher::new_keyed(&self.app.keys.master)
            .update(b"form ")
            .update(self.visitor.as_bytes())
            .update(b" ")
            .update(self.session.as_deref().unwrap_or_default().as_bytes())
            .finalize();
        mac.to_hex().to_string()
    }

    /// The account, when it is of this kind.
    pub fn signed_in(&self, kind: Kind) -> Option<&Account> {
        self.account.as_ref().filter(|account| account.is(kind))
    }

    /// Begins a session under a new token, whatever the browser had before.
    pub async fn sign_in(&mut self, account: &Account) -> Result<(), Error> {
        let token = random::token()?;
        let now = now_ms();
        let expires = now + SESSION_DAYS * DAY_MS;
        sessions::open(
            &self.app.database,
            &random::hashed(&token),
            &account.id,
            now,
            expires,
        )
        .await?;
        self.set_cookie(SESSION, &token, SESSION_DAYS);
        self.session = Some(token);
        self.account = Some(account.clone());
        Ok(())
    }

    pub async fn sign_out(&mut self) -> Result<(), Error> {
        if let Some(token) = self.session.take() {
            sessions::close(&self.app.database, &random::hashed(&token)).await?;
        }
        self.set_cookie(SESSION, "", 0);
        self.account = None;
        Ok(())
    }

    fn set_cookie(&mut self, name: &str, value: &str, days: i64) {
        let secure = if self.app.public_url.starts_with("https://") {
            "; Secure"
        } else {
            ""
        };
        let seconds = days * DAY_MS / 1000;
        self.cookies.push(format!(
            "{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
        ));
    }

    /// What the frame around every page needs.
    pub async fn page(&self) -> Result<Page, Error> {
        Page::of(self).await
    }

    pub fn html(self, page: &impl askama::Template) -> super::Answer {
        self.html_with(StatusCode::OK, page)
    }

    pub fn html_with(self, status: StatusCode, page: &impl askama::Template) -> super::Answer {
        let text = page.render().map_err(Error::from)?;
        Ok(self.with_cookies((status, Html(text)).into_response()))
    }

    /// Goes on to another page of this site, after a form was sent.
    pub fn go(self, path: &str) -> super::Answer {
        let path = local(path);
        let location = HeaderValue::from_str(path).unwrap_or(HeaderValue::from_static("/"));
        let response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
        Ok(self.with_cookies(response))
    }

    fn with_cookies(self, mut response: Response) -> Response {
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::from_str(&cookie) {
                response.headers_mut().append(header::SET_COOKIE, value);
            }
        }
        response
    }
}

/// A path of this site; `/` for what leads elsewhere.
pub fn local(path: &str) -> &str {
    let leads_away = !path.starts_with('/')
        || path.starts_with("//")
        || path.contains(['\\', '\r', '\n', '\t'])
        || path.len() > 1000;
    if leads_away { "/" } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_gone_to() {
        assert_eq!(local("/device?code=BCDF-GHJK"), "/device?code=BCDF-GHJK");
        for away in [
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "javascript:1",
            "",
            "/a\r\nb",
        ] {
            assert_eq!(local(away), "/", "{away:?}");
        }
    }

    #[test]
    fn cookies_are_found_by_their_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("xpuesto_language=fr; puesto_language=en; a=b"),
        );
        assert_eq!(cookie(&headers, "puesto_language"), Some("en"));
        assert_eq!(cookie(&headers, "puesto"), None);
    }
}

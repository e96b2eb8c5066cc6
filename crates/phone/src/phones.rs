//! The sessions of phones: each gets one when it opens the page.

use crate::sink::Code;
use axum::http::{HeaderMap, header};
use std::collections::HashMap;

const COOKIE: &str = "puesto_phone";
/// A family, a cooperative's workshop; more is somebody who plays with reloads.
const PHONES: usize = 24;
/// Uploads that one phone may have under way, and all phones together.
const EACH: usize = 2;
const ALL: usize = 4;
/// Outcomes remembered per phone; the sink knows its photos anyway.
const REMEMBERED: usize = 20_000;

#[derive(Debug, Default)]
pub struct Phones {
    sessions: HashMap<String, Session>,
}

#[derive(Debug)]
struct Session {
    number: u32,
    under_way: usize,
    /// By the id that the page gave the photo: what it was told, should the answer have been lost.
    settled: HashMap<String, Result<(), Code>>,
}

/// Why there is no place for an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// This phone has enough under way.
    Phone,
    /// Others are sending: a place will be free in a moment.
    Door,
}

impl Phones {
    pub fn is_full(&self) -> bool {
        self.sessions.len() >= PHONES
    }

    pub fn add(&mut self, secret: String, number: u32) {
        self.sessions.insert(
            secret,
            Session {
                number,
                under_way: 0,
                settled: HashMap::new(),
            },
        );
    }

    /// The number of the phone that sends this session's cookie.
    pub fn number(&self, headers: &HeaderMap) -> Option<u32> {
        cookies(headers).find_map(|secret| Some(self.sessions.get(secret)?.number))
    }

    /// Takes a place for an upload.
    pub fn begin(&mut self, number: u32) -> Result<(), Full> {
        let all: usize = self.sessions.values().map(|session| session.under_way).sum();
        match self.session(number) {
            Some(session) if session.under_way < EACH => {
                if all >= ALL {
                    return Err(Full::Door);
                }
                session.under_way += 1;
                Ok(())
            }
            _ => Err(Full::Phone),
        }
    }

    pub fn end(&mut self, number: u32) {
        if let Some(session) = self.session(number) {
            session.under_way = session.under_way.saturating_sub(1);
        }
    }

    pub fn settled(&mut self, number: u32, id: &str) -> Option<Result<(), Code>> {
        self.session(number)?.settled.get(id).copied()
    }

    pub fn settle(&mut self, number: u32, id: String, outcome: Result<(), Code>) {
        if let Some(session) = self.session(number)
            && session.settled.len() < REMEMBERED
        {
            session.settled.insert(id, outcome);
        }
    }

    fn session(&mut self, number: u32) -> Option<&mut Session> {
        self.sessions
            .values_mut()
            .find(|session| session.number == number)
    }
}

/// The cookie of a new session: only for this door's path, not for scripts, not sent along from other sites.
pub fn cookie(session: &str, door: &str) -> String {
    format!("{COOKIE}={session}; Path=/{door}; HttpOnly; SameSite=Lax")
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='))
}

/// What a phone says it is, and its browser, from `User-Agent`. Short and plain, for the seller's eyes.
pub fn described(headers: &HeaderMap) -> (String, String) {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    (device(agent), browser(agent).to_owned())
}

fn device(agent: &str) -> String {
    if let Some((_, rest)) = agent.split_once("Android ") {
        // `Android 13; SM-A536B Build/...)`: newer browsers say `K` for every model.
        let model = rest
            .split([')', ';'])
            .nth(1)
            .map(|part| part.split(" Build/").next().unwrap_or(part).trim());
        return match model {
            Some(model) if model.len() > 1 && !["Mobile", "Tablet", "wv"].contains(&model) => {
                model.chars().take(40).collect()
            }
            _ => "Android".to_owned(),
        };
    }
    ["iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux"]
        .into_iter()
        .find(|name| agent.contains(name))
        .unwrap_or_default()
        .to_owned()
}

fn browser(agent: &str) -> &'static str {
    // In this order: most of them also name Chrome and Safari.
    const FAMILIES: [(&str, &str); 9] = [
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("EdgA", "Edge"),
        ("Edg", "Edge"),
        ("OPR", "Opera"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ];
    FAMILIES
        .into_iter()
        .find(|(mark, _)| agent.contains(mark))
        .map_or("", |(_, family)| family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_told_apart() {
        for (agent, name, family) in [
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile/15E148 Safari/604.1",
                "iPhone",
                "Safari",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/131.0.0.0 Mobile Safari/537.36",
                "Android",
                "Chrome",
            ),
            (
                "Mozilla/5.0 (Linux; Android 9; SM-A105M Build/PPR1) AppleWebKit/537.36 SamsungBrowser/12.0 Chrome/79 Mobile Safari/537.36",
                "SM-A105M",
                "Samsung Internet",
            ),
            (
                "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0",
                "Android",
                "Firefox",
            ),
            ("curl/8.5", "", ""),
        ] {
            assert_eq!(
                (device(agent).as_str(), browser(agent)),
                (name, family),
                "{agent}"
            );
        }
    }

    #[test]
    fn a_phone_has_two_places_and_all_have_four() {
        let mut phones = Phones::default();
        for number in 1..=3 {
            phones.add(format!("secret{number}"), number);
        }
        assert_eq!([1, 1, 2, 3].map(|number| phones.begin(number)), [Ok(()); 4]);
        assert_eq!(phones.begin(1), Err(Full::Phone));
        assert_eq!(phones.begin(3), Err(Full::Door));
        phones.end(1);
        assert_eq!(phones.begin(3), Ok(()));
        assert_eq!(phones.begin(9), Err(Full::Phone), "nobody");
    }

    #[test]
    fn a_session_is_known_by_its_cookie_alone() {
        let mut phones = Phones::default();
        phones.add("abc".to_owned(), 1);
        let with = |cookie: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, header::HeaderValue::from_static(cookie));
            headers
        };
        assert_eq!(phones.number(&with("other=1; puesto_phone=abc")), Some(1));
        assert_eq!(phones.number(&with("puesto_phone=abd")), None);
        assert_eq!(phones.number(&with("puesto_phone=")), None);
        assert_eq!(phones.number(&HeaderMap::new()), None);
    }
}

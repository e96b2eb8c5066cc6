//! A browser without a window: it keeps cookies, reads forms and sends them.

use super::{PASSWORD, World};
use reqwest::{Method, Response};
use std::collections::BTreeMap;

pub struct Browser {
    base: String,
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
    pub language: &'static str,
}

/// An answer that was read.
pub struct Seen {
    pub status: u16,
    pub text: String,
    pub location: Option<String>,
    pub headers: reqwest::header::HeaderMap,
}

impl Browser {
    pub fn new(world: &World) -> Self {
        Self {
            base: world.url(""),
            http: world.http.clone(),
            cookies: BTreeMap::new(),
            language: "es",
        }
    }

    pub async fn signed_in(world: &World, email: &str) -> Self {
        let mut browser = Self::new(world);
        let seen = browser.sign_in(email, PASSWORD).await;
        assert_eq!(seen.status, 303, "{}", seen.text);
        browser
    }

    pub async fn sign_in(&mut self, email: &str, password: &str) -> Seen {
        let token = self.get("/sign-in").await.token();
        let fields = [
            ("token", token.as_str()),
            ("email", email),
            ("password", password),
        ];
        self.post("/sign-in", &fields).await
    }

    pub async fn get(&mut self, path: &str) -> Seen {
        self.send(Method::GET, path, None, &[]).await
    }

    /// Sends fields with the origin that a browser would give.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let origin = self.base.clone();
        self.send(Method::POST, path, Some(fields), &[("origin", &origin)])
            .await
    }

    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        fields: Option<&[(&str, &str)]>,
        headers: &[(&str, &str)],
    ) -> Seen {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        request = request.header("accept-language", self.language);
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            request = request.header("cookie", pairs.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(fields) = fields {
            let body: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
                .collect();
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body.join("&"));
        }
        let response = request.send().await.unwrap();
        self.keep_cookies(&response);
        let location = response
            .headers()
            .get("location")
            .map(|value| value.to_str().unwrap().to_owned());
        Seen {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            location,
            text: response.text().await.unwrap(),
        }
    }

    fn keep_cookies(&mut self, response: &Response) {
        for cookie in response.headers().get_all("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
                "{cookie}"
            );
            let (pair, _) = cookie.split_once(';').unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
    }

    pub async fn put_in_basket(&mut self, piece: &str, quantity: &str) -> Seen {
        let token = self.get(&format!("/piece/{piece}")).await.token();
        let fields = [
            ("token", token.as_str()),
            ("piece", piece),
            ("quantity", quantity),
        ];
        self.post("/basket", &fields).await
    }

    /// Buys what is in the basket; gives the path of the order's page.
    pub async fn buy(&mut self, changes: &[(&str, &str)]) -> Seen {
        let form = self.get("/checkout").await;
        assert_eq!(form.status, 200);
        self.send_checkout(&form, changes).await
    }

    /// Sends a checkout's form with a good address, but for the changes.
    pub async fn send_checkout(&mut self, form: &Seen, changes: &[(&str, &str)]) -> Seen {
        let mut fields: BTreeMap<&str, &str> = BTreeMap::from([
            ("go", "buy"),
            ("to", "mx"),
            ("buyer_name", "Elena Ruiz"),
            ("buyer_email", "elena@example.com"),
            ("street", "Calle 60 núm. 491"),
            ("neighbourhood", "Centro"),
            ("city", "Mérida"),
            ("region", "Yucatán"),
            ("postal_code", "97000"),
        ]);
        let (token, checkout, seen) = (form.token(), form.value("checkout"), form.value("seen"));
        fields.extend([
            ("token", token.as_str()),
            ("checkout", checkout.as_str()),
            ("seen", seen.as_str()),
        ]);
        fields.extend(changes.iter().copied());
        let fields: Vec<(&str, &str)> = fields.into_iter().collect();
        self.post("/checkout", &fields).await
    }
}

impl Seen {
    pub fn token(&self) -> String {
        self.value("token")
    }

    /// The value of the first input of this name.
    pub fn value(&self, name: &str) -> String {
        let at = self
            .text
            .find(&format!("name=\"{name}\""))
            .unwrap_or_else(|| panic!("no {name} in {}", self.text));
        let rest = &self.text[at..];
        let rest = &rest[..rest.find('>').unwrap()];
        let start = rest.find("value=\"").unwrap() + 7;
        rest[start..].split('"').next().unwrap().to_owned()
    }

    pub fn says(&self, words: &str) -> bool {
        self.text.contains(words)
    }
}

fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

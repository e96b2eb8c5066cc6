//! Someone with a browser and no window: visits a marketplace's pages through their own forms.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "only tests visit, and a test stops at the first surprise"
)]

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use std::collections::BTreeMap;

/// One visitor with cookies of their own: a buyer, a seller on her account's pages, or a clerk.
pub struct Visitor {
    base: String,
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Visitor {
    /// A new visitor of the marketplace at this address, as in `http://127.0.0.1:8080`.
    pub fn at(base: &str) -> Self {
        // What is under test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        Self {
            base: base.to_owned(),
            client: client.build().unwrap(),
            cookies: BTreeMap::new(),
        }
    }

    /// Buys one of a piece and gives the path of the order's page.
    pub async fn buy(&mut self, piece: &str) -> String {
        let page = self.send("GET", &format!("/piece/{piece}"), &[]).await.1;
        let token = value(&page, "token");
        let fields = [("token", token.as_str()), ("piece", piece), ("quantity", "1")];
        let (status, text, _) = self.send("POST", "/basket", &fields).await;
        assert_eq!(status, 303, "{text}");
        let form = self.send("GET", "/checkout", &[]).await.1;
        let hidden: Vec<String> = ["token", "checkout", "seen"]
            .iter()
            .map(|name| value(&form, name))
            .collect();
        let fields = [
            ("token", hidden[0].as_str()),
            ("checkout", hidden[1].as_str()),
            ("seen", hidden[2].as_str()),
            ("go", "buy"),
            ("to", "mx"),
            ("buyer_name", "Elena Ruiz"),
            ("buyer_email", "elena@example.com"),
            ("street", "Calle 60 núm. 491"),
            ("neighbourhood", "Centro"),
            ("city", "Mérida"),
            ("region", "Yucatán"),
            ("postal_code", "97000"),
        ];
        let (status, text, location) = self.send("POST", "/checkout", &fields).await;
        assert_eq!(status, 303, "{text}");
        location.unwrap()
    }

    /// Signs in with an account's e-mail and password, to go on to `next`.
    pub async fn sign_in(&mut self, email: &str, password: &str, next: &str) {
        let form = self.send("GET", &format!("/sign-in?next={next}"), &[]).await.1;
        let token = value(&form, "token");
        let fields = [
            ("token", token.as_str()),
            ("next", next),
            ("email", email),
            ("password", password),
        ];
        let (status, text, _) = self.send("POST", "/sign-in", &fields).await;
        assert_eq!(status, 303, "{text}");
    }

    /// A seller who is signed in lets the laptop with this code in.
    pub async fn approve(&mut self, code: &str) {
        let form = self.send("GET", &format!("/device?code={code}"), &[]).await.1;
        let token = value(&form, "token");
        let fields = [("token", token.as_str()), ("code", code), ("decision", "approve")];
        let (status, text, _) = self.send("POST", "/device", &fields).await;
        assert_eq!(status, 200, "{text}");
    }

    /// A clerk who is signed in accepts all of a drop-off.
    pub async fn accept_drop_off(&mut self, number: &str) {
        let desk = self
            .send("GET", &format!("/counter?number={number}"), &[])
            .await
            .1;
        let at = desk
            .find("/counter/drop-off/")
            .unwrap_or_else(|| panic!("no {number} in {desk}"));
        let path = desk[at..].split('"').next().unwrap().to_owned();
        let token = value(&desk[at..], "token");
        let fields = [("token", token.as_str()), ("do", "accept-all")];
        let (status, text, _) = self.send("POST", &path, &fields).await;
        assert_eq!(status, 303, "{text}");
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (u16, String, Option<String>) {
        let url = format!("{}{path}", self.base);
        let mut request = self
            .client
            .request(method.parse().unwrap(), url)
            .header(ORIGIN, &self.base);
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request = request.header(COOKIE, cookies.join("; "));
        if !fields.is_empty() {
            let body: Vec<String> = fields
                .iter()
                .map(|(name, value)| format!("{name}={}", escape(value)))
                .collect();
            request = request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(body.join("&"));
        }
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let location = answer
            .headers()
            .get(LOCATION)
            .map(|value| value.to_str().unwrap().to_owned());
        (answer.status().as_u16(), answer.text().await.unwrap(), location)
    }
}

/// The value of the first input of this name.
fn value(page: &str, name: &str) -> String {
    let at = page
        .find(&format!("name=\"{name}\""))
        .unwrap_or_else(|| panic!("no {name} in {page}"));
    let input = &page[at..at + page[at..].find('>').unwrap()];
    let start = input.find("value=\"").unwrap() + 7;
    input[start..].split('"').next().unwrap().to_owned()
}

fn escape(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric().then(|| char::from(byte).to_string());
    text.bytes()
        .map(|byte| plain(byte).unwrap_or_else(|| format!("%{byte:02X}")))
        .collect()
}

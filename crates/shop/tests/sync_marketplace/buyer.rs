//! Someone who buys in the storefront, by its own forms.

use super::world::Market;
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE};
use std::collections::BTreeMap;

pub struct Buyer {
    base: String,
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Buyer {
    pub fn at(market: &Market) -> Self {
        // The shop under test may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none());
        Self {
            base: market.url(),
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

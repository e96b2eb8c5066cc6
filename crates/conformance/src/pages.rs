//! Hands for the reference marketplace: its own pages, as a browser without scripts uses them.

use crate::check::{Fail, holds};
use crate::hands::Hands;
use crate::wire::escape;
use futures_util::future::BoxFuture;
use reqwest::{Client, Method};
use std::collections::BTreeMap;
use tokio::sync::Mutex;

/// A seller who is signed in, who is her own buyer.
#[derive(Debug)]
pub struct Pages {
    base: String,
    http: Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

struct Page {
    status: u16,
    location: String,
    text: String,
}

impl Pages {
    /// Signs the seller in.
    ///
    /// # Errors
    /// When the marketplace has no such pages, or does not let her in.
    pub async fn sign_in(url: &str, email: &str, password: &str) -> Result<Self, Fail> {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let pages = Self {
            base: url
                .trim_end_matches('/')
                .trim_end_matches(api::BASE_PATH)
                .to_owned(),
            http: Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()?,
            cookies: Mutex::default(),
        };
        let form = pages.open("/sign-in").await?;
        let fields = [("email", email), ("password", password)];
        let answer = pages.post("/sign-in", &form, &fields).await?;
        holds(answer.status == 303, "to be signed in (303)", answer.status)?;
        Ok(pages)
    }

    async fn open(&self, path: &str) -> Result<Page, Fail> {
        let page = self.send(Method::GET, path, None).await?;
        holds(page.status == 200, &format!("the page {path}"), page.status)?;
        Ok(page)
    }

    /// Sends a form with the token of the page it is on.
    async fn post(&self, path: &str, form: &Page, fields: &[(&str, &str)]) -> Result<Page, Fail> {
        let token = form.value("token")?;
        let mut body = format!("token={}", escape(&token));
        for (name, value) in fields {
            body.push_str(&format!("&{}={}", escape(name), escape(value)));
        }
        self.send(Method::POST, path, Some(body)).await
    }

    async fn send(&self, method: Method, path: &str, form: Option<String>) -> Result<Page, Fail> {
        let mut cookies = self.cookies.lock().await;
        let pairs: Vec<String> = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        request = request.header("cookie", pairs.join("; "));
        if let Some(form) = form {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(form);
        }
        let response = request.send().await?;
        for cookie in response.headers().get_all("set-cookie") {
            let pair = cookie
                .to_str()
                .unwrap_or_default()
                .split(';')
                .next()
                .unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let location = response.headers().get("location");
        Ok(Page {
            status: response.status().as_u16(),
            location: location
                .and_then(|value| value.to_str().ok())
                .unwrap_or_default()
                .to_owned(),
            text: response.text().await?,
        })
    }

    async fn order(&self, product_id: &str, quantity: u32) -> Result<(), Fail> {
        let piece = self.open(&format!("/piece/{product_id}")).await?;
        let quantity = quantity.to_string();
        let fields = [("piece", product_id), ("quantity", &quantity)];
        let basket = self.post("/basket", &piece, &fields).await?;
        holds(
            basket.status == 303,
            "the piece in the basket (303)",
            basket.status,
        )?;
        let form = self.open("/checkout").await?;
        let (checkout, seen) = (form.value("checkout")?, form.value("seen")?);
        let fields = [
            ("checkout", checkout.as_str()),
            ("seen", &seen),
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
        let bought = self.post("/checkout", &form, &fields).await?;
        let to_an_order = bought.status == 303 && bought.location != "/basket";
        holds(
            to_an_order,
            "the order's page (303)",
            (bought.status, bought.location),
        )
    }
}

impl Hands for Pages {
    fn decide<'a>(&'a self, page: &'a str, code: &'a str, yes: bool) -> BoxFuture<'a, Result<(), Fail>> {
        Box::pin(async move {
            let path = page.strip_prefix(&self.base).unwrap_or(page);
            let path = path.find("/device").map_or(path, |at| &path[at..]);
            let form = self.open(path).await?;
            let decision = if yes { "approve" } else { "deny" };
            let fields = [("code", code), ("decision", decision)];
            let answer = self.post("/device", &form, &fields).await?;
            holds(answer.status == 200, "the seller's word to count", answer.status)
        })
    }

    fn buy<'a>(&'a self, product_id: &'a str, quantity: u32) -> BoxFuture<'a, Result<(), Fail>> {
        Box::pin(self.order(product_id, quantity))
    }
}

impl Page {
    /// The value of the first input of this name.
    fn value(&self, name: &str) -> Result<String, Fail> {
        let input = self.text.split(&format!("name=\"{name}\"")).nth(1);
        let input = input.and_then(|rest| rest.split('>').next());
        let value = input.and_then(|rest| rest.split("value=\"").nth(1));
        let value = value.and_then(|rest| rest.split('"').next());
        value
            .map(str::to_owned)
            .ok_or_else(|| Fail::miss(format!("a field {name} on the page"), &self.text))
    }
}

//! The frame around every page: words, language links, the basket's count, who is signed in.

use super::Visit;
use super::assets::{FONT_CSS, STYLE};
use crate::error::Error;
use crate::records::accounts::Kind;
use crate::records::baskets;
use crate::words::WORDS;
use messages::Language;
use std::fmt::Display;

/// Handed to every template as `page`.
#[derive(Clone, Debug)]
pub struct Page {
    pub language: Language,
    /// For the hidden field of every form.
    pub token: String,
    pub in_basket: i64,
    pub here: String,
    pub question: String,
    pub is_seller: bool,
    pub is_clerk: bool,
    pub account_name: String,
    pub post: &'static str,
    has_fonts: bool,
    offset_minutes: i32,
}

impl Page {
    pub async fn of(visit: &Visit) -> Result<Self, Error> {
        let lines = baskets::lines(visit.app.database.read(), &visit.basket()).await?;
        Ok(Self {
            language: visit.language,
            token: visit.form_token(),
            in_basket: lines.iter().map(|(_, quantity)| quantity).sum(),
            here: visit.here.clone(),
            question: String::new(),
            is_seller: visit.signed_in(Kind::Seller).is_some(),
            is_clerk: visit.signed_in(Kind::Clerk).is_some(),
            account_name: visit
                .account
                .as_ref()
                .map(|account| account.name.clone())
                .unwrap_or_default(),
            post: &visit.app.profile.operator.name,
            has_fonts: visit.app.fonts.is_some(),
            offset_minutes: visit.app.profile.utc_offset_minutes,
        })
    }

    /// For answers that are made without a visitor: no basket, nobody signed in.
    pub fn plain(language: Language, app: &crate::state::Marketplace) -> Self {
        Self {
            language,
            token: String::new(),
            in_basket: 0,
            here: "/".to_owned(),
            question: String::new(),
            is_seller: false,
            is_clerk: false,
            account_name: String::new(),
            post: &app.profile.operator.name,
            has_fonts: app.fonts.is_some(),
            offset_minutes: app.profile.utc_offset_minutes,
        }
    }

    /// Words by their key.
    pub fn t(&self, key: &str) -> String {
        WORDS.text(self.language, key, &[])
    }

    /// Words with a text in them.
    pub fn ts(&self, key: &str, name: &str, value: impl Display) -> String {
        WORDS.text(self.language, key, &[(name, value.to_string().into())])
    }

    /// Words with a number in them, which also chooses between one and many.
    pub fn tn(&self, key: &str, value: impl Display) -> String {
        let number: i64 = value.to_string().parse().unwrap_or(0);
        WORDS.text(self.language, key, &[("n", number.into())])
    }

    /// An amount with its currency; whole amounts without the cents, as on a price tag.
    pub fn money(&self, minor: i64, currency: &str) -> String {
        let text = messages::money(self.language, minor, currency);
        text.replace(".00\u{a0}", "\u{a0}").replace(",00\u{a0}", "\u{a0}")
    }

    pub fn date(&self, at_ms: i64) -> String {
        messages::date(self.language, at_ms, self.offset_minutes)
    }

    pub fn date_time(&self, at_ms: i64) -> String {
        messages::date_time(self.language, at_ms, self.offset_minutes)
    }

    /// The time of day, `14:05`.
    pub fn time(&self, at_ms: i64) -> String {
        let minutes = (at_ms / 60_000 + i64::from(self.offset_minutes)).rem_euclid(24 * 60);
        format!("{}:{:02}", minutes / 60, minutes % 60)
    }

    /// Style sheets, by names that change with their content.
    pub fn styles(&self) -> Vec<&'static str> {
        let fonts = self.has_fonts.then_some(FONT_CSS.path.as_str());
        fonts.into_iter().chain([STYLE.path.as_str()]).collect()
    }

    /// This page in each language: its code, its own name, its address, whether it is the present one.
    pub fn languages(&self) -> Vec<(&'static str, &'static str, String, bool)> {
        let (path, query) = self.here.split_once('?').unwrap_or((&self.here, ""));
        let others: Vec<&str> = query
            .split('&')
            .filter(|part| !part.is_empty() && !part.starts_with("lang="))
            .collect();
        Language::ALL
            .into_iter()
            .map(|language| {
                let name = match language {
                    Language::Es => "Español",
                    Language::En => "English",
                    Language::Fr => "Français",
                };
                let lang = format!("lang={language}");
                let query = others.iter().copied().chain([lang.as_str()]).collect::<Vec<_>>();
                let link = format!("{path}?{}", query.join("&"));
                (language.code(), name, link, language == self.language)
            })
            .collect()
    }
}

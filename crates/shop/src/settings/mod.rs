//! Who sells, from where, and how this laptop shows it.

pub mod store;
pub mod view;

use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::shipping::view::PaperSize;
use crate::writing::Area;
use api::auth::Me;
use store::name;
use view::{Preferences, ShopBeginning, ShopState, TextSize, Theme};

const NAME_LETTERS: usize = 80;

impl Default for Preferences {
    fn default() -> Self {
        Self {
            language: "es".into(),
            theme: Theme::System,
            text_size: TextSize::Normal,
            laptop_name: String::new(),
            office: None,
            paper: PaperSize::Label,
        }
    }
}

impl Shop {
    /// Who this shop is and how this laptop shows it.
    pub async fn state(&self) -> Result<ShopState> {
        let mut connection = self.read().acquire().await?;
        let shop_name = store::get(&mut connection, name::SHOP_NAME).await?;
        let seller_name = store::get(&mut connection, name::SELLER_NAME)
            .await?
            .unwrap_or_default();
        let server = store::get(&mut connection, name::SERVER)
            .await?
            .unwrap_or_default();
        drop(connection);
        let me = self.me().await?;
        let preferences = self.preferences().await?;
        let profile = me.as_ref().and_then(|me| postal::profile(&me.operator));
        Ok(ShopState {
            new: shop_name.is_none(),
            shop_name: me
                .as_ref()
                .map_or(shop_name.unwrap_or_default(), |me| me.shop_name.clone()),
            seller_name: me.as_ref().map_or(seller_name, |me| me.seller_name.clone()),
            place: me.as_ref().map(place).unwrap_or_default(),
            currency: me.as_ref().map_or_else(|| "MXN".into(), |me| me.currency.clone()),
            signed_in: me.is_some() && !server.is_empty(),
            key: self.sync().keeper.place(),
            server,
            email: me.as_ref().map(|me| me.email.clone()).unwrap_or_default(),
            operator_name: profile
                .map(|profile| profile.operator.name.clone())
                .unwrap_or_default(),
            preferences,
            version: env!("CARGO_PKG_VERSION").into(),
            folder: self.folder().root().display().to_string(),
        })
    }

    /// The first screen's answer: names the shop, so that everything else can begin.
    pub async fn begin_shop(&self, beginning: ShopBeginning) -> Result<ShopState> {
        let shop_name = checked_name("shop_name", &beginning.shop_name)?;
        let seller_name = checked_name("seller_name", &beginning.seller_name)?;
        let mut preferences = self.preferences().await?;
        preferences.language = checked_language(&beginning.language)?;
        let mut writing = self.begin().await?;
        store::set(writing.connection(), name::SHOP_NAME, &shop_name).await?;
        store::set(writing.connection(), name::SELLER_NAME, &seller_name).await?;
        let stored = serde_json::to_string(&preferences)?;
        store::set(writing.connection(), name::PREFERENCES, &stored).await?;
        writing.touches(Area::Settings);
        writing.commit().await?;
        self.state().await
    }

    pub async fn preferences(&self) -> Result<Preferences> {
        let mut connection = self.read().acquire().await?;
        let stored = store::get(&mut connection, name::PREFERENCES).await?;
        // Preferences of another version that do not fit are worth less than a shop that opens.
        Ok(stored
            .and_then(|stored| serde_json::from_str(&stored).ok())
            .unwrap_or_default())
    }

    pub async fn set_preferences(&self, mut preferences: Preferences) -> Result<ShopState> {
        preferences.language = checked_language(&preferences.language)?;
        if !preferences.laptop_name.trim().is_empty() {
            preferences.laptop_name = checked_name("laptop_name", &preferences.laptop_name)?;
        }
        let stored = serde_json::to_string(&preferences)?;
        let mut writing = self.begin().await?;
        store::set(writing.connection(), name::PREFERENCES, &stored).await?;
        writing.touches(Area::Settings);
        writing.commit().await?;
        self.state().await
    }

    /// The language that people read here.
    pub async fn language(&self) -> Result<messages::Language> {
        Ok(self
            .preferences()
            .await?
            .language
            .parse()
            .unwrap_or(messages::Language::Es))
    }

    /// Who the marketplace says we are, as of the last time it said.
    pub async fn me(&self) -> Result<Option<Me>> {
        let mut connection = self.read().acquire().await?;
        let stored = store::get(&mut connection, name::ME).await?;
        Ok(stored.and_then(|stored| serde_json::from_str(&stored).ok()))
    }
}

fn place(me: &Me) -> String {
    [me.address.city.as_str(), me.address.region.as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn checked_name(field: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        return Err(Fault::new(Code::NotUnderstood).with("field", field));
    }
    if text.chars().count() > NAME_LETTERS {
        return Err(Fault::new(Code::TooLong)
            .with("field", field)
            .with("most", NAME_LETTERS));
    }
    Ok(text.to_owned())
}

fn checked_language(tag: &str) -> Result<String> {
    match tag {
        "es" | "en" | "fr" => Ok(tag.to_owned()),
        _ => Err(Fault::new(Code::NotUnderstood).with("field", "language")),
    }
}

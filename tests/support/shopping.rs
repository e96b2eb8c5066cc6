//! What people do in a browser: buy a piece, approve a laptop, take a parcel in at the counter.

use super::browser::Browser;
use super::marketplace::{CLERK, Marketplace, PASSWORD, SELLER};
use thirtyfour::prelude::*;

/// Where a parcel goes.
pub struct Buyer {
    pub name: &'static str,
    pub street: &'static str,
    pub postal_code: &'static str,
    pub city: &'static str,
    pub state: &'static str,
}

pub const ELENA: Buyer = Buyer {
    name: "Elena Güémez Ñáñez",
    street: "Calle 60 núm. 491",
    postal_code: "97000",
    city: "Mérida",
    state: "Yuc.",
};

/// Buys a piece that the storefront shows by its title, through the forms, and gives the order's page.
pub async fn buy(
    browser: &Browser,
    marketplace: &Marketplace,
    title: &str,
    buyer: &Buyer,
) -> WebDriverResult<String> {
    let found = browser.driver.clone();
    found
        .goto(format!(
            "{}/search?q={}",
            marketplace.address(),
            title.replace(' ', "+")
        ))
        .await?;
    browser.picture("store-search").await?;
    browser.press(".cards a").await?;
    browser.says(title).await?;
    browser.picture("store-piece").await?;
    browser.press("form.buy button").await?;
    browser.picture("store-basket").await?;
    browser.press("a[href='/checkout']").await?;
    browser.write("#buyer_name", buyer.name).await?;
    browser.write("#buyer_email", "elena@example.mx").await?;
    browser.write("#street", buyer.street).await?;
    browser.write("#postal_code", buyer.postal_code).await?;
    browser.write("#city", buyer.city).await?;
    let state = browser.find("#region").await?;
    let options = state.find_all(By::Tag("option")).await?;
    for option in options {
        let value = option.value().await?.unwrap_or_default();
        if value == buyer.state || option.text().await?.starts_with("Yucat") {
            option.click().await?;
            break;
        }
    }
    browser.picture("store-checkout").await?;
    browser.press("aside button[name='go'][value='buy']").await?;
    browser.find(".timeline").await?;
    browser.picture("store-order").await?;
    Ok(browser.driver.current_url().await?.to_string())
}

/// The seller opens the page that a code names.
pub async fn open_device(browser: &Browser, marketplace: &Marketplace, code: &str) -> WebDriverResult<()> {
    browser
        .driver
        .goto(format!("{}/device?code={code}", marketplace.address()))
        .await?;
    if browser.count("#password").await? > 0 {
        sign_in(browser, SELLER).await?;
    }
    browser.find("main h1").await?;
    Ok(())
}

/// The seller approves a laptop on the page that its code names.
pub async fn approve(browser: &Browser, marketplace: &Marketplace, code: &str) -> WebDriverResult<()> {
    open_device(browser, marketplace, code).await?;
    browser.says(code).await?;
    browser.picture("store-device").await?;
    browser.press("button[value='approve']").await?;
    browser.find(".notice.good").await?;
    Ok(())
}

/// The seller takes away the entry of every laptop.
pub async fn revoke_laptops(browser: &Browser, marketplace: &Marketplace) -> WebDriverResult<()> {
    browser
        .driver
        .goto(format!("{}/account?lang=es", marketplace.address()))
        .await?;
    browser.picture("store-account").await?;
    browser.press("form[action$='/revoke'] button").await?;
    browser.find(".laptops .badge.is-gone").await?;
    browser.gone("form[action$='/revoke'] button").await
}

async fn sign_in(browser: &Browser, email: &str) -> WebDriverResult<()> {
    browser.write("#email", email).await?;
    browser.write("#password", PASSWORD).await?;
    browser.press("form[action='/sign-in'] button").await
}

/// A clerk signs in at the counter.
pub async fn open_counter(browser: &Browser, marketplace: &Marketplace) -> WebDriverResult<()> {
    browser
        .driver
        .goto(format!("{}/counter", marketplace.address()))
        .await?;
    if browser.count("#password").await? > 0 {
        sign_in(browser, CLERK).await?;
    }
    browser.find("#number").await?;
    Ok(())
}

/// A scanner types a number and presses Enter. (That Enter is enough is shown by the counter's own tests.)
pub async fn scan(browser: &Browser, number: &str) -> WebDriverResult<()> {
    assert!(!number.is_empty(), "there is a number to scan");
    let field = browser.find("#number").await?;
    field.send_keys(number).await?;
    browser.press(".scan button[type='submit']").await
}

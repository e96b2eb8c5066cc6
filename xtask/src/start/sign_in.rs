//! Signs the shop in as a person does: the laptop shows a code, the seller approves it in the browser.

use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::{Deserializer, Value};

use super::accounts::SELLER;
use super::marketplace::Marketplace;
use super::pages::Browser;
use super::shop::Shop;
use crate::children::{self, Running};

pub fn sign_in(shop: &Shop<'_>, marketplace: &Marketplace) -> Result<()> {
    let log = shop.folder.with_file_name("puesto-sign-in.log");
    let mut command = shop.program("puesto")?;
    command.args(["--json", "sign-in", "--server", &marketplace.address]);
    let streams = [
        Stdio::null(),
        Stdio::piped(),
        Stdio::from(std::fs::File::create(&log)?),
    ];
    let mut laptop = Running::spawn_with("puesto sign-in", &command, streams)?;
    let output = laptop.child.stdout.take().context("puesto has no output")?;

    let mut said = Deserializer::from_reader(output).into_iter::<Value>();
    let asked = said.next().and_then(Result::ok);
    let code = asked.as_ref().and_then(|asked| asked["user_code"].as_str());
    let Some(code) = code else {
        bail!("`puesto sign-in` showed no code:\n{}", children::tail(&log, 20));
    };
    approve(marketplace, code)?;
    // What it says then is read too, so that it never waits for a full pipe.
    while said.next().is_some_and(|value| value.is_ok()) {}
    let status = laptop.wait()?;
    if !status.success() {
        bail!(
            "`puesto sign-in` failed ({status}):\n{}",
            children::tail(&log, 20)
        );
    }
    Ok(())
}

fn approve(marketplace: &Marketplace, code: &str) -> Result<()> {
    let mut browser = Browser::new(&marketplace.address)?;
    let page = browser.open("/sign-in")?;
    browser.send(
        &page,
        "/sign-in",
        &[
            ("email", SELLER.email),
            ("password", SELLER.password),
            ("next", "/device"),
        ],
    )?;
    let page = browser.open(&format!("/device?code={code}"))?;
    browser.send(&page, "/device", &[("code", code), ("decision", "approve")])?;
    Ok(())
}

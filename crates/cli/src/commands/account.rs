//! Beginning a shop, joining a marketplace, its laptops.

use super::Desk;
use crate::output::table;
use crate::passphrase;
use crate::words::text;
use messages::{Value, date_time};
use shop::credentials::view::SignInStep;
use shop::fault::{Code, Result};
use shop::settings::view::ShopBeginning;
use std::time::Duration;

pub async fn init(desk: &Desk, shop_name: String, seller_name: String, language: String) -> Result<()> {
    let state = desk
        .shop
        .begin_shop(ShopBeginning {
            shop_name,
            seller_name,
            language,
        })
        .await?;
    let language = desk.shop.language().await?;
    desk.output.print(&state, |state| {
        text(
            language,
            "shop-begun",
            &[("shop", Value::from(state.shop_name.as_str()))],
        )
    })
}

pub async fn sign_in(desk: &Desk, server: &str) -> Result<()> {
    // Without a place for secrets it would be forgotten with this process: say so before anyone approves.
    let passphrase = match desk.shop.check_keyring().await {
        Ok(()) => None,
        Err(fault) => Some(passphrase::new(desk)?.ok_or(fault)?),
    };
    let code = desk.shop.sign_in_begin(server).await?;
    desk.output.print(&code, |code| {
        let values = [
            ("address", Value::from(code.address_with_code.as_str())),
            ("code", Value::from(code.user_code.as_str())),
        ];
        text(desk.language, "sign-in-code", &values)
    })?;
    loop {
        match desk.shop.sign_in_poll().await? {
            SignInStep::Waiting => tokio::time::sleep(Duration::from_secs(1)).await,
            SignInStep::Done => break,
            SignInStep::DoneForNow => {
                // Without one the keyring was closed in the meantime.
                let passphrase = passphrase.as_ref().ok_or(Code::KeyringMissing)?;
                desk.shop.key_keep(passphrase).await?;
                break;
            }
            SignInStep::Denied => return Err(Code::SignInDenied.into()),
            SignInStep::Expired => return Err(Code::CodeExpired.into()),
        }
    }
    let state = desk.shop.state().await?;
    desk.output.print(&state, |state| {
        text(
            desk.language,
            "signed-in",
            &[("shop", Value::from(state.shop_name.as_str()))],
        )
    })
}

pub async fn sign_out(desk: &Desk) -> Result<()> {
    // Without the key the marketplace cannot be told; here it is forgotten all the same.
    match passphrase::unlock(desk).await {
        Err(fault) if fault.code == Code::PassphraseWrong => return Err(fault),
        _ => {}
    }
    let state = desk.shop.sign_out().await?;
    desk.output
        .print(&state, |_| text(desk.language, "signed-out", &[]))
}

pub async fn laptops(desk: &Desk, revoke: Option<String>) -> Result<()> {
    passphrase::unlock(desk).await?;
    let laptops = match revoke {
        Some(id) => desk.shop.laptop_revoke(&id).await?,
        None => desk.shop.laptop_list().await?,
    };
    desk.output.print(&laptops, |laptops| {
        let rows: Vec<Vec<String>> = laptops
            .iter()
            .map(|laptop| {
                let mark = match (laptop.this_one, laptop.revoked) {
                    (_, true) => text(desk.language, "laptop-revoked", &[]),
                    (true, _) => text(desk.language, "laptop-this-one", &[]),
                    _ => String::new(),
                };
                let seen = date_time(desk.language, laptop.seen_ms, desk.shop.world().offset_minutes());
                vec![laptop.id.clone(), laptop.name.clone(), seen, mark]
            })
            .collect();
        table(&rows)
    })
}

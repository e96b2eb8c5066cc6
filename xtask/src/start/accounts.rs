//! The people of the sample: accounts that are there to be tried on this machine.

use std::fs;

use anyhow::{Result, bail};

use super::marketplace::Marketplace;
use crate::children;

pub struct Account {
    pub email: &'static str,
    pub password: &'static str,
    /// What the marketplace wants to know of this kind of account.
    about: &'static [&'static str],
}

/// The seller of the sample shop (crates/testkit/data/sample/seller.json).
pub const SELLER: Account = Account {
    email: "maria@tallernunez.example",
    password: "barro-telar-y-copal",
    about: &[
        "--kind=seller",
        "--name=María Núñez",
        "--shop-name=Taller Núñez",
        "--street=Independencia 230",
        "--neighbourhood=Col. Centro",
        "--city=Tlaquepaque",
        "--region=Jal.",
        "--postal-code=45500",
        "--country=MX",
        "--phone=+52 33 5550 0142",
    ],
};

/// Works at a sample office of the Mexican profile (crates/postal/data/operators/mx.json).
pub const CLERK: Account = Account {
    email: "ventanilla@correo.example",
    password: "sello-balanza-y-timbre",
    about: &["--kind=clerk", "--name=Ventanilla 1", "--office=45501"],
};

impl Account {
    pub fn spoken(&self) -> String {
        format!("{:<28} {:<24}", self.email, self.password)
    }
}

/// Makes both accounts, once: making one again would sign its browsers out.
pub fn add_once(marketplace: &Marketplace) -> Result<()> {
    let mark = marketplace.data.with_file_name("accounts");
    let all = format!("{}\n{}\n", SELLER.spoken(), CLERK.spoken());
    if fs::read_to_string(&mark).is_ok_and(|text| text == all) {
        return Ok(());
    }
    for account in [&SELLER, &CLERK] {
        let mut command = marketplace.command()?;
        command.args(["account", "add", "--data"]).arg(&marketplace.data);
        command
            .args(["--email", account.email, "--password", account.password])
            .args(account.about);
        let log = marketplace.data.with_file_name("account-add.log");
        if !children::run_logged("marketplace account add", &command, &log)?.success() {
            bail!(
                "The account {} could not be made:\n{}",
                account.email,
                children::tail(&log, 20)
            );
        }
    }
    Ok(fs::write(mark, all)?)
}

//! The people of the sample: accounts that are there to be tried on this machine.

use anyhow::{Result, bail};

use super::marketplace::Marketplace;
use crate::children;

pub struct Account {
    kind: &'static str,
    name: &'static str,
    pub email: &'static str,
    pub password: &'static str,
    /// The office a clerk works in: a sample office of the Mexican profile in crates/postal/data.
    office: Option<&'static str>,
}

pub const SELLER: Account = Account {
    kind: "seller",
    name: "Rosa Martínez",
    email: "rosa@puesto.example",
    password: "barro-telar-y-copal",
    office: None,
};

pub const CLERK: Account = Account {
    kind: "clerk",
    name: "Ventanilla Oaxaca Centro",
    email: "ventanilla@puesto.example",
    password: "sello-balanza-y-timbre",
    office: Some("68001"),
};

impl Account {
    pub fn spoken(&self) -> String {
        format!("{:<26} {:<24}", self.email, self.password)
    }
}

/// Makes both accounts; those that are there stay as they are.
pub fn add(marketplace: &Marketplace) -> Result<()> {
    for account in [&SELLER, &CLERK] {
        let mut command = marketplace.command()?;
        command.args(["account", "add", "--data"]).arg(&marketplace.data);
        command.args(["--kind", account.kind, "--name", account.name]);
        command.args(["--email", account.email, "--password", account.password]);
        if let Some(office) = account.office {
            command.args(["--office", office]);
        }
        let log = marketplace.data.join("account.log");
        if !children::run_logged("marketplace account add", &command, &log)?.success() {
            bail!(
                "The account {} could not be made:\n{}",
                account.email,
                children::tail(&log, 20)
            );
        }
    }
    Ok(())
}

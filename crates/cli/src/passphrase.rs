//! Asking for a passphrase: from the environment, from a person at the terminal, or the first line of what is piped in.

use crate::commands::Desk;
use crate::words::text;
use shop::credentials::passphrase::check;
use shop::credentials::view::KeyPlace;
use shop::fault::{Code, Result};
use std::io::{BufRead, IsTerminal, stdin};
use zeroize::Zeroizing;

const VARIABLE: &str = "PUESTO_PASSPHRASE";

/// The one that was chosen before; none when nobody gave one.
fn known(desk: &Desk) -> Result<Option<Zeroizing<String>>> {
    match unattended()? {
        Some(passphrase) => Ok(Some(passphrase)),
        None if stdin().is_terminal() => ask(desk, "passphrase-ask").map(Some),
        None => Ok(None),
    }
}

/// A new one, good enough, and typed the same twice; none when nobody gave one.
///
/// Faults: `PassphraseShort`, `PassphraseWrong` when it was typed otherwise the second time.
pub fn new(desk: &Desk) -> Result<Option<Zeroizing<String>>> {
    if let Some(passphrase) = unattended()? {
        check(&passphrase)?;
        return Ok(Some(passphrase));
    }
    if !stdin().is_terminal() {
        return Ok(None);
    }
    eprintln!("{}", text(desk.language, "passphrase-why", &[]));
    let passphrase = ask(desk, "passphrase-choose")?;
    check(&passphrase)?;
    if *ask(desk, "passphrase-again")? != *passphrase {
        return Err(Code::PassphraseWrong.into());
    }
    Ok(Some(passphrase))
}

/// Opens the key's file when it waits for that. Faults: `KeyLocked` when nobody gave a passphrase, `PassphraseWrong`,
/// `KeyFileDamaged`.
pub async fn unlock(desk: &Desk) -> Result<()> {
    if desk.shop.state().await?.key != KeyPlace::Locked {
        return Ok(());
    }
    let passphrase = known(desk)?.ok_or(Code::KeyLocked)?;
    desk.shop.key_unlock(&passphrase).await.map(drop)
}

fn unattended() -> Result<Option<Zeroizing<String>>> {
    if let Ok(passphrase) = std::env::var(VARIABLE) {
        return Ok(Some(Zeroizing::new(passphrase)));
    }
    if stdin().is_terminal() {
        return Ok(None);
    }
    let mut line = Zeroizing::new(String::new());
    stdin().lock().read_line(&mut line)?;
    Ok((!line.trim().is_empty()).then_some(line))
}

fn ask(desk: &Desk, key: &str) -> Result<Zeroizing<String>> {
    let question = format!("{} ", text(desk.language, key, &[]));
    Ok(Zeroizing::new(rpassword::prompt_password(question)?))
}

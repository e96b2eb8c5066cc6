//! A passphrase of one's own, where the system has no keyring.

use super::sealed::Unopened;
use super::view::KeyPlace;
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::settings::store::{self as settings, name};
use crate::settings::view::ShopState;
use crate::syncing::Command;
use crate::writing::Area;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Whoever copies the file may try as often as they like: shorter ones would be found.
pub const LEAST_LETTERS: usize = 10;

/// A passphrase as it is used: é is é however a keyboard writes it (NFC, as RFC 8265 §4.2 wants it), and what is
/// around it does not count.
pub(super) fn tidy(typed: &str) -> Zeroizing<String> {
    Zeroizing::new(typed.trim().nfc().collect())
}

/// Whether a new passphrase will do. Fault `PassphraseShort`.
pub fn check(typed: &str) -> Result<()> {
    if tidy(typed).chars().count() < LEAST_LETTERS {
        return Err(Fault::new(Code::PassphraseShort).with("least", LEAST_LETTERS));
    }
    Ok(())
}

impl From<Unopened> for Fault {
    fn from(unopened: Unopened) -> Self {
        match unopened {
            Unopened::WrongPassphrase => Code::PassphraseWrong.into(),
            Unopened::Damaged => Code::KeyFileDamaged.into(),
            Unopened::TooNew => Code::ShopTooNew.into(),
            Unopened::Disk(error) => error.into(),
        }
    }
}

impl Shop {
    /// Keeps the key in a file that this passphrase seals, from now on. Only where somebody is signed in.
    ///
    /// Faults: `PassphraseShort`, `NotSignedIn`, `KeyLocked`, `DiskFull`, `NoPermission`.
    pub async fn key_keep(&self, passphrase: &str) -> Result<ShopState> {
        check(passphrase)?;
        let keeper = &self.sync().keeper;
        if !keeper.has_tokens(self.laptop_id()).await {
            return Err(match keeper.place() {
                KeyPlace::Locked => Code::KeyLocked.into(),
                _ => Code::NotSignedIn.into(),
            });
        }
        keeper.seal_with(self.laptop_id(), tidy(passphrase)).await?;
        self.show_key().await
    }

    /// Opens that file with its passphrase, and syncing goes on. A wrong one may be followed by any number of others.
    ///
    /// Faults: `PassphraseWrong`, `KeyFileDamaged`, `ShopTooNew`, `NoPermission`.
    pub async fn key_unlock(&self, passphrase: &str) -> Result<ShopState> {
        let keeper = &self.sync().keeper;
        if keeper.place() == KeyPlace::Locked {
            keeper.unlock(self.laptop_id(), tidy(passphrase)).await?;
            self.sync_with_key().await?;
        }
        self.show_key().await
    }

    /// Asks the system's keyring again: it was shut before. Faults: `KeyringMissing`, `NotSignedIn` when it is open
    /// and has no key.
    pub async fn keyring_again(&self) -> Result<ShopState> {
        let keeper = &self.sync().keeper;
        if keeper.place() == KeyPlace::KeyringShut {
            keeper.ask_again().await;
            let found = keeper.has_tokens(self.laptop_id()).await;
            if keeper.place() == KeyPlace::KeyringShut {
                return Err(Code::KeyringMissing.into());
            }
            if !found {
                return Err(Code::NotSignedIn.into());
            }
            self.sync_with_key().await?;
        }
        self.show_key().await
    }

    /// Begins to sync with a key that was there all the time, unless this laptop was shut out.
    async fn sync_with_key(&self) -> Result<()> {
        let mut connection = self.read().acquire().await?;
        let joined = settings::get(&mut connection, name::SERVER).await?.is_some();
        let revoked = settings::get(&mut connection, name::REVOKED).await?.is_some();
        let cursor = settings::get(&mut connection, name::CURSOR).await?;
        if joined && !revoked {
            self.tell(Command::SignedIn { cursor });
        }
        Ok(())
    }

    /// Whoever looks at the shop's state hears that it has changed.
    async fn show_key(&self) -> Result<ShopState> {
        let mut writing = self.begin().await?;
        writing.touches(Area::Settings);
        writing.commit().await?;
        self.state().await
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_passphrase_is_the_same_however_it_is_typed() {
        assert_eq!(*tidy("  olla y com\u{e1}l\n"), *tidy("olla y coma\u{301}l"));
        assert_ne!(*tidy("olla y comal"), *tidy("Olla y comal"));
        assert_ne!(*tidy("olla y comal"), *tidy("olla  y comal"));
    }

    #[test]
    fn a_short_one_is_refused() {
        check("diez letra").unwrap();
        // Blanks around it and marks that melt into their letters do not make it longer.
        for typed in ["", "nueve let", "  nueve let  ", "nueve le\u{301}t"] {
            assert_eq!(check(typed).unwrap_err().code, Code::PassphraseShort, "{typed}");
        }
    }
}

//! The laptops that sell for this shop.

use super::view::{KeyPlace, LaptopView};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::syncing::wire::{SMALL_ANSWER, Wire, fault_of};
use api::auth::Laptop;
use reqwest::RequestBuilder;
use sync::engine::words::Trouble;

impl Shop {
    /// Faults: `NotSignedIn`, `KeyLocked`, `LaptopRevoked`, `ServerUnreachable`, `ServerBusy`, `ServerNotAMarketplace`.
    pub async fn laptop_list(&self) -> Result<Vec<LaptopView>> {
        let listed = async {
            let (wire, response) = self
                .authorised(|wire, token| wire.get("/laptops").bearer_auth(token))
                .await?;
            wire.read::<Vec<Laptop>>(Ok(response), SMALL_ANSWER).await
        };
        let laptops = match listed.await {
            Ok(laptops) => laptops,
            Err(trouble) => return Err(self.shut_out(trouble).await?),
        };
        Ok(laptops.into_iter().map(LaptopView::from).collect())
    }

    /// Shuts a laptop out. What it has not sent stays on it.
    pub async fn laptop_revoke(&self, id: &str) -> Result<Vec<LaptopView>> {
        let path = format!("/laptops/{}", only_id(id));
        let revoked = self
            .authorised(|wire, token| wire.delete(&path).bearer_auth(token))
            .await;
        if let Err(trouble) = revoked {
            return Err(self.shut_out(trouble).await?);
        }
        self.laptop_list().await
    }

    /// Whether a person has lost the key, or has only to open where it lies, is told apart.
    async fn shut_out(&self, trouble: Trouble) -> Result<Fault> {
        Ok(match (&trouble, self.sync().keeper.place()) {
            (Trouble::SignInNeeded, KeyPlace::Locked) => Code::KeyLocked.into(),
            _ => fault_of(trouble, &self.server().await?),
        })
    }

    /// Asks as this laptop; a token that has run out is renewed once. Only successes come back.
    pub(crate) async fn authorised(
        &self,
        request: impl Fn(&Wire, &str) -> RequestBuilder,
    ) -> std::result::Result<(Wire, reqwest::Response), Trouble> {
        let wire = self.wire().await?;
        let keeper = &self.sync().keeper;
        let token = keeper.access(self, &wire).await?;
        let answered = wire.accept(wire.send(request(&wire, &token)).await).await;
        let response = match answered {
            Err(Trouble::TokenExpired) => {
                keeper.renew(self, &wire).await?;
                let token = keeper.access(self, &wire).await?;
                wire.accept(wire.send(request(&wire, &token)).await).await?
            }
            answered => answered?,
        };
        Ok((wire, response))
    }
}

/// Ids go into a path: nothing but letters, digits and dashes.
fn only_id(id: &str) -> String {
    id.chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-')
        .take(64)
        .collect()
}

impl From<Laptop> for LaptopView {
    fn from(laptop: Laptop) -> Self {
        Self {
            revoked: laptop.revoked_ms.is_some(),
            id: laptop.id,
            name: laptop.name,
            signed_in_ms: laptop.signed_in_ms,
            seen_ms: laptop.seen_ms,
            this_one: laptop.this_one,
        }
    }
}

//! Signing in a laptop by device authorization (RFC 8628): a code here, the approval in a browser.

use super::address::{is_fit_to_open, normalised, origin};
use super::keeper::Tokens;
use super::view::{SignInCode, SignInStep};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::qr;
use crate::settings::store::{self as settings, name};
use crate::syncing::Command;
use crate::syncing::wire::{SMALL_ANSWER, Wire, fault_of};
use crate::writing::Area;
use api::auth::{DeviceAnswer, DeviceRequest, Me, TokenAnswer, TokenRequest, code};
use sync::engine::words::Trouble;

/// Bytes of a code that a person types, and of the address where: they are shown.
const CODE: usize = 32;
const ADDRESS: usize = 1_000;

/// A sign-in under way.
pub(crate) struct Pending {
    server: String,
    /// Scheme, host and port of the page for the seller: a marketplace may be reached by two names.
    page: String,
    wire: Wire,
    device_code: String,
    expires_ms: i64,
    interval_ms: i64,
    poll_at_ms: i64,
    /// Approved; whether the tokens are kept. Who we are is still to be asked.
    approved: Option<bool>,
}

impl Shop {
    /// Asks a marketplace for a code. An empty address means the one of the last sign-in.
    ///
    /// Faults: `AddressNotUnderstood`, `ServerUnreachable`, `ServerNotAMarketplace`, `ServerBusy`.
    pub async fn sign_in_begin(&self, server: &str) -> Result<SignInCode> {
        let mut pending = self.sync().sign_in.lock().await;
        *pending = None;
        let typed = match server.trim() {
            "" => {
                let mut connection = self.read().acquire().await?;
                settings::get(&mut connection, name::SERVER)
                    .await?
                    .unwrap_or_default()
            }
            typed => typed.to_owned(),
        };
        let server = normalised(&typed)?;
        let wire = Wire::to(&server)?;
        let request = DeviceRequest {
            laptop_id: self.laptop_id().to_owned(),
            laptop_name: self.laptop_name().await?,
        };
        let sent = wire.send(wire.post("/device/authorize").json(&request)).await;
        let answer: DeviceAnswer = wire
            .read(sent, SMALL_ANSWER)
            .await
            .map_err(|trouble| match trouble {
                // Anything that is not asked back in this way speaks another language.
                Trouble::Refused { .. } => Fault::new(Code::ServerNotAMarketplace).with("server", &server),
                trouble => fault_of(trouble, &server),
            })?;
        let (short, long) = (&answer.verification_uri, &answer.verification_uri_complete);
        let overlong = answer.user_code.len() > CODE || short.len().max(long.len()) > ADDRESS;
        if overlong || !is_fit_to_open(short) || !is_fit_to_open(long) {
            return Err(Fault::new(Code::ServerNotAMarketplace).with("server", &server));
        }
        let now_ms = self.world().now_ms();
        let expires_ms = now_ms + i64::from(answer.expires_in) * 1000;
        let interval_ms = i64::from(answer.interval.clamp(1, 60)) * 1000;
        *pending = Some(Pending {
            server,
            page: origin(long),
            wire,
            device_code: answer.device_code,
            expires_ms,
            interval_ms,
            poll_at_ms: now_ms,
            approved: None,
        });
        Ok(SignInCode {
            qr: qr::modules(long),
            user_code: answer.user_code,
            address: answer.verification_uri,
            address_with_code: answer.verification_uri_complete,
            expires_ms,
        })
    }

    /// Asks whether the seller has said yes. May be called as often as one likes: the marketplace is
    /// asked as often as it wants. Fault `NotSignedIn` when no sign-in was begun.
    pub async fn sign_in_poll(&self) -> Result<SignInStep> {
        let mut slot = self.sync().sign_in.lock().await;
        let pending = slot.as_mut().ok_or(Code::NotSignedIn)?;
        let step = self.poll(pending).await;
        if !matches!(step, Ok(SignInStep::Waiting)) {
            *slot = None;
        }
        step
    }

    /// Where the page is on which the seller says yes; none when no sign-in is under way.
    pub async fn sign_in_server(&self) -> Option<String> {
        self.sync()
            .sign_in
            .lock()
            .await
            .as_ref()
            .map(|pending| pending.page.clone())
    }

    pub async fn sign_in_cancel(&self) {
        *self.sync().sign_in.lock().await = None;
    }

    /// Faults with `KeyringMissing` when this computer has no place for secrets, so that a sign-in would
    /// be forgotten with the process.
    pub async fn check_keyring(&self) -> Result<()> {
        if self.sync().keeper.has_place(self.laptop_id()).await {
            Ok(())
        } else {
            Err(Code::KeyringMissing.into())
        }
    }

    /// Forgets the tokens, here and, when it can be reached, in the marketplace. What is here stays, and
    /// what waits to be sent goes out after the next sign-in.
    pub async fn sign_out(&self) -> Result<crate::settings::view::ShopState> {
        let path = format!("/laptops/{}", self.laptop_id());
        let revoked = self
            .authorised(|wire, token| wire.delete(&path).bearer_auth(token))
            .await;
        if let Err(trouble) = revoked {
            tracing::info!(%trouble, "signed out here only");
        }
        self.tell(Command::SignedOut);
        self.sync().keeper.forget(self.laptop_id()).await;
        let mut writing = self.begin().await?;
        settings::remove(writing.connection(), name::SERVER).await?;
        settings::remove(writing.connection(), name::REVOKED).await?;
        writing.touches(Area::Settings);
        writing.commit().await?;
        self.tell(Command::Refresh);
        self.state().await
    }

    /// What the seller reads in the list of laptops.
    async fn laptop_name(&self) -> Result<String> {
        let mut name = self.preferences().await?.laptop_name;
        if name.trim().is_empty() {
            name = self.state().await?.seller_name;
        }
        let name: String = name
            .trim()
            .chars()
            .filter(|letter| !letter.is_control())
            .take(80)
            .collect();
        Ok(if name.is_empty() { "Puesto".into() } else { name })
    }

    async fn poll(&self, pending: &mut Pending) -> Result<SignInStep> {
        let now_ms = self.world().now_ms();
        if pending.approved.is_none() {
            if now_ms >= pending.expires_ms {
                return Ok(SignInStep::Expired);
            }
            if now_ms < pending.poll_at_ms {
                return Ok(SignInStep::Waiting);
            }
            pending.poll_at_ms = now_ms + pending.interval_ms;
            let request = TokenRequest::DeviceCode {
                device_code: pending.device_code.clone(),
            };
            let sent = pending
                .wire
                .send(pending.wire.post("/device/token").json(&request))
                .await;
            let answer = match pending.wire.read::<TokenAnswer>(sent, SMALL_ANSWER).await {
                Ok(answer) => answer,
                Err(Trouble::Refused { code }) => return refusal(&code, pending),
                // The code stays good while the network comes and goes (RFC 8628 §3.5).
                Err(Trouble::Unreachable | Trouble::Busy { .. } | Trouble::Broken) => {
                    return Ok(SignInStep::Waiting);
                }
                Err(trouble) => return Err(fault_of(trouble, &pending.server)),
            };
            let tokens = Tokens::of(answer, now_ms);
            pending.approved = Some(self.sync().keeper.put(self.laptop_id(), tokens).await);
        }
        let token = match self.sync().keeper.access(self, &pending.wire).await {
            Ok(token) => token,
            Err(Trouble::Unreachable | Trouble::Busy { .. } | Trouble::Broken) => {
                return Ok(SignInStep::Waiting);
            }
            Err(trouble) => return Err(fault_of(trouble, &pending.server)),
        };
        let sent = pending
            .wire
            .send(pending.wire.get("/me").bearer_auth(token))
            .await;
        let me: Me = match pending.wire.read(sent, SMALL_ANSWER).await {
            Ok(me) => me,
            Err(Trouble::Unreachable | Trouble::Busy { .. } | Trouble::Broken) => {
                return Ok(SignInStep::Waiting);
            }
            Err(trouble) => return Err(fault_of(trouble, &pending.server)),
        };
        self.join(&pending.server, &me).await?;
        Ok(if pending.approved == Some(true) {
            SignInStep::Done
        } else {
            SignInStep::DoneForNow
        })
    }

    /// Writes down which marketplace this shop belongs to, and begins to sync.
    async fn join(&self, server: &str, me: &Me) -> Result<()> {
        if self.me().await?.is_some_and(|known| known.shop_id != me.shop_id) {
            // The pieces in this folder are another seller's: they must not end in this one's shop.
            self.sync().keeper.forget(self.laptop_id()).await;
            return Err(Code::OtherSellersShop.into());
        }
        let stored = serde_json::to_string(me)?;
        let mut writing = self.begin().await?;
        let named = settings::get(writing.connection(), name::SHOP_NAME)
            .await?
            .is_some();
        if !named {
            settings::set(writing.connection(), name::SHOP_NAME, &me.shop_name).await?;
            settings::set(writing.connection(), name::SELLER_NAME, &me.seller_name).await?;
        }
        settings::set(writing.connection(), name::SERVER, server).await?;
        settings::set(writing.connection(), name::ME, &stored).await?;
        settings::remove(writing.connection(), name::REVOKED).await?;
        let cursor = settings::get(writing.connection(), name::CURSOR).await?;
        writing.touches(Area::Settings);
        writing.commit().await?;
        self.tell(Command::SignedIn { cursor });
        Ok(())
    }
}

fn refusal(code: &str, pending: &mut Pending) -> Result<SignInStep> {
    match code {
        code::AUTHORIZATION_PENDING => Ok(SignInStep::Waiting),
        code::SLOW_DOWN => {
            pending.interval_ms += 5_000;
            Ok(SignInStep::Waiting)
        }
        code::ACCESS_DENIED => Ok(SignInStep::Denied),
        code::EXPIRED_TOKEN | code::INVALID_GRANT => Ok(SignInStep::Expired),
        _ => Err(Fault::new(Code::ServerNotAMarketplace).with("server", &pending.server)),
    }
}

//! Taking money, behind a trait: a real provider joins by implementing it.

mod sandbox;

pub use sandbox::Sandbox;

use api::product::Money;
use futures_util::future::BoxFuture;

/// What the buyer is asked to pay, once for one sent form.
#[derive(Clone, Debug)]
pub struct Charge {
    /// The form's id: a provider must not take money twice for the same.
    pub checkout_id: String,
    pub amount: Money,
    /// For the sandbox only: the buyer wants to see a refused payment.
    pub try_refusal: bool,
}

/// Why no money was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentFault {
    #[error("the payment was refused")]
    Refused,
    #[error("the payment provider cannot be reached")]
    Unreachable,
}

/// Someone who takes the buyers' money. Money is held first and taken only when the pieces are certain.
pub trait PaymentProvider: Send + Sync {
    /// Stable; kept with each payment.
    fn key(&self) -> &'static str;

    /// Whether nothing is really charged, which the pages then say.
    fn is_sandbox(&self) -> bool;

    /// Holds the amount and gives the provider's reference.
    fn hold<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, Result<String, PaymentFault>>;

    /// Takes what is held.
    fn take<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<(), PaymentFault>>;

    /// Lets go of what is held, or gives back what was taken.
    fn give_back<'a>(
        &'a self,
        reference: &'a str,
        amount: &'a Money,
    ) -> BoxFuture<'a, Result<(), PaymentFault>>;
}

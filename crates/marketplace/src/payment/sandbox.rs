//! The sandbox: it charges nobody, and the pages say so.

use super::{Charge, PaymentFault, PaymentProvider};
use api::product::Money;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, ready};

/// Agrees to everything but what asks to be refused.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sandbox;

impl PaymentProvider for Sandbox {
    fn key(&self) -> &'static str {
        "sandbox"
    }

    fn is_sandbox(&self) -> bool {
        true
    }

    fn hold<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, Result<String, PaymentFault>> {
        let answer = if charge.try_refusal {
            Err(PaymentFault::Refused)
        } else {
            Ok(format!("sandbox-{}", charge.checkout_id))
        };
        ready(answer).boxed()
    }

    fn take<'a>(&'a self, _reference: &'a str) -> BoxFuture<'a, Result<(), PaymentFault>> {
        ready(Ok(())).boxed()
    }

    fn give_back<'a>(
        &'a self,
        _reference: &'a str,
        _amount: &'a Money,
    ) -> BoxFuture<'a, Result<(), PaymentFault>> {
        ready(Ok(())).boxed()
    }
}

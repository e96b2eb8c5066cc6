//! What a person does that is not part of the API: saying yes to a laptop, and buying.

use crate::check::Fail;
use futures_util::future::BoxFuture;
use std::process::Stdio;

/// A seller at her browser, and a buyer at his.
pub trait Hands: Send + Sync {
    /// Says yes or no to the laptop behind a page's address.
    fn decide<'a>(&'a self, page: &'a str, code: &'a str, yes: bool) -> BoxFuture<'a, Result<(), Fail>>;

    /// Buys so many of a published piece.
    fn buy<'a>(&'a self, product_id: &'a str, quantity: u32) -> BoxFuture<'a, Result<(), Fail>>;
}

/// The person in front of the terminal, and a command that buys.
#[derive(Clone, Debug, Default)]
pub struct Terminal {
    /// Run by `sh -c` with PIECE and QUANTITY in its environment.
    pub buy: Option<String>,
}

impl Hands for Terminal {
    #[expect(clippy::print_stderr, reason = "it asks the person at the terminal")]
    fn decide<'a>(&'a self, page: &'a str, code: &'a str, yes: bool) -> BoxFuture<'a, Result<(), Fail>> {
        let word = if yes { "YES" } else { "NO" };
        eprintln!("Please say {word} to the laptop with the code {code}:\n  {page}");
        Box::pin(async { Ok(()) })
    }

    fn buy<'a>(&'a self, product_id: &'a str, quantity: u32) -> BoxFuture<'a, Result<(), Fail>> {
        Box::pin(async move {
            let Some(command) = &self.buy else {
                return Err(Fail::left_out(
                    "it needs an order: give --buy COMMAND, or --reference EMAIL",
                ));
            };
            let done = tokio::process::Command::new("sh")
                .args(["-c", command])
                .env("PIECE", product_id)
                .env("QUANTITY", quantity.to_string())
                .stdout(Stdio::null())
                .status()
                .await;
            match done {
                Ok(status) if status.success() => Ok(()),
                other => Err(Fail::miss("the buying command to succeed", other)),
            }
        })
    }
}

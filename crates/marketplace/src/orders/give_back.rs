//! Money that is due to buyers whose orders were cancelled.

use crate::error::Error;
use crate::records::payments;
use crate::state::Marketplace;
use api::product::Money;

/// Gives back what is due. Outside any transaction, for a provider is a network away; what fails stays
/// due and is tried again at the next occasion.
pub async fn what_is_due(marketplace: &Marketplace) -> Result<(), Error> {
    for payment in payments::due(marketplace.database.read()).await? {
        let amount = Money {
            minor: payment.amount_minor,
            currency: payment.currency.clone(),
        };
        match marketplace.payment.give_back(&payment.reference, &amount).await {
            Ok(()) => payments::mark_refunded(&marketplace.database, &payment.id).await?,
            Err(error) => tracing::error!(payment = %payment.id, %error, "money could not be given back"),
        }
    }
    Ok(())
}

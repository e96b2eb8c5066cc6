//! Taking a tracking number for an order, without a network, from the block leased to this laptop.

use super::view::LabelChoice;
use super::{rules, store};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::orders::view::OrderView;
use crate::settings::store as settings;
use crate::writing::{Area, Writing};
use api::intent::Action;
use api::limits;
use api::order::Parcel;
use postal::S10;
use sync::orders::{Command, next};

impl Shop {
    /// Numbers an order's parcel. The number is on the disk, used for good, before any label shows it.
    /// Asked again for the same order, its number stays.
    ///
    /// Faults: `WeightMissing`, `OutOfRange`, `NoServiceFits`, `DestinationSuspended`, `NoNumbersLeft`,
    /// `OrderMovedOn`, `NotSignedIn`.
    pub async fn order_label(&self, choice: LabelChoice) -> Result<OrderView> {
        if self.me().await?.is_none() {
            return Err(Code::NotSignedIn.into());
        }
        if choice.weight_g <= 0 {
            return Err(Code::WeightMissing.into());
        }
        if choice.weight_g > limits::WEIGHT_G {
            return Err(Fault::new(Code::OutOfRange)
                .with("field", "weight_g")
                .with("most", limits::WEIGHT_G));
        }
        let profile = self.operator().await?;
        let day = self.day();
        let mut writing = self.begin().await?;
        let order = crate::orders::store::state(writing.connection(), &choice.order_id).await?;
        if store::parcel_of_order(writing.connection(), &choice.order_id)
            .await?
            .is_some()
        {
            drop(writing);
            return self.order(&choice.order_id).await;
        }
        let status = crate::orders::store::status(writing.connection(), &choice.order_id).await?;
        next(status, Command::Label).map_err(crate::orders::moved_on)?;

        let size = rules::parcel_size(choice.weight_g);
        let destination = &order.ship_to.country;
        let best = profile
            .choose_service(&size, destination, &day)
            .map_err(|reason| rules::no_service(&reason))?;
        let service = profile
            .services_to(&size, destination)
            .into_iter()
            .find(|(service, misfit)| service.code == choice.service && misfit.is_none())
            .map_or(best, |(service, _)| service);
        let s10 = take_number(&mut writing, &service.indicator).await?;
        let parcel = Parcel {
            id: writing.id(),
            order_id: choice.order_id.clone(),
            s10,
            service: service.code.clone(),
            weight_g: choice.weight_g,
        };
        let now_ms = writing.now_ms();
        sqlx::query!(
            "INSERT INTO parcels (id, order_id, s10, service, weight_g, created_ms) VALUES (?, ?, ?, ?, ?, ?)",
            parcel.id,
            parcel.order_id,
            parcel.s10,
            parcel.service,
            parcel.weight_g,
            now_ms
        )
        .execute(writing.connection())
        .await?;
        let stamp = writing.stamp().await?;
        writing
            .record(
                stamp,
                &choice.order_id,
                Vec::new(),
                Action::NumberParcel { parcel },
            )
            .await?;
        crate::orders::refresh(&mut writing, std::slice::from_ref(&choice.order_id)).await?;
        writing.touches(Area::Orders);
        writing.touches(Area::Shipping);
        writing.commit().await?;
        self.order(&choice.order_id).await
    }
}

/// The next number of the oldest lease that still holds.
async fn take_number(writing: &mut Writing<'_>, indicator: &str) -> Result<String> {
    // By the marketplace's time: a laptop set to 2099 would find every block expired.
    let now_ms = writing
        .now_ms()
        .saturating_add(settings::clock(writing.connection()).await?.offset_ms);
    let taken = sqlx::query!(
        r#"UPDATE leases SET next = next + 1
           WHERE id = (SELECT id FROM leases WHERE indicator = ? AND next < "end" AND expires_ms > ?
                       ORDER BY issued_ms, id LIMIT 1)
           RETURNING next - 1 AS "serial!: u32", country AS "country!""#,
        indicator,
        now_ms
    )
    .fetch_optional(writing.connection())
    .await?
    .ok_or(Code::NoNumbersLeft)?;
    // The marketplace is told to lease more.
    writing.rings();
    let number = S10::new(indicator, taken.serial, &taken.country).map_err(Fault::internal)?;
    Ok(number.to_string())
}

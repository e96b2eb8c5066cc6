//! Writing the papers: a label for an order's parcel, the slip of a drop-off.

use super::view::PaperSize;
use super::{rules, store};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use documents::{Document, DropOffInput, DropOffParcel, LabelInput};
use postal::{DropOffNumber, S10};
use std::path::PathBuf;

impl Shop {
    /// Writes the label of an order's parcel and gives the file. It says the same each time.
    pub async fn label_paper(&self, order_id: &str, size: PaperSize, slot: u8) -> Result<PathBuf> {
        let language = self.language().await?;
        let profile = self.operator().await?;
        let me = self.me().await?.ok_or(Code::NotSignedIn)?;
        let preferred = self.preferences().await?.office;
        let mut connection = self.read().acquire().await?;
        let order = crate::orders::store::state(&mut connection, order_id).await?;
        let parcel = store::parcel_of_order(&mut connection, order_id)
            .await?
            .ok_or(Code::NotFound)?;
        drop(connection);
        let service = profile.service(&parcel.service);
        let office = rules::office(profile, preferred.as_deref(), Some(&me), Some(&parcel.service));
        let input = LabelInput {
            operator: profile.operator.name.clone(),
            from_country: profile.country.clone(),
            service: service
                .map(|service| service.names.name(language.code()).to_owned())
                .unwrap_or_default(),
            indicator: service
                .map(|service| service.indicator.clone())
                .unwrap_or_default(),
            number: S10::parse(&parcel.s10).ok(),
            sender: rules::address(&me.address),
            addressee: rules::address(&order.ship_to),
            grams: u32::try_from(parcel.weight_g).unwrap_or(0),
            order: order.number.clone(),
            parcel: 1,
            parcels: 1,
            office: office.map(|office| office.code.clone()).unwrap_or_default(),
        };
        let paper = match size {
            PaperSize::Label => documents::Paper::Label100x150,
            PaperSize::A4 => documents::Paper::A4 { start: slot.min(3) },
        };
        let document = documents::label(&input, paper, language).map_err(Fault::internal)?;
        let id = parcel.id;
        let mut writing = self.begin().await?;
        sqlx::query!("UPDATE parcels SET printed = printed + 1 WHERE id = ?", id)
            .execute(writing.connection())
            .await?;
        writing.commit().await?;
        self.write_paper(&format!("{}-{}.pdf", order.number, parcel.s10), document)
            .await
    }

    /// Writes the slip of a drop-off and gives the file.
    pub async fn drop_off_paper(&self, id: &str) -> Result<PathBuf> {
        let language = self.language().await?;
        let profile = self.operator().await?;
        let me = self.me().await?.ok_or(Code::NotSignedIn)?;
        let view = self.drop_off(id).await?;
        let number = DropOffNumber::parse(&view.card.number).map_err(Fault::internal)?;
        let mut connection = self.read().acquire().await?;
        let mut parcels = Vec::new();
        for parcel in store::of_drop_off(&mut connection, id).await? {
            let order = crate::orders::store::state(&mut connection, &parcel.order_id).await?;
            let service = profile.service(&parcel.service);
            parcels.push(DropOffParcel {
                number: S10::parse(&parcel.s10).ok(),
                destination: order.ship_to.country.clone(),
                service: service
                    .map(|service| service.names.name(language.code()).to_owned())
                    .unwrap_or_default(),
                grams: u32::try_from(parcel.weight_g).unwrap_or(0),
                value: Some(documents::Money {
                    minor: order.total.minor,
                    currency: order.total.currency.clone(),
                }),
                order: order.number,
            });
        }
        drop(connection);
        let office = profile.office(&view.card.office_code);
        let input = DropOffInput {
            number,
            operator: profile.operator.name.clone(),
            seller: me.shop_name.clone(),
            seller_lines: rules::lines(&me.address, &profile.country),
            office_code: view.card.office_code.clone(),
            office_name: view.card.office_name.clone(),
            office_lines: office.map(|office| office.address.clone()).unwrap_or_default(),
            date_ms: view.card.closed_ms,
            utc_offset_minutes: self.world().offset_minutes(),
            parcels,
        };
        let document = documents::drop_off_slip(&input, language).map_err(Fault::internal)?;
        self.write_paper(&format!("{}.pdf", view.card.number), document)
            .await
    }

    pub(crate) async fn write_paper(&self, name: &str, document: Document) -> Result<PathBuf> {
        // Numbers of orders come from outside: only what is plain may become part of a path.
        let name: String = name
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-.".contains(*c))
            .collect();
        let path = self.folder().papers().join(name);
        let unfinished = path.with_extension("part");
        tokio::fs::write(&unfinished, &document.pdf).await?;
        tokio::fs::rename(&unfinished, &path).await?;
        Ok(path)
    }
}

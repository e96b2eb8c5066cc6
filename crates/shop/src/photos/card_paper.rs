//! Cards to be photographed before each piece: its SKU as a code that the folder's table reads off the picture.

use super::view::{CardPaper, CardsFor};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use documents::{CardInput, Sheet};

impl Shop {
    /// Writes a sheet of cards, in the order of the titles, and gives the file. Pieces without a SKU have no card.
    ///
    /// Faults: `NoCards` when no piece of these has a SKU; `DiskFull`.
    pub async fn cards_paper(&self, of: CardsFor, sheet: CardPaper) -> Result<std::path::PathBuf> {
        let cards: Vec<CardInput> = self
            .match_pieces()
            .await?
            .into_iter()
            .filter(|piece| of == CardsFor::All || piece.photo.is_none())
            .filter(|piece| !piece.sku.trim().is_empty())
            .map(|piece| CardInput {
                sku: piece.sku,
                title: piece.title,
            })
            .collect();
        if cards.is_empty() {
            return Err(Code::NoCards.into());
        }
        let sheet = match sheet {
            CardPaper::A4 => Sheet::A4,
            CardPaper::Letter => Sheet::Letter,
        };
        let language = self.language().await?;
        let drawn = tokio::task::spawn_blocking(move || documents::cards(&cards, sheet, language)).await;
        let document = drawn.map_err(Fault::internal)?.map_err(Fault::internal)?;
        self.write_paper("cards.pdf", document).await
    }
}

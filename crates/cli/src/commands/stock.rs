//! The ledger.

use super::Desk;
use crate::arguments::StockCommand;
use crate::output::table;
use crate::words::text;
use messages::{Value, date_time};
use shop::fault::Result;

pub async fn run(desk: &Desk, command: StockCommand) -> Result<()> {
    let product = match command {
        StockCommand::Move {
            piece,
            delta,
            reason,
            note,
        } => {
            desk.shop
                .stock_move(&desk.piece(&piece).await?, delta, reason.into(), &note)
                .await?
        }
        StockCommand::Count { piece, counted } => {
            let id = desk.piece(&piece).await?;
            let expected = desk.shop.product(&id).await?.on_hand;
            desk.shop.stock_count(&id, expected, counted).await?
        }
        StockCommand::History { piece } => {
            let history = desk.shop.stock_history(&desk.piece(&piece).await?).await?;
            return desk.output.print(&history, |history| {
                let rows: Vec<Vec<String>> = history
                    .iter()
                    .map(|line| {
                        let at = date_time(desk.language, line.at_ms, desk.shop.world().offset_minutes());
                        let reason = text(
                            desk.language,
                            &format!("stock-{}", line.reason.replace('_', "-")),
                            &[],
                        );
                        vec![
                            at,
                            format!("{:+}", line.delta),
                            reason,
                            line.balance.to_string(),
                            line.note.clone(),
                        ]
                    })
                    .collect();
                table(&rows)
            });
        }
    };
    desk.output.print(&product, |product| {
        text(desk.language, "on-hand", &[("n", Value::from(product.on_hand))])
    })
}

//! The inbox.

use super::Desk;
use crate::arguments::OrdersCommand;
use crate::output::table;
use crate::words::text;
use messages::{Language, date, money};
use shop::fault::Result;
use shop::orders::view::{OrderStep, OrderView};

pub async fn run(desk: &Desk, command: OrdersCommand) -> Result<()> {
    let order = match command {
        OrdersCommand::List { filter } => {
            let page = desk.shop.order_list(filter.into()).await?;
            return desk.output.print(&page, |page| {
                if page.items.is_empty() {
                    return text(desk.language, "no-orders", &[]);
                }
                let rows: Vec<Vec<String>> = page
                    .items
                    .iter()
                    .map(|order| {
                        vec![
                            order.number.clone(),
                            step(order.step, desk.language),
                            order.buyer_name.clone(),
                            order.city.clone(),
                            order.title.clone(),
                            money(desk.language, order.total.minor, &order.total.currency),
                            date(
                                desk.language,
                                order.ship_by_ms,
                                desk.shop.world().offset_minutes(),
                            ),
                        ]
                    })
                    .collect();
                table(&rows)
            });
        }
        OrdersCommand::Show { order } => {
            let id = desk.order(&order).await?;
            desk.shop.order_seen(&id).await?;
            desk.shop.order(&id).await?
        }
        OrdersCommand::Accept { order } => desk.shop.order_accept(&desk.order(&order).await?).await?,
        OrdersCommand::Pack { order } => desk.shop.order_pack(&desk.order(&order).await?).await?,
        OrdersCommand::Cancel { order, reason } => {
            desk.shop
                .order_cancel(&desk.order(&order).await?, &reason)
                .await?
        }
    };
    desk.output.print(&order, |order| show(order, desk.language))
}

pub fn show(order: &OrderView, language: Language) -> String {
    let mut lines = vec![format!("{}  {}", order.number, step(order.step, language))];
    for line in &order.lines {
        let price = money(language, line.unit_price.minor, &line.unit_price.currency);
        lines.push(format!("  {} × {}  {price}", line.quantity, line.title));
    }
    lines.extend(order.ship_to.iter().map(|line| format!("  {line}")));
    lines.extend(order.label.number.iter().map(|number| format!("  {number}")));
    lines.join("\n")
}

fn step(step: OrderStep, language: Language) -> String {
    let key = match step {
        OrderStep::Placed => "order-placed",
        OrderStep::Accepted => "order-accepted",
        OrderStep::Packed => "order-packed",
        OrderStep::Labelled => "order-labelled",
        OrderStep::HandedIn => "order-handed-in",
        OrderStep::Shipped => "order-shipped",
        OrderStep::Delivered => "order-delivered",
        OrderStep::Cancelled => "order-cancelled",
    };
    text(language, key, &[])
}

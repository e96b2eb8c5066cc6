//! Today: what needs the seller now, what was sold this week, what is on its way.

pub(crate) mod rules;
mod tasks;
pub mod view;

use crate::Shop;
use crate::catalog::view::Price;
use crate::fault::Result;
use crate::orders::show::country_name;
use crate::orders::store::{self, Listed};
use api::order::OrderStatus;
use messages::Language;
use sqlx::SqliteConnection;
use view::{DaySales, OnTheWay, Today};

/// Tasks that are shown at once: more would be a wall.
const TASKS: usize = 8;
const ON_THE_WAY: usize = 5;

impl Shop {
    pub async fn today(&self) -> Result<Today> {
        let language = self.language().await?;
        let profile = self.operator().await?;
        let state = self.state().await?;
        let refused = self.sync_state().await?.refused;
        let mut connection = self.read().acquire().await?;
        let mut tasks = tasks::all(&mut connection, &profile.country, &refused).await?;
        let more = tasks.len().saturating_sub(TASKS);
        tasks.truncate(TASKS);
        let sold = store::list(&mut connection, &SOLD, false).await?;
        let fortnight = rules::midnights(self.world().now_ms(), self.world().offset_minutes(), 14);
        let mut days: Vec<DaySales> = fortnight
            .iter()
            .map(|day_ms| DaySales {
                day_ms: *day_ms,
                minor: 0,
                pieces: 0,
            })
            .collect();
        for order in sold
            .iter()
            .filter(|order| order.state.total.currency == state.currency)
        {
            if let Some(day) =
                rules::day_index(&fortnight, order.state.placed_ms).and_then(|index| days.get_mut(index))
            {
                day.minor += order.state.total.minor;
                day.pieces += order.state.lines.iter().map(|line| line.quantity).sum::<i64>();
            }
        }
        let week = days.split_off(7);
        let sum = |days: &[DaySales]| Price {
            minor: days.iter().map(|day| day.minor).sum(),
            currency: state.currency.clone(),
        };
        let products =
            sqlx::query_scalar!(r#"SELECT COUNT(*) AS "count!: u32" FROM products WHERE deleted = 0"#)
                .fetch_one(&mut *connection)
                .await?;
        Ok(Today {
            seller_name: state.seller_name,
            more: u32::try_from(more).unwrap_or(u32::MAX),
            tasks,
            sold: sum(&week),
            sold_before: sum(&days),
            pieces: week.iter().map(|day| day.pieces).sum(),
            week,
            on_the_way: on_the_way(&mut connection, &sold, language).await?,
            products,
        })
    }
}

const SOLD: [OrderStatus; 7] = [
    OrderStatus::Placed,
    OrderStatus::Accepted,
    OrderStatus::Packed,
    OrderStatus::Labelled,
    OrderStatus::HandedIn,
    OrderStatus::Shipped,
    OrderStatus::Delivered,
];

async fn on_the_way(
    connection: &mut SqliteConnection,
    orders: &[Listed],
    language: Language,
) -> Result<Vec<OnTheWay>> {
    let mut way = Vec::new();
    for order in orders
        .iter()
        .filter(|order| order.status >= OrderStatus::Labelled)
        .take(100)
    {
        let Some(parcel) = crate::shipping::store::parcel_of_order(connection, &order.state.id).await? else {
            continue;
        };
        let Some(newest) = parcel.events.iter().max_by_key(|event| event.at_ms) else {
            continue;
        };
        way.push(OnTheWay {
            order_id: order.state.id.clone(),
            order_number: order.state.number.clone(),
            buyer_name: order.state.buyer_name.clone(),
            city: order.state.ship_to.city.clone(),
            country_name: country_name(&order.state.ship_to.country, language),
            code: newest.code.clone(),
            place: newest.place.clone(),
            at_ms: newest.at_ms,
        });
    }
    way.sort_by_key(|step| std::cmp::Reverse(step.at_ms));
    way.truncate(ON_THE_WAY);
    Ok(way)
}

//! Looking at orders: the list, one order, and those that nobody was told of.

use super::show;
use super::store;
use super::view::{OrderCard, OrderFilter, OrderPage, OrderView};
use crate::Shop;
use crate::fault::Result;
use crate::writing::Area;
use api::order::OrderStatus::{
    self, Accepted, Cancelled, Delivered, HandedIn, Labelled, Packed, Placed, Shipped,
};

pub(crate) const OPEN: [OrderStatus; 4] = [Placed, Accepted, Packed, Labelled];
pub(crate) const ON_THE_WAY: [OrderStatus; 2] = [HandedIn, Shipped];
const DONE: [OrderStatus; 2] = [Delivered, Cancelled];
const ALL: [OrderStatus; 8] = [
    Placed, Accepted, Packed, Labelled, HandedIn, Shipped, Delivered, Cancelled,
];

impl Shop {
    pub async fn order_list(&self, filter: OrderFilter) -> Result<OrderPage> {
        let language = self.language().await?;
        let home = self.operator().await?.country.clone();
        let mut connection = self.read().acquire().await?;
        let (statuses, oldest_first): (&[OrderStatus], bool) = match filter {
            OrderFilter::Open => (&OPEN, true),
            OrderFilter::OnTheWay => (&ON_THE_WAY, false),
            OrderFilter::Done => (&DONE, false),
            OrderFilter::All => (&ALL, false),
        };
        let listed = store::list(&mut connection, statuses, oldest_first).await?;
        Ok(OrderPage {
            items: listed
                .iter()
                .map(|order| show::card(order, &home, language))
                .collect(),
            open: store::count(&mut connection, &OPEN).await?,
            on_the_way: store::count(&mut connection, &ON_THE_WAY).await?,
            done: store::count(&mut connection, &DONE).await?,
        })
    }

    /// An order with everything that its screen shows.
    pub async fn order(&self, id: &str) -> Result<OrderView> {
        show::order(self, id).await
    }

    /// Notes that a person looked at an order.
    pub async fn order_seen(&self, id: &str) -> Result<()> {
        let mut writing = self.begin().await?;
        let now_ms = writing.now_ms();
        let changed = sqlx::query!(
            "UPDATE orders SET seen_ms = ? WHERE id = ? AND seen_ms IS NULL",
            now_ms,
            id
        )
        .execute(writing.connection())
        .await?;
        if changed.rows_affected() > 0 {
            writing.touches(Area::Orders);
        }
        writing.commit().await
    }

    /// New orders that the person was not told of yet; asked again, they are not given again.
    pub async fn orders_to_announce(&self) -> Result<Vec<OrderCard>> {
        let language = self.language().await?;
        let home = self.operator().await?.country.clone();
        let mut writing = self.begin().await?;
        let now_ms = writing.now_ms();
        let ids: Vec<String> = sqlx::query_scalar!(
            "UPDATE orders SET notified_ms = ? WHERE notified_ms IS NULL AND seen_ms IS NULL AND status = 'placed' RETURNING id",
            now_ms
        )
        .fetch_all(writing.connection())
        .await?;
        let placed = store::list(writing.connection(), &[Placed], true).await?;
        writing.commit().await?;
        let new = placed.iter().filter(|order| ids.contains(&order.state.id));
        Ok(new.map(|order| show::card(order, &home, language)).collect())
    }
}

//! Pieces.

use super::Desk;
use crate::arguments::{Fields, ProductCommand};
use crate::money;
use crate::output::table;
use crate::words::text;
use messages::{Language, Value, money as shown};
use shop::catalog::view::{Dimensions, FieldChange, Price, Product, ProductQuery, ProductStatus, StockKind};
use shop::fault::{Code, Fault, Result};

pub async fn run(desk: &Desk, command: ProductCommand) -> Result<()> {
    let product = match command {
        ProductCommand::Add(fields) => add(desk, fields).await?,
        ProductCommand::Edit { piece, fields } => {
            let id = desk.piece(&piece).await?;
            edit(desk, &id, fields).await?
        }
        ProductCommand::List {
            text,
            filter,
            limit,
            offset,
        } => {
            let query = ProductQuery {
                text: text.join(" "),
                filter: filter.into(),
                offset,
                limit,
            };
            return list(desk, query).await;
        }
        ProductCommand::Show { piece } => desk.shop.product(&desk.piece(&piece).await?).await?,
        ProductCommand::Publish { piece } => desk.shop.product_publish(&desk.piece(&piece).await?).await?,
        ProductCommand::Withdraw { piece } => desk.shop.product_withdraw(&desk.piece(&piece).await?).await?,
        ProductCommand::Delete { piece } => {
            let id = desk.piece(&piece).await?;
            desk.shop.product_delete(&id).await?;
            desk.shop.product(&id).await?
        }
        ProductCommand::Restore { piece } => desk.shop.product_restore(&piece).await?,
    };
    desk.output
        .print(&product, |product| show(product, desk.language))
}

/// A piece is written down whole or not at all.
async fn add(desk: &Desk, fields: Fields) -> Result<Product> {
    let changes = changes(desk, &fields).await?;
    desk.shop
        .product_add_counted(changes, fields.quantity.unwrap_or(1))
        .await
}

async fn edit(desk: &Desk, id: &str, fields: Fields) -> Result<Product> {
    let changes = changes(desk, &fields).await?;
    desk.shop.product_edit_counted(id, changes, fields.quantity).await
}

async fn changes(desk: &Desk, fields: &Fields) -> Result<Vec<FieldChange>> {
    let mut changes = Vec::new();
    let mut texts = |value: &Option<String>, change: fn(String) -> FieldChange| {
        changes.extend(value.clone().map(change));
    };
    texts(&fields.title, FieldChange::Title);
    texts(&fields.sku, FieldChange::Sku);
    texts(&fields.story, FieldChange::Story);
    texts(&fields.branch, FieldChange::Branch);
    texts(&fields.technique, FieldChange::Technique);
    texts(&fields.materials, FieldChange::Materials);
    texts(&fields.community, FieldChange::Community);
    texts(&fields.people, FieldChange::People);
    texts(&fields.maker, FieldChange::Maker);
    texts(&fields.category, FieldChange::Category);
    changes.extend(fields.hours.map(|hours| FieldChange::Hours(Some(hours))));
    changes.extend(fields.weight.map(|grams| FieldChange::WeightG(Some(grams))));
    if let Some(price) = &fields.price {
        let currency = desk.shop.state().await?.currency;
        changes.push(FieldChange::Price(Some(Price {
            minor: money::minor(price)?,
            currency,
        })));
    }
    if let Some(size) = &fields.size {
        changes.push(FieldChange::SizeMm(Some(dimensions(size)?)));
    }
    if fields.unique {
        changes.push(FieldChange::StockKind(StockKind::Unique));
    } else if fields.quantity.is_some() {
        changes.push(FieldChange::StockKind(StockKind::Quantity));
    }
    Ok(changes)
}

fn dimensions(text: &str) -> Result<Dimensions> {
    let sides: Vec<Option<i64>> = text
        .split(['x', 'X', '×'])
        .map(|side| side.trim().parse().ok())
        .collect();
    match sides.as_slice() {
        [Some(length), Some(width), Some(height)] => Ok(Dimensions {
            length: *length,
            width: *width,
            height: *height,
        }),
        _ => Err(Fault::new(Code::NotUnderstood).with("field", "size_mm")),
    }
}

async fn list(desk: &Desk, query: ProductQuery) -> Result<()> {
    let page = desk.shop.product_list(query).await?;
    desk.output.print(&page, |page| {
        if page.items.is_empty() {
            return text(desk.language, "no-pieces", &[]);
        }
        let rows: Vec<Vec<String>> = page
            .items
            .iter()
            .map(|item| {
                vec![
                    item.id.clone(),
                    item.title.clone(),
                    price(item.price.as_ref(), desk.language),
                    status(item.status, desk.language),
                    item.on_hand.to_string(),
                ]
            })
            .collect();
        table(&rows)
    })
}

fn price(price: Option<&Price>, language: Language) -> String {
    price.map_or_else(
        || text(language, "no-price", &[]),
        |price| shown(language, price.minor, &price.currency),
    )
}

fn status(status: ProductStatus, language: Language) -> String {
    let key = match status {
        ProductStatus::Draft => "piece-draft",
        ProductStatus::OnSale => "piece-on-sale",
        ProductStatus::SoldOut => "piece-sold-out",
        ProductStatus::Withdrawn => "piece-withdrawn",
    };
    text(language, key, &[])
}

fn show(product: &Product, language: Language) -> String {
    let values = [
        ("id", Value::from(product.id.as_str())),
        ("title", Value::from(product.title.as_str())),
        ("price", Value::from(price(product.price.as_ref(), language))),
        ("status", Value::from(status(product.status, language))),
        ("n", Value::from(product.on_hand)),
        ("photos", Value::from(product.photos.len() as i64)),
    ];
    text(language, "piece", &values)
}

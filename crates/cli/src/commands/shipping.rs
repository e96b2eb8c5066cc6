//! Labels, drop-offs, offices.

use super::Desk;
use crate::arguments::{DropOffCommand, Paper};
use crate::output::table;
use crate::words::text;
use messages::{Language, Value, date, weight as grams};
use serde::Serialize;
use shop::fault::{Code, Fault, Result};
use shop::orders::view::OrderView;
use shop::shipping::view::{DropOffStep, DropOffView, LabelChoice};

#[derive(Serialize)]
struct Labelled {
    order: OrderView,
    path: String,
}

#[derive(Serialize)]
struct Closed {
    drop_off: DropOffView,
    path: String,
}

pub async fn label(
    desk: &Desk,
    order: &str,
    service: Option<String>,
    weight: Option<i64>,
    paper: Paper,
    slot: u8,
) -> Result<()> {
    let id = desk.order(order).await?;
    let before = desk.shop.order(&id).await?;
    let recommended = before.services.iter().find(|service| service.recommended);
    let choice = LabelChoice {
        order_id: id.clone(),
        service: service
            .or(recommended.map(|service| service.key.clone()))
            .unwrap_or_default(),
        weight_g: weight.unwrap_or(before.weight_g),
        paper: paper.into(),
        slot,
    };
    let order = desk.shop.order_label(choice).await?;
    let path = desk
        .shop
        .label_paper(&id, paper.into(), slot)
        .await?
        .display()
        .to_string();
    desk.output.print(&Labelled { order, path }, |labelled| {
        let number = labelled.order.label.number.clone().unwrap_or_default();
        format!("{number}\n{}", labelled.path)
    })
}

pub async fn run(desk: &Desk, command: DropOffCommand) -> Result<()> {
    match command {
        DropOffCommand::List => list(desk).await,
        DropOffCommand::Close { parcels, office } => close(desk, parcels, office).await,
        DropOffCommand::Left { drop_off } => {
            let view = desk.shop.drop_off_left(&find(desk, &drop_off).await?).await?;
            desk.output.print(&view, |view| line(view, desk.language))
        }
        DropOffCommand::Show { drop_off } => {
            let view = desk.shop.drop_off(&find(desk, &drop_off).await?).await?;
            desk.output.print(&view, |view| line(view, desk.language))
        }
        DropOffCommand::Slip { drop_off } => {
            let id = find(desk, &drop_off).await?;
            let drop_off = desk.shop.drop_off(&id).await?;
            let path = desk.shop.drop_off_paper(&id).await?.display().to_string();
            desk.output
                .print(&Closed { drop_off, path }, |closed| closed.path.clone())
        }
    }
}

/// A drop-off by its id or its number.
async fn find(desk: &Desk, name: &str) -> Result<String> {
    let wanted: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let page = desk.shop.drop_off_page().await?;
    let found = page
        .past
        .into_iter()
        .find(|d| d.id == wanted || d.number.eq_ignore_ascii_case(&wanted));
    found
        .map(|drop_off| drop_off.id)
        .ok_or_else(|| Fault::new(Code::NotFound).with("drop_off", name))
}

async fn close(desk: &Desk, parcels: Vec<String>, office: Option<String>) -> Result<()> {
    let page = desk.shop.drop_off_page().await?;
    let chosen = if parcels.is_empty() {
        page.ready.iter().map(|parcel| parcel.id.clone()).collect()
    } else {
        let by_name = |name: &String| {
            let same = |parcel: &&shop::shipping::view::ParcelCard| {
                parcel.id == *name || parcel.s10.eq_ignore_ascii_case(name) || parcel.order_number == *name
            };
            let found = page.ready.iter().find(same).map(|parcel| parcel.id.clone());
            found.ok_or_else(|| Fault::new(Code::NotFound).with("parcel", name))
        };
        parcels.iter().map(by_name).collect::<Result<Vec<_>>>()?
    };
    let office = office
        .or(page.office.map(|office| office.code))
        .unwrap_or_default();
    let drop_off = desk.shop.drop_off_close(chosen, &office).await?;
    let path = desk
        .shop
        .drop_off_paper(&drop_off.card.id)
        .await?
        .display()
        .to_string();
    desk.output.print(&Closed { drop_off, path }, |closed| {
        format!("{}\n{}", line(&closed.drop_off, desk.language), closed.path)
    })
}

async fn list(desk: &Desk) -> Result<()> {
    let page = desk.shop.drop_off_page().await?;
    desk.output.print(&page, |page| {
        let mut rows: Vec<Vec<String>> = page
            .ready
            .iter()
            .map(|parcel| {
                let ready = text(desk.language, "parcel-ready", &[]);
                vec![
                    parcel.s10_shown.clone(),
                    ready,
                    parcel.addressee.clone(),
                    parcel.destination.clone(),
                ]
            })
            .collect();
        rows.extend(page.past.iter().map(|card| {
            let day = date(desk.language, card.closed_ms, desk.shop.world().offset_minutes());
            vec![
                card.number.clone(),
                step(card.step, desk.language),
                card.office_name.clone(),
                day,
            ]
        }));
        if rows.is_empty() {
            text(desk.language, "no-parcels", &[])
        } else {
            table(&rows)
        }
    })
}

fn line(view: &DropOffView, language: Language) -> String {
    let values = [
        ("number", Value::from(view.card.number.as_str())),
        ("status", Value::from(step(view.card.step, language))),
        ("office", Value::from(view.card.office_name.as_str())),
        ("n", Value::from(i64::from(view.card.parcels))),
        ("weight", Value::from(grams(language, view.card.weight_g))),
    ];
    text(language, "drop-off", &values)
}

fn step(step: DropOffStep, language: Language) -> String {
    let key = match step {
        DropOffStep::Closed => "drop-off-closed",
        DropOffStep::Left => "drop-off-left",
        DropOffStep::Accepted => "drop-off-accepted",
        DropOffStep::PartlyAccepted => "drop-off-partly-accepted",
        DropOffStep::Refused => "drop-off-refused",
    };
    text(language, key, &[])
}

pub async fn offices(desk: &Desk, wanted: &str) -> Result<()> {
    let offices = desk.shop.office_list(wanted).await?;
    desk.output.print(&offices, |offices| {
        let rows: Vec<Vec<String>> = offices
            .iter()
            .map(|office| {
                vec![
                    office.code.clone(),
                    office.name.clone(),
                    office.address.clone(),
                    office.hours.clone(),
                ]
            })
            .collect();
        if rows.is_empty() {
            text(desk.language, "no-offices", &[])
        } else {
            table(&rows)
        }
    })
}

//! One file per area, named as in `shop`.

mod account;
mod backup;
mod develop;
mod matching;
mod orders;
mod photos;
mod products;
mod shipping;
mod status;
mod stock;

use crate::arguments::{Arguments, BackupCommand, Command, PhotoCommand};
use crate::output::Output;
use clap::CommandFactory;
use clap::error::ErrorKind;
use darkroom::Darkroom;
use messages::Language;
use shop::Shop;
use shop::catalog::view::{ProductFilter, ProductQuery};
use shop::fault::{Code, Fault, Result};
use shop::orders::view::OrderFilter;
use shop::world::System;
use std::sync::Arc;

/// What every command has at hand.
pub struct Desk {
    pub shop: Shop,
    pub output: Output,
    pub language: Language,
}

pub async fn run(arguments: Arguments, language: &mut Language) -> Result<()> {
    let output = Output { json: arguments.json };
    if let Command::Photo(PhotoCommand::Develop { files, out, recipe }) = arguments.command {
        return develop::run(output, *language, files, out, recipe).await;
    }
    let Some(folder) = &arguments.shop else {
        // As the parser says of any other argument that is missing.
        Arguments::command()
            .error(ErrorKind::MissingRequiredArgument, "--shop <DIR> is needed")
            .exit()
    };
    // These two are for shops that may not open.
    match &arguments.command {
        Command::Restore { backup } => return backup::restore(output, language, folder, backup).await,
        Command::Rescue { salvage, begin_again } => {
            return backup::rescue(output, language, folder, *salvage, *begin_again).await;
        }
        _ => {}
    }
    let shop = Shop::open_with(folder, Arc::new(System), Darkroom::apart()).await?;
    if !shop.state().await?.new {
        *language = shop.language().await?;
    }
    let desk = Desk {
        shop,
        output,
        language: *language,
    };
    let done = match arguments.command {
        Command::Init {
            name,
            seller,
            language,
        } => account::init(&desk, name, seller, language).await,
        Command::SignIn { server } => account::sign_in(&desk, &server).await,
        Command::SignOut => account::sign_out(&desk).await,
        Command::Laptops { revoke } => account::laptops(&desk, revoke).await,
        Command::Product(command) => products::run(&desk, command).await,
        Command::Photo(command) => photos::run(&desk, command).await,
        Command::Stock(command) => stock::run(&desk, command).await,
        Command::Sync { timeout } => status::sync(&desk, timeout).await,
        Command::Orders(command) => orders::run(&desk, command).await,
        Command::Label {
            order,
            service,
            weight,
            paper,
            slot,
        } => shipping::label(&desk, &order, service, weight, paper, slot).await,
        Command::DropOff(command) => shipping::run(&desk, command).await,
        Command::Offices { text } => shipping::offices(&desk, &text.join(" ")).await,
        Command::Status => status::status(&desk).await,
        Command::Backup { command, to } => match command {
            None => backup::make(&desk, to).await,
            Some(BackupCommand::List) => backup::list(&desk).await,
            Some(BackupCommand::Drill { backup }) => backup::drill(&desk, backup).await,
            Some(BackupCommand::Folder { folder }) => backup::folder(&desk, folder).await,
        },
        Command::Restore { .. } | Command::Rescue { .. } => Ok(()),
    };
    desk.shop.close().await;
    done
}

impl Desk {
    /// A piece by its id or its SKU.
    pub async fn piece(&self, name: &str) -> Result<String> {
        match self.shop.product(name).await {
            Ok(product) => return Ok(product.id),
            Err(fault) if fault.code == Code::NotFound => {}
            Err(fault) => return Err(fault),
        }
        let query = ProductQuery {
            text: name.into(),
            filter: ProductFilter::All,
            offset: 0,
            limit: 200,
        };
        let page = self.shop.product_list(query).await?;
        let mut same = page
            .items
            .into_iter()
            .filter(|item| item.sku.eq_ignore_ascii_case(name));
        match (same.next(), same.next()) {
            (Some(item), None) => Ok(item.id),
            _ => Err(Fault::new(Code::NotFound).with("piece", name)),
        }
    }

    /// An order by its id or its number.
    pub async fn order(&self, name: &str) -> Result<String> {
        let page = self.shop.order_list(OrderFilter::All).await?;
        let found = page
            .items
            .into_iter()
            .find(|o| o.id == name || o.number.eq_ignore_ascii_case(name));
        found
            .map(|order| order.id)
            .ok_or_else(|| Fault::new(Code::NotFound).with("order", name))
    }
}

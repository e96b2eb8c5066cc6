//! Fills a shop with the sample pieces, through the same use cases as a person.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal's program prints"
)]

use clap::Parser;
use shop::catalog::view::{Dimensions, FieldChange, Price, ProductFilter, ProductQuery, StockKind};
use shop::settings::view::ShopBeginning;
use shop::syncing::view::SyncPhase;
use shop::{Fault, Shop};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;
use testkit::sample::{self, SamplePiece};

/// How long a first sync with some forty pictures may take on a slow disk.
const SYNC: Duration = Duration::from_secs(180);

#[derive(Parser)]
struct Arguments {
    /// The shop's folder; begun if it is new.
    #[arg(long)]
    shop: PathBuf,
    /// es, en or fr.
    #[arg(long, default_value = "es")]
    language: String,
    /// Leave this many of the last pieces as drafts.
    #[arg(long, default_value_t = 1)]
    drafts: usize,
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("{0}")]
    Shop(#[from] Fault),
    #[error("{0}")]
    Sample(#[from] sample::Fault),
}

#[tokio::main]
async fn main() -> ExitCode {
    match fill(Arguments::parse()).await {
        Ok(pieces) => {
            println!("{pieces} pieces");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn fill(arguments: Arguments) -> Result<usize, Error> {
    let shop = Shop::open(&arguments.shop).await?;
    let seller = sample::seller()?;
    if shop.state().await?.new {
        let language = arguments.language.clone();
        shop.begin_shop(ShopBeginning {
            shop_name: seller.shop_name,
            seller_name: seller.person,
            language,
        })
        .await?;
    }
    let pieces = sample::pieces()?;
    let published = pieces.len().saturating_sub(arguments.drafts);
    // The last change shows first: the shop window's first piece is written last.
    for (index, piece) in pieces.iter().enumerate().rev() {
        if !is_there(&shop, piece).await? {
            add(&shop, piece, &arguments.language, index < published).await?;
        }
    }
    let state = shop.sync_once(SYNC).await?;
    if !matches!(state.phase, SyncPhase::SignedOut | SyncPhase::Idle) {
        eprintln!(
            "not everything is sent yet: {} changes, {} photos wait",
            state.waiting, state.photos_waiting
        );
    }
    shop.close().await;
    Ok(pieces.len())
}

async fn is_there(shop: &Shop, piece: &SamplePiece) -> Result<bool, Error> {
    let query = ProductQuery {
        text: piece.sku.clone(),
        filter: ProductFilter::All,
        offset: 0,
        limit: 50,
    };
    Ok(shop
        .product_list(query)
        .await?
        .items
        .iter()
        .any(|item| item.sku == piece.sku))
}

async fn add(shop: &Shop, piece: &SamplePiece, language: &str, publish: bool) -> Result<(), Error> {
    let words = piece.texts.in_language(language);
    let id = shop.product_create().await?.id;
    let size = Dimensions {
        length: piece.size_mm.length,
        width: piece.size_mm.width,
        height: piece.size_mm.height,
    };
    let kind = if piece.unique {
        StockKind::Unique
    } else {
        StockKind::Quantity
    };
    let changes = vec![
        FieldChange::Sku(piece.sku.clone()),
        FieldChange::Title(words.title.clone()),
        FieldChange::Story(words.story.clone()),
        FieldChange::Branch(piece.branch.clone()),
        FieldChange::Technique(words.technique.clone()),
        FieldChange::Materials(words.materials.clone()),
        FieldChange::Community(words.community.clone()),
        FieldChange::People(words.people.clone()),
        FieldChange::Maker(piece.maker.name.clone()),
        FieldChange::Category(words.category.clone()),
        FieldChange::Hours(Some(piece.hours)),
        FieldChange::Price(Some(Price {
            minor: piece.price_minor,
            currency: piece.currency.clone(),
        })),
        FieldChange::WeightG(Some(piece.weight_g)),
        FieldChange::SizeMm(Some(size)),
        FieldChange::StockKind(kind),
    ];
    let product = shop.product_edit(&id, changes).await?;
    shop.stock_count(&id, product.on_hand, piece.quantity).await?;
    for view in &piece.views {
        let (slug, view) = (piece.slug.clone(), view.clone());
        let name = format!("{slug}-{view}.jpg");
        let photo = tokio::task::spawn_blocking(move || sample::photo(&slug, &view)).await;
        let photo = photo.map_err(Fault::internal)??;
        shop.photo_add(&id, &name, photo).await?;
    }
    if publish {
        shop.product_publish(&id).await?;
    }
    Ok(())
}

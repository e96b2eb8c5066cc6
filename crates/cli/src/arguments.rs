//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use shop::catalog::view::ProductFilter;
use shop::orders::view::OrderFilter;
use shop::shipping::view::PaperSize;
use shop::stock::view::MoveReason;
use std::path::PathBuf;

/// Your shop without a window: the same pieces, orders and papers, in the same folder.
///
/// Everything works without a network; `puesto sync` carries it to the marketplace and back.
#[derive(Debug, Parser)]
#[command(
    name = "puesto",
    version,
    after_help = "Exit codes: 0 done; 2 the command line is not understood; 3 something in what you asked has to \
                  change; 4 the network or the marketplace; 5 this computer's set-up (disk, folder, keyring); \
                  70 a fault of ours.\n\nExample:\n  puesto --shop ~/taller init --name 'Taller Núñez' --seller María\n  \
                  puesto --shop ~/taller product add --title 'Olla de barro' --price 780\n  \
                  puesto --shop ~/taller photo add PIECE olla.jpg\n  puesto --shop ~/taller product publish PIECE"
)]
pub struct Arguments {
    /// The shop's folder. Only `photos develop` does without.
    #[arg(long, env = "PUESTO_SHOP", value_name = "DIR")]
    pub shop: Option<PathBuf>,
    /// Print JSON, one value on a line, instead of words. (`sign-in` prints two: the code, then the shop.)
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one of it in the life of the process"
)]
pub enum Command {
    /// Name the shop and begin.
    Init {
        #[arg(long)]
        name: String,
        /// Your own name.
        #[arg(long)]
        seller: String,
        /// es, en or fr.
        #[arg(long, default_value = "es")]
        language: String,
    },
    /// Join a marketplace: shows a code to approve in a browser, and waits.
    ///
    /// The key is kept in the desktop's keyring. Where there is none, a passphrase seals it in the shop's folder: from
    /// PUESTO_PASSPHRASE, asked at the terminal, or the first line that is piped in. `sync`, `laptops` and `sign-out`
    /// take it in the same way.
    SignIn {
        /// The marketplace's address.
        #[arg(long)]
        server: String,
    },
    /// Leave the marketplace; the shop stays.
    SignOut,
    /// The laptops that sell for this shop.
    Laptops {
        /// Take the right to sell from this one.
        #[arg(long, value_name = "ID")]
        revoke: Option<String>,
    },
    /// Pieces.
    #[command(subcommand)]
    Product(ProductCommand),
    /// Photos: of a piece, of a whole folder, or made ready for a marketplace.
    #[command(subcommand, visible_alias = "photos")]
    Photo(PhotoCommand),
    /// How many there are, and why.
    #[command(subcommand)]
    Stock(StockCommand),
    /// Send what waits, fetch what is new, once.
    Sync {
        /// Give up after so many seconds.
        #[arg(long, default_value_t = 120)]
        timeout: u64,
    },
    /// The inbox.
    #[command(subcommand)]
    Orders(OrdersCommand),
    /// Number an order's parcel and write its label.
    Label {
        /// The order's number or id.
        order: String,
        /// A service of the post; the one that fits best when absent.
        #[arg(long)]
        service: Option<String>,
        /// Grams with the packing; worked out from the pieces when absent.
        #[arg(long)]
        weight: Option<i64>,
        #[arg(long, value_enum, default_value = "label")]
        paper: Paper,
        /// The quarter of an A4 sheet to begin with, 0 to 3.
        #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u8).range(0..=3))]
        slot: u8,
    },
    /// Visits to the post office.
    #[command(subcommand)]
    DropOff(DropOffCommand),
    /// Post offices by name, town or postal code.
    Offices { text: Vec<String> },
    /// Where everything stands.
    Status,
    /// Copies of the shop. Alone: make one now, and read it back.
    #[command(args_conflicts_with_subcommands = true)]
    Backup {
        /// In this folder or on this stick; otherwise in the shop's folder, and in the one that was chosen.
        #[arg(long, value_name = "FOLDER")]
        to: Option<PathBuf>,
        #[command(subcommand)]
        command: Option<BackupCommand>,
    },
    /// Go back to a copy. What is now is copied first, and its file is kept.
    Restore {
        /// As `backup list` shows it, or the copy's folder.
        backup: String,
    },
    /// Bring a shop that does not open back to work: with its newest good copy, or with what can still be read.
    Rescue {
        /// Carry over what can be read, though there is a copy.
        #[arg(long)]
        salvage: bool,
        /// Put everything aside and begin with an empty shop; the marketplace brings back what it knows.
        #[arg(long, conflicts_with = "salvage")]
        begin_again: bool,
    },
}

#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// The copies that there are, the newest first.
    List,
    /// Bring a copy back where it harms nothing, read all of it and open it; the newest when none is named.
    Drill { backup: Option<String> },
    /// Make a copy in this folder or on this stick from now on, too. Without a folder: no more.
    Folder { folder: Option<PathBuf> },
}

#[derive(Debug, Subcommand)]
#[allow(
    clippy::large_enum_variant,
    reason = "there is one of it in the life of the process"
)]
pub enum ProductCommand {
    /// Write a new piece down.
    Add(Fields),
    /// Change a piece.
    Edit {
        piece: String,
        #[command(flatten)]
        fields: Fields,
    },
    /// Find pieces.
    List {
        /// Words of the piece; accents do not matter.
        text: Vec<String>,
        #[arg(long, value_enum, default_value = "all")]
        filter: Filter,
        #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
        #[arg(long, default_value_t = 0)]
        offset: u32,
    },
    /// Everything about a piece.
    Show { piece: String },
    /// Put a piece up for sale.
    Publish { piece: String },
    /// Take a piece down from sale.
    Withdraw { piece: String },
    /// Take a piece out of the shop.
    Delete { piece: String },
    /// Bring a deleted piece back.
    Restore { piece: String },
}

/// What can be said about a piece.
#[derive(Debug, Default, Args)]
pub struct Fields {
    #[arg(long)]
    pub title: Option<String>,
    /// In units of the shop's currency: 780 or 780.50.
    #[arg(long)]
    pub price: Option<String>,
    #[arg(long)]
    pub sku: Option<String>,
    #[arg(long)]
    pub story: Option<String>,
    /// textiles, wood, ceramics …
    #[arg(long)]
    pub branch: Option<String>,
    #[arg(long)]
    pub technique: Option<String>,
    #[arg(long)]
    pub materials: Option<String>,
    #[arg(long)]
    pub community: Option<String>,
    #[arg(long)]
    pub people: Option<String>,
    #[arg(long)]
    pub maker: Option<String>,
    #[arg(long)]
    pub category: Option<String>,
    /// Hours of work.
    #[arg(long)]
    pub hours: Option<i64>,
    /// Grams.
    #[arg(long)]
    pub weight: Option<i64>,
    /// Millimetres: LENGTHxWIDTHxHEIGHT.
    #[arg(long)]
    pub size: Option<String>,
    /// One of a kind.
    #[arg(long, conflicts_with = "quantity")]
    pub unique: bool,
    /// Several alike: how many there are.
    #[arg(long)]
    pub quantity: Option<i64>,
}

#[derive(Debug, Subcommand)]
pub enum PhotoCommand {
    /// Add photos; one that cannot be taken does not stop the others.
    Add {
        piece: String,
        #[arg(required = true)]
        files: Vec<PathBuf>,
    },
    /// Take a photo off a piece.
    Remove { piece: String, photo: String },
    /// Say which photos of a folder belong to which piece, by their names and folders, and why.
    Match {
        folder: PathBuf,
        /// Add those that have a piece to it.
        #[arg(long)]
        apply: bool,
    },
    /// Write a sheet of cards to be photographed before each piece, so that `match` knows whose photos follow. Gives
    /// the PDF's path.
    Cards {
        /// Of every piece; otherwise of those that have no photo yet.
        #[arg(long)]
        all: bool,
        /// On Letter; otherwise on A4.
        #[arg(long)]
        letter: bool,
    },
    /// Make upright, clean pictures of files, as a marketplace asks for them, and say how good they are. Needs
    /// no shop. What an earlier run has made is not made again.
    Develop {
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// Where the pictures go.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
        /// plain, correos_clic, mercado_libre, amazon_handmade, alibaba
        #[arg(long, default_value = "plain")]
        recipe: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum StockCommand {
    /// Pieces come (2) or go (-1).
    Move {
        piece: String,
        #[arg(allow_negative_numbers = true)]
        delta: i64,
        #[arg(long, value_enum, default_value = "made")]
        reason: Reason,
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Write down what a count found.
    Count { piece: String, counted: i64 },
    /// The ledger of a piece.
    History { piece: String },
}

#[derive(Debug, Subcommand)]
pub enum OrdersCommand {
    /// Orders, those with most haste first.
    List {
        #[arg(long, value_enum, default_value = "open")]
        filter: Inbox,
    },
    /// Everything about an order.
    Show {
        /// Its number or id.
        order: String,
    },
    /// Say yes to a new order.
    Accept { order: String },
    /// Say that it is in its box.
    Pack { order: String },
    /// Give it up; the buyer gets the money back.
    Cancel {
        order: String,
        /// The buyer reads it.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum DropOffCommand {
    /// What lies ready and what was handed in.
    List,
    /// Close a drop-off with parcels that are labelled (all of them when none is named) and write its slip.
    Close {
        parcels: Vec<String>,
        /// The office's code; the shop's own office when absent.
        #[arg(long)]
        office: Option<String>,
    },
    /// Say that it lies at the office.
    Left { drop_off: String },
    /// Write the slip again.
    Slip { drop_off: String },
    /// What is in it, and what the office said.
    Show { drop_off: String },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Paper {
    /// 100 × 150 mm.
    Label,
    A4,
}

impl From<Paper> for PaperSize {
    fn from(paper: Paper) -> Self {
        match paper {
            Paper::Label => Self::Label,
            Paper::A4 => Self::A4,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Filter {
    All,
    OnSale,
    Drafts,
    Unique,
    SoldOut,
    Withdrawn,
}

impl From<Filter> for ProductFilter {
    fn from(filter: Filter) -> Self {
        match filter {
            Filter::All => Self::All,
            Filter::OnSale => Self::OnSale,
            Filter::Drafts => Self::Drafts,
            Filter::Unique => Self::Unique,
            Filter::SoldOut => Self::SoldOut,
            Filter::Withdrawn => Self::Withdrawn,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Inbox {
    Open,
    OnTheWay,
    Done,
    All,
}

impl From<Inbox> for OrderFilter {
    fn from(inbox: Inbox) -> Self {
        match inbox {
            Inbox::Open => Self::Open,
            Inbox::OnTheWay => Self::OnTheWay,
            Inbox::Done => Self::Done,
            Inbox::All => Self::All,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Reason {
    Made,
    SoldElsewhere,
    Fair,
    Damaged,
    Returned,
}

impl From<Reason> for MoveReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Made => Self::Made,
            Reason::SoldElsewhere => Self::SoldElsewhere,
            Reason::Fair => Self::Fair,
            Reason::Damaged => Self::Damaged,
            Reason::Returned => Self::Returned,
        }
    }
}

//! What goes wrong, as a code that message files have words for in every language.

use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// Who can do something about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    Seller,
    SetUp,
    Network,
    Bug,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident => $who:ident,)*) => {
        /// Every fault that a use case can give.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
        #[serde(rename_all = "snake_case")]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            pub fn who(self) -> Who {
                match self { $(Code::$name => Who::$who,)* }
            }
        }
    };
}

codes! {
    // Pieces
    NotFound => Seller,
    /// params: field, most
    TooLong => Seller,
    /// params: field, most
    OutOfRange => Seller,
    /// params: field
    NotUnderstood => Seller,
    /// Publishing a piece that lacks something. params: missing (title, price, photo, stock), comma separated
    NotReady => Seller,
    TooManyPhotos => Seller,
    // Photos
    PhotoEmpty => Seller,
    PhotoNotAnImage => Seller,
    /// params: format
    PhotoUnsupported => Seller,
    PhotoTooLarge => Seller,
    PhotoTruncated => Seller,
    PhotoDamaged => Seller,
    /// Another laptop has the photo's original: it can be edited there.
    PhotoOriginalElsewhere => Seller,
    /// No piece that a card was asked for has a SKU.
    NoCards => Seller,
    // Stock
    WouldBeNegative => Seller,
    // Orders and shipping
    /// The order does not take this step any more. params: status
    OrderMovedOn => Seller,
    /// No number is left in this laptop's block: connect once.
    NoNumbersLeft => Network,
    /// params: reason
    NoServiceFits => Seller,
    /// params: country
    DestinationSuspended => Seller,
    /// params: missing
    AddressIncomplete => Seller,
    WeightMissing => Seller,
    NothingToHandIn => Seller,
    ParcelTaken => Seller,
    OfficeUnknown => Seller,
    // Account and network
    NotSignedIn => Seller,
    /// params: server
    ServerUnreachable => Network,
    /// Something answers, but it is not a marketplace: a captive portal, a wrong address.
    ServerNotAMarketplace => Network,
    ServerBusy => Network,
    AddressNotUnderstood => Seller,
    CodeExpired => Seller,
    SignInDenied => Seller,
    /// What is in this folder belongs to another seller's account.
    OtherSellersShop => Seller,
    LaptopRevoked => Seller,
    KeyringMissing => SetUp,
    /// The key lies in a sealed file that waits for its passphrase.
    KeyLocked => Seller,
    PassphraseWrong => Seller,
    /// params: least
    PassphraseShort => Seller,
    /// The sealed file is not what was written: only a new sign-in helps.
    KeyFileDamaged => SetUp,
    /// This computer is on no network that a phone could reach it by.
    NoLocalNetwork => SetUp,
    // Machine
    DiskFull => SetUp,
    NoPermission => SetUp,
    /// params: path
    FolderUnusable => SetUp,
    ShopOpenElsewhere => Seller,
    ShopDamaged => SetUp,
    ShopTooNew => SetUp,
    // Backups
    /// The backup is not what was written then, or only a part of it is there.
    BackupDamaged => SetUp,
    /// The folder or stick for backups is not plugged in. params: path
    BackupAway => SetUp,
    NoViewer => SetUp,
    Internal => Bug,
}

/// A fault as it leaves the shop: the words are the message files'.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type, thiserror::Error)]
#[error("{code:?} {params:?}")]
pub struct Fault {
    pub code: Code,
    pub who: Who,
    pub params: BTreeMap<String, String>,
}

pub type Result<T> = std::result::Result<T, Fault>;

impl Fault {
    pub fn new(code: Code) -> Self {
        Self {
            code,
            who: code.who(),
            params: BTreeMap::new(),
        }
    }

    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    /// A fault of ours: the cause goes to the log, the person gets a way on.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "internal fault");
        Self::new(Code::Internal)
    }
}

impl From<Code> for Fault {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        match (of_the_disk(&error), error.kind()) {
            (Some(code), _) => code.into(),
            (None, std::io::ErrorKind::NotFound) => Self::new(Code::NotFound),
            _ => Self::internal(error),
        }
    }
}

/// What the person can do something about, wherever it happens.
pub(crate) fn of_the_disk(error: &std::io::Error) -> Option<Code> {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded => Some(Code::DiskFull),
        PermissionDenied | ReadOnlyFilesystem => Some(Code::NoPermission),
        _ => None,
    }
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        // SQLite's primary result codes are the low byte of the extended ones.
        const PERM: i32 = 3;
        const READONLY: i32 = 8;
        const IOERR: i32 = 10;
        const CORRUPT: i32 = 11;
        const FULL: i32 = 13;
        const CANTOPEN: i32 = 14;
        const NOTADB: i32 = 26;
        match &error {
            sqlx::Error::RowNotFound => Self::new(Code::NotFound),
            // What is stored is not what was written: a column of another type, a text that is none.
            sqlx::Error::ColumnDecode { .. } => Self::new(Code::ShopDamaged),
            sqlx::Error::Io(io) => Self::from(std::io::Error::from(io.kind())),
            sqlx::Error::Database(database) => {
                let code = database
                    .code()
                    .and_then(|code| code.parse::<i32>().ok())
                    .unwrap_or(0)
                    & 0xff;
                match code {
                    READONLY | PERM | CANTOPEN => Self::new(Code::NoPermission),
                    CORRUPT | NOTADB => Self::new(Code::ShopDamaged),
                    FULL | IOERR => Self::new(Code::DiskFull),
                    _ => Self::internal(&error),
                }
            }
            _ => Self::internal(&error),
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

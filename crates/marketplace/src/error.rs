//! What can go wrong on this side.

/// An error of the marketplace itself, or of what it stands on.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    #[error("bringing the database up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    #[error("file or network: {0}")]
    Io(#[from] std::io::Error),
    #[error("a stored state cannot be read: {0}")]
    State(#[from] serde_json::Error),
    #[error("photo store: {0}")]
    Photos(#[from] object_store::Error),
    #[error("the system gave no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    #[error("a page could not be written: {0}")]
    Page(#[from] askama::Error),
    #[error("password: {0}")]
    Password(String),
    /// Whoever starts or sets up the marketplace must change something.
    #[error("{0}")]
    Setup(String),
}

impl Error {
    /// Whether the database refused the data itself (a constraint, a text that it does not take), so
    /// that trying again cannot help.
    pub fn is_of_the_data(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::Database(error)) => {
                !matches!(error.kind(), sqlx::error::ErrorKind::Other)
                    || error.code().is_some_and(|code| code.starts_with("22"))
            }
            _ => false,
        }
    }
}

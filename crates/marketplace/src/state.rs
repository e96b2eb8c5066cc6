//! What every request can reach.

use crate::config::Config;
use crate::error::Error;
use crate::hints::Hints;
use crate::limits::Attempts;
use crate::payment::PaymentProvider;
use crate::photos::{PhotoStore, open_store};
use crate::records::Database;
use crate::records::settings::Keys;
use crate::terms::Terms;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch;

/// Shared by all requests.
pub struct Marketplace {
    pub database: Database,
    pub keys: Keys,
    pub photos: Arc<dyn PhotoStore>,
    pub payment: Arc<dyn PaymentProvider>,
    pub hints: Hints,
    pub profile: &'static postal::Profile,
    pub terms: Terms,
    /// Without a slash at its end.
    pub public_url: String,
    pub behind_proxy: bool,
    pub fonts: Option<PathBuf>,
    /// Wrong passwords, by account and by address.
    pub sign_ins: Attempts,
    /// Wrong user codes, by account and by address.
    pub user_codes: Attempts,
    /// Device authorizations begun, by address.
    pub authorizations: Attempts,
    /// Turns true when the marketplace stops: open streams end.
    pub stopping: watch::Receiver<bool>,
}

pub type App = Arc<Marketplace>;

impl Marketplace {
    pub(crate) async fn open(
        config: &Config,
        public_url: String,
        payment: Arc<dyn PaymentProvider>,
        stopping: watch::Receiver<bool>,
    ) -> Result<Self, Error> {
        let profile = profile(&config.operator)?;
        tokio::fs::create_dir_all(&config.data).await?;
        let database = Database::open(&config.data, config.database_url.as_deref()).await?;
        let terms = Terms::of(profile)?;
        tracing::info!(source = terms.source, retrieved = terms.retrieved, "terms");
        crate::records::feed::complete(&database).await?;
        let keys = Keys::load(&database).await?;
        Ok(Self {
            keys,
            database,
            photos: open_store(&config.data, config.photos.as_deref())?,
            payment,
            hints: Hints::default(),
            profile,
            terms,
            public_url,
            behind_proxy: config.behind_proxy,
            fonts: config.fonts.clone(),
            sign_ins: Attempts::new(config.attempts_per_quarter_hour),
            user_codes: Attempts::new(config.attempts_per_quarter_hour),
            authorizations: Attempts::new(config.attempts_per_quarter_hour.saturating_mul(6)),
            stopping,
        })
    }
}

/// The profile of an operator by its country's code.
pub fn profile(operator: &str) -> Result<&'static postal::Profile, Error> {
    postal::profile(operator).ok_or_else(|| {
        Error::Setup(format!(
            "there is no operator profile {operator}; MX and CU come with the program"
        ))
    })
}

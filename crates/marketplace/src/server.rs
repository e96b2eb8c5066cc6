//! Starting and stopping.

use crate::config::Config;
use crate::error::Error;
use crate::orders::give_back;
use crate::payment::{PaymentProvider, Sandbox};
use crate::state::{App, Marketplace};
use crate::{api, web};
use axum::Router;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long open requests may take to end once the marketplace stops.
const GRACE: Duration = Duration::from_secs(8);

/// A running marketplace.
///
/// ```no_run
/// # async fn example() -> Result<(), marketplace::Error> {
/// let server = marketplace::Server::start(marketplace::Config::new("/tmp/market")).await?;
/// println!("http://{}", server.address());
/// server.stop().await
/// # }
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    running: JoinHandle<std::io::Result<()>>,
    database: crate::records::Database,
}

impl Server {
    /// Opens the database, takes the port and begins to answer.
    ///
    /// # Errors
    /// When the database, the data folder or the port cannot be had.
    pub async fn start(config: Config) -> Result<Self, Error> {
        Self::start_with(config, Arc::new(Sandbox)).await
    }

    /// As [`Server::start`], with someone else taking the buyers' money.
    ///
    /// # Errors
    /// As [`Server::start`].
    pub async fn start_with(config: Config, payment: Arc<dyn PaymentProvider>) -> Result<Self, Error> {
        let listener = TcpListener::bind(config.listen).await?;
        let address = listener.local_addr()?;
        let public_url = match &config.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{address}"),
        };
        let (stop, stopping) = watch::channel(false);
        let marketplace = Arc::new(Marketplace::open(&config, public_url, payment, stopping.clone()).await?);
        give_back::what_is_due(&marketplace).await?;
        let database = marketplace.database.clone();
        let running = tokio::spawn(serve(listener, marketplace, stopping));
        Ok(Self {
            address,
            stop,
            running,
            database,
        })
    }

    /// Where it listens, with the port that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// For adding accounts beside the running server, as `marketplace account add` does.
    pub fn database(&self) -> &crate::records::Database {
        &self.database
    }

    /// Lets open requests end, closes the database, and returns.
    ///
    /// # Errors
    /// When serving had ended by itself with an error.
    pub async fn stop(self) -> Result<(), Error> {
        // Nobody listens any more when serving has ended by itself.
        let _ = self.stop.send(true);
        let mut running = self.running;
        let ended = tokio::time::timeout(GRACE, &mut running).await;
        if ended.is_err() {
            running.abort();
        }
        self.database.close().await;
        match ended {
            Ok(Ok(result)) => Ok(result?),
            Ok(Err(error)) => Err(Error::Setup(format!("serving broke off: {error}"))),
            Err(_) => Ok(()),
        }
    }

    /// Waits until serving ends by itself, which only an error makes it do.
    pub async fn ended(&mut self) -> Result<(), Error> {
        match (&mut self.running).await {
            Ok(result) => Ok(result?),
            Err(error) => Err(Error::Setup(format!("serving broke off: {error}"))),
        }
    }
}

async fn serve(
    listener: TcpListener,
    marketplace: App,
    mut stopping: watch::Receiver<bool>,
) -> std::io::Result<()> {
    let routes: Router = web::routes(api::router(), &marketplace).with_state(marketplace);
    axum::serve(
        listener,
        routes.into_make_service_with_connect_info::<SocketAddr>(),
    )
    .with_graceful_shutdown(async move {
        let _ = stopping.wait_for(|stopping| *stopping).await;
    })
    .await
}

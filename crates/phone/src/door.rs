//! Opening and closing.

use crate::fault::Fault;
use crate::gate;
use crate::inside::Inside;
use crate::options::Options;
use crate::sink::{Sink, erased};
use crate::state::State;
use crate::{lines, network, page, receive, secret, wait};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use std::fmt;
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// An open door. Dropping it closes it.
///
/// ```no_run
/// # struct Shop;
/// # impl phone::Sink for Shop {
/// #     async fn take(&self, _: phone::Incoming) -> Result<phone::Taken, phone::Refusal> {
/// #         Err(phone::Code::NoPiece.into())
/// #     }
/// # }
/// # async fn example(shop: std::sync::Arc<Shop>) -> Result<(), phone::Fault> {
/// let door = phone::Door::open(phone::Options::new("Olla de barro negro"), shop).await?;
/// let for_the_qr_code = door.addresses().into_iter().next();
/// let mut changes = door.watch();
/// # let _ = (for_the_qr_code, changes.borrow_and_update());
/// door.close().await;
/// # Ok(())
/// # }
/// ```
pub struct Door {
    inside: Arc<Inside>,
    listening: SocketAddrV4,
    stop: watch::Sender<bool>,
    serving: JoinHandle<()>,
}

impl Door {
    /// Takes a port and begins to answer. Needs tokio's runtime around it.
    ///
    /// # Errors
    /// When no port can be had, the folder cannot be used, or the system gives no random bytes.
    pub async fn open<S: Sink>(options: Options, sink: Arc<S>) -> Result<Self, Fault> {
        if let Some(folder) = options.folder.clone() {
            tidy(&folder).map_err(Fault::Folder)?;
        }
        let wanted = options
            .address
            .unwrap_or(SocketAddrV4::new(Ipv4Addr::UNSPECIFIED, 0));
        let listener = TcpListener::bind(wanted).await.map_err(Fault::Listen)?;
        let port = listener.local_addr().as_ref().map_or(0, SocketAddr::port);
        let listening = SocketAddrV4::new(*wanted.ip(), port);
        let inside = Arc::new(Inside::new(options, erased(sink), secret::new()?));
        let (stop, stopping) = watch::channel(false);
        let serving = tokio::spawn(lines::serve(listener, routes(&inside), inside.clone(), stopping));
        Ok(Self {
            inside,
            listening,
            stop,
            serving,
        })
    }

    /// The addresses of the page, the one that a phone most likely reaches first. Asked anew each time, because
    /// networks come and go. Empty when this computer is on no network.
    pub fn addresses(&self) -> Vec<String> {
        let own = if self.listening.ip().is_unspecified() {
            network::best_first(network::interfaces(), network::outgoing())
        } else {
            vec![*self.listening.ip()]
        };
        own.into_iter()
            .map(|address| {
                format!(
                    "http://{address}:{}/{}",
                    self.listening.port(),
                    self.inside.secret
                )
            })
            .collect()
    }

    /// When it closes unless it is used, UTC milliseconds.
    pub fn expires_ms(&self) -> i64 {
        self.inside.state.borrow().expires_ms
    }

    /// Another piece is open now: the phones show its title.
    pub fn retitle(&self, title: impl Into<String>) {
        self.inside.retitle(title.into());
    }

    /// What happens at the door, as it happens.
    pub fn watch(&self) -> watch::Receiver<State> {
        self.inside.state.subscribe()
    }

    /// Closes it, and returns when nothing listens any more: at most a second, in which open pages hear of it. A
    /// photo that is on its way is dropped; one that is with the sink is left to it.
    pub async fn close(mut self) {
        // Without a receiver it has ended by itself.
        let _ = self.stop.send(true);
        let _ = (&mut self.serving).await;
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        let _ = self.stop.send(true);
    }
}

impl fmt::Debug for Door {
    /// Without its secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Door")
            .field("listening", &self.listening)
            .finish_non_exhaustive()
    }
}

fn routes(inside: &Arc<Inside>) -> Router {
    Router::new()
        .route("/{secret}", get(page::show))
        .route("/{secret}/", get(page::show))
        .route("/{secret}/wait", get(wait::wait))
        .route("/{secret}/photos", post(receive::receive))
        .fallback(page::not_found)
        .method_not_allowed_fallback(page::not_allowed)
        // The photos' own limit is looked at while they arrive.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(inside.clone(), gate::pass))
        .with_state(inside.clone())
}

/// How old a leftover is at least. Younger ones may still be with the sink of a door that has just closed.
const LEFTOVER: Duration = Duration::from_secs(2 * 60 * 60);

/// Makes the folder, and removes what a run that was cut off left in it.
fn tidy(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let old = |file: std::fs::Metadata| {
            file.modified()
                .is_ok_and(|at| at.elapsed().is_ok_and(|age| age >= LEFTOVER))
        };
        if name.to_string_lossy().starts_with(receive::PREFIX) && entry.metadata().is_ok_and(old) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

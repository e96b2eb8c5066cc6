//! Photos from a phone over the local network, without internet.
//!
//! [`Door::open`] serves one page on the local network, at an address with a secret in it that is shown as a QR
//! code. The phone takes or picks photos there; each arrives in a file of its own and is handed to the [`Sink`],
//! which puts it into the piece that is open. Several phones may come in while the door is open. It closes by
//! itself at its end time, and when [`Door`] is closed or dropped nothing listens any more.
//!
//! The local network is not trusted: the secret has 144 bits and guessing is slowed down, every phone gets a
//! session, the `Host` must be the very address of the connection (so no name can be rebound to it), other sites
//! may not post, nothing is loaded from elsewhere, and sizes, connections and uploads at once have limits.

mod arriving;
mod attempts;
mod door;
mod fault;
mod gate;
mod inside;
mod language;
mod lines;
mod network;
mod options;
mod page;
mod phones;
mod receive;
mod secret;
mod sink;
mod state;
mod wait;
mod words;

pub use door::Door;
pub use fault::Fault;
pub use options::{Clock, Options};
pub use sink::{Code, Incoming, Refusal, Sink, Taken};
pub use state::{Arriving, Last, Phase, Phone, State};

//! Why a door does not open.

/// Why a door does not open.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// No port could be had.
    #[error("no port to listen on: {0}")]
    Listen(#[source] std::io::Error),
    /// The folder for photos on their way cannot be made or read.
    #[error("the folder for arriving photos cannot be used: {0}")]
    Folder(#[source] std::io::Error),
    /// The system gives no random bytes.
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
}

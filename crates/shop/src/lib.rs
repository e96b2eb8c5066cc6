//! The shop: everything that a seller can do, on SQLite. No window, no server.

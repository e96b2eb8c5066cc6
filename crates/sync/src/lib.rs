//! The sync engine: events in, effects out. No I/O, no clock, no database.

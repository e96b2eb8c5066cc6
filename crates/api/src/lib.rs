//! The marketplace API v1 as types: every request, answer and event, shared by both sides.

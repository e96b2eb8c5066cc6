//! Labels and drop-off slips to PDF. Pure.

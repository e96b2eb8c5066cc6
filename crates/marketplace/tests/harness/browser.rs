//! A browser without a window: cookies, forms and redirects.

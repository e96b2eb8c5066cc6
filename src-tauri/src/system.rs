//! What only the system can do: open a paper in its viewer, an address in its browser.

use shop::shipping::view::Paper;
use std::path::Path;

/// Opens a PDF with whatever the person reads PDFs with.
pub fn open_paper(path: &Path) -> Paper {
    let opened = opener::open(path);
    if let Err(error) = &opened {
        tracing::info!(%error, "no program opened the paper");
    }
    Paper {
        path: path.display().to_string(),
        opened: opened.is_ok(),
    }
}

/// Opens a page in the browser.
pub fn open_address(address: &str) -> bool {
    opener::open_browser(address).is_ok()
}

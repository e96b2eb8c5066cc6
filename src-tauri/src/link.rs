//! Addresses that the page may have opened in the browser: the marketplace's own, nothing else.

use tauri::Url;

/// Whether `address` is a web page of the marketplace at `server`.
pub fn is_marketplaces(address: &str, server: &str) -> bool {
    let (Ok(address), Ok(server)) = (Url::parse(address), Url::parse(server)) else {
        return false;
    };
    matches!(address.scheme(), "http" | "https")
        && address.origin() == server.origin()
        && address.username().is_empty()
        && address.password().is_none()
}

#[cfg(test)]
mod tests {
    use super::is_marketplaces;

    #[test]
    fn nothing_but_the_marketplace_is_opened() {
        let server = "http://127.0.0.1:4000";
        assert!(is_marketplaces(
            "http://127.0.0.1:4000/device?code=BCDF-GHJK",
            server
        ));
        for foreign in [
            "https://example.com/device",
            "http://127.0.0.1:4001/device",
            "http://127.0.0.1:4000@example.com/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "",
        ] {
            assert!(!is_marketplaces(foreign, server), "{foreign}");
        }
    }
}

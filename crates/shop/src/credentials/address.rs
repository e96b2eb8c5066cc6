//! A marketplace's address as a person types it.

use crate::fault::{Code, Fault, Result};
use reqwest::Url;

/// The address without a slash at its end. Plain http is for this computer itself only.
///
/// Fault: `AddressNotUnderstood`.
pub fn normalised(typed: &str) -> Result<String> {
    let typed = typed.trim();
    let fault = || Fault::new(Code::AddressNotUnderstood).with("server", typed);
    if typed.is_empty() || typed.len() > 500 || typed.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(fault());
    }
    let url = if typed.contains("://") {
        Url::parse(typed)
    } else {
        Url::parse(&format!("https://{typed}")).and_then(|url| {
            if is_loopback(&url) {
                Url::parse(&format!("http://{typed}"))
            } else {
                Ok(url)
            }
        })
    }
    .map_err(|_| fault())?;
    let secure = match url.scheme() {
        "https" => true,
        "http" => is_loopback(&url),
        _ => false,
    };
    let plain = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    if !secure || !plain || url.host_str().is_none_or(str::is_empty) {
        return Err(fault());
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

/// Whether an address is this computer itself.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// Whether a page's address may be shown and opened: a web page, and not over plain http elsewhere.
pub(crate) fn is_fit_to_open(address: &str) -> bool {
    Url::parse(address)
        .is_ok_and(|url| url.scheme() == "https" || (url.scheme() == "http" && is_loopback(&url)))
}

/// Scheme, host and port of an address, "" when it has none.
pub(crate) fn origin(address: &str) -> String {
    Url::parse(address)
        .map(|url| url.origin().ascii_serialization())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn addresses_are_taken_as_people_type_them() {
        for (typed, address) in [
            ("mercado.mx", "https://mercado.mx"),
            ("  https://mercado.mx/ ", "https://mercado.mx"),
            ("MERCADO.mx/tienda/", "https://mercado.mx/tienda"),
            ("localhost:8787", "http://localhost:8787"),
            ("127.0.0.1:8787", "http://127.0.0.1:8787"),
            ("http://[::1]:9/", "http://[::1]:9"),
        ] {
            assert_eq!(normalised(typed).unwrap(), address, "{typed}");
        }
    }

    #[test]
    fn what_would_send_tokens_in_the_clear_or_elsewhere_is_refused() {
        for typed in [
            "",
            "http://mercado.mx",
            "ftp://mercado.mx",
            "file:///etc/passwd",
            "https://ana:secreto@mercado.mx",
            "https://mercado.mx/?next=x",
            "mercado mx",
            "http://127.0.0.1.malo.mx",
            "https://",
        ] {
            assert_eq!(
                normalised(typed).unwrap_err().code,
                Code::AddressNotUnderstood,
                "{typed}"
            );
        }
    }
}

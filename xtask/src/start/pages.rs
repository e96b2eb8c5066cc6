//! The marketplace's pages, used as a browser would: cookies kept, redirects followed, forms sent with their
//! token. Enough for a server on this machine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, bail};

const PATIENCE: Duration = Duration::from_secs(30);

pub struct Browser {
    /// `127.0.0.1:PORT`
    host: String,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// For a site at `http://HOST:PORT`.
    pub fn new(address: &str) -> Result<Self> {
        let host = address
            .strip_prefix("http://")
            .context("only http on this machine")?;
        Ok(Self {
            host: host.trim_end_matches('/').to_owned(),
            cookies: BTreeMap::new(),
        })
    }

    pub fn open(&mut self, path: &str) -> Result<String> {
        let mut path = path.to_owned();
        // A page or two of sign-in lie on the way, never ten.
        for _ in 0..10 {
            match self.ask("GET", &path, "")? {
                Answer::Page(page) => return Ok(page),
                Answer::Elsewhere(next) => path = next,
            }
        }
        bail!("{path} leads in a circle");
    }

    /// Fills the form of `page` that goes to `path`, and sends it.
    pub fn send(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Result<String> {
        let token = hidden(page, "token").with_context(|| format!("the page has no form to {path}"))?;
        let mut body = format!("token={}", percent(&token));
        for (name, value) in fields {
            write!(body, "&{name}={}", percent(value))?;
        }
        match self.ask("POST", path, &body)? {
            Answer::Page(page) => Ok(page),
            Answer::Elsewhere(next) => self.open(&next),
        }
    }

    fn ask(&mut self, method: &str, path: &str, body: &str) -> Result<Answer> {
        // HTTP/1.0, so that the answer ends where the connection does.
        let mut request = format!("{method} {path} HTTP/1.0\r\nHost: {}\r\n", self.host);
        if !self.cookies.is_empty() {
            let all: Vec<String> = self
                .cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            write!(request, "Cookie: {}\r\n", all.join("; "))?;
        }
        if method == "POST" {
            write!(
                request,
                "Origin: http://{}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
                self.host,
                body.len()
            )?;
        }
        write!(request, "\r\n{body}")?;
        let mut stream = TcpStream::connect(&self.host).context("the marketplace does not answer")?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        self.read(path, &String::from_utf8_lossy(&bytes))
    }

    fn read(&mut self, path: &str, answer: &str) -> Result<Answer> {
        let (head, page) = answer
            .split_once("\r\n\r\n")
            .context("an answer without an end of its head")?;
        let mut lines = head.lines();
        let status = lines
            .next()
            .and_then(|line| line.split_whitespace().nth(1))
            .unwrap_or("")
            .to_owned();
        let mut elsewhere = None;
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            if name.eq_ignore_ascii_case("set-cookie") {
                let pair = value.split(';').next().and_then(|pair| pair.split_once('='));
                if let Some((name, value)) = pair {
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
            } else if name.eq_ignore_ascii_case("location") {
                elsewhere = Some(value.to_owned());
            }
        }
        match (status.as_str(), elsewhere) {
            ("200", _) => Ok(Answer::Page(page.to_owned())),
            (_, Some(next)) if status.starts_with('3') => Ok(Answer::Elsewhere(next)),
            _ => bail!("{path} answered {status}"),
        }
    }
}

enum Answer {
    Page(String),
    Elsewhere(String),
}

/// The value of a form's hidden field.
fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    Some(rest.split_once('"')?.0.to_owned())
}

fn percent(text: &str) -> String {
    text.bytes().fold(String::new(), |mut done, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            done.push(char::from(byte));
        } else {
            let _infallible = write!(done, "%{byte:02X}");
        }
        done
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_with_their_cookies() {
        let mut browser = Browser::new("http://127.0.0.1:1").unwrap();
        let gone = "HTTP/1.0 303 See Other\r\nset-cookie: s=1; Path=/; HttpOnly\r\nLocation: /next\r\n\r\n";
        assert!(matches!(browser.read("/", gone).unwrap(), Answer::Elsewhere(next) if next == "/next"));
        assert_eq!(browser.cookies["s"], "1");
        assert!(browser.read("/", "HTTP/1.0 422 No\r\n\r\nwrong").is_err());
    }

    #[test]
    fn a_forms_token_is_found_and_fields_are_escaped() {
        let page = r#"<form><input type="hidden" name="token" value="abc"><input name="x">"#;
        assert_eq!(hidden(page, "token").unwrap(), "abc");
        assert_eq!(hidden(page, "other"), None);
        assert_eq!(percent("a b+ñ@x"), "a%20b%2B%C3%B1%40x");
    }
}

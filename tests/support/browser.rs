//! A real browser for the storefront, the counter and the sign-in page: Debian's Chromium.

use super::page::Page;
use super::programs::{Running, free_port};
use std::ops::Deref;
use std::process::{Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;

pub struct Browser {
    pub page: Page,
    driver_process: Running,
    _profile: tempfile::TempDir,
}

impl Deref for Browser {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

/// Waits until something listens on a port of this machine.
pub async fn answers(port: u16) {
    // The drivers' client wants to know who encrypts, although nothing here is. Once is enough.
    let _ = rustls::crypto::ring::default_provider().install_default();
    for _ in 0..300 {
        if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing listens on port {port}");
}

impl Browser {
    pub async fn open(width: u32, height: u32) -> WebDriverResult<Self> {
        let port = free_port();
        let mut command = Command::new("chromedriver");
        command
            .arg(format!("--port={port}"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let driver = Running::start(&mut command);
        answers(port).await;
        let profile = super::folder();
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--lang=es-MX",
            &format!("--user-data-dir={}", profile.path().display()),
            &format!("--window-size={width},{height}"),
        ] {
            capabilities.add_arg(argument)?;
        }
        let session = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        Ok(Self {
            driver_process: driver,
            page: Page { driver: session },
            _profile: profile,
        })
    }

    pub async fn close(self) -> WebDriverResult<()> {
        self.page.driver.clone().quit().await
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.driver_process.kill();
        self.page.forget();
    }
}

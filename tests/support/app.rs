//! The app's real window, driven by WebKit's own driver.

use super::page::Page;
use super::programs::{Running, free_port};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;

pub struct App {
    pub page: Page,
    driver_process: Running,
    shop: PathBuf,
    album: bool,
}

impl Deref for App {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}

impl App {
    /// Opens the window on a shop's folder, at 1280 × 800.
    pub async fn open(shop: &Path) -> WebDriverResult<Self> {
        Self::open_with(shop, &[]).await
    }

    /// The same, with more in its environment.
    pub async fn open_with(shop: &Path, environment: &[(&str, &str)]) -> WebDriverResult<Self> {
        let port = free_port();
        let log = std::fs::File::create(super::pictures().join("webdriver.log")).expect("a log");
        let mut command = Command::new("WebKitWebDriver");
        command
            .arg(format!("--port={port}"))
            .arg("--host=127.0.0.1")
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a log"))
            .stderr(log);
        let driver = Running::start(&mut command);
        super::browser::answers(port).await;
        let mut capabilities = Capabilities::new();
        let binary = env!("CARGO_BIN_EXE_puesto-app");
        let options = serde_json::json!({"binary": binary, "args": ["--shop", shop]});
        capabilities.set("webkitgtk:browserOptions", options)?;
        let driver_session = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities).await?;
        let app = Self {
            page: Page {
                driver: driver_session,
            },
            shop: shop.to_owned(),
            album: true,
            driver_process: driver,
        };
        app.resize(1280, 800).await?;
        Ok(app)
    }

    /// Steps that another story has in its album are not pictured again.
    pub fn without_pictures(mut self) -> Self {
        self.album = false;
        self
    }

    pub fn with_pictures(mut self) -> Self {
        self.album = true;
        self
    }

    pub async fn resize(&self, width: u32, height: u32) -> WebDriverResult<()> {
        self.driver.set_window_rect(0, 0, width, height).await
    }

    /// Goes to a screen by its address, as the rail and the palette do.
    pub async fn go(&self, path: &str) -> WebDriverResult<()> {
        let script = format!("location.hash = {}", serde_json::json!(path));
        self.driver.execute(&script, vec![]).await?;
        Ok(())
    }

    /// Chooses a file in a file field, as the system's dialog does.
    pub async fn give_file(&self, field: &str, file: &Path) -> WebDriverResult<()> {
        self.test(field)
            .await?
            .send_keys(file.display().to_string())
            .await
    }

    /// Waits until the corner says this phase of the network.
    pub async fn phase(&self, phase: &str) -> WebDriverResult<()> {
        self.until(
            &format!("the network is {phase}"),
            &format!("document.querySelector('[data-testid=network]')?.dataset.phase === '{phase}'"),
        )
        .await
    }

    /// Waits until what waits for the network compares so, as in `> 0`.
    pub async fn waits_with(&self, what: &str, comparison: &str) -> WebDriverResult<()> {
        let condition =
            format!("document.querySelector('[data-testid=network]')?.dataset.waiting {comparison}");
        self.until(what, &condition).await
    }

    /// Waits until the marketplace has everything.
    pub async fn carried(&self) -> WebDriverResult<()> {
        self.phase("idle").await?;
        self.waits_with("everything has arrived", "== 0").await
    }

    /// The same picture at both sizes that the app promises to work at.
    pub async fn pictures(&self, name: &str) -> WebDriverResult<()> {
        if !self.album {
            return Ok(());
        }
        self.picture(&format!("{name}-1280")).await?;
        self.resize(1024, 700).await?;
        self.fits().await?;
        self.picture(&format!("{name}-1024")).await?;
        self.resize(1280, 800).await
    }

    /// Closes the window as a person does.
    pub async fn close(self) -> WebDriverResult<()> {
        self.page.driver.clone().quit().await?;
        self.ended().await;
        Ok(())
    }

    /// Closes a window that never had the shop.
    pub async fn give_up(self) -> WebDriverResult<()> {
        self.page.driver.clone().quit().await
    }

    /// Ends the app as a power cut does: no goodbye, no last write.
    pub async fn kill(self) {
        assert!(self.kill_now(), "there was no app to kill");
        self.ended().await;
    }

    /// Whether there was one to kill: the driver starts the app as its child.
    fn kill_now(&self) -> bool {
        let driver = self.driver_process.0.id().to_string();
        let killed = Command::new("pkill").args(["-KILL", "-P", &driver]).status();
        killed.is_ok_and(|status| status.success())
    }

    /// Waits until the shop's folder is free again.
    async fn ended(&self) {
        for _ in 0..200 {
            let lock = std::fs::File::open(self.shop.join("shop.lock")).expect("a lock");
            if lock.try_lock().is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the app did not end");
    }
}

impl Drop for App {
    /// A story that fails leaves nothing behind that the next one could meet.
    fn drop(&mut self) {
        self.kill_now();
        self.driver_process.kill();
        self.page.forget();
    }
}

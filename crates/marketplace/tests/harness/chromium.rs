//! Chromium below its driver. Both end when this is dropped, however the test ends.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;
use thirtyfour::prelude::*;

pub struct Chromium {
    pub driver: WebDriver,
    process: Child,
    _profile: TempDir,
}

const PATIENCE: Duration = Duration::from_secs(30);
const STEP: Duration = Duration::from_millis(40);

/// The size of the page in CSS pixels.
#[derive(Clone, Copy)]
pub enum Screen {
    Desktop,
    Phone,
    SmallPhone,
}

impl Screen {
    pub fn name(self) -> &'static str {
        match self {
            Self::Desktop => "1280",
            Self::Phone => "390",
            Self::SmallPhone => "320",
        }
    }
}

impl Chromium {
    pub async fn start(screen: Screen) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            // A group of its own, which its browser joins: both can be ended together.
            .process_group(0)
            .spawn()
            .expect("chromedriver is not installed: apt-get install chromium chromium-driver");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port: u16 = loop {
            let line = lines.next().expect("chromedriver ended").unwrap();
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                break rest.trim_end_matches('.').parse().unwrap();
            }
        };
        // It must never wait for a full pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let mut capabilities = DesiredCapabilities::chrome();
        for argument in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--window-size=1280,800",
            "--lang=es",
        ] {
            capabilities.add_arg(argument).unwrap();
        }
        capabilities
            .add_arg(&format!("--user-data-dir={}", profile.path().display()))
            .unwrap();
        let phone = |width: u32, height: u32| json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": 2.0, "touch": true}});
        let emulated = match screen {
            Screen::Desktop => None,
            Screen::Phone => Some(phone(390, 844)),
            Screen::SmallPhone => Some(phone(320, 640)),
        };
        if let Some(emulated) = emulated {
            capabilities
                .add_experimental_option("mobileEmulation", emulated)
                .unwrap();
        }
        let languages = json!({"intl.accept_languages": "es-MX,es"});
        capabilities.add_experimental_option("prefs", languages).unwrap();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let driver = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
            .await
            .unwrap();
        Self {
            driver,
            process,
            _profile: profile,
        }
    }

    pub async fn stop(self) {
        self.driver.clone().quit().await.unwrap();
    }

    /// Waits for what a new page has to bring.
    pub async fn find(&self, css: &str) -> WebElement {
        let found = self.driver.query(By::Css(css)).wait(PATIENCE, STEP).first().await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    pub async fn text(&self) -> String {
        self.find("body").await.text().await.unwrap()
    }

    /// Clicks what leads to another page, and waits for that page.
    pub async fn click(&self, css: &str) {
        let element = self.find(css).await;
        element.scroll_into_view().await.unwrap();
        let before = self.find("main").await;
        element.click().await.unwrap();
        self.next_page(before).await;
    }

    /// Types into whatever has the focus, ends with Enter, and waits for the next page.
    pub async fn type_and_enter(&self, text: &str) {
        let before = self.find("main").await;
        let focused = self.driver.active_element().await.unwrap();
        focused
            .send_keys(format!("{text}{}", Key::Enter.value()))
            .await
            .unwrap();
        self.next_page(before).await;
    }

    async fn next_page(&self, before: WebElement) {
        before.wait_until().wait(PATIENCE, STEP).stale().await.unwrap();
        self.find("footer").await;
    }

    pub async fn fill(&self, css: &str, text: &str) {
        let field = self.find(css).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    pub async fn choose(&self, css: &str, label: &str) {
        let select = self.find(css).await;
        let select = thirtyfour::components::SelectElement::new(&select).await.unwrap();
        select.select_by_exact_text(label).await.unwrap();
    }

    /// Keeps a picture of the whole page and checks that nothing sticks out at the side.
    pub async fn picture(&self, screen: Screen, name: &str) {
        let width = self
            .driver
            .execute(
                "return [document.documentElement.scrollWidth, window.innerWidth]",
                vec![],
            )
            .await
            .unwrap();
        let [page, window]: [i64; 2] = width.convert().unwrap();
        assert!(
            page <= window,
            "{name} is {page} px wide on a screen of {window} px"
        );
        let folder = folder();
        std::fs::create_dir_all(&folder).unwrap();
        let file = |kind: &str| folder.join(format!("{name}-{}{kind}.png", screen.name()));
        std::fs::write(file(""), self.driver.screenshot_as_png().await.unwrap()).unwrap();
        // The whole page, beyond the edge of the screen.
        let tools = self.driver.cdp();
        let whole = json!({"format": "png", "captureBeyondViewport": true});
        let whole = tools.send_raw("Page.captureScreenshot", whole).await.unwrap();
        let whole = STANDARD.decode(whole["data"].as_str().unwrap()).unwrap();
        std::fs::write(file("-whole"), whole).unwrap();
    }
}

/// Where the pictures are kept.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("marketplace-pages")
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

//! A phone: Debian's Chromium with a phone's screen and touch.

use serde_json::json;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;

use crate::support::PATIENCE;

const STEP: Duration = Duration::from_millis(30);

pub struct Chromium {
    pub driver: WebDriver,
    process: Child,
    _profile: tempfile::TempDir,
}

impl Chromium {
    pub async fn open(language: &str) -> Self {
        use std::os::unix::process::CommandExt;
        let mut process = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("chromedriver, from Debian's package chromium-driver");
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = loop {
            let line = lines.next().expect("chromedriver says its port").unwrap();
            if let Some((_, rest)) = line.split_once("started successfully on port ") {
                break rest.trim_end_matches('.').to_owned();
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().unwrap();
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
        ] {
            capabilities.add_arg(argument).unwrap();
        }
        capabilities
            .add_arg(&format!("--user-data-dir={}", profile.path().display()))
            .unwrap();
        let screen =
            json!({"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 2.0, "touch": true}});
        capabilities
            .add_experimental_option("mobileEmulation", screen)
            .unwrap();
        capabilities
            .add_experimental_option("prefs", json!({"intl.accept_languages": language}))
            .unwrap();
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

    pub async fn close(self) {
        self.driver.clone().quit().await.unwrap();
    }

    pub async fn find(&self, css: &str) -> WebElement {
        let found = self.driver.query(By::Css(css)).wait(PATIENCE, STEP).first().await;
        found.unwrap_or_else(|error| panic!("{css}: {error}"))
    }

    /// Chooses files as a person does in the phone's own window.
    pub async fn choose(&self, css: &str, files: &[std::path::PathBuf]) {
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        self.find(css).await.send_keys(paths.join("\n")).await.unwrap();
    }

    pub async fn evaluate<T: serde::de::DeserializeOwned>(&self, script: &str) -> T {
        self.driver
            .execute(script, vec![])
            .await
            .unwrap()
            .convert()
            .unwrap()
    }

    /// Waits until a condition in JavaScript holds.
    pub async fn until(&self, condition: &str) {
        let began = tokio::time::Instant::now();
        while !self
            .evaluate::<bool>(&format!("return Boolean({condition})"))
            .await
        {
            if began.elapsed() > PATIENCE {
                let page: String = self.evaluate("return document.body.innerText").await;
                panic!("it never came to this: {condition}. The page says:\n{page}");
            }
            tokio::time::sleep(STEP).await;
        }
    }

    pub async fn says(&self, text: &str) {
        let quoted = serde_json::to_string(text).unwrap();
        self.until(&format!("document.body.innerText.includes({quoted})"))
            .await;
    }

    /// Bytes a second; none at all when it is offline.
    pub async fn network(&self, offline: bool, upload: i64) {
        let tools = self.driver.cdp();
        tools.send_raw("Network.enable", json!({})).await.unwrap();
        let conditions =
            json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload});
        tools
            .send_raw("Network.emulateNetworkConditions", conditions)
            .await
            .unwrap();
    }

    pub async fn dark(&self) {
        let dark = json!({"features": [{"name": "prefers-color-scheme", "value": "dark"}]});
        self.driver
            .cdp()
            .send_raw("Emulation.setEmulatedMedia", dark)
            .await
            .unwrap();
    }

    /// Keeps a picture of the screen, and checks that nothing sticks out at the side.
    pub async fn picture(&self, name: &str) {
        let painted = "const done = arguments[arguments.length - 1];
             requestAnimationFrame(() => requestAnimationFrame(() => done()));";
        self.driver.execute_async(painted, vec![]).await.unwrap();
        let [page, screen]: [i64; 2] = self
            .evaluate("return [document.documentElement.scrollWidth, innerWidth]")
            .await;
        assert!(
            page <= screen,
            "{name} is {page} px wide on a screen of {screen} px"
        );
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("phone-pages");
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.driver.screenshot_as_png().await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

//! Pages as a person meets them: what is there, what it says, what can be pressed.

use std::time::Duration;
use thirtyfour::prelude::*;

/// Long enough for a machine under load; a wait ends as soon as what it waits for is there.
pub const PATIENCE: Duration = Duration::from_secs(30);
pub const GLANCE: Duration = Duration::from_millis(50);

/// A page under a driver.
pub struct Page {
    pub driver: WebDriver,
}

impl Page {
    /// Its driver is gone: nobody asks it any more to end the session, which would wait for an answer.
    pub fn forget(&self) {
        // It says so when the session was ended before, as it is when a story goes well.
        let _ended_before = self.driver.clone().leak();
    }

    /// The first element that a CSS selector finds, once it is there.
    pub async fn find(&self, css: &str) -> WebDriverResult<WebElement> {
        self.driver
            .query(By::Css(css))
            .wait(PATIENCE, GLANCE)
            .first()
            .await
    }

    /// The element with a `data-testid`, once it is there.
    pub async fn test(&self, id: &str) -> WebDriverResult<WebElement> {
        self.find(&format!("[data-testid='{id}']")).await
    }

    /// How many elements there are right now.
    pub async fn count(&self, css: &str) -> WebDriverResult<usize> {
        Ok(self.driver.find_all(By::Css(css)).await?.len())
    }

    /// Presses what can be pressed, once it can.
    pub async fn press(&self, css: &str) -> WebDriverResult<()> {
        let element = self
            .driver
            .query(By::Css(css))
            .wait(PATIENCE, GLANCE)
            .and_displayed()
            .and_enabled()
            .first()
            .await?;
        element.scroll_into_view().await?;
        self.still(&element).await?;
        element.click().await
    }

    /// Returns once an element stands where it stood: whoever presses looks first, and a page that is still being laid
    /// out would take the press elsewhere.
    #[allow(clippy::print_stderr, reason = "a story tells whoever reads its output")]
    async fn still(&self, element: &WebElement) -> WebDriverResult<()> {
        let script = "const [element, done] = arguments;
             const place = () => {
               const { x, y, width, height } = element.getBoundingClientRect();
               return [x, y, width, height].join();
             };
             let [last, times] = [place(), 0];
             const look = () => {
               const now = place();
               times = now === last ? times + 1 : 0;
               last = now;
               if (times === 2 || !element.isConnected) done(null);
               else requestAnimationFrame(look);
             };
             requestAnimationFrame(look);
             setTimeout(() => done(times + ' frames'), 20000);";
        let moves = self
            .driver
            .execute_async(script, vec![element.to_json()?])
            .await?;
        if let Some(moves) = moves.json().as_str() {
            eprintln!("what is pressed does not stand still after 20 s: {moves}");
        }
        Ok(())
    }

    pub async fn press_test(&self, id: &str) -> WebDriverResult<()> {
        self.press(&format!("[data-testid='{id}']")).await
    }

    /// Writes into a field, in place of what was there.
    pub async fn write(&self, css: &str, text: &str) -> WebDriverResult<()> {
        let field = self.find(css).await?;
        field.scroll_into_view().await?;
        field.clear().await?;
        field.send_keys(text).await
    }

    /// Puts a text into a field at once, as pasting does.
    pub async fn paste(&self, css: &str, text: &str) -> WebDriverResult<()> {
        let field = self.find(css).await?;
        field.scroll_into_view().await?;
        let script = "const field = arguments[0];
             field.focus();
             field.select();
             document.execCommand('insertText', false, arguments[1]);";
        let arguments = vec![field.to_json()?, serde_json::json!(text)];
        self.driver.execute(script, arguments).await?;
        Ok(())
    }

    /// What stands in a field.
    pub async fn written(&self, css: &str) -> WebDriverResult<String> {
        Ok(self.find(css).await?.prop("value").await?.unwrap_or_default())
    }

    /// Waits until a condition in JavaScript holds. `what` names it when it never does.
    pub async fn until(&self, what: &str, condition: &str) -> WebDriverResult<()> {
        let script = format!("return Boolean({condition})");
        let began = tokio::time::Instant::now();
        loop {
            if self
                .driver
                .execute(&script, vec![])
                .await?
                .convert::<bool>()
                .unwrap_or(false)
            {
                return Ok(());
            }
            if began.elapsed() > PATIENCE {
                let body = self.driver.find(By::Tag("body")).await?.text().await?;
                panic!("it never came to this: {what}. The page says:\n{body}");
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// Waits until the page says a text somewhere.
    pub async fn says(&self, text: &str) -> WebDriverResult<()> {
        let quoted = serde_json::to_string(text).expect("a text");
        self.until(
            &format!("it says “{text}”"),
            &format!("document.body.innerText.includes({quoted})"),
        )
        .await
    }

    /// Waits until an element says a text.
    pub async fn test_says(&self, id: &str, text: &str) -> WebDriverResult<()> {
        let quoted = serde_json::to_string(text).expect("a text");
        let condition = format!(
            "[...document.querySelectorAll(\"[data-testid='{id}']\")].some(e => e.innerText.includes({quoted}))"
        );
        self.until(&format!("{id} says “{text}”"), &condition).await
    }

    /// Waits until nothing matches a selector any more.
    pub async fn gone(&self, css: &str) -> WebDriverResult<()> {
        let quoted = serde_json::to_string(css).expect("a text");
        self.until(
            &format!("{css} is gone"),
            &format!("!document.querySelector({quoted})"),
        )
        .await
    }

    /// Takes a picture of what is painted: two frames later nothing of the last change is missing.
    #[allow(clippy::print_stderr, reason = "a story tells whoever reads its output")]
    pub async fn picture(&self, name: &str) -> WebDriverResult<()> {
        let painted = "const done = arguments[arguments.length - 1];
             const images = [...document.images].filter(image => !image.complete);
             const late = image => image.src + (image.complete ? '' : ' is late');
             setTimeout(() => done(images.map(late).join() || document.fonts.status), 20000);
             Promise.all(images.map(i => i.decode().catch(() => 0)))
               .then(() => document.fonts.ready)
               .then(() => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));";
        let lacks = self.driver.execute_async(painted, vec![]).await?;
        if let Some(lacks) = lacks.json().as_str() {
            // Said here, and seen in the picture.
            eprintln!("{name} is not painted after 20 s: {lacks}");
        }
        self.driver
            .screenshot(&super::pictures().join(format!("{name}.png")))
            .await
    }

    /// Nothing lies beyond the right edge.
    pub async fn fits(&self) -> WebDriverResult<()> {
        self.until(
            "nothing is wider than the page",
            "document.documentElement.scrollWidth <= innerWidth + 1",
        )
        .await
    }
}

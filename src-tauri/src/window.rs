//! The one window, which shows the app's own pages and nothing else.

use tauri::{AppHandle, Url, WebviewUrl, WebviewWindowBuilder};

pub const MAIN: &str = "main";

pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let developing = app.config().build.dev_url.clone();
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Puesto")
        .inner_size(1280.0, 800.0)
        .min_inner_size(900.0, 600.0)
        .background_color(tauri::window::Color(251, 246, 238, 255))
        // Files are dropped on the page itself, which reads them without any right to the disk.
        .disable_drag_drop_handler()
        .on_navigation(move |url| is_ours(url, developing.as_ref()))
        .build()?;
    pretend_a_camera(&window)
}

/// WebKit's own pretended camera, for the stories: machines that run them have none. Not in what is shipped.
#[cfg(all(target_os = "linux", debug_assertions))]
fn pretend_a_camera(window: &tauri::WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{SettingsExt, WebViewExt};
    if std::env::var_os("PUESTO_PRETEND_CAMERA").is_none() {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_enable_mock_capture_devices(true);
        }
    })
}

#[cfg(not(all(target_os = "linux", debug_assertions)))]
fn pretend_a_camera(_window: &tauri::WebviewWindow) -> tauri::Result<()> {
    Ok(())
}

/// The app's own origin as each platform writes it; the development server only in a build that uses it.
fn is_ours(url: &Url, developing: Option<&Url>) -> bool {
    let own = matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    );
    let served = cfg!(dev) && developing.is_some_and(|server| server.origin() == url.origin());
    own || served
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_apps_own_pages_are_shown() {
        let ours = |text: &str| Url::parse(text).is_ok_and(|url| is_ours(&url, None));
        assert!(ours("tauri://localhost/products"));
        assert!(ours("http://tauri.localhost/"));
        for foreign in [
            "https://example.com/",
            "http://127.0.0.1:8080/device",
            "file:///etc/passwd",
            "data:text/html,hello",
            "tauri://localhost.example.com/",
            "https://tauri.localhost.example.com/",
        ] {
            assert!(!ours(foreign), "{foreign}");
        }
    }
}

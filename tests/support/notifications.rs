//! The system's notifications, taken by a real service that remembers them: Debian's dunst.

use super::programs::Running;
use std::process::{Command, Stdio};

pub struct Notifications {
    _service: Running,
}

impl Notifications {
    /// Becomes the notification service of this desktop.
    pub fn listen() -> Self {
        let mut command = Command::new("dunst");
        let service = Running::start(
            command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null()),
        );
        Self { _service: service }
    }

    /// Waits until one notification with all these words was shown.
    pub async fn shown(&self, words: &[&str]) {
        super::until(&format!("a notification that says {words:?}"), || {
            all()
                .iter()
                .any(|text| words.iter().all(|word| text.contains(word)))
        })
        .await;
    }
}

/// Title and body of every notification that is shown or was.
fn all() -> Vec<String> {
    // What is on the screen now is not in the history yet.
    let close = Command::new("dunstctl").arg("close-all").status();
    if !close.is_ok_and(|status| status.success()) {
        return Vec::new();
    }
    let Ok(answer) = Command::new("dunstctl").arg("history").output() else {
        return Vec::new();
    };
    let history: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap_or_default();
    let shown = history["data"].as_array().into_iter().flatten();
    shown
        .flat_map(|group| group.as_array().into_iter().flatten())
        .map(|one| {
            let part = |name: &str| one[name]["data"].as_str().unwrap_or_default().to_owned();
            format!("{}\n{}", part("summary"), part("body"))
        })
        .collect()
}

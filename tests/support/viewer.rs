//! A program that the system opens PDFs with, so that a story sees what a person would.

use std::cell::Cell;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Installed for this desktop's user only: it notes the files that it was asked to show.
pub struct Viewer {
    opened: PathBuf,
    seen: Cell<usize>,
}

impl Viewer {
    pub fn install(folder: &Path) -> Self {
        let opened = folder.join("opened.txt");
        let program = folder.join("viewer.sh");
        let script = format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n", opened.display());
        std::fs::write(&program, script).expect("a program");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).expect("a right to run");

        let applications = user_folder("XDG_DATA_HOME").join("applications");
        std::fs::create_dir_all(&applications).expect("a folder");
        let entry = format!(
            "[Desktop Entry]\nType=Application\nName=Viewer\nExec={} %f\nMimeType=application/pdf;\n",
            program.display()
        );
        std::fs::write(applications.join("story-viewer.desktop"), entry).expect("an entry");
        let settings = user_folder("XDG_CONFIG_HOME");
        std::fs::create_dir_all(&settings).expect("a folder");
        std::fs::write(
            settings.join("mimeapps.list"),
            "[Default Applications]\napplication/pdf=story-viewer.desktop\n",
        )
        .expect("a setting");
        Self {
            opened,
            seen: Cell::new(0),
        }
    }

    /// Waits for the next file that is opened and gives the text in it, without spaces: papers set numbers
    /// in groups.
    pub async fn text_of_next(&self) -> String {
        let at = self.seen.get();
        self.seen.set(at + 1);
        super::until("a paper is opened in the system's viewer", || {
            self.files().len() > at
        })
        .await;
        let file = self.files().swap_remove(at);
        let answer = Command::new("pdftotext")
            .args(["-layout", &file, "-"])
            .output()
            .expect("pdftotext");
        assert!(answer.status.success(), "{file} is a PDF");
        String::from_utf8_lossy(&answer.stdout)
            .split_whitespace()
            .collect()
    }

    fn files(&self) -> Vec<String> {
        let noted = std::fs::read_to_string(&self.opened).unwrap_or_default();
        noted.lines().map(str::to_owned).collect()
    }
}

/// The desktop of the stories has these in a folder of its own; nobody's settings are touched.
fn user_folder(variable: &str) -> PathBuf {
    let folder = std::env::var_os(variable);
    PathBuf::from(folder.unwrap_or_else(|| panic!("{variable} is not set: run through `cargo xtask test`")))
}

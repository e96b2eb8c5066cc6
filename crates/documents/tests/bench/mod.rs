//! The tools that papers are tried with: rendered, scanned, read as text, measured.
#![allow(dead_code, reason = "each test uses some of them")]

use std::path::PathBuf;
use std::process::Command;

use documents::Document;
use tempfile::TempDir;

/// A folder with the paper in it, and the tools of poppler, zbar and qpdf over it.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    pub fn of(document: &Document) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("paper.pdf"), &document.pdf).unwrap();
        Self { folder }
    }

    pub fn pdf(&self) -> PathBuf {
        self.folder.path().join("paper.pdf")
    }

    pub fn text(&self) -> String {
        run(Command::new("pdftotext").arg("-layout").arg(self.pdf()).arg("-"))
    }

    /// A page, from 0, as grey dots.
    pub fn render(&self, page: usize, dpi: u32, smooth: bool) -> PathBuf {
        self.render_part(page, dpi, smooth, [0.0; 4])
    }

    /// A part of a page as grey dots: left, top, width and height in millimetres, all 0 for the whole page.
    fn render_part(&self, page: usize, dpi: u32, smooth: bool, part: [f32; 4]) -> PathBuf {
        let part = part.map(|mm| ((mm / 25.4 * dpi as f32).round() as u32).to_string());
        let name = format!("page-{page}-{dpi}-{smooth}-{}", part.join("-"));
        let name = self.folder.path().join(name);
        let smooth = if smooth { "yes" } else { "no" };
        let [page, dpi] = [(page + 1).to_string(), dpi.to_string()];
        let [x, y, width, height] = &part;
        run(Command::new("pdftoppm")
            .args(["-gray", "-singlefile", "-f", &page, "-r", &dpi])
            .args(["-aa", smooth, "-aaVector", smooth])
            .args(["-x", x, "-y", y, "-W", width, "-H", height])
            .arg(self.pdf())
            .arg(&name));
        name.with_extension("pgm")
    }

    /// What the one code in a part of a page says, byte for byte; empty when there is none.
    pub fn code_in(&self, page: usize, dpi: u32, smooth: bool, part: [f32; 4]) -> String {
        let part = self.render_part(page, dpi, smooth, part);
        // It exits with 4 when it finds none.
        let read = Command::new("zbarimg")
            .args(["--quiet", "--raw", "-Sbinary"])
            .arg(part)
            .output()
            .unwrap_or_else(|error| panic!("zbarimg: {error}"));
        String::from_utf8(read.stdout).unwrap()
    }

    /// What zbar reads on a page: `CODE-128:…`, `QR-Code:…`.
    pub fn scanned(&self, page: usize, dpi: u32, smooth: bool) -> Vec<String> {
        let page = self.render(page, dpi, smooth);
        let found = run(Command::new("zbarimg")
            .args(["--quiet", "--set", "ean.disable"])
            .arg(page));
        let mut found: Vec<String> = found.lines().map(str::to_owned).collect();
        found.sort();
        found
    }
}

pub fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

pub fn assert_nothing_overlaps(document: &Document) {
    assert!(document.boxes.len() > 10 * document.pages.min(1));
    for (at, one) in document.boxes.iter().enumerate() {
        for other in &document.boxes[..at] {
            assert!(!one.overlaps(other), "{one:?}\n{other:?}");
        }
        assert!(one.left >= 0.0 && one.top >= 0.0, "{one:?}");
    }
}

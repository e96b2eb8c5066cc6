//! A disk of a few megabytes that can be filled to the last byte.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one at a new folder. Only root may: without it, and without a sudo that does not ask, this
    /// says so and gives none.
    #[allow(
        clippy::print_stderr,
        reason = "who runs the stories has to know what was left out"
    )]
    pub fn mount(folder: &Path, megabytes: u32) -> Option<Self> {
        std::fs::create_dir_all(folder).expect("a folder");
        let size = format!("size={megabytes}m,mode=0777");
        let arguments = ["-t", "tmpfs", "-o", &size, "tmpfs"];
        if !as_root("mount", &arguments, folder) {
            eprintln!("left out: a small disk can be mounted by root only");
            return None;
        }
        Some(Self(folder.to_owned()))
    }

    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Not a byte is left.
    pub fn fill(&self) {
        let mut file = std::fs::File::create(self.ballast()).expect("a file");
        for piece in [1 << 16, 1 << 12, 1] {
            let piece = vec![0; piece];
            while file.write_all(&piece).is_ok() {}
        }
    }

    /// There is room again.
    pub fn empty(&self) {
        std::fs::remove_file(self.ballast()).expect("the ballast was there");
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        as_root("umount", &["-l"], &self.0);
    }
}

fn as_root(program: &str, arguments: &[&str], folder: &Path) -> bool {
    let direct = Command::new(program).args(arguments).arg(folder).output();
    if direct.is_ok_and(|done| done.status.success()) {
        return true;
    }
    let asked = Command::new("sudo")
        .args(["-n", program])
        .args(arguments)
        .arg(folder)
        .output();
    asked.is_ok_and(|done| done.status.success())
}

//! Files that are there whole or not at all: copied, hashed, flushed.

use crate::fault::{Code, Fault, Result};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

const PIECE: usize = 1 << 20;

/// BLAKE3 of a file, in hex, and its bytes.
pub fn hash(path: &Path) -> io::Result<(String, u64)> {
    let mut hasher = blake3::Hasher::new();
    let mut file = File::open(path)?;
    let mut piece = vec![0; PIECE];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok((hasher.finalize().to_hex().to_string(), bytes));
        }
        bytes += read as u64;
        hasher.update(piece.get(..read).unwrap_or_default());
    }
}

/// What is in a file is on the disk when this returns.
pub fn flush(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// The names in a folder are on the disk. Some systems and sticks cannot say so; there it is a wish.
pub fn flush_folder(path: &Path) {
    if let Err(error) = File::open(path).and_then(|folder| folder.sync_all()) {
        tracing::debug!(%error, "a folder's names were not flushed");
    }
}

/// Writes a small file under its name, whole.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = unfinished(path);
    let mut file = File::create(&unfinished)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&unfinished, path)?;
    path.parent().map(flush_folder);
    Ok(())
}

fn unfinished(path: &Path) -> std::path::PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

/// Puts a file that never changes under another name as well: by a link where both lie on one disk and `link` allows
/// it, which costs no room, by a copy otherwise. What arrives is read back. Gives false when what is read is not what
/// `expected` says: then nothing is there.
pub fn place(from: &Path, to: &Path, expected: &str, link: bool) -> io::Result<bool> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let unfinished = unfinished(to);
    let _old = fs::remove_file(&unfinished);
    let linked = link && fs::hard_link(from, &unfinished).is_ok();
    if !linked {
        copy(from, &unfinished).inspect_err(|_| drop(fs::remove_file(&unfinished)))?;
    }
    if hash(&unfinished)?.0 != expected {
        fs::remove_file(&unfinished)?;
        return Ok(false);
    }
    fs::rename(&unfinished, to)?;
    Ok(true)
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut target = File::create(to)?;
    io::copy(&mut source, &mut target)?;
    target.sync_all()
}

/// Removes a folder and all that is in it; one that is not there is removed already.
pub fn remove_folder(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// What a person can do something about when a place for backups does not take a file.
pub fn fault(error: io::Error, place: &Path) -> Fault {
    let fault = Fault::from(error);
    match fault.code {
        Code::DiskFull | Code::NoPermission => fault.with("path", place.display()),
        Code::NotFound => Fault::new(Code::BackupAway).with("path", place.display()),
        _ => Fault::new(Code::FolderUnusable).with("path", place.display()),
    }
}

/// Runs what waits for the disk on a thread that may wait.
pub async fn off<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Fault::internal)?
}

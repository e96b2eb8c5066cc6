//! Developing files on the disk without a shop: what a terminal and, later, the batch import ask for.

use super::coach;
use super::develop::photo_fault;
use crate::catalog::view::PhotoAdvice;
use crate::fault::{Code, Fault, Result};
use darkroom::Darkroom;
use imaging::{Crew, Failure, Limits, Look, Part, Recipe, Settings};
use serde::Serialize;
use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;

/// What became of one file.
#[derive(Clone, Debug, Serialize)]
pub struct FileDeveloped {
    pub file: PathBuf,
    /// BLAKE3 of its bytes; none when they could not be read.
    pub content: Option<String>,
    pub outputs: Vec<Written>,
    /// Everything was there from an earlier run: nothing was done again.
    pub there_already: bool,
    /// Codes: `animated`, `transparent`, ...
    pub notes: Vec<String>,
    pub scores: Option<imaging::Scores>,
    pub advice: Vec<PhotoAdvice>,
    pub fault: Option<Fault>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Written {
    pub path: PathBuf,
    pub bytes: u64,
}

impl FileDeveloped {
    fn of(file: &Path) -> Self {
        Self {
            file: file.to_owned(),
            content: None,
            outputs: Vec::new(),
            there_already: false,
            notes: Vec::new(),
            scores: None,
            advice: Vec::new(),
            fault: None,
        }
    }
}

/// Names of recipes, for who asks for one that is not there.
pub fn recipes() -> Vec<&'static str> {
    Recipe::all().iter().map(|recipe| recipe.name.as_str()).collect()
}

/// Develops each file into `out`, several at a time, and gives each result to `done` as it comes, on the
/// caller's thread. A file that cannot be developed stops nothing. Outputs are called by the file's name and
/// by content and recipe, and are written whole or not at all, so that a run that was cut goes on where it
/// was. Gives how many came to `done`: fewer than there are after `cancel`.
///
/// Faults: `NotFound` for the recipe; `DiskFull`, `NoPermission`, `FolderUnusable` for `out`.
pub fn develop_files(
    files: &[PathBuf],
    out: &Path,
    recipe: &str,
    darkroom: &Darkroom,
    cancel: &AtomicBool,
    mut done: impl FnMut(FileDeveloped),
) -> Result<usize> {
    let recipe = Recipe::named(recipe).ok_or_else(|| Fault::new(Code::NotFound).with("recipe", recipe))?;
    fs::create_dir_all(out).map_err(|error| match crate::fault::of_the_disk(&error) {
        Some(code) => code.into(),
        None => Fault::new(Code::FolderUnusable).with("path", out.display()),
    })?;
    let settings = Settings {
        recipe: recipe.clone(),
        limits: Limits::default(),
        ..Settings::default()
    };
    // What a worker learnt while loading, for the caller's thread.
    let loaded: Mutex<HashMap<usize, String>> = Mutex::default();
    let load = |number: usize| -> std::result::Result<Vec<u8>, Skip> {
        let file = files.get(number).ok_or(Skip::Fault(Code::NotFound.into()))?;
        let bytes = read(file, &settings.limits)?;
        let content = imaging::content_name(&bytes);
        let there: Vec<Written> = paths(file, out, &content, recipe)
            .into_iter()
            .filter_map(|path| {
                let bytes = fs::metadata(&path).ok()?.len();
                Some(Written { path, bytes })
            })
            .collect();
        if there.len() == 2 {
            return Err(Skip::There(content, there));
        }
        if let Ok(mut loaded) = loaded.lock() {
            loaded.insert(number, content);
        }
        Ok(bytes)
    };
    let count = imaging::develop_many_by(
        files.len(),
        load,
        |photo, settings| darkroom.develop(photo, settings),
        &settings,
        &Crew::default(),
        cancel,
        |number, result| {
            let Some(file) = files.get(number) else { return };
            let mut told = FileDeveloped::of(file);
            told.content = loaded.lock().ok().and_then(|mut loaded| loaded.remove(&number));
            match result {
                Err(Failure::Load(Skip::There(content, outputs))) => {
                    told.content = Some(content);
                    told.outputs = outputs;
                    told.there_already = true;
                }
                Err(Failure::Load(Skip::Fault(fault))) => told.fault = Some(fault),
                Err(Failure::Photo(fault)) => told.fault = Some(photo_fault(&fault)),
                Ok(developed) => {
                    told.notes = developed
                        .notes
                        .iter()
                        .map(|note| note.code().to_owned())
                        .collect();
                    told.advice = coach::of(&developed.scores);
                    told.scores = Some(developed.scores);
                    let pictures = [&developed.large.bytes, &developed.small.bytes];
                    for (path, bytes) in paths(file, out, &developed.content, recipe)
                        .into_iter()
                        .zip(pictures)
                    {
                        match write_whole(&path, bytes) {
                            Ok(()) => told.outputs.push(Written {
                                path,
                                bytes: bytes.len() as u64,
                            }),
                            Err(error) => told.fault = Some(error.into()),
                        }
                    }
                }
            }
            done(told);
        },
    );
    Ok(count)
}

/// Why a file is not developed.
#[derive(Debug)]
enum Skip {
    There(String, Vec<Written>),
    Fault(Fault),
}

fn read(file: &Path, limits: &Limits) -> std::result::Result<Vec<u8>, Skip> {
    let fault = |error: std::io::Error| Skip::Fault(Fault::from(error).with("file", file.display()));
    let length = fs::metadata(file).map_err(fault)?.len();
    if length > limits.bytes {
        return Err(Skip::Fault(Code::PhotoTooLarge.into()));
    }
    fs::read(file).map_err(fault)
}

/// Where the large and the small picture go: `olla-1f2e3d4c5b6a.jpg` and `olla-1f2e3d4c5b6a-small.jpg`.
fn paths(file: &Path, out: &Path, content: &str, recipe: &Recipe) -> [PathBuf; 2] {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = imaging::rendition_name(content, recipe, &Look::default(), Part::Large);
    let name = name.get(..12).unwrap_or_default();
    [
        out.join(format!("{stem}-{name}.jpg")),
        out.join(format!("{stem}-{name}-small.jpg")),
    ]
}

/// A file with this name is whole: it gets the name when its last byte is on the disk.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("part");
    let mut file = fs::File::create(&unfinished)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_data());
    let kept = written.and_then(|()| fs::rename(&unfinished, path));
    if kept.is_err() {
        let _gone = fs::remove_file(&unfinished);
    }
    kept
}

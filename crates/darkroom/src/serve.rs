//! The worker's side: one photo after the other, until nobody asks any more.

use crate::VERSION;
use crate::wire::{self, Answer, Ask};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::process::ExitCode;

/// What a worker ends with whose shop is of another version.
pub(crate) const OTHER_VERSION: u8 = 67;

/// Develops what comes on standard input and answers on standard output, until the input ends.
pub fn serve() -> ExitCode {
    if std::env::args_os()
        .nth(2)
        .is_none_or(|version| version != VERSION)
    {
        return ExitCode::from(OTHER_VERSION);
    }
    hold_back();
    let stdin = BufReader::new(io::stdin().lock());
    let stdout = BufWriter::new(io::stdout().lock());
    match answer_all(stdin, stdout) {
        Ok(()) => ExitCode::SUCCESS,
        // The shop has gone away in the middle; nobody is left to tell.
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer_all(mut from: impl Read, mut to: impl Write) -> io::Result<()> {
    loop {
        let ask: Ask = match wire::read(&mut from) {
            Ok(ask) => ask,
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        };
        let photo = wire::read_picture(&mut from)?;
        match ask {
            Ask::Develop(settings) => match imaging::develop_with(&photo, &settings) {
                Ok(mut developed) => {
                    let large = std::mem::take(&mut developed.large.bytes);
                    let small = std::mem::take(&mut developed.small.bytes);
                    let answer = Answer::Developed(Box::new(developed));
                    wire::write(&mut to, &answer, &[&large, &small])?;
                }
                Err(fault) => wire::write(&mut to, &Answer::Refused(fault.into()), &[])?,
            },
            Ask::Glance(settings) => match imaging::glance(&photo, &settings) {
                Ok(mut glance) => {
                    let picture = std::mem::take(&mut glance.bytes);
                    wire::write(&mut to, &Answer::Glance(glance), &[&picture])?;
                }
                Err(fault) => wire::write(&mut to, &Answer::Refused(fault.into()), &[])?,
            },
        }
    }
}

/// What a worker may take of memory, whatever its photo wants: the limit of a decoded picture is 400 MiB, its file
/// may have 80 MB, and the pictures made of it are small beside that.
#[cfg(unix)]
const MOST_MEMORY: u64 = 800 << 20;

/// Memory has an end, and whoever works at this laptop comes first.
#[cfg(unix)]
fn hold_back() {
    use rustix::process::{Resource, Rlimit, getrlimit, nice, setrlimit};
    let now = getrlimit(Resource::Data);
    let limit = Rlimit {
        current: Some(now.maximum.map_or(MOST_MEMORY, |most| most.min(MOST_MEMORY))),
        maximum: now.maximum,
    };
    // Where the system refuses, the limits that `imaging` keeps by itself are left.
    let _kept_by_imaging = setrlimit(Resource::Data, limit);
    let _as_fast_as_others = nice(5);
}

#[cfg(not(unix))]
fn hold_back() {}

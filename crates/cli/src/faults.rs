//! Faults in the terminal: words for people, JSON for programs, an exit code for scripts.

use crate::words::text;
use messages::{Language, Value};
use shop::fault::Who;
use shop::{Code, Fault};
use std::process::ExitCode;

/// The code as message files spell it: `photo-not-an-image`.
pub fn key(code: Code) -> String {
    let code = serde_json::to_value(code).ok();
    code.and_then(|code| code.as_str().map(|code| code.replace('_', "-")))
        .unwrap_or_default()
}

/// What happened and what to do, on two lines.
pub fn words(fault: &Fault, language: Language) -> String {
    let key = key(fault.code);
    let values: Vec<(&str, Value<'_>)> = fault
        .params
        .iter()
        .map(|(name, value)| (name.as_str(), Value::from(value.as_str())))
        .collect();
    let what = text(language, &format!("fault-{key}"), &values);
    let hint = text(language, &format!("fault-{key}-hint"), &values);
    let details: Vec<String> = fault
        .params
        .iter()
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    if details.is_empty() {
        format!("{what}\n{hint}")
    } else {
        format!("{what} ({})\n{hint}", details.join(", "))
    }
}

pub fn tell(fault: &Fault, json: bool, language: Language) -> ExitCode {
    if json {
        match serde_json::to_string(fault) {
            Ok(fault) => eprintln!("{fault}"),
            Err(error) => eprintln!("{error}"),
        }
    } else {
        eprintln!("{}", words(fault, language));
    }
    ExitCode::from(match fault.who {
        Who::Seller => 3,
        Who::Network => 4,
        Who::SetUp => 5,
        Who::Bug => 70,
    })
}

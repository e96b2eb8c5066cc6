//! A worker by itself, for tests and for trying.

fn main() -> std::process::ExitCode {
    darkroom::serve()
}

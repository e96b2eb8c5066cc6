#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        puesto_fuzz::develop(bytes, false);
    }
});

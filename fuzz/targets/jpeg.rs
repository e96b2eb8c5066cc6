#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.starts_with(b"\xFF\xD8\xFF") {
        puesto_fuzz::develop(bytes, false);
    }
});

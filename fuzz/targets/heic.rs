#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.get(4..8) == Some(b"ftyp") {
        puesto_fuzz::develop(bytes, false);
    }
});

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| puesto_fuzz::glance(bytes));

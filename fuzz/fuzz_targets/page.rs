#![no_main]

use joint_events_hostile::body::source::page;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| page(bytes));

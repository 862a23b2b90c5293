#![no_main]

use joint_events_hostile::body::words::text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| text(bytes));

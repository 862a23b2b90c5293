#![no_main]

use joint_events_hostile::body::words::time;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| time(bytes));

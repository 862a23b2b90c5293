#![no_main]

use joint_events_hostile::body::source::table;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| table(bytes));

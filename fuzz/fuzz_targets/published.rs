#![no_main]

use joint_events_hostile::body::published::published;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| published(bytes));

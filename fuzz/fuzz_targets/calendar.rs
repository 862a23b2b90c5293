#![no_main]

use joint_events_hostile::body::source::calendar;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| calendar(bytes));

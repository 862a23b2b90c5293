#![no_main]

use joint_events_hostile::body::feed::event;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| event(bytes));

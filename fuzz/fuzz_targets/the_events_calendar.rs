#![no_main]

use joint_events_hostile::body::source::the_events_calendar;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| the_events_calendar(bytes));

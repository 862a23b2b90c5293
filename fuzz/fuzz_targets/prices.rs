#![no_main]

use joint_events_hostile::body::source::prices;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| prices(bytes));

//! Bench: the widget's reader as a wasm of its own, with the widget's allocator.

use std::cell::RefCell;

use joint_events_model::read::{Reading, read};
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

thread_local! {
    /// Kept as the widget keeps it: to take it apart is no part of reading.
    static LAST: RefCell<Option<Reading>> = const { RefCell::new(None) };
}

/// Reads a feed's text and keeps it: how many events are good, 0 where it is no feed.
#[wasm_bindgen]
pub fn keep(text: String) -> usize {
    let reading = read(&text).ok();
    drop(text);
    let count = reading.as_ref().map_or(0, |reading| reading.feed.events.len());
    LAST.set(reading);
    count
}

/// Gives up what is kept.
#[wasm_bindgen]
pub fn give_up() {
    LAST.set(None);
}

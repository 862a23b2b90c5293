//! Element (Rust): what is done once, after a while. Without gloo-timers, whose own is the larger by 150 octets with brotli.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(act: &Closure<dyn FnMut()>, milliseconds: u32) -> i32;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: i32);
}

/// It is not done any more once this is dropped.
pub struct Timer {
    number: i32,
    #[expect(dead_code, reason = "the page calls it")]
    act: Closure<dyn FnMut()>,
}

impl Timer {
    /// Does something after so many milliseconds.
    pub fn new(milliseconds: u32, act: Box<dyn FnMut()>) -> Self {
        let act = Closure::wrap(act);
        Self {
            number: set_timeout(&act, milliseconds),
            act,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(self.number);
    }
}

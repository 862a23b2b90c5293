//! In place of the crate of that name: what `server_fn` names of it, and no more.
//!
//! leptos depends on server functions, and they on streams. Nobody calls them here, but the classes that the crate
//! exports to JavaScript stay in every binary that links it: 7 kB, with what they call.

use futures_util::Stream;
use futures_util::stream::{Empty, empty};
use wasm_bindgen::{JsCast, JsValue};

/// A stream that has nothing.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// A stream of the browser's.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// A stream to be given to the browser.
    pub fn from_stream<S: Stream>(_: S) -> Self {
        Self(JsValue::UNDEFINED.unchecked_into())
    }

    /// The stream for the browser.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// The stream for Rust.
    pub fn into_stream(self) -> Empty<Result<JsValue, JsValue>> {
        empty()
    }
}

//! End-to-end: tests of the bundle in real browsers.

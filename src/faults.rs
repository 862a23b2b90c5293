//! Beside the rooms, for view and element: panics where a test asks for one. In no published bundle: the feature `faults` is
//! off, and nothing of it is compiled.

/// The page's own variable that says where.
#[cfg(feature = "faults")]
const WHERE: &str = "jointEventsFault";

/// Panics if the page's variable `jointEventsFault` is this place.
#[cfg(feature = "faults")]
pub fn strike(place: &str) {
    let asked = js_sys::Reflect::get(&js_sys::global(), &WHERE.into()).unwrap_or_default();
    assert!(
        asked.as_string().as_deref() != Some(place),
        "{place}: a test asked for it"
    );
}

/// Does nothing.
#[cfg(not(feature = "faults"))]
pub const fn strike(_: &str) {}

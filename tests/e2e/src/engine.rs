//! End-to-end: what an engine must be able to do, and which of them is asked.

use std::env;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::Counters;
use crate::browser::Browser;
use crate::chromium::Chromium;
use crate::driver::Driver;
use crate::firefox::Firefox;
use crate::webkit::WebKit;

/// What not every engine lets a test do or measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ability {
    /// To tell an answer that ends before its `Content-Length`, or is no gzip though it says so, from a whole one.
    BrokenAnswer,
    /// To count what it holds: `Page::counters`.
    Count,
    /// To say days and zones in French as today's CLDR does: `Page::french`.
    CurrentFrench,
    /// To be in a high contrast mode: `Page::force_colors`.
    ForcedColors,
    /// To tell how far what is seen has jumped: entries of the type `layout-shift` (Layout Instability).
    LayoutShift,
    /// To keep what is read in its place while what stands above it grows (CSS Scroll Anchoring).
    ScrollAnchoring,
    /// To read what the browser itself says of a page: `Page::log`.
    Log,
    /// To ask once for what a connection was reset of (RFC 9110, 9.2.2, lets it ask again).
    OneTry,
    /// To prefetch what `connect-src` allows and `default-src` does not (CSP 3, resource hints).
    Prefetch,
    /// To show a page as it is printed: `Page::print`.
    Print,
    /// To look for a page's icon without a word to the page, whose policy may refuse it: `Page::faults`.
    QuietIcon,
    /// To be on a slow line: `Page::throttle`.
    Throttle,
}

/// Where a visitor's clock and system stand, where it is not where those of this machine do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// An IANA time zone.
    pub(crate) zone: String,
    /// A BCP 47 tag.
    pub(crate) locale: String,
}

/// An engine with its driver, and its own way to do what WebDriver has no command for.
pub(crate) trait Engine: Sync {
    /// As `ENGINE` names it.
    fn name(&self) -> &'static str;
    /// Why it is not able to, or `None` where it is.
    fn lacks(&self, ability: Ability) -> Option<&'static str>;
    /// Starts its driver, for browsers that stand in a place.
    fn start(&self, place: Option<&Place>) -> Driver;
    /// What the driver must know to start a browser.
    fn capabilities(&self, driver: &Driver) -> Map<String, Value>;
    /// What is asked of the driver so that it ends the browser of a session.
    fn end(&self, session: &str) -> String {
        format!("DELETE /session/{session}")
    }
    /// The viewport's width, in CSS pixels.
    fn resize(&self, browser: &Browser, width: u32);
    /// `light` or `dark`.
    fn prefer(&self, browser: &Browser, scheme: &str);
    /// Puts a browser that runs into another place, or tells that only another browser can be there.
    fn goes_to(&self, browser: &Browser, place: &Place) -> bool;
    /// Empties the cache of a browser that runs, or tells that only another browser has an empty one.
    fn clears_cache(&self, browser: &Browser) -> bool;
    /// `Ability::Count`
    fn counters(&self, browser: &Browser) -> Counters;
    /// `Ability::ForcedColors`
    fn force_colors(&self, browser: &Browser);
    /// `Ability::Print`
    fn print(&self, browser: &Browser);
    /// `Ability::Throttle`
    fn throttle(&self, browser: &Browser, octets: u32);
    /// `Ability::Log`
    fn log(&self, browser: &Browser) -> Vec<String>;
    /// Takes back what was set, before the next test.
    fn reset(&self, browser: &Browser);
}

/// The engine that `ENGINE` names: `chromium`, where it is not set, `firefox` or `webkit`.
pub(crate) fn engine() -> &'static dyn Engine {
    static ENGINE: OnceLock<&'static dyn Engine> = OnceLock::new();
    *ENGINE.get_or_init(|| {
        let engines: [&'static dyn Engine; 3] = [&Chromium, &Firefox, &WebKit];
        let name = env::var("ENGINE").unwrap_or_else(|_| "chromium".to_owned());
        let found = engines.into_iter().find(|engine| engine.name() == name);
        found.unwrap_or_else(|| panic!("ENGINE: expected chromium, firefox or webkit, found {name:?}"))
    })
}

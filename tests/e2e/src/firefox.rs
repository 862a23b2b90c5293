//! End-to-end: Firefox through geckodriver, with scripts in the browser's own window for what WebDriver has no command for.

use std::path::Path;

use serde_json::{Map, Value, json};

use crate::Counters;
use crate::browser::Browser;
use crate::driver::{Driver, variable};
use crate::engine::{Ability, Engine, Place};

pub(crate) struct Firefox;

/// Where `cargo xtask test` puts it, on a machine that has none of its own.
const DRIVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.tools/bin/geckodriver");

impl Engine for Firefox {
    fn name(&self) -> &'static str {
        "firefox"
    }

    fn lacks(&self, ability: Ability) -> Option<&'static str> {
        match ability {
            Ability::Count => Some("neither WebDriver nor the browser's own window counts nodes and listeners"),
            Ability::LayoutShift => Some("the engine has no entries of the type layout-shift"),
            Ability::OneTry => Some("the browser itself asks again where a connection is reset"),
            Ability::Prefetch => Some("the engine asks default-src alone whether something may be prefetched"),
            Ability::Throttle => Some("neither WebDriver nor the browser's own window slows a line down"),
            Ability::ForcedColors | Ability::Log | Ability::Print | Ability::ScrollAnchoring => None,
            Ability::BrokenAnswer | Ability::CurrentFrench | Ability::QuietIcon => None,
        }
    }

    fn start(&self, _: Option<&Place>) -> Driver {
        let found = if Path::new(DRIVER).exists() {
            DRIVER
        } else {
            "geckodriver"
        };
        let program = variable("GECKODRIVER", found);
        // Its home and its profile are in a folder of their own; the ports are of its choice, and it names its own in a line.
        let line = "export HOME=$FOLDER; exec \"$@\" --profile-root \"$FOLDER\"";
        let arguments = ["--allow-system-access", "--port", "0", "--websocket-port", "0"];
        Driver::start(line, &[&[program.as_str()], &arguments[..]].concat(), &[], |line| {
            line.split("Listening on 127.0.0.1:").nth(1)?.trim().parse().ok()
        })
    }

    fn capabilities(&self, _: &Driver) -> Map<String, Value> {
        let arguments = ["-headless", "--width=1280", "--height=1000"];
        // What would make a difference beyond those that geckodriver sets. A tab's icon is asked for in the page's name: a strict
        // policy would refuse a request that is none of the page's.
        let preferences =
            json!({"layout.css.prefers-color-scheme.content-override": 1, "browser.chrome.site_icons": false});
        let capabilities = json!({"moz:firefoxOptions": {"binary": variable("FIREFOX", "/usr/bin/firefox-esr"),
            "args": arguments, "prefs": preferences}});
        capabilities.as_object().cloned().unwrap_or_default()
    }

    fn resize(&self, browser: &Browser, width: u32) {
        // As WebDriver BiDi's browsingContext.setViewport does it.
        size(browser, &format!("{width}px"), "1000px");
    }

    fn prefer(&self, browser: &Browser, scheme: &str) {
        set(browser, "prefersColorSchemeOverride", scheme);
    }

    fn counters(&self, _: &Browser) -> Counters {
        Counters::default()
    }

    fn force_colors(&self, browser: &Browser) {
        set(browser, "forcedColorsOverride", "active");
    }

    fn goes_to(&self, browser: &Browser, place: &Place) -> bool {
        set(browser, "timezoneOverride", &place.zone);
        set(browser, "languageOverride", &place.locale);
        true
    }

    fn clears_cache(&self, browser: &Browser) -> bool {
        within(browser, "Services.cache2.clear(); ChromeUtils.clearResourceCache()");
        true
    }

    fn print(&self, browser: &Browser) {
        set(browser, "mediumOverride", "print");
    }

    fn throttle(&self, _: &Browser, _: u32) {}

    fn log(&self, browser: &Browser) -> Vec<String> {
        let lines = within(
            browser,
            "const lines = Services.console.getMessageArray().filter((line) => line instanceof Ci.nsIScriptError && line.innerWindowID); \
             Services.console.reset(); return lines.map(({message}) => message)",
        );
        let lines = lines.as_array().into_iter().flatten();
        lines.filter_map(|line| line.as_str().map(str::to_owned)).collect()
    }

    fn reset(&self, browser: &Browser) {
        size(browser, "", "");
        for (name, value) in [
            ("prefersColorSchemeOverride", "none"),
            ("forcedColorsOverride", "none"),
            ("mediumOverride", ""),
            ("timezoneOverride", ""),
            ("languageOverride", ""),
        ] {
            set(browser, name, value);
        }
    }
}

/// What the page's frame in the browser's window measures.
fn size(browser: &Browser, width: &str, height: &str) {
    let style = format!(
        "width: {width}; min-width: {width}; max-width: {width}; height: {height}; min-height: {height}; max-height: {height}"
    );
    let style = if width.is_empty() { String::new() } else { style };
    within(
        browser,
        &format!("gBrowser.selectedBrowser.style.cssText = {}", json!(style)),
    );
}

/// Sets what the developer tools set of a page (`BrowsingContext.webidl`).
fn set(browser: &Browser, name: &str, value: &str) {
    within(
        browser,
        &format!("gBrowser.selectedBrowser.browsingContext.{name} = {}", json!(value)),
    );
}

/// Runs a script in the browser's own window.
fn within(browser: &Browser, script: &str) -> Value {
    browser.command("moz/context", json!({"context": "chrome"}));
    let found = browser.command("execute/sync", json!({"script": script, "args": []}));
    browser.command("moz/context", json!({"context": "content"}));
    found
}

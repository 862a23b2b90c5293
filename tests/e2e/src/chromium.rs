//! End-to-end: Chromium through ChromeDriver, with the commands of its own protocol (CDP).

use serde_json::{Map, Value, json};

use crate::Counters;
use crate::browser::Browser;
use crate::driver::{Driver, variable};
use crate::engine::{Ability, Engine, Place};

pub(crate) struct Chromium;

/// Ends the driver with all of its browsers.
const SHUTDOWN: &str = "GET /shutdown";

impl Engine for Chromium {
    fn name(&self) -> &'static str {
        "chromium"
    }

    fn lacks(&self, _: Ability) -> Option<&'static str> {
        None
    }

    fn start(&self, _: Option<&Place>) -> Driver {
        let program = variable("CHROMEDRIVER", "/usr/bin/chromedriver");
        // It names the port of its choice in a line.
        let mut driver = Driver::start("exec \"$@\"", &[&program, "--port=0"], &[], |line| {
            let port = line.split("successfully on port ").nth(1)?;
            port.trim_end_matches('.').parse().ok()
        });
        driver.ends_with(SHUTDOWN);
        driver
    }

    fn capabilities(&self, _: &Driver) -> Map<String, Value> {
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,1000",
        ];
        let capabilities = json!({
            "goog:chromeOptions": {"binary": variable("CHROME", "/usr/bin/chromium"), "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        capabilities.as_object().cloned().unwrap_or_default()
    }

    fn end(&self, _: &str) -> String {
        SHUTDOWN.to_owned()
    }

    fn resize(&self, browser: &Browser, width: u32) {
        let size = json!({"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false});
        command(browser, "Emulation.setDeviceMetricsOverride", size);
    }

    fn prefer(&self, browser: &Browser, scheme: &str) {
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        command(browser, "Emulation.setEmulatedMedia", features);
    }

    fn counters(&self, browser: &Browser) -> Counters {
        command(browser, "HeapProfiler.collectGarbage", json!({}));
        let found = command(browser, "Memory.getDOMCounters", json!({}));
        let count = |name: &str| found[name].as_u64().unwrap_or_default();
        Counters {
            nodes: count("nodes"),
            listeners: count("jsEventListeners"),
        }
    }

    fn force_colors(&self, browser: &Browser) {
        let features = json!({"features": [{"name": "forced-colors", "value": "active"}]});
        command(browser, "Emulation.setEmulatedMedia", features);
    }

    fn goes_to(&self, browser: &Browser, Place { zone, locale }: &Place) -> bool {
        command(browser, "Emulation.setTimezoneOverride", json!({"timezoneId": zone}));
        command(browser, "Emulation.setLocaleOverride", json!({"locale": locale}));
        true
    }

    fn clears_cache(&self, browser: &Browser) -> bool {
        command(browser, "Network.clearBrowserCache", json!({}));
        true
    }

    fn print(&self, browser: &Browser) {
        command(browser, "Emulation.setEmulatedMedia", json!({"media": "print"}));
    }

    fn throttle(&self, browser: &Browser, octets: u32) {
        let throughput = if octets == 0 { -1 } else { i64::from(octets) };
        let conditions =
            json!({"offline": false, "latency": 0, "downloadThroughput": throughput, "uploadThroughput": -1});
        command(browser, "Network.enable", json!({}));
        command(browser, "Network.emulateNetworkConditions", conditions);
    }

    fn log(&self, browser: &Browser) -> Vec<String> {
        let entries = browser.command("se/log", json!({"type": "browser"}));
        let lines = entries.as_array().into_iter().flatten();
        lines
            .filter_map(|entry| entry["message"].as_str().map(str::to_owned))
            .collect()
    }

    fn reset(&self, browser: &Browser) {
        command(browser, "Emulation.clearDeviceMetricsOverride", json!({}));
        command(
            browser,
            "Emulation.setEmulatedMedia",
            json!({"media": "", "features": []}),
        );
        command(browser, "Emulation.setTimezoneOverride", json!({"timezoneId": ""}));
        command(browser, "Emulation.setLocaleOverride", json!({}));
    }
}

/// A command of the browser's own protocol, such as `Emulation.setEmulatedMedia`.
pub(crate) fn command(browser: &Browser, name: &str, parameters: Value) -> Value {
    browser.command("goog/cdp/execute", json!({"cmd": name, "params": parameters}))
}

//! Bench: a browser of one round, in which each page is visited as for the first time.

use std::cell::Cell;

use joint_events_e2e::Window;
use serde_json::{Value, json};

use crate::contender::Contender;
use crate::site::Site;

/// Longer than anything that is measured, in milliseconds.
pub const LONGEST: u32 = 180_000;

/// The line between browser and server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// As this machine has it.
    Loopback,
    /// 1.6 Mbit/s in both directions, and 150 ms until an answer begins.
    Slow,
}

/// A browser with a new profile.
pub struct Session<'a> {
    window: Window,
    site: &'a Site,
    visits: &'a Cell<usize>,
}

impl<'a> Session<'a> {
    /// Starts it. `visits` counts those of the whole run, so that none is at the host of another.
    pub fn start(site: &'a Site, visits: &'a Cell<usize>) -> Self {
        let window = Window::start(LONGEST / 1000 * 2);
        let probe = include_str!("../pages/probe.js");
        window.command("Page.enable", json!({}));
        window.command("Page.addScriptToEvaluateOnNewDocument", json!({"source": probe}));
        window.command("Performance.enable", json!({}));
        window.command("Network.enable", json!({}));
        Self { window, site, visits }
    }

    /// The browser's name and version.
    pub fn version(&self) -> String {
        self.window.version()
    }

    /// From now on.
    pub fn set_line(&self, line: Line) {
        let (octets, latency) = match line {
            Line::Loopback => (-1, 0),
            Line::Slow => (200_000, 150),
        };
        let conditions =
            json!({"offline": false, "latency": latency, "downloadThroughput": octets, "uploadThroughput": octets});
        self.window.command("Network.emulateNetworkConditions", conditions);
    }

    /// From now on the processor takes so many times as long.
    pub fn slow_down(&self, times: u32) {
        self.window
            .command("Emulation.setCPUThrottlingRate", json!({"rate": times}));
    }

    /// Goes to a contender's page at a host where nobody has been, and waits for its `load`.
    pub fn visit(&self, contender: &Contender, count: usize) -> Result<(), String> {
        self.open(&format!("{}/{count}.html", contender.name))
    }

    /// The same of any page.
    pub fn open(&self, path: &str) -> Result<(), String> {
        self.visits.set(self.visits.get() + 1);
        self.window.command("Network.clearBrowserCache", json!({}));
        self.window.go(&self.site.address(path, self.visits.get()))
    }

    /// What the probe of the page comes to.
    pub fn ask(&self, body: &str) -> Result<Value, String> {
        self.window.ask(body)
    }

    /// Waits until the page has its list and nothing more to do.
    pub fn settle(&self) -> Result<(), String> {
        self.ask(&format!("await bench.settle({LONGEST})")).map(drop)
    }

    /// Collects what nobody holds any more.
    pub fn collect_garbage(&self) {
        self.window.command("HeapProfiler.collectGarbage", json!({}));
    }

    /// A metric of the page (CDP, `Performance.getMetrics`): seconds or octets.
    pub fn metric(&self, name: &str) -> Option<f64> {
        let found = self.window.command("Performance.getMetrics", json!({}));
        let metric = found["metrics"]
            .as_array()?
            .iter()
            .find(|metric| metric["name"] == name)?;
        metric["value"].as_f64()
    }
}

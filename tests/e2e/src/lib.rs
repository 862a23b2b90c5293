//! End-to-end: a page with the bundle in a real browser, in verbs of a visitor.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use joint_events_loopback::{Response, Server, folder};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

/// A browser with one page, closed when dropped.
pub struct Page {
    runtime: Runtime,
    client: Client,
    driver: Child,
    site: Server,
}

fn dist() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist")
}

impl Page {
    /// Opens a page whose body is `body`, beside the bundle and a feed. It notes the widget's events in `window.heard`.
    ///
    /// # Panics
    /// Where there is no bundle, no browser or no driver: then nothing can be shown.
    #[track_caller]
    pub fn open(body: &str, feed: &str) -> Self {
        Self::open_with(body, {
            let feed = feed.to_owned();
            move || Response::text("application/json", feed.clone())
        })
    }

    /// The same with any answer in place of the feed.
    ///
    /// # Panics
    /// As `open`.
    #[track_caller]
    pub fn open_with(body: &str, feed: impl Fn() -> Response + Send + Sync + 'static) -> Self {
        let page = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><script>window.heard = []; \
             for (const name of ['ready', 'problem', 'error', 'filter', 'member', 'register', 'calendar']) \
             addEventListener('joint-events:' + name, (event) => {{ heard.push([name, event.detail]); \
             if (name === 'register') event.preventDefault(); }});</script>\
             <body>{body}<script type=\"module\" src=\"/joint-events.js\"></script></body></html>"
        );
        let site = Server::start(0, move |request| match request.path.as_str() {
            "/" => Response::text("text/html; charset=utf-8", page.clone()),
            "/feed.json" => feed(),
            path => folder(&dist(), path).unwrap_or_else(|| Response::status(404)),
        });
        let site = site.expect("a free port");
        let (driver, address) = start_driver();
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime.block_on(async {
            let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
                .capabilities(capabilities())
                .connect(&address)
                .await
                .expect("a browser");
            client.goto(&site.origin()).await.expect("the page");
            client
        });
        Self {
            runtime,
            client,
            driver,
            site,
        }
    }

    /// What a script in the page returns; `widget` is the tag and `root` its shadow root.
    ///
    /// # Panics
    /// Where the script throws.
    #[track_caller]
    pub fn ask(&self, script: &str) -> Value {
        let script = format!(
            "const widget = document.querySelector('joint-events, [data-joint-events]'); const root = widget.shadowRoot; \
             const seen = (part) => [...root.querySelectorAll(`[part~=\"${{part}}\"]`)].map((node) => node.textContent.trim()); \
             return {script};"
        );
        self.runtime
            .block_on(self.client.execute(&script, Vec::new()))
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    /// Waits until a script gives what is expected.
    ///
    /// # Panics
    /// Where it does not within ten seconds: it says what it gave.
    #[track_caller]
    pub fn shows(&self, script: &str, expected: Value) {
        let start = Instant::now();
        loop {
            let found = self.ask(script);
            if found == expected {
                return;
            }
            assert!(
                start.elapsed() < Duration::from_secs(10),
                "{script}: expected {expected}, found {found}"
            );
            self.runtime
                .block_on(async { tokio::time::sleep(Duration::from_millis(20)).await });
        }
    }

    /// Chooses or takes back the choice of a value: a province, a theme, an association.
    #[track_caller]
    pub fn choose(&self, value: &str) {
        self.ask(&format!(
            "root.querySelector('input[type=checkbox][value=\"{value}\"]').click()"
        ));
    }

    /// Where the page is served.
    pub fn origin(&self) -> String {
        self.site.origin()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // A browser that is gone already needs no closing.
        let _ = self.runtime.block_on(self.client.clone().close());
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn capabilities() -> serde_json::Map<String, Value> {
    let browser = env::var("CHROME").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
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
    let capabilities = json!({"goog:chromeOptions": {"binary": browser, "args": arguments}});
    capabilities.as_object().cloned().unwrap_or_default()
}

/// Starts ChromeDriver on a port of its choice, which it names in a line.
fn start_driver() -> (Child, String) {
    let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
    let mut driver = Command::new(&program)
        .arg("--port=0")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let lines = BufReader::new(driver.stdout.take().expect("a pipe")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let port = line
            .split("successfully on port ")
            .nth(1)?
            .trim_end_matches('.')
            .to_owned();
        port.parse::<u16>().ok()
    });
    let port = port.expect("the driver's port");
    (driver, format!("http://127.0.0.1:{port}"))
}

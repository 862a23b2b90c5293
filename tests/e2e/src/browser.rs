//! End-to-end: browsers, each used by one test after the other.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Map, Value, json};
use tokio::runtime::{Builder, Runtime};

/// Browsers that no test uses at the moment: to start one takes longer than most tests.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

/// Starts a driver, and shuts it down with its browsers once this process is gone, however it went: nobody drops what is
/// static. A driver that is only killed would leave its browsers behind.
const KEEPER: &str = r#"exec 4<&0; "$0" --port=0 <&- &
read -r port <&4; read -r end <&4
exec 3<>"/dev/tcp/127.0.0.1/$port"; printf 'GET /shutdown HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3; wait"#;

pub(crate) struct Browser {
    pub(crate) runtime: Runtime,
    pub(crate) client: Client,
    keeper: Child,
    /// Its end ends the browser.
    leash: Option<ChildStdin>,
}

impl Browser {
    /// One that is free, else a new one.
    pub(crate) fn take() -> Self {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(Self::start)
    }

    /// Leaves it to the next test.
    pub(crate) fn give_back(self) {
        IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
    }

    fn start() -> Self {
        let (keeper, leash, address) = start_driver();
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime.block_on(async {
            ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
                .capabilities(capabilities())
                .connect(&address)
                .await
                .expect("a browser")
        });
        Self {
            runtime,
            client,
            keeper,
            leash: Some(leash),
        }
    }

    /// A command of the browser's own protocol, such as `Emulation.setEmulatedMedia`, and what it answers.
    pub(crate) fn command(&self, name: &'static str, parameters: Value) -> Value {
        let body = json!({"cmd": name, "params": parameters});
        let path = "goog/cdp/execute";
        let command = Own { path, body };
        self.runtime
            .block_on(self.client.issue_cmd(command))
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The lines of the browser's log since it was last read: what pages said, and what the browser says of them.
    pub(crate) fn log(&self) -> Vec<String> {
        let command = Own {
            path: "se/log",
            body: json!({"type": "browser"}),
        };
        let entries = self.runtime.block_on(self.client.issue_cmd(command)).expect("a log");
        let lines = entries.as_array().into_iter().flatten();
        lines
            .filter_map(|entry| entry["message"].as_str().map(str::to_owned))
            .collect()
    }

    /// Presses a key, held down by a shift key or not.
    pub(crate) fn press(&self, key: char, shift: bool) {
        const SHIFT: char = '\u{e008}';
        let mut actions = KeyActions::new("keys".to_owned());
        if shift {
            actions = actions.then(KeyAction::Down { value: SHIFT });
        }
        actions = actions
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        if shift {
            actions = actions.then(KeyAction::Up { value: SHIFT });
        }
        self.runtime
            .block_on(self.client.perform_actions(actions))
            .unwrap_or_else(|error| panic!("{key:?}: {error}"));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.leash.take());
        // Its keeper ends when the browser has.
        let _ = self.keeper.wait();
    }
}

/// A command that ChromeDriver has beyond WebDriver's.
#[derive(Debug)]
struct Own {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Own {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

fn capabilities() -> Map<String, Value> {
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
    let capabilities = json!({
        "goog:chromeOptions": {"binary": browser, "args": arguments},
        "goog:loggingPrefs": {"browser": "ALL"},
    });
    capabilities.as_object().cloned().unwrap_or_default()
}

/// Starts ChromeDriver on a port of its choice, which it names in a line.
fn start_driver() -> (Child, ChildStdin, String) {
    let program = env::var("CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".to_owned());
    let mut keeper = Command::new("bash")
        .args(["-c", KEEPER, &program])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let lines = BufReader::new(keeper.stdout.take().expect("a pipe")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let port = line
            .split("successfully on port ")
            .nth(1)?
            .trim_end_matches('.')
            .to_owned();
        port.parse::<u16>().ok()
    });
    let port = port.unwrap_or_else(|| panic!("{program}: expected the port it listens on, found none"));
    let mut leash = keeper.stdin.take().expect("a pipe");
    writeln!(leash, "{port}").expect("a keeper");
    (keeper, leash, format!("http://127.0.0.1:{port}"))
}

//! End-to-end: a browser of its own for measurements, with the commands of Chromium's own protocol.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::engine::engine;

/// A new Chromium, with a profile of its own, that nobody else uses. It ends when it is dropped.
pub struct Window(Browser);

impl Window {
    /// Starts it. A script may take `seconds`.
    ///
    /// # Panics
    /// Where there is no Chromium or no driver, or `ENGINE` names another engine.
    #[must_use]
    pub fn start(seconds: u32) -> Self {
        assert_eq!(engine().name(), "chromium", "ENGINE: expected chromium");
        let browser = Browser::start(None);
        browser.command(
            "timeouts",
            json!({"script": u64::from(seconds) * 1000, "pageLoad": u64::from(seconds) * 1000}),
        );
        Self(browser)
    }

    /// Goes to an address and waits for the page's `load`.
    ///
    /// # Errors
    /// What the driver says where it does not come.
    pub fn go(&self, address: &str) -> Result<(), String> {
        let Browser { runtime, client, .. } = &self.0;
        runtime
            .block_on(client.goto(address))
            .map_err(|error| error.to_string())
    }

    /// What an asynchronous function of the page, given as its body, comes to.
    ///
    /// # Errors
    /// What it throws, or what the driver says where it does not end.
    ///
    /// ```no_run
    /// let window = joint_events_e2e::Window::start(10);
    /// assert_eq!(window.ask("return 1 + 1"), Ok(2.into()));
    /// ```
    pub fn ask(&self, body: &str) -> Result<Value, String> {
        let script = format!(
            "const done = arguments[0]; (async () => {{ {body} }})().then((value) => done([value ?? null]), (error) => done(String(error)))"
        );
        let Browser { runtime, client, .. } = &self.0;
        let answer = runtime.block_on(client.execute_async(&script, Vec::new()));
        match answer.map_err(|error| error.to_string())? {
            Value::String(error) => Err(error),
            value => Ok(value[0].clone()),
        }
    }

    /// A command of the browser's own protocol (CDP), such as `Network.clearBrowserCache`, and what it answers.
    ///
    /// # Panics
    /// Where the browser knows no such command.
    pub fn command(&self, name: &str, parameters: Value) -> Value {
        crate::chromium::command(&self.0, name, parameters)
    }

    /// Name and version, as `Chrome/156.0.0.0`.
    ///
    /// # Panics
    /// Where the browser is gone.
    pub fn version(&self) -> String {
        let version = self.command("Browser.getVersion", json!({}));
        version["product"].as_str().unwrap_or_default().to_owned()
    }
}

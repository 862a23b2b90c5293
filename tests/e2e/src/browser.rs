//! End-to-end: browsers, each used by one test after the other.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};

use crate::driver::Driver;
use crate::engine::{Place, engine};

/// Browsers that no test uses at the moment: to start one takes longer than most tests.
static IDLE: Mutex<Vec<Browser>> = Mutex::new(Vec::new());

pub(crate) struct Browser {
    pub(crate) runtime: Runtime,
    pub(crate) client: Client,
    driver: Driver,
    place: Option<Place>,
}

impl Browser {
    /// One that is free, else a new one.
    pub(crate) fn take() -> Self {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| Self::start(None))
    }

    /// Leaves it to the next test, unless it is not where others are.
    pub(crate) fn give_back(self) {
        if self.place.is_none() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }

    /// A new one, in a place.
    pub(crate) fn start(place: Option<Place>) -> Self {
        let mut driver = engine().start(place.as_ref());
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let client = runtime.block_on(async {
            let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
                .capabilities(engine().capabilities(&driver))
                .connect(&driver.address())
                .await
                .expect("a browser");
            let session = client.session_id().await.expect("a session");
            driver.ends_with(&engine().end(&session.unwrap_or_default()));
            client
        });
        let browser = Self {
            runtime,
            client,
            driver,
            place,
        };
        engine().reset(&browser);
        browser
    }

    /// A new one in the same place.
    pub(crate) fn fresh(&self) -> Self {
        Self::start(self.place.clone())
    }

    /// What it may write to.
    pub(crate) fn folder(&self) -> &Path {
        self.driver.folder()
    }

    /// A command of the session by its path, such as `window/rect`, and what it answers.
    pub(crate) fn command(&self, path: &'static str, body: Value) -> Value {
        let words = body.to_string();
        let command = Command { path, body };
        self.runtime
            .block_on(self.client.issue_cmd(command))
            .unwrap_or_else(|error| panic!("{path} {words}: {error}"))
    }

    /// Presses a key, held down by a shift key or not.
    pub(crate) fn press(&self, key: char, held: Option<char>) {
        let mut actions = KeyActions::new("keys".to_owned());
        if let Some(value) = held {
            actions = actions.then(KeyAction::Down { value });
        }
        actions = actions
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        if let Some(value) = held {
            actions = actions.then(KeyAction::Up { value });
        }
        self.runtime
            .block_on(self.client.perform_actions(actions))
            .unwrap_or_else(|error| panic!("{key:?}: {error}"));
    }
}

/// A command with a body, of WebDriver or beyond it.
#[derive(Debug)]
struct Command {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

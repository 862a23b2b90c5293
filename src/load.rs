//! Element (Rust): gets a feed's text. No other file speaks to the network.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_net::http::{Request, Response};
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use joint_events_model::read::{LONGEST_FEED, ReadError, Reading, read};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCredentials};

/// How long one try may take, in milliseconds.
const TRY: u32 = 8000;
/// How long at most is waited before the second and the third try, in milliseconds.
const PAUSES: [u32; 2] = [1000, 2000];
/// The longest `Retry-After` that is honoured, in seconds.
const LONGEST_RETRY_AFTER: u32 = 30;

/// Why there is no feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The HTTP number, or one of `network timeout format version`.
    pub status: Status,
    /// What was expected and found.
    pub message: String,
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The server answered with this number.
    Http(u16),
    /// No answer came, or it broke off.
    Network,
    /// None came in time.
    Timeout,
    /// What came is no feed.
    Format,
    /// It is a feed of another major version.
    Version,
}

/// A failure, and how many seconds the server asks to wait before another try.
struct Miss {
    failure: Failure,
    retry_after: u32,
}

impl Miss {
    fn new(status: Status, message: &str) -> Self {
        let message = message.to_owned();
        Self {
            failure: Failure { status, message },
            retry_after: 0,
        }
    }

    fn is_worth_another_try(&self) -> bool {
        match self.failure.status {
            Status::Network | Status::Timeout | Status::Http(408 | 429 | 500..=599) => true,
            Status::Http(_) | Status::Format | Status::Version => false,
        }
    }
}

/// A load under way, ended by those who no longer wait for it.
#[derive(Clone, Default)]
pub struct Load(Rc<Progress>);

#[derive(Default)]
struct Progress {
    request: RefCell<Option<AbortController>>,
    is_given_up: Cell<bool>,
    is_late: Cell<bool>,
}

impl Load {
    /// Ends the load, and the request with it: nobody waits for the feed any more.
    pub fn give_up(&self) {
        self.0.is_given_up.set(true);
        self.abort();
    }

    /// Whether nobody waits any more.
    pub fn is_given_up(&self) -> bool {
        self.0.is_given_up.get()
    }

    fn abort(&self) {
        if let Some(request) = self.0.request.take() {
            request.abort();
        }
    }

    /// The feed at an address, tried at most three times.
    pub async fn feed(&self, address: &str) -> Result<Reading, Failure> {
        let text = self.text(address).await.map_err(|miss| miss.failure)?;
        read(&text).map_err(|error| Failure {
            status: match error {
                ReadError::Format(_) => Status::Format,
                ReadError::Version(_) => Status::Version,
            },
            message: error.problem().to_string(),
        })
    }

    async fn text(&self, address: &str) -> Result<String, Miss> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let miss = match self.answer(address).await {
                Ok(text) => return Ok(text),
                Err(miss) => miss,
            };
            let Some(pause) = pauses.next().filter(|_| miss.is_worth_another_try()) else {
                return Err(miss);
            };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and 2000"
            )]
            let jitter = (js_sys::Math::random() * f64::from(pause)) as u32;
            let asked = miss.retry_after.min(LONGEST_RETRY_AFTER).saturating_mul(1000);
            TimeoutFuture::new(asked.saturating_add(jitter)).await;
            if self.is_given_up() {
                return Err(miss);
            }
        }
    }

    /// One try. It ends after its time.
    async fn answer(&self, address: &str) -> Result<String, Miss> {
        let controller =
            AbortController::new().map_err(|_| Miss::new(Status::Network, "expected to be able to abort"))?;
        let signal = controller.signal();
        *self.0.request.borrow_mut() = Some(controller);
        self.0.is_late.set(false);
        let own = self.clone();
        let timer = Timeout::new(TRY, move || {
            own.0.is_late.set(true);
            own.abort();
        });
        let request = Request::get(address)
            .abort_signal(Some(&signal))
            .credentials(RequestCredentials::Omit);
        let answer = match request.send().await {
            Ok(response) => body(&response).await,
            Err(_) => Err(Miss::new(
                Status::Network,
                "expected an answer of the feed's server, found none",
            )),
        };
        drop(timer);
        answer.map_err(|miss| {
            if self.0.is_late.get() {
                Miss::new(Status::Timeout, "expected the feed within 8 s, found none")
            } else {
                miss
            }
        })
    }
}

async fn body(response: &Response) -> Result<String, Miss> {
    if !response.ok() {
        let status = response.status();
        let mut miss = Miss::new(
            Status::Http(status),
            &["expected the feed, found HTTP ", &status.to_string()].concat(),
        );
        let asked = response.headers().get("retry-after");
        miss.retry_after = asked.and_then(|seconds| seconds.trim().parse().ok()).unwrap_or(0);
        return Err(miss);
    }
    let Some(body) = response.body() else {
        return Ok(String::new());
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut octets = Vec::new();
    loop {
        let Ok(chunk) = JsFuture::from(reader.read()).await else {
            return Err(Miss::new(
                Status::Network,
                "expected the whole feed, found the start of it",
            ));
        };
        // The last answer has no octets.
        let Some(value) = Reflect::get(&chunk, &"value".into())
            .ok()
            .and_then(|value| value.dyn_into::<Uint8Array>().ok())
        else {
            break;
        };
        let before = octets.len();
        octets.resize(before.saturating_add(value.length() as usize), 0);
        if let Some(room) = octets.get_mut(before..) {
            value.copy_to(room);
        }
        // Memory of wasm never shrinks: what is too long is not read to its end.
        if octets.len() > LONGEST_FEED {
            drop(reader.cancel());
            return Err(Miss::new(Status::Format, "expected at most 16 MiB, found more"));
        }
    }
    Ok(String::from_utf8(octets).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

//! Element (Rust): gets a feed's text. No other file speaks to the network.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_net::http::{Request, Response};
use gloo_timers::callback::Timeout;
use joint_events_model::decimal::{decimal, whole};
use joint_events_model::read::{LONGEST_FEED, ReadError, Reading, read};
use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCredentials, RequestInit};

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

/// What one try failed with.
pub struct Miss {
    /// What is told of it, if there is no other try.
    pub failure: Failure,
    /// How long the server asks to wait, in seconds.
    retry_after: u32,
}

impl Miss {
    fn new(status: Status) -> Self {
        let message = status.message();
        Self {
            failure: Failure { status, message },
            retry_after: 0,
        }
    }

    /// How long to wait before another try after so many, in milliseconds; `None`: none would help.
    pub fn pause(&self, tries: usize) -> Option<u32> {
        let longest = PAUSES
            .get(tries)
            .filter(|_| self.failure.status.is_worth_another_try())?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 2000"
        )]
        let jitter = (js_sys::Math::random() * f64::from(*longest)) as u32;
        let asked = self.retry_after.min(LONGEST_RETRY_AFTER).saturating_mul(1000);
        Some(asked.saturating_add(jitter))
    }
}

impl Status {
    fn is_worth_another_try(self) -> bool {
        match self {
            Self::Network | Self::Timeout | Self::Http(408 | 429 | 500..=599) => true,
            Self::Http(_) | Self::Format | Self::Version => false,
        }
    }

    fn message(self) -> String {
        match self {
            Self::Http(number) => ["expected the feed, found HTTP ", &decimal(usize::from(number))].concat(),
            Self::Network => "expected the whole feed from its server, found none".to_owned(),
            Self::Timeout => "expected the feed within 8 s, found none".to_owned(),
            // Of a text that is read, the reader knows more.
            Self::Format | Self::Version => "expected at most 16 MiB, found more".to_owned(),
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

    /// The feed at an address, from one try.
    pub async fn feed(&self, address: &str) -> Result<Reading, Miss> {
        let text = self.answer(address).await?;
        read(&text).map_err(|error| Miss {
            failure: Failure {
                status: match error {
                    ReadError::Format(_) => Status::Format,
                    ReadError::Version(_) => Status::Version,
                },
                message: error.problem().sentence(),
            },
            retry_after: 0,
        })
    }

    /// One try. It ends after its time.
    async fn answer(&self, address: &str) -> Result<String, Miss> {
        let controller = AbortController::new().map_err(|_| Miss::new(Status::Network))?;
        let signal = controller.signal();
        *self.0.request.borrow_mut() = Some(controller);
        self.0.is_late.set(false);
        let own = self.clone();
        let timer = Timeout::new(TRY, move || {
            own.0.is_late.set(true);
            own.abort();
        });
        // Without a prototype, so that what a page adds to every object is no option of the request.
        let init: Object = Object::create(JsValue::NULL.unchecked_ref());
        let init: RequestInit = init.unchecked_into();
        init.set_signal(Some(&signal));
        init.set_credentials(RequestCredentials::Omit);
        let request =
            web_sys::Request::new_with_str_and_init(address, &init).map_err(|_| Miss::new(Status::Network))?;
        let answer = match Request::from(request).send().await {
            Ok(response) => body(&response).await,
            Err(_) => Err(Miss::new(Status::Network)),
        };
        drop(timer);
        if answer.is_err() && self.0.is_late.get() {
            return Err(Miss::new(Status::Timeout));
        }
        answer
    }
}

async fn body(response: &Response) -> Result<String, Miss> {
    if !response.ok() {
        let asked = response.headers().get("retry-after");
        let mut miss = Miss::new(Status::Http(response.status()));
        miss.retry_after = asked.and_then(|seconds| whole(seconds.trim_ascii())).unwrap_or(0);
        return Err(miss);
    }
    let Some(body) = response.body() else {
        return Ok(String::new());
    };
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut octets = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read())
            .await
            .map_err(|_| Miss::new(Status::Network))?;
        let value = Reflect::get(&chunk, &"value".into()).unwrap_or_default();
        // The last answer has no octets.
        if value.is_undefined() {
            break;
        }
        let value: Uint8Array = value.unchecked_into();
        let before = octets.len();
        octets.resize(before.saturating_add(value.length() as usize), 0);
        if let Some(room) = octets.get_mut(before..) {
            value.copy_to(room);
        }
        // Memory of wasm never shrinks: what is too long is not read to its end.
        if octets.len() > LONGEST_FEED {
            drop(reader.cancel());
            return Err(Miss::new(Status::Format));
        }
    }
    Ok(String::from_utf8(octets).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

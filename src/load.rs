//! Element (Rust): gets a feed's text. No other file speaks to the network.

use gloo_net::http::Request;
use gloo_timers::future::TimeoutFuture;
use joint_events_model::read::{LONGEST_FEED, ReadError, Reading, read};
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReadableStreamDefaultReader, RequestCredentials};

/// How long one try may take, in milliseconds.
const TRY: u32 = 8000;
/// How long at most is waited before the second and the third try, in milliseconds.
const PAUSES: [f64; 2] = [1000.0, 2000.0];
/// The longest `Retry-After` that is honoured, in seconds.
const LONGEST_RETRY_AFTER: f64 = 30.0;

/// Why there is no feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    /// The HTTP number, or none with one of `network timeout format version`.
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

/// A failure, and whether another try may help: `Some` with the seconds that the server asks for.
struct Miss {
    failure: Failure,
    again: Option<Option<f64>>,
}

impl Miss {
    fn new(status: Status, message: impl Into<String>) -> Self {
        let again = match status {
            Status::Network | Status::Timeout | Status::Http(408 | 429 | 500..=599) => Some(None),
            Status::Http(_) | Status::Format | Status::Version => None,
        };
        Self {
            failure: Failure {
                status,
                message: message.into(),
            },
            again,
        }
    }
}

/// The feed at an address: tried at most three times, until the signal says that nobody waits for it.
pub async fn feed(address: &str, signal: &AbortSignal) -> Result<Reading, Failure> {
    let mut pauses = PAUSES.into_iter();
    let text = loop {
        let miss = match text(address, signal).await {
            Ok(text) => break text,
            Err(miss) => miss,
        };
        let (Some(asked), Some(pause), false) = (miss.again, pauses.next(), signal.aborted()) else {
            return Err(miss.failure);
        };
        let random = js_sys::Math::random() * pause;
        let wait = asked.map_or(random, |seconds| seconds.min(LONGEST_RETRY_AFTER) * 1000.0 + random);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and 32 000"
        )]
        TimeoutFuture::new(wait as u32).await;
        if signal.aborted() {
            return Err(miss.failure);
        }
    };
    read(&text).map_err(|error| {
        let status = match error {
            ReadError::Format(_) => Status::Format,
            ReadError::Version(_) => Status::Version,
        };
        Failure {
            status,
            message: error.to_string(),
        }
    })
}

/// One try. It ends after its time, or with the outer signal.
async fn text(address: &str, outer: &AbortSignal) -> Result<String, Miss> {
    let controller =
        AbortController::new().map_err(|_| Miss::new(Status::Network, "expected an AbortController, found none"))?;
    let late = std::rc::Rc::new(std::cell::Cell::new(false));
    let timer = {
        let (late, controller) = (late.clone(), controller.clone());
        gloo_timers::callback::Timeout::new(TRY, move || {
            late.set(true);
            controller.abort();
        })
    };
    let stop = {
        let controller = controller.clone();
        wasm_bindgen::closure::Closure::<dyn Fn()>::new(move || controller.abort())
    };
    // A listener that is not added only leaves the request to its time limit.
    let _ = outer.add_event_listener_with_callback("abort", stop.as_ref().unchecked_ref());
    let outcome = answer(address, &controller.signal()).await;
    let _ = outer.remove_event_listener_with_callback("abort", stop.as_ref().unchecked_ref());
    drop(timer);
    outcome.map_err(|miss| {
        if late.get() {
            Miss::new(
                Status::Timeout,
                format!("expected the feed within {TRY} ms, found none"),
            )
        } else {
            miss
        }
    })
}

async fn answer(address: &str, signal: &AbortSignal) -> Result<String, Miss> {
    let response = Request::get(address)
        .abort_signal(Some(signal))
        .credentials(RequestCredentials::Omit)
        .send()
        .await
        .map_err(|error| Miss::new(Status::Network, format!("expected an answer, found {error}")))?;
    if !response.ok() {
        let status = response.status();
        let mut miss = Miss::new(Status::Http(status), format!("expected the feed, found HTTP {status}"));
        let asked = response
            .headers()
            .get("retry-after")
            .and_then(|seconds| seconds.trim().parse::<u32>().ok());
        miss.again = miss.again.map(|_| asked.map(f64::from));
        return Err(miss);
    }
    let Some(body) = response.body() else {
        return Ok(String::new());
    };
    let broken = |_: JsValue| Miss::new(Status::Network, "expected the whole feed, found the start of it");
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut octets = Vec::new();
    loop {
        let chunk = JsFuture::from(reader.read()).await.map_err(broken)?;
        if Reflect::get(&chunk, &"done".into()).is_ok_and(|done| done.is_truthy()) {
            break;
        }
        let Ok(value) = Reflect::get(&chunk, &"value".into()).and_then(JsCast::dyn_into::<Uint8Array>) else {
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
            return Err(Miss::new(
                Status::Format,
                format!("expected at most {LONGEST_FEED} octets, found more"),
            ));
        }
    }
    Ok(String::from_utf8(octets).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

//! Element (Rust): one widget in one element of a page, from its options to its events. What JavaScript calls stands here.

pub mod host;
mod intl;
mod load;
pub mod view;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use gloo_timers::callback::Timeout;
use joint_events_model::rates::next_boundary;
use joint_events_model::select::Index;
use joint_events_model::time::Instant;
use js_sys::{Array, Function, Object, Promise};
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{future_to_promise, spawn_local};
use web_sys::{AbortController, HtmlElement};

use host::Host;
use load::Failure;
use view::state::{Loaded, Said, State, Verdict, Widget};

/// The longest wait for a boundary: a clock that was set, or a machine that slept, is noticed after so many milliseconds.
const LONGEST_WAIT: i64 = 15_000;

/// How long a selection must rest before it counts as settled, in milliseconds.
const SETTLED: u32 = 300;

/// Tells JavaScript of a panic, with its reason. After it no call into this instance may be made.
#[wasm_bindgen]
pub fn set_panic_listener(listener: Function) {
    let listener = send_wrapper::SendWrapper::new(listener);
    std::panic::set_hook(Box::new(move |panic| {
        // A listener that throws changes nothing: the panic goes on either way.
        let _ = listener.call1(&JsValue::NULL, &panic.to_string().into());
    }));
}

/// Shows a widget in `base`, an element inside the host's shadow root, until the handle is freed.
#[wasm_bindgen]
pub fn mount(base: HtmlElement, host: HtmlElement, options: Object) -> Mounted {
    Mounted(Embedded::new(base, Host::new(host), &options))
}

/// A widget that is shown. It owns all that it started: freed, it takes everything back.
#[wasm_bindgen]
pub struct Mounted(Rc<Embedded>);

#[wasm_bindgen]
impl Mounted {
    /// Takes other options.
    pub fn update(&self, options: Object) {
        self.0.update(&options);
    }

    /// Asks for the feed again; resolves when it came or failed. The promise holds nothing, so that the widget may be
    /// freed meanwhile.
    pub fn refresh(&self) -> Promise {
        let own = Rc::downgrade(&self.0);
        future_to_promise(async move {
            if let Some(embedded) = own.upgrade() {
                embedded.load().await;
            }
            Ok(JsValue::UNDEFINED)
        })
    }

    /// `loading`, `ready`, `empty`, `stale` or `failed`.
    pub fn status(&self) -> String {
        self.0.status().to_owned()
    }

    /// All events that match, in the order shown: `{id, title, start, end, status, url}`.
    pub fn events(&self) -> Array {
        host::events(self.0.widget)
    }
}

struct Embedded {
    base: HtmlElement,
    host: Host,
    widget: Widget,
    owner: Owner,
    feed: RefCell<Vec<String>>,
    remembers: Cell<bool>,
    /// Taken when the widget goes: the view first, then its signals.
    view: RefCell<Option<Box<dyn std::any::Any>>>,
    request: RefCell<Option<AbortController>>,
    boundary: RefCell<Option<Timeout>>,
    settled: RefCell<Option<Timeout>>,
}

impl Embedded {
    fn new(base: HtmlElement, host: Host, options: &Object) -> Rc<Self> {
        let owner = Owner::new();
        let embedded = Rc::new_cyclic(|own: &Weak<Self>| {
            let own = own.clone();
            let tell = Rc::new(move |said| own.upgrade().map_or(Verdict::Proceed, |own| own.hear(said)));
            let widget = owner.with(|| Widget::new(host::options(options), now(), tell));
            let feed = RefCell::new(host::strings(options, "feed"));
            let remembers = Cell::new(host::flag(options, "remember"));
            Self {
                base,
                host,
                widget,
                owner: owner.clone(),
                feed,
                remembers,
                view: RefCell::default(),
                request: RefCell::default(),
                boundary: RefCell::default(),
                settled: RefCell::default(),
            }
        });
        if embedded.remembers.get() {
            embedded.widget.said.set(host::remembered());
        }
        embedded.dress(options);
        let widget = embedded.widget;
        let handle = owner.with(|| leptos::mount::mount_to(embedded.base.clone(), move || view::view(widget)));
        *embedded.view.borrow_mut() = Some(Box::new(handle));
        let loading = Rc::downgrade(&embedded);
        spawn_local(async move {
            if let Some(embedded) = loading.upgrade() {
                embedded.load().await;
            }
        });
        embedded
    }

    fn status(&self) -> &'static str {
        let any = |loaded: &Arc<Loaded>| !loaded.feed.events.is_empty();
        self.widget.state.with_untracked(|state| match state {
            State::Loading => "loading",
            State::Ready(loaded) if any(loaded) => "ready",
            State::Ready(_) => "empty",
            State::Stale(_) => "stale",
            State::Failed => "failed",
        })
    }

    fn update(self: &Rc<Self>, options: &Object) {
        let feed = host::strings(options, "feed");
        let other_feed = feed != *self.feed.borrow();
        *self.feed.borrow_mut() = feed;
        self.remembers.set(host::flag(options, "remember"));
        self.widget.update(host::options(options));
        self.dress(options);
        if other_feed {
            self.reload();
        }
    }

    /// What the sheet needs to know: language, colour scheme, and the association's colour.
    fn dress(&self, options: &Object) {
        let (language, association) = self
            .widget
            .options
            .with_untracked(|options| (options.language, options.association.clone()));
        let color = self
            .widget
            .loaded_untracked()
            .and_then(|loaded| view::color::readable(loaded.feed.association(&association?)?.color.as_ref()?));
        host::dress(&self.base, language.tag(), &host::string(options, "colorScheme"), color);
        self.show_status();
    }

    fn show_status(&self) {
        // An attribute with a valid name can be set.
        let _ = self.base.set_attribute("data-state", self.status());
    }

    fn reload(self: &Rc<Self>) {
        let embedded = Rc::clone(self);
        spawn_local(async move { embedded.load().await });
    }

    /// Asks for the feed, shows what came, and says so to the host.
    async fn load(self: Rc<Self>) {
        let Some(address) = self.feed.borrow().first().cloned() else {
            return;
        };
        let Ok(controller) = AbortController::new() else { return };
        if let Some(earlier) = self.request.replace(Some(controller.clone())) {
            earlier.abort();
        }
        let own = Rc::downgrade(&self);
        let signal = controller.signal();
        drop(self);
        let outcome = load::feed(&address, &signal).await;
        let Some(embedded) = own.upgrade().filter(|_| !signal.aborted()) else {
            return;
        };
        match outcome {
            Ok(reading) => {
                let index = Index::new(&reading.feed);
                let loaded = Loaded {
                    feed: reading.feed,
                    index,
                    skipped: reading.skipped,
                    at: now(),
                };
                embedded.widget.now.set(loaded.at);
                embedded.widget.state.set(State::Ready(Arc::new(loaded)));
                embedded.wait_for_boundary();
                embedded.dress_association();
                host::warn_of_unknown_memberships(embedded.widget);
                embedded.host.ready(embedded.widget, &reading.problems);
            }
            Err(failure) => embedded.fail(&failure),
        }
    }

    fn fail(&self, failure: &Failure) {
        self.widget.state.update(|state| {
            *state = match state.loaded() {
                Some(loaded) => State::Stale(Arc::clone(loaded)),
                None => State::Failed,
            };
        });
        self.show_status();
        self.host.failed(failure);
    }

    fn dress_association(&self) {
        let association = self
            .widget
            .options
            .with_untracked(|options| options.association.clone());
        let color = self
            .widget
            .loaded_untracked()
            .and_then(|loaded| view::color::readable(loaded.feed.association(&association?)?.color.as_ref()?));
        host::color(&self.base, color);
        self.show_status();
    }

    /// Moves the widget's clock on when the next event or rate begins or ends.
    fn wait_for_boundary(self: &Rc<Self>) {
        let shown_at = self.widget.now.get_untracked();
        let next = self.widget.loaded_untracked().and_then(|loaded| {
            let of_rates = loaded
                .feed
                .events
                .iter()
                .filter_map(|event| next_boundary(event, shown_at))
                .min();
            [loaded.index.next_change(shown_at), of_rates]
                .into_iter()
                .flatten()
                .min()
        });
        let Some(next) = next else { return };
        let wait = next.0.saturating_sub(now().0).clamp(0, LONGEST_WAIT);
        let own = Rc::downgrade(self);
        let timeout = Timeout::new(u32::try_from(wait).unwrap_or(0), move || {
            let Some(embedded) = own.upgrade() else { return };
            if now() >= next {
                embedded.widget.now.set(now());
            }
            embedded.wait_for_boundary();
        });
        *self.boundary.borrow_mut() = Some(timeout);
    }

    fn hear(self: &Rc<Self>, said: Said) -> Verdict {
        match said {
            Said::Selection => {
                let own = Rc::downgrade(self);
                let timeout = Timeout::new(SETTLED, move || {
                    let Some(embedded) = own.upgrade() else { return };
                    embedded.widget.announce();
                    embedded.host.filter(embedded.widget);
                });
                *self.settled.borrow_mut() = Some(timeout);
                Verdict::Proceed
            }
            Said::Member(memberships) => {
                if self.remembers.get() {
                    host::remember(&memberships);
                }
                self.host.member(&memberships)
            }
            Said::Register(registered) => self.host.register(&registered),
            Said::Calendar { id, target, file } => self.host.calendar(id.as_deref(), target, file.as_deref()),
            Said::Retry => {
                if self.widget.loaded_untracked().is_none() {
                    self.widget.state.set(State::Loading);
                    self.show_status();
                }
                self.reload();
                Verdict::Proceed
            }
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        if let Some(request) = self.request.take() {
            request.abort();
        }
        drop(self.view.take());
        self.owner.cleanup();
    }
}

/// The clock, read nowhere else.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a time value is a whole number below 2^53"
)]
fn now() -> Instant {
    Instant(js_sys::Date::now() as i64)
}

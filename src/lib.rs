//! Element (Rust): one widget in one element of a page, from its options to its events. What JavaScript calls stands here.

pub mod host;
mod intl;
mod load;
pub mod view;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use joint_events_model::rates::next_boundary;
use joint_events_model::read::Reading;
use joint_events_model::select::Index;
use joint_events_model::time::Instant;
use js_sys::{Array, Function, Object};
use leptos::mount::{UnmountHandle, mount_to_renderer};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use host::Host;
use load::{Failure, Load};
use view::node::Scope;
use view::state::{Loaded, Said, State, Verdict, Widget};

/// A third of the size of std's own allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The longest wait for a boundary: a clock that was set, or a machine that slept, is noticed after so many milliseconds.
const LONGEST_WAIT: i64 = 15_000;

/// How long a selection must rest before it counts as settled, in milliseconds.
const SETTLED: u32 = 300;

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

    /// Asks for the feed again; `done` is called when it came or failed.
    pub fn refresh(&self, done: Function) {
        self.0.load(Some(done));
    }

    /// `loading`, `ready`, `empty`, `stale` or `failed`.
    pub fn status(&self) -> String {
        self.0.status().to_owned()
    }

    /// All events that match, in the order shown: `{id, title, start, end, status, url}`.
    pub fn events(&self) -> Array {
        host::events(&self.0.widget)
    }
}

struct Embedded {
    base: HtmlElement,
    host: Host,
    widget: Rc<Widget>,
    feed: RefCell<Vec<String>>,
    remembers: Cell<bool>,
    view: RefCell<Option<UnmountHandle<Scope>>>,
    load: RefCell<Load>,
    boundary: RefCell<Option<Timeout>>,
    settled: RefCell<Option<Timeout>>,
}

impl Embedded {
    fn new(base: HtmlElement, host: Host, options: &Object) -> Rc<Self> {
        let embedded = Rc::new_cyclic(|own: &Weak<Self>| {
            let own = own.clone();
            let tell = Box::new(move |said| own.upgrade().map_or(Verdict::Proceed, |own| own.hear(said)));
            Self {
                base,
                host,
                widget: Rc::new(Widget::new(host::options(options), now(), tell)),
                feed: RefCell::new(host::strings(options, "feed")),
                remembers: Cell::new(host::flag(options, "remember")),
                view: RefCell::default(),
                load: RefCell::default(),
                boundary: RefCell::default(),
                settled: RefCell::default(),
            }
        });
        if embedded.remembers.get() {
            embedded.widget.said.set(host::remembered());
        }
        embedded.dress(options);
        let widget = Rc::clone(&embedded.widget);
        let view = mount_to_renderer(&embedded.base, move || Scope::new(|| view::view(widget)));
        *embedded.view.borrow_mut() = Some(view);
        embedded.load(None);
        embedded
    }

    fn status(&self) -> &'static str {
        match &*self.widget.state.get() {
            State::Loading => "loading",
            State::Ready(loaded) if !loaded.feed.events.is_empty() => "ready",
            State::Ready(_) => "empty",
            State::Stale(_) => "stale",
            State::Failed => "failed",
        }
    }

    fn update(self: &Rc<Self>, options: &Object) {
        let feed = host::strings(options, "feed");
        let other_feed = feed != *self.feed.borrow();
        *self.feed.borrow_mut() = feed;
        self.remembers.set(host::flag(options, "remember"));
        self.widget.update(host::options(options));
        self.dress(options);
        if other_feed {
            self.load(None);
        }
    }

    /// What the sheet needs to know: language, colour scheme, and the association's colour.
    fn dress(&self, options: &Object) {
        host::mark(&self.base, "lang", self.widget.language.get().tag());
        host::mark(&self.base, "data-scheme", &host::string(options, "colorScheme"));
        self.show();
    }

    /// What the sheet needs to know of the feed.
    fn show(&self) {
        let options = self.widget.options.get();
        let color = self.widget.loaded().and_then(|loaded| {
            let association = loaded.feed.association(options.association.as_deref()?)?;
            association.color.clone()
        });
        host::color(&self.base, &color.unwrap_or_default());
        host::mark(&self.base, "data-state", self.status());
    }

    /// Asks for the feed, shows what came, and says so to the host.
    fn load(self: &Rc<Self>, done: Option<Function>) {
        let Some(address) = self.feed.borrow().first().cloned() else {
            return;
        };
        let load = Load::default();
        self.load.replace(load.clone()).give_up();
        // It holds nothing of the widget, which may go meanwhile.
        let own = Rc::downgrade(self);
        spawn_local(async move {
            let outcome = load.feed(&address).await;
            let embedded = own.upgrade().filter(|_| !load.is_given_up());
            if let Some(embedded) = embedded {
                match outcome {
                    Ok(reading) => embedded.take(reading),
                    Err(failure) => embedded.fail(&failure),
                }
            }
            if let Some(done) = done {
                // What waits for it can't stop it.
                let _ = done.call0(&JsValue::NULL);
            }
        });
    }

    fn take(self: &Rc<Self>, reading: Reading) {
        let at = now();
        let loaded = Loaded {
            index: Index::new(&reading.feed),
            feed: reading.feed,
            skipped: reading.skipped,
            at,
        };
        self.widget.now.set(at);
        self.widget.state.set(State::Ready(Rc::new(loaded)));
        self.wait_for_boundary();
        self.show();
        host::warn_of_unknown_memberships(&self.widget);
        self.host.ready(&self.widget, &reading.problems);
    }

    fn fail(&self, failure: &Failure) {
        self.widget.state.set(match self.widget.loaded() {
            Some(loaded) => State::Stale(loaded),
            None => State::Failed,
        });
        self.show();
        self.host.failed(failure);
    }

    /// Moves the widget's clock on when the next event or rate begins or ends.
    fn wait_for_boundary(self: &Rc<Self>) {
        let Some(loaded) = self.widget.loaded() else { return };
        let shown_at = *self.widget.now.get();
        let mut next = loaded.index.next_change(shown_at);
        for event in &loaded.feed.events {
            let boundary = next_boundary(event, shown_at);
            next = [next, boundary].into_iter().flatten().min();
        }
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
                    embedded.host.filter(&embedded.widget);
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
                if self.widget.loaded().is_none() {
                    self.widget.state.set(State::Loading);
                    self.show();
                }
                self.load(None);
                Verdict::Proceed
            }
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.load.borrow().give_up();
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

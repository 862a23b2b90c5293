//! Element (Rust): one widget in one element of a page, from its options to its events. What JavaScript calls stands here.

pub mod host;
pub mod intl;
mod load;
pub mod view;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use gloo_timers::callback::Timeout;
use joint_events_model::problem::Problem;
use joint_events_model::rates::next_boundary;
use joint_events_model::read::Reading;
use joint_events_model::select::Index;
use joint_events_model::time::Instant;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use host::{Host, Lines};
use load::{Failure, Load, Miss};
use view::node::Mount;
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
pub fn mount(base: HtmlElement, page: Page, options: String) -> Mounted {
    Mounted(Embedded::new(base, Host::new(page), &Lines::new(options)))
}

#[wasm_bindgen]
extern "C" {
    /// JavaScript's part of the element, for what a browser makes of text; none of it throws.
    pub type Page;

    /// Dispatches one of the element's events, with JSON text as its detail, and tells whether nobody prevented it.
    #[wasm_bindgen(method)]
    fn tell(this: &Page, name: &str, detail: &str, cancelable: bool) -> bool;

    /// Hands a calendar file to the visitor.
    #[wasm_bindgen(method)]
    fn save(this: &Page, name: &str, text: &str);

    /// What is kept under a name for this tab.
    #[wasm_bindgen(method)]
    fn remembered(this: &Page, name: &str) -> Option<String>;

    /// Keeps a text for this tab, or nothing any more.
    #[wasm_bindgen(method)]
    fn remember(this: &Page, name: &str, text: Option<String>);
}

/// A widget that is shown. It owns all that it started: freed, it takes everything back.
#[wasm_bindgen]
pub struct Mounted(Rc<Embedded>);

#[wasm_bindgen]
impl Mounted {
    /// Takes other options.
    pub fn update(&self, options: String) {
        self.0.update(&Lines::new(options));
    }

    /// Asks for the feed again; `done` is called when it came or failed.
    pub fn refresh(&self, done: Function) {
        self.0.waiting.borrow_mut().push(done);
        self.0.load();
    }

    /// All events that match, in the order shown, as JSON text: `[{id, title, start, end, status, url}]`.
    pub fn events(&self) -> String {
        host::events(&self.0.widget)
    }
}

struct Embedded {
    base: HtmlElement,
    host: Host,
    widget: Rc<Widget>,
    feed: RefCell<Vec<String>>,
    remembers: Cell<bool>,
    view: RefCell<Option<Mount>>,
    load: RefCell<Load>,
    /// Another try, or what the host is told.
    next: RefCell<Option<Timeout>>,
    /// Who asked for the feed and waits for it.
    waiting: RefCell<Vec<Function>>,
    boundary: RefCell<Option<Timeout>>,
    settled: RefCell<Option<Timeout>>,
}

impl Embedded {
    fn new(base: HtmlElement, host: Host, options: &Lines) -> Rc<Self> {
        let embedded = Rc::new_cyclic(|own: &Weak<Self>| {
            let own = own.clone();
            let tell = Box::new(move |said| own.upgrade().map_or(Verdict::Proceed, |own| own.hear(said)));
            Self {
                base,
                host,
                widget: Rc::new(Widget::new(options.options(), now(), tell)),
                feed: RefCell::new(options.list("feed")),
                remembers: Cell::new(options.flag("remember")),
                view: RefCell::default(),
                load: RefCell::default(),
                next: RefCell::default(),
                waiting: RefCell::default(),
                boundary: RefCell::default(),
                settled: RefCell::default(),
            }
        });
        if embedded.remembers.get() {
            embedded.widget.said.set(embedded.host.remembered());
        }
        embedded.dress(options);
        let view = Mount::new(&embedded.base, || view::view(&embedded.widget));
        *embedded.view.borrow_mut() = Some(view);
        embedded.load();
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

    fn update(self: &Rc<Self>, options: &Lines) {
        let feed = options.list("feed");
        let other_feed = feed != *self.feed.borrow();
        *self.feed.borrow_mut() = feed;
        self.remembers.set(options.flag("remember"));
        self.widget.update(options.options());
        self.dress(options);
        if other_feed {
            self.load();
        }
    }

    /// What the sheet needs to know: language, colour scheme, and the association's colour.
    fn dress(&self, options: &Lines) {
        host::mark(&self.base, "lang", self.widget.language.get().tag());
        host::mark(&self.base, "data-scheme", &options.word("colorScheme"));
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
    fn load(self: &Rc<Self>) {
        let Some(address) = self.feed.borrow().first().cloned() else {
            return;
        };
        let load = Load::default();
        self.load.replace(load.clone()).give_up();
        drop(self.next.take());
        self.try_once(load, address, 0);
    }

    fn try_once(self: &Rc<Self>, load: Load, address: String, tries: usize) {
        // It holds nothing of the widget, which may go meanwhile.
        let own = Rc::downgrade(self);
        spawn_local(async move {
            let outcome = load.feed(&address).await;
            if let Some(embedded) = own.upgrade().filter(|_| !load.is_given_up()) {
                embedded.hear_answer(load, address, tries, outcome);
            }
        });
    }

    /// Tries again where that may help; else shows what came, and tells the host when it is there.
    fn hear_answer(self: &Rc<Self>, load: Load, address: String, tries: usize, outcome: Result<Reading, Miss>) {
        let own = Rc::downgrade(self);
        let pause = outcome.as_ref().err().and_then(|miss| miss.pause(tries));
        let next: Box<dyn FnOnce()> = match pause {
            Some(_) => Box::new(move || {
                if let Some(embedded) = own.upgrade() {
                    embedded.try_once(load, address, tries.saturating_add(1));
                }
            }),
            None => {
                let told = self.take(outcome);
                // The view's effects have run by then: who hears of it sees it.
                Box::new(move || {
                    let Some(embedded) = own.upgrade() else { return };
                    embedded.host.loaded(&embedded.widget, &told);
                    for done in embedded.waiting.take() {
                        // What waits for it can't stop it.
                        let _ = done.call0(&JsValue::NULL);
                    }
                })
            }
        };
        *self.next.borrow_mut() = Some(after(pause.unwrap_or(0), next));
    }

    /// Shows what came, or that nothing did.
    fn take(self: &Rc<Self>, outcome: Result<Reading, Miss>) -> Result<Vec<Problem>, Failure> {
        let told = match outcome {
            Ok(reading) => {
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
                host::warn_of_unknown_memberships(&self.widget);
                Ok(reading.problems)
            }
            Err(miss) => {
                let copy = self.widget.loaded();
                self.widget.state.set(copy.map_or(State::Failed, State::Stale));
                Err(miss.failure)
            }
        };
        self.show();
        told
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
        let move_on = Box::new(move || {
            let Some(embedded) = own.upgrade() else { return };
            if now() >= next {
                embedded.widget.now.set(now());
            }
            embedded.wait_for_boundary();
        });
        *self.boundary.borrow_mut() = Some(after(u32::try_from(wait).unwrap_or(0), move_on));
    }

    fn hear(self: &Rc<Self>, said: Said) -> Verdict {
        match said {
            Said::Selection => {
                let own = Rc::downgrade(self);
                let settle = Box::new(move || {
                    let Some(embedded) = own.upgrade() else { return };
                    embedded.widget.announce();
                    embedded.host.filter(&embedded.widget);
                });
                *self.settled.borrow_mut() = Some(after(SETTLED, settle));
                Verdict::Proceed
            }
            Said::Member(memberships) => {
                if self.remembers.get() {
                    self.host.remember(&memberships);
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
                self.load();
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

fn after(milliseconds: u32, act: Box<dyn FnOnce()>) -> Timeout {
    Timeout::new(milliseconds, act)
}

/// The clock, read nowhere else.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a time value is a whole number below 2^53"
)]
fn now() -> Instant {
    Instant(js_sys::Date::now() as i64)
}

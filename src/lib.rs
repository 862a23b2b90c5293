//! Element (Rust): one widget in one element of a page, from its options to its events. What JavaScript calls stands here.

mod address;
mod doors;
pub mod faults;
pub mod host;
pub mod intl;
mod load;
mod membership;
mod search_engines;
mod several;
mod timer;
mod url_state;
pub mod view;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use joint_events_model::problem::Problem;
use joint_events_model::rates::next_boundary;
use joint_events_model::time::Instant;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use host::{Host, Lines};
use load::{Failure, Load};
use timer::Timer;
use url_state::UrlState;
use view::effect::Effect;
use view::later::{self, Later};
use view::node::{self, Mount};
use view::state::{Lack, Said, State, Verdict, Widget};

/// A third of the size of std's own allocator.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The longest wait for a boundary: a clock that was set, or a machine that slept, is noticed after so many milliseconds.
const LONGEST_WAIT: i64 = 15_000;

/// How long a list must rest, once it is whole, before its selection counts as settled, in milliseconds.
const SETTLED: u32 = 250;

/// A frame, in milliseconds.
const FRAME: u32 = 16;

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

    /// A line in the console, of a level that the console has a method for.
    #[wasm_bindgen(method)]
    fn log(this: &Page, level: &str, words: &str);

    /// Hands a calendar file to the visitor.
    #[wasm_bindgen(method)]
    fn save(this: &Page, name: &str, text: &str);

    /// What is kept of the visitor's word for this tab.
    #[wasm_bindgen(method)]
    fn remembered(this: &Page) -> Option<String>;

    /// Keeps the visitor's word for this tab, or nothing any more.
    #[wasm_bindgen(method)]
    fn remember(this: &Page, text: Option<String>);

    /// Gives the page another address, in an entry of the history of its own if that `adds` one, or none: nothing. Answers
    /// the address that the page has then.
    #[wasm_bindgen(method)]
    fn address(this: &Page, next: &str, adds: bool) -> String;

    /// Puts data for search engines into the page, as JSON-LD, or takes them out: nothing.
    #[wasm_bindgen(method)]
    fn describe(this: &Page, json_ld: &str);

    /// Asks for the feed again, for the visitor.
    #[wasm_bindgen(method)]
    fn retry(this: &Page);

    /// Asks for the second part of the wasm.
    #[wasm_bindgen(method)]
    fn later(this: &Page);
}

/// A widget that is shown. It owns all that it started: freed, it takes everything back.
#[wasm_bindgen]
pub struct Mounted(Rc<Embedded>);

#[wasm_bindgen]
impl Mounted {
    /// Does what `src/embed.js` asks for, by number, and answers; in one function, since each that JavaScript can call
    /// costs 200 octets.
    ///
    /// - 0 takes other options, as [`Lines`];
    /// - 1 begins with a feed, in place of one that is not read yet; its text follows;
    /// - 2 goes on with it for some milliseconds at most, and answers with something where that is not all to be done: `piece`
    ///   where it made a piece of the list, `ready` where all of it was made before, `later` where it waits for the second part
    ///   of the wasm, else that one of several texts is no feed: its number and the failure's status as JSON text, parted by a
    ///   space, then a line of why;
    /// - 3 shows it, or that it is none;
    /// - 4 shows that no feed came: the HTTP number, or one of `network timeout format`, as JSON text, then a line of why;
    /// - 5 tells the host how the last load ended. The view's effects must have run: who hears of it looks at the list;
    /// - 6 answers all events that match, in the order shown, as JSON text: `[{id, title, start, end, status, url}]`;
    /// - 7 goes on with the second part of the wasm, or without it where anything is given;
    /// - 8 selects what the page's address says, unless that was done;
    /// - 9 does so for a visitor who went back or forward;
    /// - 10 opens the event of an id, and answers with its key if there is one;
    /// - 11 says that a link was copied;
    /// - 12 begins with several feeds, in place of one that is not read yet: see `Several::begin` in `several.rs`;
    /// - 13 takes the text of the next of them;
    /// - 14 begins with a feed, as 1 does, where it is shown in place of several;
    /// - 15 makes some of the texts that a search looks at, and answers with something once all are there;
    /// - 16 takes more of a feed's text: copying all of a large one at once would be a long task.
    pub fn act(&self, what: u8, given: String) -> String {
        let embedded = &self.0;
        match what {
            0 => embedded.update(&Lines::new(given)),
            1 | 14 => {
                let lack = if what == 1 { Lack::Nothing } else { Lack::Part };
                *embedded.load.borrow_mut() = Some(Load::new(lack));
            }
            16 => {
                if let Some(load) = &mut *embedded.load.borrow_mut() {
                    load.text += &given;
                }
            }
            2 => return embedded.go_on(),
            3 => {
                embedded.show();
                // Where memberships are given, the second part was waited for.
                if later::is_here(&embedded.widget) {
                    doors::warn_of_unknown_memberships(embedded);
                }
            }
            4 => {
                embedded.take(Err(Failure::of(&given)));
                embedded.show();
            }
            5 => {
                if let Some(told) = embedded.told.take() {
                    embedded.host.loaded(&embedded.widget, &told);
                }
            }
            6 => return host::events(&embedded.widget),
            7 => {
                // What was selected without it is selected again, and the host hears so.
                let is_late = embedded.widget.is_awaited(Later::Missed);
                later::came(&embedded.widget, given.is_empty());
                if given.is_empty() {
                    if is_late {
                        embedded.hear(Said::Search);
                    }
                    embedded.follow_up();
                }
            }
            _ if later::is_here(&embedded.widget) => return doors::heed(embedded, what, given),
            _ => {}
        }
        String::new()
    }
}

struct Embedded {
    base: HtmlElement,
    host: Host,
    widget: Rc<Widget>,
    remembers: Cell<bool>,
    /// What the page's address has of the selection.
    url_state: RefCell<UrlState>,
    view: RefCell<Option<Mount>>,
    /// What tells search engines.
    described: RefCell<Option<Effect>>,
    /// What has cards in sight made before others.
    sight: RefCell<Option<Effect>>,
    /// What is not read yet.
    load: RefCell<Option<Box<Load>>>,
    /// What the host is told of the last load.
    told: RefCell<Option<Result<Vec<Problem>, Failure>>>,
    boundary: RefCell<Option<Timer>>,
    settled: RefCell<Option<Timer>>,
}

impl Embedded {
    fn new(base: HtmlElement, host: Host, options: &Lines) -> Rc<Self> {
        faults::strike("mount");
        let embedded = Rc::new_cyclic(|own: &Weak<Self>| {
            let own = own.clone();
            let tell = Box::new(move |said| own.upgrade().map_or(Verdict::Proceed, |own| own.hear(said)));
            Self {
                base,
                host,
                widget: Rc::new(Widget::new(options.options(), now(), tell)),
                remembers: Cell::new(options.flag("remember")),
                url_state: RefCell::default(),
                view: RefCell::default(),
                described: RefCell::default(),
                sight: RefCell::default(),
                load: RefCell::default(),
                told: RefCell::default(),
                boundary: RefCell::default(),
                settled: RefCell::default(),
            }
        });
        embedded.url_state.borrow_mut().follow(options.word("urlState"));
        if embedded.remembers.get() {
            embedded.widget.said.set(embedded.host.remembered());
        }
        embedded.dress(options);
        let view = Mount::new(&embedded.base, || view::view(&embedded.widget));
        *embedded.view.borrow_mut() = Some(view);
        later::ask_ahead(&embedded.widget);
        embedded
    }

    fn status(&self) -> &'static str {
        match &*self.widget.state.get() {
            State::Loading => "loading",
            State::Ready(loaded) if matches!(loaded.lack, Lack::Old(_)) => "stale",
            State::Ready(loaded) if !loaded.feed.events.is_empty() => "ready",
            State::Ready(_) => "empty",
            State::Stale(_) => "stale",
            State::Failed => "failed",
        }
    }

    fn update(self: &Rc<Self>, options: &Lines) {
        self.remembers.set(options.flag("remember"));
        self.url_state.borrow_mut().follow(options.word("urlState"));
        self.widget.update(options.options());
        later::ask_ahead(&self.widget);
        self.share(false);
        self.dress(options);
    }

    /// Has the page's address follow the selection, once that can be.
    fn share(&self, adds: bool) {
        if self.url_state.borrow().prefix.is_empty() {
            self.widget.address.settle(String::new());
        } else if later::is_here(&self.widget) {
            doors::share(self, adds);
        }
    }

    /// Does what follows what is shown: has search engines told of it, where the host wants that. It is asked for once there is
    /// something, so that nothing waits for it.
    fn follow_up(self: &Rc<Self>) {
        if !self.widget.options.get().json_ld || self.widget.loaded().is_none() {
            return;
        }
        if later::is_here(&self.widget) {
            doors::describe(self);
        } else {
            later::ask(&self.widget);
        }
    }

    /// What the sheet needs to know: language, colour scheme, and the association's colour.
    fn dress(self: &Rc<Self>, options: &Lines) {
        host::mark(&self.base, "lang", self.widget.language.get().tag());
        host::mark(&self.base, "data-scheme", &options.word("colorScheme"));
        self.tint();
        self.show();
    }

    /// The association's colour, as the feed has it.
    fn tint(&self) {
        let (options, loaded) = (self.widget.options.get(), self.widget.loaded());
        let mut color = "";
        if let (Some(loaded), Some(id)) = (&loaded, &options.association)
            && let Some(association) = loaded.feed.association(id)
        {
            color = association.color.as_deref().unwrap_or_default();
        }
        host::color(&self.base, color);
    }

    /// What the sheet needs to know of where the widget stands.
    fn show(self: &Rc<Self>) {
        host::mark(&self.base, "data-state", self.status());
        self.follow_up();
    }

    /// Reads what came and makes the list of it, a bit at a time: see [`Mounted::act`].
    fn go_on(self: &Rc<Self>) -> String {
        let Some(mut load) = self.load.take() else {
            let said = if self.widget.make() { "ready" } else { "piece" };
            return said.to_owned();
        };
        if load.has_twins {
            match *self.widget.later.get() {
                Later::Here => doors::unite_twins(&mut load),
                // Each has an id of its own: they are shown as they are.
                Later::Missed => {}
                Later::Away | Later::Asked => {
                    *self.load.borrow_mut() = Some(load);
                    return "later".to_owned();
                }
            }
            load.has_twins = false;
        }
        match load.step() {
            Ok(false) => *self.load.borrow_mut() = Some(load),
            Ok(true) => self.take(Ok(load)),
            Err(failure) if load.several.is_some() => return failure.message,
            Err(failure) => self.take(Err(failure)),
        }
        String::new()
    }

    /// Takes what came, or that nothing did.
    fn take(self: &Rc<Self>, outcome: Result<Box<Load>, Failure>) {
        faults::strike("load");
        self.load.take();
        let told = match outcome {
            Ok(load) => {
                let Some(mut loaded) = load.loaded else { return };
                loaded.at = now();
                self.widget.now.set(loaded.at);
                self.widget.state.set(State::Ready(Rc::new(loaded)));
                self.wait_for_boundary();
                self.tint();
                Ok(load.problems)
            }
            Err(failure) => {
                let copy = self.widget.loaded();
                // No piece follows that would make the rest of a list which has begun.
                self.widget.made.set(usize::MAX);
                self.widget.state.set(copy.map_or(State::Failed, State::Stale));
                Err(failure)
            }
        };
        *self.told.borrow_mut() = Some(told);
    }

    /// Moves the widget's clock on when the next event or rate begins or ends.
    fn wait_for_boundary(self: &Rc<Self>) {
        let Some(loaded) = self.widget.loaded() else { return };
        let shown_at = *self.widget.now.get();
        let mut next = loaded.index.borrow().next_change(shown_at);
        for event in &loaded.feed.events {
            if let Some(boundary) = next_boundary(event, shown_at)
                && next.is_none_or(|next| boundary < next)
            {
                next = Some(boundary);
            }
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
        *self.boundary.borrow_mut() = Some(Timer::new(u32::try_from(wait).unwrap_or(0), move_on));
    }

    /// Has the cards of the list that was selected made as far as they are in sight: those are seen some frames earlier than
    /// the rest. As many as there were before, and after the view's effects have run, more while there is room.
    fn make_what_is_in_sight(self: &Rc<Self>) {
        self.widget.made.set(0);
        let own = Rc::downgrade(self);
        *self.sight.borrow_mut() = Some(Effect::new(Box::new(move || {
            let Some(embedded) = own.upgrade() else { return };
            let (made, room) = (*embedded.widget.made.get(), node::room(&embedded.base));
            if room > made {
                embedded.widget.made.set(room);
            }
        })));
    }

    /// Makes the rest of the list that was selected, a piece in each frame, and settles once it has rested.
    fn rest(self: &Rc<Self>, wait: u32) {
        let own = Rc::downgrade(self);
        let act = Box::new(move || {
            let Some(embedded) = own.upgrade() else { return };
            faults::strike("timer");
            if !embedded.widget.make() {
                embedded.rest(FRAME);
            } else if wait == FRAME {
                embedded.rest(SETTLED);
            } else if embedded.widget.is_awaited(Later::Asked) {
                embedded.hear(Said::Search);
            } else {
                embedded.share(false);
                embedded.widget.announce();
                embedded.host.filter(&embedded.widget);
            }
        });
        *self.settled.borrow_mut() = Some(Timer::new(wait, act));
    }

    fn hear(self: &Rc<Self>, said: Said) -> Verdict {
        match said {
            Said::Selection | Said::Search => {
                if matches!(said, Said::Selection) {
                    self.share(true);
                }
                self.make_what_is_in_sight();
                self.rest(FRAME);
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
                self.host.retry();
                Verdict::Proceed
            }
            Said::View => {
                self.share(true);
                Verdict::Proceed
            }
            Said::Later => {
                self.host.later();
                Verdict::Proceed
            }
        }
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

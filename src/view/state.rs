//! View: what the widget knows, what follows from it, and what it tells the element.

use std::cell::RefCell;
use std::rc::Rc;

use joint_events_model::Feed;
use joint_events_model::link::Link;
use joint_events_model::month::Month;
use joint_events_model::rates::Memberships;
use joint_events_model::select::{ByFacet, Facet, Filter, Index, Past, Selection};
use joint_events_model::time::{Date, Instant};

use super::doors;
use super::later::{self, Deed, Later};
use super::live::Live;
use super::strings::{Language, Strings};
use super::switch::{Picked, View};
use super::words;

/// What the host asks for, already checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Language of the view.
    pub language: Language,
    /// Whose site this is.
    pub association: Option<String>,
    /// What the host knows of its visitor; `None`: nothing.
    pub member_of: Option<Vec<String>>,
    /// The first selection.
    pub first: ByFacet<Vec<String>>,
    /// Names of filters, and `member`, that the visitor may neither see nor change.
    pub locked: Vec<String>,
    /// Names of the filters that are offered, in order.
    pub filters: Vec<String>,
    /// What is shown first.
    pub view: View,
    /// Cards shown after any change: 1 to 50.
    pub limit: usize,
    /// Past events too?
    pub past: Past,
    /// The level of an event's title: 3 to 6.
    pub heading_level: u8,
    /// Whether search engines are told what is shown.
    pub json_ld: bool,
    /// What registration links tell of where they stand, as it stands in a query: source, medium and campaign, each empty
    /// where there is none.
    pub campaign: [String; 3],
}

impl Options {
    /// Whether a filter, or `member`, is kept from the visitor.
    pub fn is_locked(&self, name: &str) -> bool {
        self.locked.iter().any(|locked| locked == name)
    }

    /// Whether the visitor is offered a filter.
    pub fn offers(&self, name: &str) -> bool {
        self.filters.iter().any(|filter| filter == name) && !self.is_locked(name)
    }
}

/// A feed that was read, with what is worked out once for it.
#[derive(Debug)]
pub struct Loaded {
    /// The feed.
    pub feed: Feed,
    /// Its index, in which events are priced where that is wanted.
    pub index: RefCell<Index>,
    /// How many events were read, before those that are the same became one.
    pub total: usize,
    /// How many events were left out.
    pub skipped: usize,
    /// What is not there of several feeds.
    pub lack: Lack,
    /// When it came.
    pub at: Instant,
}

/// What is not there of several feeds that are shown as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// All is.
    Nothing,
    /// One is on its way.
    Awaited,
    /// One is a copy from this moment, since a later load of it failed.
    Old(Instant),
    /// One did not come.
    Part,
}

/// Where the widget stands.
#[derive(Clone, Debug)]
pub enum State {
    /// Nothing came yet.
    Loading,
    /// The feed is shown.
    Ready(Rc<Loaded>),
    /// It is shown, though a later load failed.
    Stale(Rc<Loaded>),
    /// Nothing came.
    Failed,
}

impl State {
    /// The feed that is shown.
    pub fn loaded(&self) -> Option<&Rc<Loaded>> {
        match self {
            Self::Ready(loaded) | Self::Stale(loaded) => Some(loaded),
            Self::Loading | Self::Failed => None,
        }
    }
}

impl PartialEq for State {
    /// Two states are the same if they show the same copy of a feed in the same way.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loading, Self::Loading) | (Self::Failed, Self::Failed) => true,
            (Self::Ready(one), Self::Ready(other)) | (Self::Stale(one), Self::Stale(other)) => Rc::ptr_eq(one, other),
            (Self::Loading | Self::Ready(_) | Self::Stale(_) | Self::Failed, _) => false,
        }
    }
}

/// What the view tells the element.
pub enum Said {
    /// The visitor changed the selection: more changes may follow at once.
    Selection,
    /// The visitor went to another view, or to another month.
    View,
    /// The same as a selection, by typing: more changes will follow.
    Search,
    /// The visitor said what they are a member of.
    Member(Memberships),
    /// Register was activated.
    Register(Registered),
    /// A calendar was asked for: one event's, or the whole selection's.
    Calendar {
        /// `None`: all that match.
        id: Option<String>,
        /// `ics`, `apple`, `google`, `outlook` or `subscribe`.
        target: &'static str,
        /// The file, where the target is one.
        file: Option<String>,
    },
    /// The visitor wants the feed to be asked for again.
    Retry,
    /// The visitor wants what the second part of the wasm does.
    Later,
}

/// What the host is told of a registration.
pub struct Registered {
    /// The event's id.
    pub id: String,
    /// Where the link leads.
    pub url: Link,
    /// The audience's token of the visitor's rate.
    pub audience: Option<String>,
    /// Its price as the feed writes it, and its currency.
    pub price: Option<(String, String)>,
}

/// Whether the host stopped what was about to happen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Go on.
    Proceed,
    /// It called `preventDefault()`.
    Prevented,
}

/// How the view reaches the element.
pub type Tell = Box<dyn Fn(Said) -> Verdict>;

/// Tells one moment of a widget from the next: the versions of all but the filter, and its own with that of what searches.
type Versions = ([u32; 4], [u32; 2]);

/// Cards that are made at once: a few milliseconds, and on a slow phone some more.
const PIECE: usize = 4;

/// What is known, and what follows from it.
pub struct Widget {
    /// What the host asks for.
    pub options: Live<Options>,
    /// The language of the view.
    pub language: Live<Language>,
    /// Where the widget stands.
    pub state: Live<State>,
    /// What the visitor asks for.
    pub filter: Live<Filter>,
    /// What the visitor said of their memberships.
    pub said: Live<Memberships>,
    /// The moment for which all is shown: moved on at every boundary.
    pub now: Live<Instant>,
    /// How many cards are shown at most.
    pub shown: Live<usize>,
    /// As far as this, what the list lacks is made. It comes in pieces, and those of the first list after its first one bring
    /// the choices of two filters each.
    pub made: Live<usize>,
    /// Keys of the events whose details are open.
    pub open: Live<Vec<String>>,
    /// Whether the facets are open, where they don't fit beside the search.
    pub filters_open: Live<bool>,
    /// The facet whose choices are open.
    pub opened: Live<Option<Facet>>,
    /// Whether the list is shown or a month.
    pub view: Live<View>,
    /// The month that the visitor went to; `None`: they stay where the month view opens.
    pub month: Live<Option<Month>>,
    /// The day of the month that the Tab key leads to.
    pub day: Live<Option<Date>>,
    /// What is there however far down the list it stands: in a month it is open below that.
    pub picked: Live<Picked>,
    /// The key of the event whose ways into a calendar are open; `~` where those of all that match are.
    pub calendar: Live<String>,
    /// Where the second part of the wasm stands.
    pub later: Live<Later>,
    /// What is done once it is there.
    pub due: RefCell<Option<Deed>>,
    /// What was announced last.
    pub announced: Live<String>,
    /// The key of the event that stands first though the list does not have it.
    pub pinned: Live<String>,
    /// The address of what is selected; empty where it has none.
    pub address: Live<String>,
    /// The selection that was made last, and of what.
    selected: RefCell<(Versions, Rc<Selection>)>,
    tell: Tell,
}

impl Widget {
    /// A widget that has loaded nothing yet.
    pub fn new(options: Options, now: Instant, tell: Tell) -> Self {
        Self {
            language: Live::new(options.language),
            state: Live::new(State::Loading),
            filter: Live::new(Filter {
                search: String::new(),
                choices: options.first.clone(),
            }),
            said: Live::new(Memberships::Unknown),
            now: Live::new(now),
            shown: Live::new(options.limit),
            made: Live::new(0),
            view: Live::new(options.view),
            month: Live::new(None),
            day: Live::new(None),
            picked: Live::new(Picked::Nothing),
            options: Live::new(options),
            open: Live::new(Vec::new()),
            filters_open: Live::new(false),
            opened: Live::new(None),
            calendar: Live::new(String::new()),
            later: Live::new(Later::Away),
            due: RefCell::default(),
            announced: Live::new(String::new()),
            pinned: Live::new(String::new()),
            address: Live::new(String::new()),
            selected: RefCell::new((([u32::MAX; 4], [0; 2]), Rc::default())),
            tell,
        }
    }

    /// Makes the next piece of the list, and tells whether all were made before.
    pub fn make(&self) -> bool {
        let made = *self.made.get();
        if self.loaded().is_none() || made == usize::MAX {
            return true;
        }
        let all = self.options.get().limit.max(PIECE + 2 * Facet::ALL.len());
        self.made.set(if made < all { made + PIECE } else { usize::MAX });
        false
    }

    /// Whether the choices of a filter are made.
    pub fn has_made(&self, facet: Facet) -> bool {
        *self.made.get() > PIECE + 2 * facet as usize
    }

    /// The words of the view's language.
    pub fn strings(&self) -> &'static Strings {
        self.language.get().strings()
    }

    /// The feed that is shown.
    pub fn loaded(&self) -> Option<Rc<Loaded>> {
        self.state.get().loaded().cloned()
    }

    /// Tells one copy of a feed from the next; 0 while there is none.
    pub fn copy(&self) -> usize {
        self.loaded().map_or(0, |loaded| Rc::as_ptr(&loaded).addr())
    }

    /// What the filter keeps: worked out once for all who ask before anything changes.
    pub fn selection(&self) -> Rc<Selection> {
        let priced = self.priced();
        let around = [self.options.version(), self.state.version(), self.now.version(), priced];
        let is_searched = self.is_searched();
        let searched = if is_searched { self.later.version() } else { u32::MAX };
        let of = (around, [self.filter.version(), searched]);
        let mut selected = self.selected.borrow_mut();
        if selected.0 != of {
            if priced > 0 && selected.0.0 != around {
                doors::price(self);
            }
            if later::is_here(self) {
                doors::search(self);
            }
            let past = self.options.get().past;
            let selection = self
                .loaded()
                .map(|loaded| loaded.index.borrow().select(&self.filter.get(), *self.now.get(), past));
            *selected = (of, Rc::new(selection.unwrap_or_default()));
        }
        Rc::clone(&selected.1)
    }

    /// Whether anything is searched for.
    pub fn is_searched(&self) -> bool {
        !self.filter.get().search.trim_ascii().is_empty()
    }

    /// Whether what is selected wants the second part of the wasm, which stands there.
    pub fn is_awaited(&self, at: Later) -> bool {
        *self.later.get() == at && (self.is_searched() || self.is_priced())
    }

    /// Tells one visitor from the next where events are chosen by what they cost them, and that can be told; else 0.
    pub fn priced(&self) -> u32 {
        if self.is_priced() && later::is_here(self) {
            self.said.version().wrapping_add(1)
        } else {
            0
        }
    }

    /// Whether events are chosen by what they cost the visitor, by them or by the host.
    fn is_priced(&self) -> bool {
        let (options, filter) = (self.options.get(), self.filter.get());
        for facet in [Facet::Price, Facet::Rate] {
            let is_named = options.filters.iter().any(|name| name == facet.name());
            if is_named || !filter.chosen(facet).is_empty() {
                return true;
            }
        }
        false
    }

    /// Whether the visitor is known to be a member of none.
    pub fn is_no_member(&self) -> bool {
        match &self.options.get().member_of {
            Some(ids) => ids.is_empty(),
            None => matches!(&*self.said.get(), Memberships::Known(ids) if ids.is_empty()),
        }
    }

    /// Whether the second part of the wasm is needed for what is shown, whatever the visitor does. For one who is known to be no
    /// member it is; for all others who are known it is asked for too, since no request is to tell one from the other.
    pub fn needs_later(&self) -> bool {
        self.is_priced() || self.options.get().member_of.is_some() || *self.said.get() != Memberships::Unknown
    }

    /// Whose member the visitor is.
    pub fn memberships(&self) -> Memberships {
        match &self.options.get().member_of {
            None => Memberships::clone(&self.said.get()),
            Some(ids) => memberships(ids, &self.state.get()),
        }
    }

    /// Tells the element, and hears whether the host stopped it.
    pub fn tell(&self, said: Said) -> Verdict {
        (self.tell)(said)
    }

    /// Other options. A facet whose attribute has another value starts again from it.
    pub fn update(&self, options: Options) {
        let before = self.options.get();
        if *before == options {
            return;
        }
        if before.first != options.first {
            self.change(&|filter| {
                for facet in Facet::ALL {
                    let first = options.first.get(facet);
                    if before.first.get(facet) != first {
                        filter.choices.get_mut(facet).clone_from(first);
                    }
                }
            });
        }
        if before.view != options.view {
            self.view.settle(options.view);
        }
        self.shown.settle(options.limit);
        self.language.settle(options.language);
        self.options.set(options);
    }

    /// The visitor changes the selection.
    pub fn select(&self, change: impl Fn(&mut Filter)) {
        self.change(&change);
        self.tell(Said::Selection);
    }

    /// The visitor types words.
    pub fn search(&self, words: &str) {
        self.change(&|filter| words.clone_into(&mut filter.search));
        self.tell(Said::Search);
    }

    fn change(&self, change: &dyn Fn(&mut Filter)) {
        let mut filter = Filter::clone(&self.filter.get());
        change(&mut filter);
        self.take(filter);
    }

    /// Another selection: it begins with its first cards, and none stands before them.
    pub fn take(&self, filter: Filter) {
        self.filter.set(filter);
        self.shown.settle(self.options.get().limit);
        self.pinned.settle(String::new());
        if *self.view.get() == View::List {
            self.picked.settle(Picked::Nothing);
        }
    }

    /// The visitor takes back all that they may change.
    pub fn clear(&self) {
        let options = self.options.get();
        self.select(|filter| {
            filter.search.clear();
            for facet in Facet::ALL {
                if options.offers(facet.name()) {
                    filter.choices.get_mut(facet).clear();
                }
            }
        });
    }

    /// The visitor says whose member they are.
    pub fn say(&self, memberships: Memberships) {
        self.said.set(memberships.clone());
        later::ask_ahead(self);
        if !later::is_here(self) || !doors::let_go(self) {
            self.announce();
        }
        self.tell(Said::Member(memberships));
    }

    /// Says the number of results to those who can't see it.
    pub fn announce(&self) {
        self.speak(words::results(self));
    }

    /// Says a sentence to those who can't see what it is about.
    pub fn speak(&self, mut sentence: String) {
        // The same sentence twice in a row would not be spoken: a no-break space makes it another text.
        if *self.announced.get() == sentence {
            sentence.push('\u{a0}');
        }
        self.announced.set(sentence);
    }

    /// The choices that the visitor made and can take back.
    pub fn chosen(&self) -> Vec<(Facet, String)> {
        let (options, selection) = (self.options.get(), self.selection());
        let mut chosen = Vec::new();
        for facet in Facet::ALL {
            if options.offers(facet.name()) {
                for choice in selection.facets.get(facet) {
                    if choice.chosen {
                        chosen.push((facet, choice.id.clone()));
                    }
                }
            }
        }
        chosen
    }

    /// Whether anything that the visitor can take back narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.chosen().is_empty() || !self.filter.get().search.trim_ascii().is_empty()
    }

    /// Whether one event stands alone, or none: nothing could tell it from others, and nothing is chosen that could be taken
    /// back.
    pub fn is_alone(&self) -> bool {
        let selection = self.selection();
        (selection.total == 1 || selection.events.is_empty()) && !self.is_narrowed()
    }
}

/// The known associations among ids: none named is none; only unknown ones named is not known.
fn memberships(ids: &[String], state: &State) -> Memberships {
    let Some(loaded) = state.loaded() else {
        return Memberships::Unknown;
    };
    let mut known = Vec::new();
    for id in ids {
        if loaded.feed.association(id).is_some() {
            known.push(id.clone());
        }
    }
    if known.is_empty() && !ids.is_empty() {
        Memberships::Unknown
    } else {
        Memberships::Known(known)
    }
}

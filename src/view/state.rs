//! View: what the widget knows, what follows from it, and what it tells the element.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use joint_events_model::link::Link;
use joint_events_model::rates::Memberships;
use joint_events_model::select::{ByFacet, Facet, Filter, Index, Past, Selection};
use joint_events_model::time::Instant;
use joint_events_model::{Event, Feed};
use leptos::prelude::*;

use super::strings::{Language, Strings};

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
    /// Cards shown after any change: 1 to 50.
    pub limit: usize,
    /// Past events too?
    pub past: Past,
    /// The level of an event's title: 3 to 6.
    pub heading_level: u8,
}

impl Options {
    fn is_locked(&self, name: &str) -> bool {
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
    /// Its index.
    pub index: Index,
    /// How many events were left out.
    pub skipped: usize,
    /// When it came.
    pub at: Instant,
}

/// Where the widget stands.
#[derive(Clone, Debug)]
pub enum State {
    /// Nothing came yet.
    Loading,
    /// The feed is shown.
    Ready(Arc<Loaded>),
    /// It is shown, though a later load failed.
    Stale(Arc<Loaded>),
    /// Nothing came.
    Failed,
}

impl State {
    /// The feed that is shown.
    pub fn loaded(&self) -> Option<&Arc<Loaded>> {
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
            (Self::Ready(one), Self::Ready(other)) | (Self::Stale(one), Self::Stale(other)) => Arc::ptr_eq(one, other),
            (Self::Loading | Self::Ready(_) | Self::Stale(_) | Self::Failed, _) => false,
        }
    }
}

/// What the view tells the element.
pub enum Said {
    /// The visitor changed the selection: more changes may follow at once.
    Selection,
    /// The visitor said what they are a member of.
    Member(Memberships),
    /// Register was activated.
    Register(Registered),
    /// A calendar was asked for: one event's, or the whole selection's.
    Calendar {
        /// `None`: all that match.
        id: Option<String>,
        /// `ics`, `google` or `outlook`.
        target: &'static str,
        /// The file, where the target is one.
        file: Option<String>,
    },
    /// The visitor wants the feed to be asked for again.
    Retry,
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
pub type Tell = Rc<dyn Fn(Said) -> Verdict>;

/// The widget's signals: what is known, and what follows from it.
#[derive(Clone, Copy)]
pub struct Widget {
    /// What the host asks for.
    pub options: RwSignal<Options>,
    /// Where the widget stands.
    pub state: RwSignal<State>,
    /// What the visitor asks for.
    pub filter: RwSignal<Filter>,
    /// What the visitor said of their memberships.
    pub said: RwSignal<Memberships>,
    /// The moment for which all is shown: moved on at every boundary.
    pub now: RwSignal<Instant>,
    /// How many cards are shown at most.
    pub shown: RwSignal<usize>,
    /// Keys of the events whose details are open.
    pub open: RwSignal<BTreeSet<String>>,
    /// What was announced last.
    pub announced: RwSignal<String>,
    /// What the filter keeps.
    pub selection: Memo<Arc<Selection>>,
    /// Whose member the visitor is.
    pub memberships: Memo<Memberships>,
    /// The language of the view.
    pub language: Memo<Language>,
    tell: StoredValue<Tell, LocalStorage>,
}

impl Widget {
    /// A widget that has loaded nothing yet.
    pub fn new(options: Options, now: Instant, tell: Tell) -> Self {
        let filter = RwSignal::new(Filter {
            search: String::new(),
            choices: options.first.clone(),
        });
        let shown = RwSignal::new(options.limit);
        let options = RwSignal::new(options);
        let state = RwSignal::new(State::Loading);
        let said = RwSignal::new(Memberships::Unknown);
        let now = RwSignal::new(now);
        let selection = Memo::new(move |_| {
            let past = options.with(|options| options.past);
            let selected = state.with(|state| {
                let loaded = state.loaded()?;
                Some(filter.with(|filter| loaded.index.select(filter, now.get(), past)))
            });
            Arc::new(selected.unwrap_or_default())
        });
        let memberships = Memo::new(move |_| {
            let known = options.with(|options| options.member_of.clone());
            known.map_or_else(|| said.get(), |ids| state.with(|state| memberships(&ids, state)))
        });
        Self {
            options,
            state,
            filter,
            said,
            now,
            shown,
            open: RwSignal::new(BTreeSet::new()),
            announced: RwSignal::new(String::new()),
            selection,
            memberships,
            language: Memo::new(move |_| options.with(|options| options.language)),
            tell: StoredValue::new_local(tell),
        }
    }

    /// The words of the view's language.
    pub fn strings(self) -> &'static Strings {
        self.language.get().strings()
    }

    /// The feed that is shown.
    pub fn loaded(self) -> Option<Arc<Loaded>> {
        self.state.with(|state| state.loaded().cloned())
    }

    /// The same, without following it.
    pub fn loaded_untracked(self) -> Option<Arc<Loaded>> {
        self.state.with_untracked(|state| state.loaded().cloned())
    }

    /// Something of the event at a place of the feed.
    pub fn with_event<T>(self, place: usize, take: impl FnOnce(&Event, &Feed) -> T) -> Option<T> {
        let loaded = self.loaded()?;
        let event = loaded.feed.events.get(place)?;
        Some(take(event, &loaded.feed))
    }

    /// Tells the element, and hears whether the host stopped it.
    pub fn tell(self, said: Said) -> Verdict {
        let Some(tell) = self.tell.try_get_value() else {
            return Verdict::Proceed;
        };
        tell(said)
    }

    /// Other options. A facet whose attribute has another value starts again from it.
    pub fn update(self, options: Options) {
        let before = self.options.get_untracked();
        if before == options {
            return;
        }
        let changed: Vec<Facet> = Facet::ALL
            .into_iter()
            .filter(|facet| before.first.get(*facet) != options.first.get(*facet))
            .collect();
        if !changed.is_empty() {
            self.filter.update(|filter| {
                for facet in changed {
                    filter.choices.get_mut(facet).clone_from(options.first.get(facet));
                }
            });
        }
        self.shown.set(options.limit);
        self.options.set(options);
    }

    /// The visitor changes the selection.
    pub fn select(self, change: impl FnOnce(&mut Filter)) {
        self.shown.set(self.options.with_untracked(|options| options.limit));
        self.filter.update(change);
        self.tell(Said::Selection);
    }

    /// The visitor takes back all that they may change.
    pub fn clear(self) {
        let first = self.options.with_untracked(|options| {
            let mut kept = Filter::default();
            for facet in Facet::ALL.into_iter().filter(|facet| options.is_locked(facet.name())) {
                kept.choices.get_mut(facet).clone_from(options.first.get(facet));
            }
            kept
        });
        self.select(|filter| *filter = first);
    }

    /// The visitor says whose member they are.
    pub fn say(self, memberships: Memberships) {
        self.said.set(memberships.clone());
        self.announce();
        self.tell(Said::Member(memberships));
    }

    /// Says the number of results to those who can't see it.
    pub fn announce(self) {
        let count = self.selection.with_untracked(|selection| selection.events.len());
        let sentence = (self.language.get_untracked().strings().results)(count);
        // The same sentence twice in a row would not be spoken: a no-break space makes it another text.
        self.announced.update(|said| {
            *said = if *said == sentence {
                format!("{sentence}\u{a0}")
            } else {
                sentence
            };
        });
    }

    /// How many choices the visitor made that they can take back.
    pub fn chosen(self) -> usize {
        self.options.with(|options| {
            self.filter.with(|filter| {
                let facets = Facet::ALL.into_iter().filter(|facet| options.offers(facet.name()));
                facets.map(|facet| filter.chosen(facet).len()).sum()
            })
        })
    }

    /// Whether anything that the visitor can take back narrows the list.
    pub fn is_narrowed(self) -> bool {
        self.chosen() > 0 || self.filter.with(|filter| !filter.search.trim().is_empty())
    }
}

/// The known associations among ids: none named is none; only unknown ones named is not known.
fn memberships(ids: &[String], state: &State) -> Memberships {
    let Some(loaded) = state.loaded() else {
        return Memberships::Unknown;
    };
    let known: Vec<String> = ids
        .iter()
        .filter(|id| loaded.feed.association(id).is_some())
        .cloned()
        .collect();
    if known.is_empty() && !ids.is_empty() {
        Memberships::Unknown
    } else {
        Memberships::Known(known)
    }
}

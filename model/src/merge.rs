//! Model: several feeds → one, with one event of those that are told to be the same (`sameAs`), across feeds and within one.
//!
//! The first feed has the say: the document's own fields are its, and of an id that several have its event stands. Nothing
//! else is lost: vocabularies are united, and every id leads to one event, whose own it is or among whose `same_as` it stands.

mod event;

use std::borrow::Cow;
use std::mem;
use std::vec;

use crate::ids::Ids;
use crate::{Association, Event, Feed, Term};

/// The number of the last feed that is told from those after it.
const LAST_FEED: u32 = 63;

/// Most events that become one; any further one stands by itself. It keeps a feed that calls all events the same from
/// taking the time of a visitor, or the list.
pub const MOST_SAME: usize = 16;

/// Feeds on their way to one, a bit at a time.
///
/// ```
/// use joint_events_model::{merge::Merge, read::read};
///
/// let feed = |id: &str, same: &str| {
///     let text = format!(r#"{{"format": "joint-events", "version": "1.0", "events": [{{"id": "{id}", "sameAs": ["{same}"],
///         "title": {{"en": "Forum"}}, "start": "2027-03-09", "timeZone": "America/Toronto", "organizers": ["lso"]}}]}}"#);
///     read(&text).map(|reading| reading.feed)
/// };
/// let mut merge = Merge::begin(feed("forum", "lso-forum")?, vec![feed("lso-forum", "other")?]);
/// while !merge.step(16) {}
/// let events = merge.done().events;
/// assert_eq!(events.len(), 1);
/// assert_eq!(events[0].same_as, ["lso-forum", "other"]);
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub struct Merge {
    feed: Feed,
    /// Feeds whose events have not come yet, the next one last.
    rest: Vec<Feed>,
    coming: vec::IntoIter<Event>,
    /// The place of each key.
    keys: Ids<'static>,
    /// For each event the place of one that is the same and stands before it, or its own.
    same: Vec<usize>,
    /// How many events are the same, at the place of the first of them.
    sizes: Vec<usize>,
    /// Which feeds those are of, as bits, there; and which feed comes.
    feeds: Vec<u64>,
    number: u32,
    /// The feed of each event, as a bit.
    own: Vec<u64>,
    /// For each event its place once all is done.
    places: Vec<usize>,
    /// Other ids that a later feed has for an event: its place, and they.
    claims: Vec<(usize, Vec<String>)>,
    phase: Phase,
    /// The next event that the phase is about.
    next: usize,
    /// How many events are left.
    kept: usize,
}

/// What is done for one event after the other, before the next phase is begun.
#[derive(Clone, Copy)]
enum Phase {
    /// It comes, unless one of its key is there.
    Come,
    /// It is told to be the same as others.
    Compare,
    /// It becomes one with the first of those.
    Unite,
}

impl Merge {
    /// Begins with the feed that has the say, and the others in the order in which they have it after it.
    pub fn begin(first: Feed, mut others: Vec<Feed>) -> Self {
        let mut feed = first;
        let mut count = feed.events.len();
        for other in &mut others {
            count = count.saturating_add(other.events.len());
            unite_associations(&mut feed.associations, mem::take(&mut other.associations));
            unite_terms(&mut feed.provinces, mem::take(&mut other.provinces));
            unite_terms(&mut feed.themes, mem::take(&mut other.themes));
            unite_terms(&mut feed.audiences, mem::take(&mut other.audiences));
        }
        others.reverse();
        feed.events.reserve_exact(count.saturating_sub(feed.events.len()));
        Self {
            feed,
            rest: others,
            coming: Vec::new().into_iter(),
            keys: Ids::default(),
            same: Vec::with_capacity(count),
            sizes: Vec::with_capacity(count),
            feeds: Vec::with_capacity(count),
            number: 0,
            own: Vec::with_capacity(count),
            places: Vec::with_capacity(count),
            claims: Vec::new(),
            phase: Phase::Come,
            next: 0,
            kept: 0,
        }
    }

    /// Goes on by so many events, and tells whether that was all.
    pub fn step(&mut self, count: usize) -> bool {
        for _ in 0..count {
            let goes_on = match self.phase {
                Phase::Come => self.come(),
                Phase::Compare => self.compare(),
                Phase::Unite => self.unite(),
            };
            if goes_on {
                continue;
            }
            self.next = 0;
            self.phase = match self.phase {
                Phase::Come => Phase::Compare,
                Phase::Compare => Phase::Unite,
                Phase::Unite => return true,
            };
        }
        false
    }

    /// The one feed, as far as it is there.
    pub fn done(mut self) -> Feed {
        if matches!(self.phase, Phase::Unite) {
            self.feed.events.truncate(self.kept);
        }
        self.feed
    }

    fn come(&mut self) -> bool {
        if let Some(event) = self.feed.events.get(self.next) {
            self.keys.insert(Cow::from(event.key.clone()), self.next);
            self.same.push(self.next);
            self.sizes.push(1);
            let feed = 1_u64.wrapping_shl(self.number);
            self.feeds.push(feed);
            self.own.push(feed);
            self.places.push(0);
            self.next = self.next.wrapping_add(1);
            return true;
        }
        if let Some(event) = self.coming.next() {
            match self.keys.number(&event.key) {
                Some(place) => self.claims.push((place, event.same_as)),
                None => self.feed.events.push(event),
            }
            return true;
        }
        match self.rest.pop() {
            Some(feed) => {
                self.coming = feed.events.into_iter();
                self.number = self.number.saturating_add(1).min(LAST_FEED);
            }
            None => return false,
        }
        true
    }

    fn compare(&mut self) -> bool {
        if let Some(event) = self.feed.events.get_mut(self.next) {
            let ids = mem::take(&mut event.same_as);
            let own = self.own.get(self.next).copied().unwrap_or_default();
            self.join(self.next, &ids, own);
            if let Some(event) = self.feed.events.get_mut(self.next) {
                event.same_as = ids;
            }
            self.next = self.next.wrapping_add(1);
            return true;
        }
        let Some((place, ids)) = self.claims.pop() else {
            return false;
        };
        self.join(place, &ids, 0);
        if let Some(event) = self.feed.events.get_mut(place) {
            event::unite_ids(&mut event.same_as, ids);
        }
        true
    }

    /// Notes that an event is the same as those of some ids. Two events of a feed become one by its own word alone, which is
    /// said by the feed of that bit: another could hide one behind the other.
    fn join(&mut self, place: usize, ids: &[String], says: u64) {
        for id in ids {
            // One that is marked as a repetition has the id of another, which it does not mean by its own.
            let is_own = self.feed.events.get(place).is_some_and(|event| event.id == *id);
            let Some(other) = self.keys.number(id).filter(|_| !is_own) else {
                continue;
            };
            let may_share = self.own.get(other).copied().unwrap_or_default() & says;
            let (one, other) = (self.first(place), self.first(other));
            let (first, later) = if one < other { (one, other) } else { (other, one) };
            let size = |place: usize| self.sizes.get(place).copied().unwrap_or_default();
            let size = size(first).saturating_add(size(later));
            let feeds = |place: usize| self.feeds.get(place).copied().unwrap_or_default();
            let (shared, all) = (feeds(first) & feeds(later), feeds(first) | feeds(later));
            if first == later || size > MOST_SAME || shared & !may_share != 0 {
                continue;
            }
            if let (Some(same), Some(own), Some(feeds)) = (
                self.same.get_mut(later),
                self.sizes.get_mut(first),
                self.feeds.get_mut(first),
            ) {
                *same = first;
                *own = size;
                *feeds = all;
            }
        }
    }

    /// The place of the first event that is the same. The way there is made shorter for the next who asks.
    fn first(&mut self, mut place: usize) -> usize {
        loop {
            let before = self.same.get(place).copied().unwrap_or(place);
            if before == place {
                return place;
            }
            let first = self.same.get(before).copied().unwrap_or(before);
            if let Some(same) = self.same.get_mut(place) {
                *same = first;
            }
            place = first;
        }
    }

    fn unite(&mut self) -> bool {
        let place = self.next;
        if place >= self.feed.events.len() {
            return false;
        }
        let first = self.first(place);
        if first == place {
            self.feed.events.swap(place, self.kept);
            if let Some(own) = self.places.get_mut(place) {
                *own = self.kept;
            }
            self.kept = self.kept.wrapping_add(1);
        } else {
            let to = self.places.get(first).copied().unwrap_or_default();
            let (before, after) = self.feed.events.split_at_mut(place);
            if let (Some(own), Some(other)) = (before.get_mut(to), after.first_mut()) {
                event::unite(own, other);
            }
        }
        self.next = place.wrapping_add(1);
        true
    }
}

fn unite_associations(own: &mut Vec<Association>, others: Vec<Association>) {
    let mut met = Ids::default();
    for association in own.iter() {
        met.insert(Cow::from(association.id.clone()), 0);
    }
    for association in others {
        if met.number(&association.id).is_none() {
            own.push(association);
        }
    }
}

fn unite_terms(own: &mut Vec<Term>, others: Vec<Term>) {
    let mut met = Ids::default();
    for term in own.iter() {
        met.insert(Cow::from(term.id.clone()), 0);
    }
    for term in others {
        if met.number(&term.id).is_none() {
            own.push(term);
        }
    }
}

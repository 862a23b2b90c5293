//! Model: which events a visitor's choice keeps, in which order, and what each further choice would give.

pub mod price;
pub mod search;
mod vocabulary;

use crate::time::{Date, Instant, Span};
use crate::{Attendance, Event, Feed, Status};
use vocabulary::Vocabulary;

/// The choice of events without a province that take place online.
pub const ONLINE: &str = "online";
/// The choice of events whose ids are of no vocabulary.
pub const OTHER: &str = "other";
/// What the feed writes for every province.
const EVERYWHERE: &str = "CA";

/// What events can be chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// ISO 3166-2 ids, `online` and `other`.
    Province,
    /// Ids of the feed's themes, and `other`.
    Theme,
    /// `inPerson`, `hybrid`, `online`.
    Format,
    /// Ids of the feed's associations, and `other`.
    Organizer,
    /// Primary BCP 47 subtags of the languages spoken.
    EventLanguage,
    /// `YYYY-MM` of the start.
    Month,
    /// What an event costs the visitor: the choices of [`price`], once events are priced.
    Price,
    /// Whether an event has a rate for the visitor as a member: [`price::MINE`], once events are priced for one.
    Rate,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Province,
        Self::Theme,
        Self::Format,
        Self::Organizer,
        Self::EventLanguage,
        Self::Month,
        Self::Price,
        Self::Rate,
    ];

    /// Whether its choices depend on the visitor and the moment: there are none before [`price::price`].
    pub fn is_priced(self) -> bool {
        matches!(self, Self::Price | Self::Rate)
    }

    /// The name that the embed's attributes use.
    ///
    /// ```
    /// assert_eq!(joint_events_model::select::Facet::EventLanguage.name(), "event-language");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Theme => "theme",
            Self::Format => "format",
            Self::Organizer => "organizer",
            Self::EventLanguage => "event-language",
            Self::Month => "month",
            Self::Price => "price",
            Self::Rate => "rate",
        }
    }
}

/// One value for each facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ByFacet<T>([T; 8]);

impl<T: Default> Default for ByFacet<T> {
    fn default() -> Self {
        Self::of(&mut |_| T::default())
    }
}

impl<T> ByFacet<T> {
    // Not inlined: what is made is large, and would stand eight times in the binary; nor by `map`, whose own is larger.
    fn of(make: &mut dyn FnMut(Facet) -> T) -> Self {
        Self([
            make(Facet::Province),
            make(Facet::Theme),
            make(Facet::Format),
            make(Facet::Organizer),
            make(Facet::EventLanguage),
            make(Facet::Month),
            make(Facet::Price),
            make(Facet::Rate),
        ])
    }

    /// The facet's value.
    pub fn get(&self, facet: Facet) -> &T {
        let [province, theme, format, organizer, event_language, month, price, rate] = &self.0;
        match facet {
            Facet::Province => province,
            Facet::Theme => theme,
            Facet::Format => format,
            Facet::Organizer => organizer,
            Facet::EventLanguage => event_language,
            Facet::Month => month,
            Facet::Price => price,
            Facet::Rate => rate,
        }
    }

    /// The facet's value, to change it.
    pub fn get_mut(&mut self, facet: Facet) -> &mut T {
        let [province, theme, format, organizer, event_language, month, price, rate] = &mut self.0;
        match facet {
            Facet::Province => province,
            Facet::Theme => theme,
            Facet::Format => format,
            Facet::Organizer => organizer,
            Facet::EventLanguage => event_language,
            Facet::Month => month,
            Facet::Price => price,
            Facet::Rate => rate,
        }
    }
}

/// What a visitor asks for: choices within a facet widen, facets narrow each other, and so does the search.
///
/// ```
/// use joint_events_model::select::{Facet, Filter};
///
/// let mut filter = Filter::default();
/// filter.toggle(Facet::Province, "CA-QC");
/// assert_eq!(filter.chosen(Facet::Province), ["CA-QC"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words as typed.
    pub search: String,
    /// Ids that are chosen, in the order of choosing.
    pub choices: ByFacet<Vec<String>>,
}

impl Filter {
    /// The chosen ids of a facet.
    pub fn chosen(&self, facet: Facet) -> &[String] {
        self.choices.get(facet)
    }

    /// Chooses an id, or takes the choice back.
    pub fn toggle(&mut self, facet: Facet, id: &str) {
        toggle(self.choices.get_mut(facet), id);
    }
}

/// Adds an id to those that are chosen, or takes it out.
///
/// ```
/// let mut chosen = vec!["lso".to_owned()];
/// joint_events_model::select::toggle(&mut chosen, "bioquebec");
/// joint_events_model::select::toggle(&mut chosen, "lso");
/// assert_eq!(chosen, ["bioquebec"]);
/// ```
pub fn toggle(chosen: &mut Vec<String>, id: &str) {
    match chosen.iter().position(|other| other == id) {
        Some(place) => drop(chosen.remove(place)),
        None => chosen.push(id.to_owned()),
    }
}

/// Whether past events are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// They are left out.
    Hidden,
    /// They come last.
    Shown,
}

/// Under which heading an event stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Section {
    /// Happening now.
    Running,
    /// The month of its start.
    Month {
        /// As in a date.
        year: i32,
        /// 1 to 12.
        month: u8,
    },
    /// Over.
    Past,
}

/// A value of a facet, as it is offered to the visitor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What events and attributes call it.
    pub id: String,
    /// How many events it would keep, given the other facets and the search.
    pub count: usize,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// What a filter keeps, and what could be chosen next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Places of the events in the feed, in the order of the list, each with its section.
    pub events: Vec<(usize, Section)>,
    /// How many events there are for any filter to keep.
    pub total: usize,
    /// The choices of every facet, in the order of the feed.
    pub facets: ByFacet<Vec<Choice>>,
}

/// What is worked out once for a feed, so that every selection is one pass over its events.
#[derive(Clone, Debug)]
pub struct Index {
    entries: Vec<Entry>,
    /// Places of the events, in the order of a list of upcoming ones.
    order: Vec<usize>,
    vocabularies: ByFacet<Vocabulary>,
    texts: search::Texts,
}

#[derive(Clone, Debug)]
struct Entry {
    span: Span,
    /// Numbers of the choices that the event counts under.
    choices: ByFacet<Vec<usize>>,
    /// How many of its provinces the event names. Those after them it has for being everywhere: it counts under them
    /// where they are offered, but does not make them be.
    named_provinces: usize,
}

impl Entry {
    fn new(event: &Event, vocabularies: &ByFacet<Vocabulary>) -> Self {
        let mut choices = ByFacet::of(&mut |facet| vocabularies.get(facet).named(event, facet));
        let provinces = choices.get_mut(Facet::Province);
        let named_provinces = provinces.len();
        if event.provinces.iter().any(|id| id == EVERYWHERE) {
            for number in vocabularies.get(Facet::Province).provinces() {
                if !provinces.contains(&number) {
                    provinces.push(number);
                }
            }
        }
        Self {
            span: event.span(),
            choices,
            named_provinces,
        }
    }
}

impl Index {
    /// The index of a feed.
    pub fn new(feed: &Feed) -> Self {
        let mut index = Self::begin(feed);
        index.step(feed, usize::MAX);
        index
    }

    /// The index of a feed as far as it is there before any event: [`step`](Self::step) does the rest bit by bit.
    ///
    /// ```
    /// use joint_events_model::{read::read, select::Index};
    ///
    /// let feed = read(r#"{"format": "joint-events", "version": "1.0", "events": []}"#)?.feed;
    /// let mut index = Index::begin(&feed);
    /// while !index.step(&feed, 8) {}
    /// # Ok::<(), joint_events_model::read::ReadError>(())
    /// ```
    pub fn begin(feed: &Feed) -> Self {
        let mut list: Vec<(usize, &Event)> = Vec::with_capacity(feed.events.len());
        for (place, event) in feed.events.iter().enumerate() {
            list.push((place, event));
        }
        list.sort_unstable_by(|(first, one), (second, other)| {
            one.start
                .list_order(&other.start)
                .then_with(|| one.span().ends().cmp(&other.span().ends()))
                .then_with(|| one.key.cmp(&other.key))
                .then_with(|| first.cmp(second))
        });
        let vocabularies = ByFacet::of(&mut |facet| Vocabulary::new(feed, &list, facet));
        let mut order = Vec::with_capacity(list.len());
        for (place, _) in &list {
            order.push(*place);
        }
        Self {
            entries: Vec::with_capacity(list.len()),
            order,
            vocabularies,
            texts: search::Texts::default(),
        }
    }

    /// Goes on by so many events of the same feed, and tells whether all are there. Nothing is selected of those that
    /// are not.
    pub fn step(&mut self, feed: &Feed, count: usize) -> bool {
        for event in feed.events.iter().skip(self.entries.len()).take(count) {
            self.entries.push(Entry::new(event, &self.vocabularies));
        }
        self.entries.len() >= feed.events.len()
    }

    /// What a filter keeps at a moment.
    ///
    /// Every count is of the events that match the search and all *other* facets. The search is that of [`search::search`],
    /// whatever the filter says. A choice that no event has is not offered, unless it is chosen: a chosen one never vanishes.
    pub fn select(&self, filter: &Filter, now: Instant, past: Past) -> Selection {
        let mut tallies = ByFacet::of(&mut |facet| self.tallies(filter, facet));
        let mut sections = <[Vec<(usize, Section)>; 3]>::default();
        let [running, upcoming, over] = &mut sections;
        let mut total = 0_usize;
        for place in &self.order {
            let Some(entry) = self.entries.get(*place) else {
                continue;
            };
            let is_past = entry.span.is_past(now);
            if is_past && past == Past::Hidden {
                continue;
            }
            total = total.wrapping_add(1);
            let mut failing = None;
            // An event that two facets leave out counts nowhere, whatever its text.
            let mut found = true;
            // Facets go by their place in `Facet::ALL` here: this is what a visitor who types waits for.
            for (facet, (own, tallies)) in entry.choices.0.iter().zip(&tallies.0).enumerate() {
                if tallies.leave_out(own) {
                    found &= failing.is_none();
                    failing = Some(facet);
                }
            }
            found = found && self.texts.has(*place);
            for (facet, (own, tallies)) in entry.choices.0.iter().zip(&mut tallies.0).enumerate() {
                let counts = found && failing.is_none_or(|failing| failing == facet);
                let is_reason = |nth: usize| facet != Facet::Province as usize || nth < entry.named_provinces;
                for (nth, number) in own.iter().enumerate() {
                    if let Some(tally) = tallies.of.get_mut(*number) {
                        tally.offered |= is_reason(nth);
                        tally.count = tally.count.wrapping_add(usize::from(counts));
                    }
                }
            }
            if !found || failing.is_some() {
                continue;
            }
            let Date { year, month, .. } = entry.span.start.date();
            let (list, section) = if is_past {
                (&mut *over, Section::Past)
            } else if entry.span.is_running(now) {
                (&mut *running, Section::Running)
            } else {
                (&mut *upcoming, Section::Month { year, month })
            };
            list.push((*place, section));
        }
        over.reverse();
        running.append(upcoming);
        running.append(over);
        let [events, ..] = sections;
        let facets = ByFacet::of(&mut |facet| {
            let ids = self.vocabularies.get(facet).ids();
            offered(self.chosen(filter, facet), ids, &tallies.get(facet).of)
        });
        Selection { events, total, facets }
    }

    /// What is counted for the choices of a facet, before anything is.
    fn tallies(&self, filter: &Filter, facet: Facet) -> Tallies {
        let vocabulary = self.vocabularies.get(facet);
        let chosen = self.chosen(filter, facet);
        let mut of = Vec::new();
        for _ in vocabulary.ids() {
            of.push(Tally::default());
        }
        for id in chosen {
            let tally = vocabulary.number(id).and_then(|number| of.get_mut(number));
            if let Some(tally) = tally {
                tally.chosen = true;
            }
        }
        Tallies {
            of,
            narrow: !chosen.is_empty(),
        }
    }

    /// The chosen ids of a facet that have force: of prices and rates none, while there is nothing to choose from. That is so
    /// before events are priced, and of rates for a visitor who is no known member.
    fn chosen<'a>(&self, filter: &'a Filter, facet: Facet) -> &'a [String] {
        if facet.is_priced() && self.vocabularies.get(facet).ids().is_empty() {
            return &[];
        }
        filter.chosen(facet)
    }

    /// Whether a facet has an id among its choices, whatever is offered of them now.
    pub fn knows(&self, facet: Facet, id: &str) -> bool {
        self.vocabularies.get(facet).number(id).is_some()
    }

    /// Places of the events that a selection has, by their starts: past ones first, where there are any.
    pub fn by_start(&self, selection: &Selection) -> Vec<usize> {
        let mut is_kept = Vec::new();
        is_kept.resize(self.entries.len(), false);
        for (place, _) in &selection.events {
            if let Some(is_kept) = is_kept.get_mut(*place) {
                *is_kept = true;
            }
        }
        let mut places = self.order.clone();
        places.retain(|place| is_kept.get(*place) == Some(&true));
        places
    }

    /// The next moment after `now` at which an event begins or ends.
    pub fn next_change(&self, now: Instant) -> Option<Instant> {
        let mut next = None;
        for entry in &self.entries {
            for bound in [entry.span.begins(), entry.span.ends()] {
                if bound > now && next.is_none_or(|next| bound < next) {
                    next = Some(bound);
                }
            }
        }
        next
    }
}

/// What is counted for one facet.
struct Tallies {
    /// By the number of the choice.
    of: Vec<Tally>,
    /// Whether anything is chosen.
    narrow: bool,
}

impl Tallies {
    /// Whether the facet leaves out an event with these choices.
    fn leave_out(&self, own: &[usize]) -> bool {
        let is_chosen = |number: &usize| self.of.get(*number).is_some_and(|tally| tally.chosen);
        self.narrow && !own.iter().any(is_chosen)
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    count: usize,
    offered: bool,
    chosen: bool,
}

fn offered(chosen: &[String], ids: &[String], tallies: &[Tally]) -> Vec<Choice> {
    let mut offered: Vec<Choice> = Vec::new();
    for (id, tally) in ids.iter().zip(tallies) {
        if tally.chosen || tally.offered {
            offered.push(Choice {
                id: id.clone(),
                count: tally.count,
                chosen: tally.chosen,
            });
        }
    }
    for id in chosen {
        if offered.iter().all(|choice| choice.id != *id) {
            offered.push(Choice {
                id: id.clone(),
                count: 0,
                chosen: true,
            });
        }
    }
    offered
}

/// How one attends, as the event stands now: one that moved online is online, whatever was planned.
pub fn format(event: &Event) -> Option<Attendance> {
    if event.status == Status::MovedOnline {
        Some(Attendance::Online)
    } else {
        event.attendance
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primary_language;
    use crate::read::read;
    use crate::text::fold;
    use crate::time::When;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const NOW: &str = "2027-03-01T12:00:00-05:00";

    /// A feed of two associations, three provinces and two themes, with events of `id|more members`.
    #[track_caller]
    fn feed(events: &[&str]) -> Feed {
        let event = |event: &&str| {
            let (id, more) = event.split_once('|').expect("id|members");
            let start = if more.contains("\"start\"") {
                ""
            } else {
                "\"start\": \"2027-03-09\","
            };
            let title = if more.contains("\"title\"") {
                ""
            } else {
                "\"title\": {\"fr\": \"Gala\"},"
            };
            let organizers = if more.contains("\"organizers\"") {
                ""
            } else {
                "\"organizers\": [\"lso\"],"
            };
            format!(
                "{{{start}{title}{organizers}\"id\": \"{id}\", \"timeZone\": \"America/Toronto\", {more} \"x-end\": 0}}"
            )
        };
        let events = events.iter().map(event).collect::<Vec<_>>().join(",");
        let text = format!(
            r#"{{"format": "joint-events", "version": "1.0", "languages": ["fr", "en"],
            "associations": [{{"id": "bioquebec", "name": {{"fr": "BIOQuébec"}}}},
                             {{"id": "lso", "name": {{"en": "Life Sciences Ontario"}}, "shortName": "LSO"}}],
            "provinces": [{{"id": "CA-QC", "label": {{"fr": "Québec"}}}}, {{"id": "CA-ON", "label": {{"fr": "Ontario"}}}},
                          {{"id": "US-MA", "label": {{"fr": "Massachusetts"}}}}],
            "themes": [{{"id": "policy", "label": {{"fr": "Politiques publiques"}}}}, {{"id": "talent", "label": {{"fr": "Relève"}}}}],
            "events": [{events}]}}"#
        );
        read(&text).unwrap_or_else(|error| panic!("{error}: {text}")).feed
    }

    fn instant(text: &str) -> Instant {
        match When::parse(text) {
            Some(When::DateTime(moment)) => moment.instant(),
            _ => panic!("{text}"),
        }
    }

    fn select(feed: &Feed, filter: &Filter, past: Past) -> Selection {
        let mut index = Index::new(feed);
        search::search(&mut index, feed, &filter.search);
        index.select(filter, instant(NOW), past)
    }

    fn kept(feed: &Feed, filter: &Filter) -> Vec<String> {
        let selection = select(feed, filter, Past::Hidden);
        selection
            .events
            .iter()
            .map(|(place, _)| feed.events[*place].id.clone())
            .collect()
    }

    fn found(feed: &Feed, search: &str) -> Vec<String> {
        kept(
            feed,
            &Filter {
                search: search.to_owned(),
                ..Filter::default()
            },
        )
    }

    fn chosen(choices: &[(Facet, &str)]) -> Filter {
        let mut filter = Filter::default();
        choices.iter().for_each(|(facet, id)| filter.toggle(*facet, id));
        filter
    }

    fn counts(feed: &Feed, filter: &Filter, facet: Facet) -> Vec<(String, usize)> {
        let selection = select(feed, filter, Past::Hidden);
        selection
            .facets
            .get(facet)
            .iter()
            .map(|choice| (choice.id.clone(), choice.count))
            .collect()
    }

    #[track_caller]
    fn offers(feed: &Feed, filter: &Filter, facet: Facet, expected: &[(&str, usize)]) {
        let expected: Vec<(String, usize)> = expected.iter().map(|(id, count)| ((*id).to_owned(), *count)).collect();
        assert_eq!(counts(feed, filter, facet), expected);
    }

    const ONTARIO: &str = r#"a|"provinces": ["CA-ON"],"#;
    const QUEBEC: &str = r#"b|"provinces": ["CA-QC"],"#;

    #[test]
    fn what_a_feed_or_its_events_name_is_known_and_nothing_else() {
        let index = Index::new(&feed(&[r#"a|"languages": ["fr-CA"],"#]));
        for (facet, known, unknown) in [
            (Facet::Province, "US-MA", "US-NY"),
            (Facet::Theme, "talent", "financing"),
            (Facet::Format, "hybrid", "inperson"),
            (Facet::Organizer, OTHER, "massbio"),
            (Facet::EventLanguage, "fr", "fr-CA"),
            (Facet::Month, "2027-03", "2027-04"),
        ] {
            assert!(index.knows(facet, known), "{known}");
            assert!(!index.knows(facet, unknown), "{unknown}");
            assert!(!index.knows(facet, ""));
        }
    }

    #[test]
    fn provinces_stand_in_the_feeds_order_then_other_canadian_ones_then_online_then_other() {
        let feed = feed(&[
            ONTARIO,
            QUEBEC,
            r#"c|"provinces": ["CA-MB", "CA-AB"],"#,
            r#"d|"attendance": "online","#,
            r#"e|"provinces": ["FR-75"],"#,
            r#"f|"provinces": ["US-MA"],"#,
            "g|",
        ]);
        let expected = [
            ("CA-QC", 1),
            ("CA-ON", 1),
            ("US-MA", 1),
            ("CA-AB", 1),
            ("CA-MB", 1),
            ("online", 1),
            ("other", 2),
        ];
        offers(&feed, &Filter::default(), Facet::Province, &expected);
    }

    #[test]
    fn the_total_is_of_what_a_filter_could_keep_whatever_it_keeps() {
        let feed = feed(&[ONTARIO, QUEBEC, r#"c|"start": "2020-01-10","#]);
        let filter = chosen(&[(Facet::Province, "CA-QC")]);
        assert_eq!(select(&feed, &filter, Past::Hidden).total, 2);
        assert_eq!(select(&feed, &filter, Past::Shown).total, 3);
    }

    #[test]
    fn a_province_that_no_event_has_is_not_offered() {
        offers(&feed(&[QUEBEC]), &Filter::default(), Facet::Province, &[("CA-QC", 1)]);
    }

    #[test]
    fn the_venues_region_stands_for_provinces_that_the_event_does_not_name() {
        let feed = feed(&[r#"a|"venue": {"region": "CA-ON"},"#]);
        offers(&feed, &Filter::default(), Facet::Province, &[("CA-ON", 1)]);
    }

    #[test]
    fn an_event_of_all_canada_counts_under_every_province_offered() {
        let feed = feed(&[ONTARIO, QUEBEC, r#"c|"provinces": ["CA"],"#]);
        offers(
            &feed,
            &Filter::default(),
            Facet::Province,
            &[("CA-QC", 2), ("CA-ON", 2)],
        );
        assert_eq!(kept(&feed, &chosen(&[(Facet::Province, "CA-ON")])), ["a", "c"]);
    }

    #[test]
    fn a_province_that_an_event_of_all_canada_names_is_offered() {
        let feed = feed(&[r#"a|"provinces": ["CA", "CA-QC"],"#]);
        offers(&feed, &Filter::default(), Facet::Province, &[("CA-QC", 1)]);
    }

    #[test]
    fn a_chosen_province_is_offered_so_an_event_of_all_canada_counts_under_it() {
        let feed = feed(&[ONTARIO, r#"c|"provinces": ["CA"],"#]);
        let filter = chosen(&[(Facet::Province, "CA-YT")]);
        offers(&feed, &filter, Facet::Province, &[("CA-ON", 2), ("CA-YT", 1)]);
        assert_eq!(kept(&feed, &filter), ["c"]);
    }

    #[test]
    fn choices_within_a_facet_widen() {
        let feed = feed(&[ONTARIO, QUEBEC, r#"c|"provinces": ["CA-MB"],"#]);
        let both = chosen(&[(Facet::Province, "CA-ON"), (Facet::Province, "CA-QC")]);
        assert_eq!(kept(&feed, &both), ["a", "b"]);
    }

    #[test]
    fn facets_narrow_each_other_and_each_count_ignores_its_own_facet() {
        let feed = feed(&[
            r#"a|"provinces": ["CA-ON"], "themes": ["policy"],"#,
            r#"b|"provinces": ["CA-QC"], "themes": ["policy"],"#,
            r#"c|"provinces": ["CA-QC"], "themes": ["talent"],"#,
        ]);
        let filter = chosen(&[(Facet::Province, "CA-QC"), (Facet::Theme, "policy")]);
        assert_eq!(kept(&feed, &filter), ["b"]);
        offers(&feed, &filter, Facet::Province, &[("CA-QC", 1), ("CA-ON", 1)]);
        offers(&feed, &filter, Facet::Theme, &[("policy", 1), ("talent", 1)]);
    }

    #[test]
    fn a_choice_that_would_keep_nothing_is_offered_with_its_0() {
        let feed = feed(&[
            r#"a|"provinces": ["CA-ON"], "themes": ["policy"],"#,
            r#"b|"provinces": ["CA-QC"], "themes": ["talent"],"#,
        ]);
        offers(
            &feed,
            &chosen(&[(Facet::Theme, "talent")]),
            Facet::Province,
            &[("CA-QC", 1), ("CA-ON", 0)],
        );
    }

    #[test]
    fn a_chosen_choice_never_vanishes() {
        let feed = feed(&[ONTARIO]);
        let filter = chosen(&[(Facet::Province, "CA-YT")]);
        offers(&feed, &filter, Facet::Province, &[("CA-ON", 1), ("CA-YT", 0)]);
        assert!(kept(&feed, &filter).is_empty());
    }

    #[test]
    fn unknown_themes_and_organizers_stand_under_other() {
        let feed = feed(&[
            r#"a|"themes": ["golf", "chess"], "organizers": ["unknown", "lso"],"#,
            "b|",
        ]);
        offers(&feed, &Filter::default(), Facet::Theme, &[("other", 1)]);
        offers(&feed, &Filter::default(), Facet::Organizer, &[("lso", 2), ("other", 1)]);
    }

    /// A vocabulary with a theme `other` of its own offered it twice, and neither kept an event.
    #[test]
    fn a_theme_that_is_called_other_is_the_one_for_unknown_themes() {
        let mut feed = feed(&[r#"a|"themes": ["golf"],"#, r#"b|"themes": ["policy"],"#]);
        feed.themes[0].id = OTHER.to_owned();
        let filter = chosen(&[(Facet::Theme, OTHER)]);
        offers(&feed, &filter, Facet::Theme, &[("other", 2)]);
        assert_eq!(kept(&feed, &filter), ["a", "b"]);
    }

    #[test]
    fn an_unknown_id_that_is_chosen_twice_is_offered_once() {
        let mut filter = chosen(&[(Facet::Theme, "golf")]);
        filter.choices.get_mut(Facet::Theme).push("golf".to_owned());
        offers(&feed(&["a|"]), &filter, Facet::Theme, &[("golf", 0)]);
    }

    #[test]
    fn what_moved_online_is_online() {
        let feed = feed(&[
            r#"a|"attendance": "inPerson", "status": "movedOnline","#,
            r#"b|"attendance": "hybrid","#,
            "c|",
        ]);
        offers(
            &feed,
            &Filter::default(),
            Facet::Format,
            &[("hybrid", 1), ("online", 1)],
        );
    }

    #[test]
    fn languages_count_by_their_primary_tag_and_months_go_by_the_calendar() {
        let mut feed = feed(&[
            r#"a|"languages": ["en-CA", "en"], "start": "2028-01-02","#,
            r#"b|"languages": ["fr", "es"], "start": "2027-12-02","#,
        ]);
        feed.languages = ["fr-CA", "fr-FR", "en"].map(str::to_owned).to_vec();
        offers(
            &feed,
            &Filter::default(),
            Facet::EventLanguage,
            &[("fr", 1), ("en", 1), ("es", 1)],
        );
        offers(
            &feed,
            &Filter::default(),
            Facet::Month,
            &[("2027-12", 1), ("2028-01", 1)],
        );
    }

    #[test]
    fn search_wants_every_word_as_part_of_a_word_without_accents_or_case() {
        let feed = feed(&[
            r#"a|"title": {"fr": "Déjeuner-causerie", "en": "Breakfast talk"}, "themes": ["talent"],"#,
            r#"b|"title": {"fr": "Soirée"}, "venue": {"name": "Cosmodôme", "locality": "Laval"}, "organizers": ["bioquebec"],"#,
        ]);
        assert_eq!(found(&feed, "DEJEU caus"), ["a"]);
        assert_eq!(
            found(&feed, "breakfast releve lso"),
            ["a"],
            "another language, a theme and a short name"
        );
        assert_eq!(found(&feed, "cosmodome bioquebec"), ["b"]);
        assert_eq!(found(&feed, "lavalx"), Vec::<String>::new());
        assert_eq!(found(&feed, "  "), ["a", "b"]);
        offers(
            &feed,
            &Filter {
                search: "soiree".into(),
                ..Filter::default()
            },
            Facet::Organizer,
            &[("bioquebec", 1), ("lso", 0)],
        );
    }

    #[test]
    fn a_word_does_not_reach_from_one_text_into_the_next() {
        let feed = feed(&[r#"a|"title": {"fr": "Gala", "en": "Dinner"},"#]);
        assert_eq!(found(&feed, "galadinner"), Vec::<String>::new());
    }

    #[test]
    fn events_of_one_start_go_by_their_end_and_then_by_their_id() {
        let feed = feed(&[
            r#"long|"end": "2027-03-11","#,
            r#"b|"end": "2027-03-10","#,
            r#"a|"end": "2027-03-10","#,
            "day|",
        ]);
        assert_eq!(kept(&feed, &Filter::default()), ["day", "a", "b", "long"]);
    }

    #[test]
    fn running_events_come_first_then_upcoming_by_month_and_past_ones_last_latest_first() {
        let feed = feed(&[
            r#"past-1|"start": "2027-01-02","#,
            r#"past-2|"start": "2027-02-02","#,
            r#"april|"start": "2027-04-02","#,
            r#"running|"start": "2027-02-01", "end": "2027-05-01","#,
            r#"march-late|"start": "2027-03-20T09:00:00-04:00","#,
            r#"march-day|"start": "2027-03-20","#,
            r#"march-early|"start": "2027-03-20T08:00:00-04:00","#,
        ]);
        let selection = select(&feed, &Filter::default(), Past::Shown);
        let order: Vec<&str> = selection
            .events
            .iter()
            .map(|(place, _)| feed.events[*place].id.as_str())
            .collect();
        assert_eq!(
            order,
            [
                "running",
                "march-day",
                "march-early",
                "march-late",
                "april",
                "past-2",
                "past-1"
            ]
        );
        assert_eq!(selection.events[0].1, Section::Running);
        assert_eq!(selection.events[4].1, Section::Month { year: 2027, month: 4 });
        assert_eq!(selection.events[5].1, Section::Past);
    }

    #[test]
    fn a_hidden_past_event_counts_nowhere() {
        let feed = feed(&[r#"a|"start": "2027-01-02", "provinces": ["CA-ON"],"#, QUEBEC]);
        offers(&feed, &Filter::default(), Facet::Province, &[("CA-QC", 1)]);
    }

    #[test]
    fn an_index_is_the_same_however_it_is_parted() {
        let feed = feed(&[
            QUEBEC,
            r#"a|"start": "2027-01-02", "provinces": ["CA-ON"],"#,
            "b|",
            "c|",
            r#"d|"languages": ["cr"],"#,
        ]);
        for count in 1..7 {
            let mut index = Index::begin(&feed);
            let mut steps = 1;
            while !index.step(&feed, count) {
                steps += 1;
            }
            assert_eq!(steps, feed.events.len().div_ceil(count));
            assert_eq!(
                format!("{index:?}"),
                format!("{:?}", Index::new(&feed)),
                "{count} at a time"
            );
        }
        let empty = Feed {
            events: Vec::new(),
            ..feed
        };
        assert!(
            Index::begin(&empty).step(&empty, 1),
            "expected an end where there is nothing to do"
        );
    }

    #[test]
    fn the_next_change_is_the_next_begin_or_end() {
        let feed = feed(&[r#"a|"start": "2027-03-09T12:00:00Z", "end": "2027-03-09T13:00:00Z","#]);
        let index = Index::new(&feed);
        assert_eq!(index.next_change(instant(NOW)), Some(instant("2027-03-09T12:00:00Z")));
        assert_eq!(
            index.next_change(instant("2027-03-09T12:00:00Z")),
            Some(instant("2027-03-09T13:00:00Z"))
        );
        assert_eq!(index.next_change(instant("2027-03-09T13:00:00Z")), None);
    }

    /// The rules again, event by event and id by id, with no index.
    fn has(feed: &Feed, event: &Event, facet: Facet, id: &str) -> bool {
        let other = |ids: &[String], known: &dyn Fn(&str) -> bool| match id {
            OTHER => ids.iter().any(|own| !known(own)),
            _ => known(id) && ids.iter().any(|own| own == id),
        };
        match facet {
            Facet::Province => {
                let known = |id: &str| id.starts_with("CA-") || feed.provinces.iter().any(|term| term.id == id);
                let online = format(event) == Some(Attendance::Online);
                match id {
                    ONLINE => event.provinces.is_empty() && online,
                    OTHER if event.provinces.is_empty() => !online,
                    OTHER => event.provinces.iter().any(|own| own != "CA" && !known(own)),
                    _ => known(id) && event.provinces.iter().any(|own| own == "CA" || own == id),
                }
            }
            Facet::Theme => other(&event.themes, &|id| feed.themes.iter().any(|term| term.id == id)),
            Facet::Organizer => other(&event.organizers, &|id| feed.association(id).is_some()),
            Facet::Format => format(event).is_some_and(|way| way.token() == id),
            Facet::EventLanguage => event.languages.iter().any(|tag| primary_language(tag) == id),
            Facet::Month => event.start.to_string().starts_with(id),
            Facet::Price | Facet::Rate => false,
        }
    }

    fn passes(feed: &Feed, event: &Event, filter: &Filter, facet: Facet) -> bool {
        let chosen = filter.chosen(facet);
        chosen.is_empty() || chosen.iter().any(|id| has(feed, event, facet, id))
    }

    fn matches(feed: &Feed, event: &Event, filter: &Filter, but: Option<Facet>) -> bool {
        let facets = Facet::ALL.into_iter().filter(|facet| Some(*facet) != but);
        let search = fold(&filter.search);
        let title = fold(&event.title.values().cloned().collect::<String>());
        facets.into_iter().all(|facet| passes(feed, event, filter, facet)) && title.contains(&search)
    }

    const IDS: [(Facet, &[&str]); 8] = [
        (
            Facet::Province,
            &["CA-QC", "CA-ON", "CA-MB", "US-MA", "FR-75", "CA", ONLINE, OTHER],
        ),
        (Facet::Theme, &["policy", "talent", "golf", OTHER]),
        (Facet::Format, &["inPerson", "hybrid", "online"]),
        (Facet::Organizer, &["lso", "bioquebec", "unknown", OTHER]),
        (Facet::EventLanguage, &["fr", "en", "es"]),
        (Facet::Month, &["2027-02", "2027-03", "2027-04"]),
        // Of these nothing is known before events are priced: `price.rs`.
        (Facet::Price, &[]),
        (Facet::Rate, &[]),
    ];

    fn some(facet: Facet, most: usize) -> impl Strategy<Value = Vec<&'static str>> {
        let (_, ids) = IDS.into_iter().find(|(other, _)| *other == facet).expect("a facet");
        let most = most.min(ids.len());
        proptest::sample::subsequence(ids, 0..=most)
    }

    fn an_event() -> impl Strategy<Value = String> {
        let lists = (
            some(Facet::Province, 2),
            some(Facet::Theme, 2),
            some(Facet::Format, 1),
            some(Facet::Organizer, 2),
            some(Facet::EventLanguage, 2),
        );
        let start = proptest::sample::select(vec!["2027-02-27", "2027-03-01", "2027-03-09", "2027-04-02"]);
        let status = proptest::sample::select(vec!["scheduled", "movedOnline"]);
        let title = proptest::sample::select(vec!["Gala", "Déjeuner"]);
        (lists, start, status, title).prop_map(|(lists, start, status, title)| {
            let (provinces, themes, attendance, mut organizers, languages) = lists;
            let provinces: Vec<&str> = provinces.into_iter().filter(|id| *id != ONLINE && *id != OTHER).collect();
            let attendance = attendance.first().copied().unwrap_or("none");
            if organizers.is_empty() {
                organizers.push("lso");
            }
            format!(
                r#""start": "{start}", "status": "{status}", "title": {{"fr": "{title}"}}, "provinces": {provinces:?},
                "themes": {themes:?}, "attendance": "{attendance}", "organizers": {organizers:?}, "languages": {languages:?},"#
            )
        })
    }

    fn a_filter() -> impl Strategy<Value = Filter> {
        let lists = IDS.map(|(facet, _)| prop_oneof![2 => Just(Vec::new()), 1 => some(facet, 2)]);
        let search = proptest::sample::select(vec!["", "dej", "GALA"]);
        (lists, search).prop_map(|(lists, search)| Filter {
            search: search.to_owned(),
            choices: ByFacet(lists.map(|ids| ids.into_iter().map(str::to_owned).collect())),
        })
    }

    proptest! {
        #[test]
        fn the_index_says_what_the_rules_say(
            events in proptest::collection::vec(an_event(), 0..8),
            filter in a_filter(),
            past in proptest::sample::select(vec![Past::Hidden, Past::Shown]),
        ) {
            let events: Vec<String> = events.iter().enumerate().map(|(n, event)| format!("{n}|{event}")).collect();
            let feed = feed(&events.iter().map(String::as_str).collect::<Vec<_>>());
            let selection = select(&feed, &filter, past);
            let visible = |event: &&Event| past == Past::Shown || !event.span().is_past(instant(NOW));
            let visible: Vec<&Event> = feed.events.iter().filter(visible).collect();

            let kept: BTreeSet<&str> = selection.events.iter().map(|(place, _)| feed.events[*place].id.as_str()).collect();
            let expected: BTreeSet<&str> = visible
                .iter()
                .filter(|event| matches(&feed, event, &filter, None))
                .map(|event| event.id.as_str())
                .collect();
            prop_assert_eq!(kept.len(), selection.events.len(), "an event stands twice");
            prop_assert_eq!(kept, expected);

            for (facet, ids) in IDS {
                for id in ids {
                    let choice = selection.facets.get(facet).iter().find(|choice| choice.id == *id);
                    let chosen = filter.chosen(facet).iter().any(|chosen| chosen == id);
                    // Being everywhere is no reason to offer a province.
                    let names = |event: &&Event| {
                        let everywhere = facet == Facet::Province && *id != ONLINE && *id != OTHER;
                        has(&feed, event, facet, id) && (!everywhere || event.provinces.iter().any(|own| own == id))
                    };
                    let offered = *id != "CA" && visible.iter().any(names);
                    prop_assert_eq!(choice.is_some(), offered || chosen, "{} {}", facet.name(), id);
                    let Some(choice) = choice else { continue };
                    let count = visible.iter().filter(|event| {
                        has(&feed, event, facet, id) && matches(&feed, event, &filter, Some(facet))
                    });
                    prop_assert_eq!((choice.count, choice.chosen), (count.count(), chosen), "{} {}", facet.name(), id);
                }
            }
        }
    }
}

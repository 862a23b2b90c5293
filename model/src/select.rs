//! Model: which events a visitor's choice keeps, in which order, and what each further choice would give.

use std::collections::HashMap;

use crate::text::fold;
use crate::time::{Instant, Span};
use crate::{Attendance, Event, Feed, Status, primary_language};

/// The choice of events without a province that take place online.
pub const ONLINE: &str = "online";
/// The choice of events whose ids are of no vocabulary.
pub const OTHER: &str = "other";

/// ISO 3166-2:CA.
const CANADIAN: [&str; 13] = [
    "CA-AB", "CA-BC", "CA-MB", "CA-NB", "CA-NL", "CA-NS", "CA-NT", "CA-NU", "CA-ON", "CA-PE", "CA-QC", "CA-SK", "CA-YT",
];

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
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Province,
        Self::Theme,
        Self::Format,
        Self::Organizer,
        Self::EventLanguage,
        Self::Month,
    ];

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
        }
    }
}

/// One value for each facet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByFacet<T>([T; 6]);

impl<T> ByFacet<T> {
    fn of(make: impl FnMut(Facet) -> T) -> Self {
        Self(Facet::ALL.map(make))
    }

    /// The facet's value.
    pub fn get(&self, facet: Facet) -> &T {
        let [province, theme, format, organizer, event_language, month] = &self.0;
        match facet {
            Facet::Province => province,
            Facet::Theme => theme,
            Facet::Format => format,
            Facet::Organizer => organizer,
            Facet::EventLanguage => event_language,
            Facet::Month => month,
        }
    }

    /// The facet's value, to change it.
    pub fn get_mut(&mut self, facet: Facet) -> &mut T {
        let [province, theme, format, organizer, event_language, month] = &mut self.0;
        match facet {
            Facet::Province => province,
            Facet::Theme => theme,
            Facet::Format => format,
            Facet::Organizer => organizer,
            Facet::EventLanguage => event_language,
            Facet::Month => month,
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
        let chosen = self.choices.get_mut(facet);
        match chosen.iter().position(|other| other == id) {
            Some(place) => drop(chosen.remove(place)),
            None => chosen.push(id.to_owned()),
        }
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
    /// The choices of every facet, in the order of the feed.
    pub facets: ByFacet<Vec<Choice>>,
}

/// What is worked out once for a feed, so that every selection is one pass over its events.
#[derive(Clone, Debug)]
pub struct Index {
    entries: Vec<Entry>,
    /// Places of the events, in the order of a list of upcoming ones.
    order: Vec<usize>,
    choices: ByFacet<Vec<String>>,
}

#[derive(Clone, Debug)]
struct Entry {
    span: Span,
    text: String,
    /// Numbers of the choices that the event counts under.
    choices: ByFacet<Vec<usize>>,
    /// Whether the event counts under every province, so that it makes none of them be offered.
    everywhere: bool,
}

impl Index {
    /// The index of a feed.
    pub fn new(feed: &Feed) -> Self {
        let choices = ByFacet::of(|facet| vocabulary(feed, facet));
        let numbers = ByFacet::of(|facet| {
            let ids = choices.get(facet).iter().enumerate();
            ids.map(|(number, id)| (id.as_str(), number))
                .collect::<HashMap<&str, usize>>()
        });
        let provinces = choices
            .get(Facet::Province)
            .iter()
            .take_while(|id| *id != ONLINE && *id != OTHER)
            .count();
        let entries = feed.events.iter().map(|event| {
            let everywhere = event.provinces.iter().any(|id| id == "CA");
            let mut own = ByFacet::of(|facet| {
                ids(event, feed, facet)
                    .iter()
                    .filter_map(|id| numbers.get(facet).get(id.as_str()).copied())
                    .collect()
            });
            if everywhere {
                *own.get_mut(Facet::Province) = (0..provinces).collect();
            }
            Entry {
                span: Span {
                    start: event.start,
                    end: event.end,
                },
                text: text(event, feed),
                choices: own,
                everywhere,
            }
        });
        let entries: Vec<Entry> = entries.collect();
        let mut order: Vec<(usize, &Event)> = feed.events.iter().enumerate().collect();
        order.sort_by(|(_, one), (_, other)| {
            let end = |event: &Event| {
                Span {
                    start: event.start,
                    end: event.end,
                }
                .ends()
            };
            one.start
                .list_order(&other.start)
                .then_with(|| end(one).cmp(&end(other)))
                .then_with(|| one.key.cmp(&other.key))
        });
        let order = order.into_iter().map(|(place, _)| place).collect();
        Self {
            entries,
            order,
            choices,
        }
    }

    /// What a filter keeps at a moment.
    ///
    /// Every count is of the events that match the search and all *other* facets. A choice that no event has is not
    /// offered, unless it is chosen: a chosen one never vanishes.
    pub fn select(&self, filter: &Filter, now: Instant, past: Past) -> Selection {
        let wanted = ByFacet::of(|facet| Wanted::new(filter.chosen(facet), self.choices.get(facet)));
        let mut tallies = ByFacet::of(|facet| vec![Tally::default(); self.choices.get(facet).len()]);
        let query = fold(&filter.search);
        let (mut running, mut upcoming, mut over) = (Vec::new(), Vec::new(), Vec::new());
        for place in &self.order {
            let Some(entry) = self.entries.get(*place) else {
                continue;
            };
            let is_past = entry.span.is_past(now);
            if is_past && past == Past::Hidden {
                continue;
            }
            let found = query.split_whitespace().all(|word| entry.text.contains(word));
            let mut failing = Facet::ALL
                .into_iter()
                .filter(|facet| !wanted.get(*facet).keeps(entry.choices.get(*facet)));
            let (first, second) = (failing.next(), failing.next());
            for facet in Facet::ALL {
                let counts = found && second.is_none() && first.is_none_or(|failing| failing == facet);
                let offers = !(entry.everywhere && facet == Facet::Province);
                for number in entry.choices.get(facet) {
                    if let Some(tally) = tallies.get_mut(facet).get_mut(*number) {
                        tally.offered |= offers;
                        tally.count = tally.count.saturating_add(usize::from(counts));
                    }
                }
            }
            if !found || first.is_some() {
                continue;
            }
            let date = entry.span.start.date();
            if is_past {
                over.push((*place, Section::Past));
            } else if entry.span.is_running(now) {
                running.push((*place, Section::Running));
            } else {
                upcoming.push((
                    *place,
                    Section::Month {
                        year: date.year,
                        month: date.month,
                    },
                ));
            }
        }
        running.extend(upcoming);
        running.extend(over.into_iter().rev());
        let facets = ByFacet::of(|facet| offered(filter.chosen(facet), self.choices.get(facet), tallies.get(facet)));
        Selection {
            events: running,
            facets,
        }
    }

    /// The next moment after `now` at which an event begins or ends.
    pub fn next_change(&self, now: Instant) -> Option<Instant> {
        let bounds = self
            .entries
            .iter()
            .flat_map(|entry| [entry.span.begins(), entry.span.ends()]);
        bounds.filter(|bound| *bound > now).min()
    }
}

/// The chosen choices of one facet, by number.
enum Wanted {
    All,
    Some(Vec<usize>),
}

impl Wanted {
    fn new(chosen: &[String], choices: &[String]) -> Self {
        if chosen.is_empty() {
            return Self::All;
        }
        Self::Some(
            chosen
                .iter()
                .filter_map(|id| choices.iter().position(|choice| choice == id))
                .collect(),
        )
    }

    fn keeps(&self, own: &[usize]) -> bool {
        match self {
            Self::All => true,
            Self::Some(wanted) => own.iter().any(|number| wanted.contains(number)),
        }
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    count: usize,
    offered: bool,
}

fn offered(chosen: &[String], choices: &[String], tallies: &[Tally]) -> Vec<Choice> {
    let known = choices.iter().zip(tallies).map(|(id, tally)| (id, *tally));
    let unknown = chosen
        .iter()
        .filter(|id| !choices.contains(id))
        .map(|id| (id, Tally::default()));
    known
        .chain(unknown)
        .map(|(id, tally)| {
            (
                Choice {
                    id: id.clone(),
                    count: tally.count,
                    chosen: chosen.contains(id),
                },
                tally.offered,
            )
        })
        .filter(|(choice, offered)| choice.chosen || *offered)
        .map(|(choice, _)| choice)
        .collect()
}

/// All choices that an event of the feed has, in the order in which they are offered.
fn vocabulary(feed: &Feed, facet: Facet) -> Vec<String> {
    let listed: Vec<String> = match facet {
        Facet::Province => {
            let own = feed.provinces.iter().map(|term| term.id.as_str());
            let listed = own.chain(
                CANADIAN
                    .into_iter()
                    .filter(|code| feed.provinces.iter().all(|term| term.id != **code)),
            );
            listed.chain([ONLINE, OTHER]).map(str::to_owned).collect()
        }
        Facet::Theme => feed
            .themes
            .iter()
            .map(|term| term.id.clone())
            .chain([OTHER.to_owned()])
            .collect(),
        Facet::Format => [Attendance::InPerson, Attendance::Hybrid, Attendance::Online]
            .map(|way| way.token().to_owned())
            .to_vec(),
        Facet::Organizer => feed
            .associations
            .iter()
            .map(|association| association.id.clone())
            .chain([OTHER.to_owned()])
            .collect(),
        Facet::EventLanguage => feed
            .languages
            .iter()
            .map(|tag| primary_language(tag).to_owned())
            .collect(),
        Facet::Month => Vec::new(),
    };
    let mut met: Vec<String> = Vec::new();
    for event in &feed.events {
        for id in ids(event, feed, facet) {
            if !met.contains(&id) {
                met.push(id);
            }
        }
    }
    if facet == Facet::Month {
        met.sort();
    }
    let mut ordered: Vec<String> = listed.into_iter().filter(|id| met.contains(id)).collect();
    ordered.extend(met.into_iter().filter(|id| !ordered.contains(id)).collect::<Vec<_>>());
    ordered
}

/// The choices that an event has in a facet.
fn ids(event: &Event, feed: &Feed, facet: Facet) -> Vec<String> {
    match facet {
        Facet::Province => provinces(event, feed),
        Facet::Theme => known_or_other(&event.themes, |id| feed.themes.iter().any(|term| term.id == id)),
        Facet::Format => format(event).map(|way| way.token().to_owned()).into_iter().collect(),
        Facet::Organizer => known_or_other(&event.organizers, |id| feed.association(id).is_some()),
        Facet::EventLanguage => known_or_other(
            &event
                .languages
                .iter()
                .map(|tag| primary_language(tag).to_owned())
                .collect::<Vec<_>>(),
            |_| true,
        ),
        Facet::Month => {
            let date = event.start.date();
            vec![format!("{:04}-{:02}", date.year, date.month)]
        }
    }
}

/// How one attends, as the event stands now: one that moved online is online, whatever was planned.
pub fn format(event: &Event) -> Option<Attendance> {
    if event.status == Status::MovedOnline {
        Some(Attendance::Online)
    } else {
        event.attendance
    }
}

fn provinces(event: &Event, feed: &Feed) -> Vec<String> {
    let listed: Vec<String> = event.provinces.iter().filter(|id| *id != "CA").cloned().collect();
    match (event.provinces.is_empty(), format(event)) {
        (true, Some(Attendance::Online)) => vec![ONLINE.to_owned()],
        (true, _) => vec![OTHER.to_owned()],
        (false, _) => known_or_other(&listed, |id| {
            CANADIAN.contains(&id) || feed.provinces.iter().any(|term| term.id == id)
        }),
    }
}

fn known_or_other(ids: &[String], known: impl Fn(&str) -> bool) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for id in ids {
        let id = if known(id) { id } else { OTHER };
        if kept.iter().all(|other| other != id) {
            kept.push(id.to_owned());
        }
    }
    kept
}

/// All that the search looks at, folded, in every language.
fn text(event: &Event, feed: &Feed) -> String {
    let venue = event
        .venue
        .iter()
        .flat_map(|venue| venue.name.iter().chain(&venue.locality));
    let organizers = event.organizers.iter().filter_map(|id| feed.association(id));
    let organizers = organizers.flat_map(|association| association.name.values().chain(&association.short_name));
    let themes = feed
        .themes
        .iter()
        .filter(|term| event.themes.contains(&term.id))
        .flat_map(|term| term.label.values());
    let texts = event
        .title
        .values()
        .chain(event.summary.values())
        .chain(event.description.values());
    let mut folded = String::new();
    for part in texts.chain(venue).chain(organizers).chain(themes) {
        folded.push_str(&fold(part));
        // A word is part of one text, never of the end of one and the start of the next.
        folded.push('\n');
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;
    use crate::time::When;

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
        Index::new(feed).select(filter, instant(NOW), past)
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
        let feed = feed(&[
            r#"a|"languages": ["en-CA", "en"], "start": "2028-01-02","#,
            r#"b|"languages": ["fr", "es"], "start": "2027-12-02","#,
        ]);
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
}

//! Publish: iCalendar (RFC 5545) → drafts; a series gives its occurrences.

mod time;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use calcard::icalendar::{
    ICalendar, ICalendarClassification, ICalendarComponent, ICalendarComponentType, ICalendarProperty, ICalendarValue,
};
use calcard::{Entry, Parser};
use joint_events_model::time::Date;

use super::{Settings, Unreadable, beginning, quoted};
use crate::draft::{Drafts, Loss, Members, Problem, put};
use crate::ids;
use crate::zone::Zone;
use time::{Key, Time, Zones};

/// Most occurrences that one series gives.
const MOST_OCCURRENCES: usize = 1000;

/// Reads a calendar.
///
/// # Errors
/// Where the text holds none.
pub fn read(text: &str, settings: &Settings) -> Result<Drafts, Unreadable> {
    let mut parser = Parser::new(text);
    let mut drafts = Drafts::default();
    let mut found = false;
    let mut derived = BTreeMap::new();
    loop {
        match parser.entry() {
            Entry::ICalendar(calendar) => {
                let whole = calendar
                    .components
                    .first()
                    .is_some_and(|first| first.component_type == ICalendarComponentType::VCalendar);
                found |= whole;
                if whole {
                    Reading::of(&calendar, settings).events(&mut drafts, &mut derived);
                }
            }
            Entry::UnterminatedComponent(_) => found = true,
            Entry::Eof => break,
            _ => {}
        }
    }
    if !found {
        return Err(Unreadable::new("iCalendar, from BEGIN:VCALENDAR on", beginning(text)));
    }
    if breaks_off(text) {
        let (expected, broken) = ("a calendar to its END:VCALENDAR", "one that breaks off");
        if drafts.events.is_empty() {
            return Err(Unreadable::new(expected, broken));
        }
        // Nobody knows which events would have followed.
        drafts.lose(None, vec![Problem::new(Loss::Grave, "", expected, broken)]);
    }
    drafts.part_by_day(&derived);
    Ok(drafts)
}

/// Whether a calendar begins that does not end.
fn breaks_off(text: &str) -> bool {
    let lines = |wanted: &str| {
        text.lines()
            .filter(|line| line.trim().eq_ignore_ascii_case(wanted))
            .count()
    };
    lines("END:VCALENDAR") < lines("BEGIN:VCALENDAR").max(1)
}

/// A calendar as it is read.
struct Reading<'a> {
    events: Vec<(usize, &'a ICalendarComponent)>,
    settings: &'a Settings,
    zones: Zones,
    /// The starts that other events of the file take the place of, by the series' UID.
    replaced: BTreeMap<String, BTreeSet<Key>>,
    series: BTreeSet<String>,
}

impl<'a> Reading<'a> {
    fn of(calendar: &'a ICalendar, settings: &'a Settings) -> Self {
        let is_event = |component: &&ICalendarComponent| component.component_type == ICalendarComponentType::VEvent;
        let events: Vec<_> = calendar.components.iter().filter(is_event).enumerate().collect();
        let own = calendar.components.first().and_then(|calendar| {
            let named = ICalendarProperty::Other("X-WR-TIMEZONE".to_owned());
            Zone::named(calendar.property(&named)?.values.first()?.as_text()?.trim())
        });
        let zones = Zones::new(settings.time_zone.clone().or(own));
        let mut reading = Self {
            events,
            settings,
            zones,
            replaced: BTreeMap::new(),
            series: BTreeSet::new(),
        };
        for (_, event) in &reading.events {
            let uid = uid(event).unwrap_or_default();
            if event.property(&ICalendarProperty::Rrule).is_some()
                || event.property(&ICalendarProperty::Rdate).is_some()
            {
                reading.series.insert(uid);
            } else if let Some(id) = event.property(&ICalendarProperty::RecurrenceId) {
                let key = Time::first(id).and_then(|time| reading.zones.key(&time));
                reading.replaced.entry(uid).or_default().extend(key);
            }
        }
        reading
    }

    fn events(&self, drafts: &mut Drafts, derived: &mut BTreeMap<String, usize>) {
        for (number, event) in &self.events {
            let place = |property: &str| format!("VEVENT[{number}].{property}");
            let private = event
                .property(&ICalendarProperty::Class)
                .and_then(|class| class.values.first());
            if matches!(
                private,
                Some(ICalendarValue::Classification(
                    ICalendarClassification::Private | ICalendarClassification::Confidential
                ))
            ) {
                drafts.note(Loss::None, place("CLASS"), "a public event", "a private one, left out");
                continue;
            }
            let mut members = Members::new();
            let mut problems = self.words(event, &mut members);
            let own = uid(event);
            let title = self.title(event);
            let Some(title) = title else {
                problems.push(Problem::new(Loss::Grave, place("SUMMARY"), "a title", "nothing"));
                drafts.lose(own.as_deref(), problems);
                continue;
            };
            let start = event.property(&ICalendarProperty::Dtstart);
            let Some(start) = start.and_then(Time::first) else {
                let found = start.map_or_else(|| "nothing".to_owned(), |_| "something else".to_owned());
                problems.push(Problem::new(Loss::Grave, place("DTSTART"), "a date or a time", found));
                drafts.lose(own.as_deref(), problems);
                continue;
            };
            let base = ids::id(own.as_deref().unwrap_or(&title));
            if own.is_none() {
                let times = derived.entry(base.clone()).or_default();
                *times = times.saturating_add(1);
            }
            let event = Event {
                event,
                number: *number,
                base,
                own: own.unwrap_or(title),
                start,
                members,
                problems,
            };
            if event.event.property(&ICalendarProperty::RecurrenceId).is_none() && self.series.contains(&event.own) {
                self.occurrences(event, drafts);
            } else {
                self.single(event, drafts);
            }
        }
    }

    fn single(&self, mut event: Event, drafts: &mut Drafts) {
        let recurrence = event
            .event
            .property(&ICalendarProperty::RecurrenceId)
            .and_then(Time::first);
        let id = match recurrence.and_then(|time| self.zones.date(&time)) {
            Some(day) => ids::occurrence(&event.base, day),
            None => event.base.clone(),
        };
        let start = event.start.clone();
        let end = self.end(&event);
        let mut problems = std::mem::take(&mut event.problems);
        match self.times(&event, &start, end.as_ref(), &mut problems) {
            Some(times) => {
                let mut members = event.members;
                put(&mut members, "id", id);
                members.extend(times);
                drafts.add(members, problems);
            }
            None => drafts.lose(Some(&id), problems),
        }
    }

    fn occurrences(&self, event: Event, drafts: &mut Drafts) {
        let path = format!("VEVENT[{}].RRULE", event.number);
        let first = crate::zone::months_from(self.settings.now, -1);
        let horizon = crate::zone::months_from(self.settings.now, i64::from(self.settings.horizon_months));
        let Some((mut starts, mut cut)) = self.zones.starts(event.event, &event.start, horizon) else {
            let problem = Problem::new(
                Loss::Grave,
                path,
                "a recurrence rule (RFC 5545, section 3.3.10)",
                "another",
            );
            drafts.lose(Some(&event.own), vec![problem]);
            return;
        };
        let mut left_out: BTreeSet<Key> = self.replaced.get(&event.own).cloned().unwrap_or_default();
        let exceptions = event.event.properties(&ICalendarProperty::Exdate).flat_map(Time::all);
        left_out.extend(exceptions.filter_map(|time| self.zones.key(&time)));
        starts.retain(|start| {
            let day = self
                .zones
                .date(start)
                .map(|date| date.days_since_epoch().saturating_mul(86_400_000));
            let instant = self.zones.instant(start).map(|instant| instant.0).or(day);
            let within = instant.is_some_and(|instant| (first.0..=horizon.0).contains(&instant));
            within && self.zones.key(start).is_none_or(|key| !left_out.contains(&key))
        });
        if starts.len() > MOST_OCCURRENCES {
            starts.truncate(MOST_OCCURRENCES);
            cut = true;
        }
        let length = self.length(&event);
        for start in &starts {
            let day = self.zones.date(start).unwrap_or(Date {
                year: 0,
                month: 1,
                day: 1,
            });
            let id = ids::occurrence(&event.base, day);
            let end = length.as_ref().and_then(|length| self.zones.after(start, *length));
            let mut problems = event.problems.clone();
            match self.times(&event, start, end.as_ref(), &mut problems) {
                Some(times) => {
                    let mut members = event.members.clone();
                    put(&mut members, "id", id);
                    members.extend(times);
                    drafts.add(members, problems);
                }
                None => drafts.lose(Some(&id), problems),
            }
        }
        if cut {
            let expected = format!("at most {MOST_OCCURRENCES} occurrences");
            drafts.note(Loss::Slight, path, expected, "more, of which the first were taken");
        }
    }

    /// `start`, `end` and `timeZone`, or what keeps the event from having them.
    fn times(&self, event: &Event, start: &Time, end: Option<&Time>, problems: &mut Vec<Problem>) -> Option<Members> {
        let place = |property: &str| format!("VEVENT[{}].{property}", event.number);
        let mut times = Members::new();
        let zone = self.zones.of(start);
        if let Some(unknown) = self.zones.unknown(start) {
            problems.push(Problem::new(
                Loss::None,
                "timeZone",
                "an IANA time zone",
                quoted(unknown),
            ));
        }
        match self.zones.text(start) {
            Ok(text) => put(&mut times, "start", text),
            Err((expected, found)) => {
                problems.push(Problem::new(Loss::Grave, place("DTSTART"), expected, found));
                return None;
            }
        }
        if let Some(end) = end {
            match self.zones.end_text(start, end) {
                Ok(Some(text)) => put(&mut times, "end", text),
                Ok(None) => {}
                Err((expected, found)) => problems.push(Problem::new(Loss::Grave, "end", expected, found)),
            }
        }
        super::put_zone(&mut times, zone.as_deref());
        Some(times)
    }

    /// `DTEND`, or `DTSTART` and `DURATION`.
    fn end(&self, event: &Event) -> Option<Time> {
        match event.event.property(&ICalendarProperty::Dtend) {
            Some(end) => Time::first(end),
            None => self.zones.after(&event.start, self.length(event)?),
        }
    }

    /// How long the event is, in milliseconds.
    fn length(&self, event: &Event) -> Option<i64> {
        let property = |name| event.event.property(&name).and_then(|entry| entry.values.first());
        if let Some(ICalendarValue::Duration(duration)) = property(ICalendarProperty::Duration) {
            return duration.as_seconds().checked_mul(1000);
        }
        let end = event.event.property(&ICalendarProperty::Dtend).and_then(Time::first)?;
        self.zones.between(&event.start, &end)
    }
}

/// One event of the file.
struct Event<'a> {
    event: &'a ICalendarComponent,
    number: usize,
    base: String,
    own: String,
    start: Time,
    members: Members,
    problems: Vec<Problem>,
}

fn uid(event: &ICalendarComponent) -> Option<String> {
    let uid = text(event, &ICalendarProperty::Uid)?;
    Some(uid.trim().to_owned()).filter(|uid| !uid.is_empty())
}

/// The text of a property: calendars in the wild write a URL where a text stands, and the other way round.
fn text(event: &ICalendarComponent, property: &ICalendarProperty) -> Option<String> {
    let value = event.property(property)?.values.first()?;
    match value {
        ICalendarValue::Text(text) => Some(text.clone()),
        other => other.as_text().map(str::to_owned),
    }
}

//! Publish: the occurrences of an iCalendar series (RFC 5545, section 3.8.5) on its own wall clock.

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarValue,
};
use joint_events_model::time::{Date, DateTime};

use crate::zone::WallClock;

/// Most occurrences that are looked at from the first of a series on, so that a rule of every second ends too.
const MOST_STEPS: usize = 100_000;

/// The wall clock's readings at which a series that starts at `start` takes place, up to the one of `horizon`.
///
/// `None` where the rule can't be understood. The `bool` says whether the rule goes on past what was looked at.
pub fn readings(
    start: WallClock,
    rule: &ICalendarRecurrenceRule,
    until: Option<WallClock>,
    horizon: WallClock,
) -> Option<(Vec<WallClock>, bool)> {
    let mut rule = rule.clone();
    rule.until = match (until, rule.count) {
        (Some(until), _) => Some(partial(earlier(until, horizon))),
        (None, Some(_)) => None,
        (None, None) => Some(partial(horizon)),
    };
    // A rule with both bounds is refused, so the count alone stands.
    if rule.count.is_some() {
        rule.until = None;
    }
    let entry = |name, value| ICalendarEntry {
        name,
        params: Vec::new(),
        values: vec![value],
    };
    let component = |component_type, entries, component_ids| ICalendarComponent {
        component_type,
        entries,
        component_ids,
    };
    let series = component(
        ICalendarComponentType::VEvent,
        vec![
            entry(
                ICalendarProperty::Dtstart,
                ICalendarValue::PartialDateTime(Box::new(partial(start))),
            ),
            entry(ICalendarProperty::Rrule, ICalendarValue::RecurrenceRule(Box::new(rule))),
        ],
        Vec::new(),
    );
    let calendar = ICalendar {
        components: vec![
            component(ICalendarComponentType::VCalendar, Vec::new(), vec![1]),
            series,
        ],
    };
    let expanded = calendar.expand_dates(Tz::Floating, MOST_STEPS);
    if !expanded.errors.is_empty() {
        return None;
    }
    let cut = expanded.events.len() >= MOST_STEPS;
    let readings = expanded.events.into_iter().filter_map(|event| {
        let text = event.start.naive_local().format("%Y-%m-%dT%H:%M:%SZ").to_string();
        DateTime::parse(&text).map(WallClock::of)
    });
    Some((readings.collect(), cut))
}

fn earlier(one: WallClock, other: WallClock) -> WallClock {
    if one.at(0).instant() < other.at(0).instant() {
        one
    } else {
        other
    }
}

fn partial(clock: WallClock) -> PartialDateTime {
    PartialDateTime {
        year: u16::try_from(clock.date.year).ok(),
        month: Some(clock.date.month),
        day: Some(clock.date.day),
        hour: Some(clock.hour),
        minute: Some(clock.minute),
        second: Some(clock.second),
        ..PartialDateTime::default()
    }
}

/// The reading at the beginning of a day.
pub fn midnight(date: Date) -> WallClock {
    WallClock {
        date,
        hour: 0,
        minute: 0,
        second: 0,
    }
}

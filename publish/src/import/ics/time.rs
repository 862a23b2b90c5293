//! Publish: the days and times of a calendar's events, and the zones that they stand in.

use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendarComponent, ICalendarEntry, ICalendarPeriod, ICalendarProperty, ICalendarValue};
use joint_events_model::time::{Date, Instant};

use crate::import::in_zone;
use crate::import::recurrence::{midnight, readings};
use crate::zone::{Meaning, WallClock, Zone};

const DAY: i64 = 86_400_000;

/// A day or a time as the calendar writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// A day (`VALUE=DATE`).
    Day(Date),
    /// A wall clock's reading, with the name of its zone where it has one.
    Local(WallClock, Option<String>),
    /// An instant (a time that ends with `Z`).
    Utc(Instant),
}

impl Time {
    /// The first value of a property.
    pub(super) fn first(entry: &ICalendarEntry) -> Option<Self> {
        Self::all(entry).into_iter().next()
    }

    /// The values of a property; a day that the calendar lacks is none.
    pub(super) fn all(entry: &ICalendarEntry) -> Vec<Self> {
        let zone = entry.tz_id();
        let values = entry.values.iter().filter_map(|value| match value {
            ICalendarValue::PartialDateTime(time) => Some(time.as_ref()),
            ICalendarValue::Period(ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. }) => {
                Some(start)
            }
            _ => None,
        });
        values.filter_map(|time| Self::of(time, zone)).collect()
    }

    fn of(time: &PartialDateTime, zone: Option<&str>) -> Option<Self> {
        let (year, month, day) = (time.year?, time.month?, time.day?);
        // The model's own reading refuses days that the calendar lacks.
        let date = Date::parse(&format!("{year:04}-{month:02}-{day:02}"))?;
        let Some(hour) = time.hour else {
            return Some(Self::Day(date));
        };
        let (minute, second) = (time.minute.unwrap_or(0), time.second.unwrap_or(0));
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let clock = WallClock {
            date,
            hour,
            minute,
            second: second.min(59),
        };
        if let Some(hours) = time.tz_hour {
            let minutes = i16::from(hours)
                .saturating_mul(60)
                .saturating_add(i16::from(time.tz_minute.unwrap_or(0)));
            let offset = if time.tz_minus {
                minutes.saturating_neg()
            } else {
                minutes
            };
            return Some(Self::Utc(clock.at(offset).instant()));
        }
        Some(Self::Local(clock, zone.map(str::to_owned)))
    }
}

/// What tells one occurrence of a series from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    Day(Date),
    At(Instant),
    Reading(Instant),
}

/// The zone of the source, in which floating times and those of unknown zones stand.
pub(super) struct Zones {
    source: Option<Zone>,
}

impl Zones {
    pub(super) fn new(source: Option<Zone>) -> Self {
        Self { source }
    }

    /// The zone that an event at that time is in.
    pub(super) fn of<'a>(&'a self, time: &Time) -> Option<std::borrow::Cow<'a, Zone>> {
        match time {
            Time::Local(_, Some(name)) => match named(name) {
                Some(zone) => Some(std::borrow::Cow::Owned(zone)),
                None => self.source.as_ref().map(std::borrow::Cow::Borrowed),
            },
            Time::Day(_) | Time::Local(_, None) | Time::Utc(_) => self.source.as_ref().map(std::borrow::Cow::Borrowed),
        }
    }

    /// The name of the time's zone, if there is no such zone.
    pub(super) fn unknown<'a>(&self, time: &'a Time) -> Option<&'a str> {
        match time {
            Time::Local(_, Some(name)) => Some(name.as_str()).filter(|name| named(name).is_none()),
            Time::Local(_, None) | Time::Day(_) | Time::Utc(_) => None,
        }
    }

    /// The text of a start.
    ///
    /// # Errors
    /// What was expected and found, where the reading does not exist in its zone, or exists twice.
    pub(super) fn text(&self, time: &Time) -> Result<String, (String, String)> {
        let zone = self.of(time);
        match time {
            Time::Day(date) => Ok(date.to_string()),
            Time::Local(clock, _) => in_zone(*clock, zone.as_deref()),
            Time::Utc(instant) => {
                let utc = Zone::named("UTC");
                let zone = zone.as_deref().or(utc.as_ref());
                Ok(zone.map_or_else(String::new, |zone| zone.moment(*instant).to_string()))
            }
        }
    }

    /// The text of an end in the start's zone: of days the last one, for `DTEND` is the day after; `None` where it only
    /// repeats the start.
    ///
    /// # Errors
    /// What was expected and found, where there is no such end.
    pub(super) fn end_text(&self, start: &Time, end: &Time) -> Result<Option<String>, (String, String)> {
        match (start, end) {
            (Time::Day(start), Time::Day(end)) => {
                let last = Date::from_days(end.days_since_epoch().saturating_sub(1));
                Ok(last.filter(|last| last > start).map(|last| last.to_string()))
            }
            (Time::Day(_), Time::Local(..) | Time::Utc(_)) | (Time::Local(..) | Time::Utc(_), Time::Day(_)) => Err((
                "an end of the start's kind".to_owned(),
                "a day beside a time".to_owned(),
            )),
            (Time::Local(..) | Time::Utc(_), Time::Local(..) | Time::Utc(_)) => {
                let own = self.text(end)?;
                let zone = self.of(start);
                let text = match (self.instant(end), zone.as_deref()) {
                    (Some(instant), Some(zone)) => zone.moment(instant).to_string(),
                    (None, _) | (_, None) => own,
                };
                Ok(Some(text).filter(|text| Ok(text) != self.text(start).as_ref()))
            }
        }
    }

    /// When a time is; `None` for days, and for readings that no zone places.
    pub(super) fn instant(&self, time: &Time) -> Option<Instant> {
        match time {
            Time::Day(_) => None,
            Time::Utc(instant) => Some(*instant),
            Time::Local(clock, _) => match self.of(time)?.meaning(*clock) {
                Meaning::Moment(moment) => Some(moment.instant()),
                Meaning::Gap | Meaning::Fold => None,
            },
        }
    }

    /// The day on the wall.
    pub(super) fn date(&self, time: &Time) -> Option<Date> {
        Some(match time {
            Time::Day(date) => *date,
            Time::Local(clock, _) => clock.date,
            Time::Utc(instant) => match self.of(time) {
                Some(zone) => zone.moment(*instant).date,
                None => Zone::named("UTC")?.moment(*instant).date,
            },
        })
    }

    /// What tells the occurrence at that time from others.
    pub(super) fn key(&self, time: &Time) -> Option<Key> {
        Some(match time {
            Time::Day(date) => Key::Day(*date),
            Time::Utc(instant) => Key::At(*instant),
            Time::Local(clock, _) => match self.instant(time) {
                Some(instant) => Key::At(instant),
                None => Key::Reading(clock.at(0).instant()),
            },
        })
    }

    /// The time so many milliseconds later, of the same kind.
    pub(super) fn after(&self, start: &Time, length: i64) -> Option<Time> {
        match start {
            Time::Day(date) => {
                let days = date.days_since_epoch().checked_add(length.div_euclid(DAY))?;
                Date::from_days(days).map(Time::Day)
            }
            Time::Utc(_) | Time::Local(_, _) => match self.instant(start) {
                Some(instant) => instant.0.checked_add(length).map(|end| Time::Utc(Instant(end))),
                // Nothing places it: the wall clock alone goes on.
                None => match start {
                    Time::Local(clock, None) => {
                        let end = clock.at(0).instant().0.checked_add(length)?;
                        let reading = Zone::named("UTC")?.moment(Instant(end));
                        Some(Time::Local(WallClock::of(reading), None))
                    }
                    Time::Local(_, Some(_)) | Time::Day(_) | Time::Utc(_) => None,
                },
            },
        }
    }

    /// The milliseconds between two times of one kind.
    pub(super) fn between(&self, start: &Time, end: &Time) -> Option<i64> {
        match (start, end) {
            (Time::Day(start), Time::Day(end)) => {
                let days = end.days_since_epoch().checked_sub(start.days_since_epoch())?;
                days.checked_mul(DAY)
            }
            (start, end) => match (self.instant(start), self.instant(end)) {
                (Some(start), Some(end)) => end.0.checked_sub(start.0),
                _ => match (start, end) {
                    (Time::Local(start, None), Time::Local(end, None)) => {
                        end.at(0).instant().0.checked_sub(start.at(0).instant().0)
                    }
                    _ => None,
                },
            },
        }
    }

    /// The starts of a series up to an instant, and whether it goes on past what was looked at; `None` where its rule is
    /// not understood.
    pub(super) fn starts(
        &self,
        event: &ICalendarComponent,
        first: &Time,
        horizon: Instant,
    ) -> Option<(Vec<Time>, bool)> {
        let wall = |time: &Time| -> Option<WallClock> {
            Some(match time {
                Time::Day(date) => midnight(*date),
                Time::Local(clock, _) => *clock,
                Time::Utc(instant) => match self.of(first) {
                    Some(zone) => WallClock::of(zone.moment(*instant)),
                    None => WallClock::of(Zone::named("UTC")?.moment(*instant)),
                },
            })
        };
        let like_first = |clock: WallClock| match first {
            Time::Day(_) => Time::Day(clock.date),
            Time::Local(_, zone) => Time::Local(clock, zone.clone()),
            Time::Utc(_) => match self.of(first).map(|zone| zone.meaning(clock)) {
                Some(Meaning::Moment(moment)) => Time::Utc(moment.instant()),
                Some(Meaning::Gap | Meaning::Fold) => Time::Local(clock, None),
                None => Time::Utc(clock.at(0).instant()),
            },
        };
        let mut starts = vec![first.clone()];
        let mut cut = false;
        let end = wall(&Time::Utc(horizon))?;
        for entry in event.properties(&ICalendarProperty::Rrule) {
            let Some(ICalendarValue::RecurrenceRule(rule)) = entry.values.first() else {
                return None;
            };
            let until = match rule.until.as_ref() {
                None => None,
                Some(until) => Some(match Time::of(until, None)? {
                    Time::Day(date) => WallClock {
                        hour: 23,
                        minute: 59,
                        second: 59,
                        ..midnight(date)
                    },
                    time => wall(&time)?,
                }),
            };
            let (more, more_cut) = readings(wall(first)?, rule, until, end)?;
            starts.extend(more.into_iter().map(like_first));
            cut |= more_cut;
        }
        for entry in event.properties(&ICalendarProperty::Rdate) {
            starts.extend(Time::all(entry));
        }
        let mut keyed: Vec<(Option<Key>, Time)> = starts.into_iter().map(|start| (self.key(&start), start)).collect();
        keyed.sort_by_key(|(key, _)| *key);
        keyed.dedup_by_key(|(key, _)| *key);
        Some((keyed.into_iter().map(|(_, start)| start).collect(), cut))
    }
}

/// The zone of an IANA name, or of one of the names that Windows and old calendars use for it.
fn named(name: &str) -> Option<Zone> {
    let name = name.trim_matches('"');
    Zone::named(name).or_else(|| {
        let meant = Tz::from_str(name).ok()?;
        Zone::named(&meant.name()?)
    })
}

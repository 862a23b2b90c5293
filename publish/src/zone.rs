//! Publish: IANA zones, from the database that is built in, so that no machine's own one changes a feed.

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::DateTime as Civil;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use joint_events_model::time::{Date, DateTime, Instant};

/// A zone of the IANA database.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// A wall clock's reading, which may not exist in a zone, or exist twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallClock {
    /// The day.
    pub date: Date,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
}

/// What a reading of the wall clock means in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// One moment.
    Moment(DateTime),
    /// None: the clocks go forward over it.
    Gap,
    /// Two: the clocks go back over it.
    Fold,
}

impl Zone {
    /// The zone of a name; aliases such as `America/Montreal` are names too.
    ///
    /// ```
    /// use joint_events_publish::zone::Zone;
    ///
    /// assert_eq!(Zone::named("America/Montreal").map(|zone| zone.canonical()).as_deref(), Some("America/Toronto"));
    /// assert!(Zone::named("UTC+0").is_none());
    /// ```
    pub fn named(name: &str) -> Option<Self> {
        static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
        let place = name == "UTC" || name.contains('/');
        let database = DATABASE.get_or_init(TimeZoneDatabase::bundled);
        place.then(|| database.get(name).ok()).flatten().map(Self)
    }

    /// The name that the database itself prefers; `UTC` for its own spellings of it.
    pub fn canonical(&self) -> String {
        match self.0.primary_iana_name() {
            None | Some("UTC" | "Etc/UTC") => "UTC".to_owned(),
            Some(name) => name.to_owned(),
        }
    }

    /// What a reading of the wall clock means here.
    pub fn meaning(&self, clock: WallClock) -> Meaning {
        let Some(civil) = clock.civil() else {
            return Meaning::Gap;
        };
        match self.0.to_ambiguous_timestamp(civil).offset() {
            AmbiguousOffset::Unambiguous { offset } => Meaning::Moment(clock.at(minutes(offset))),
            AmbiguousOffset::Gap { .. } => Meaning::Gap,
            AmbiguousOffset::Fold { .. } => Meaning::Fold,
        }
    }

    /// Minutes east of UTC at an instant.
    pub fn offset(&self, instant: Instant) -> i16 {
        minutes(self.0.to_offset(timestamp(instant)))
    }

    /// The wall clock here at an instant.
    pub fn moment(&self, instant: Instant) -> DateTime {
        let civil = self.0.to_datetime(timestamp(instant));
        let narrow = |number: i8| u8::try_from(number).unwrap_or_default();
        let date = Date {
            year: i32::from(civil.year()),
            month: narrow(civil.month()),
            day: narrow(civil.day()),
        };
        let clock = WallClock {
            date,
            hour: narrow(civil.hour()),
            minute: narrow(civil.minute()),
            second: narrow(civil.second()),
        };
        clock.at(self.offset(instant))
    }

    /// The zone's short name at an instant: `EST`, or digits where the database has none.
    pub fn abbreviation(&self, instant: Instant) -> String {
        self.0.to_offset_info(timestamp(instant)).abbreviation().to_owned()
    }

    /// The changes of the offset from one instant on, up to another: when, minutes before and after, name, and whether
    /// daylight saving time begins with it.
    pub fn changes(&self, from: Instant, to: Instant) -> Vec<Change> {
        let mut before = self.offset(from);
        self.0
            .following(timestamp(from))
            .take_while(|change| change.timestamp() <= timestamp(to))
            .map(|change| {
                let after = minutes(change.offset());
                let made = Change {
                    at: Instant(change.timestamp().as_millisecond()),
                    before,
                    after,
                    name: change.abbreviation().to_owned(),
                    daylight: change.dst().is_dst(),
                };
                before = after;
                made
            })
            .collect()
    }

    /// Whether daylight saving time holds at an instant.
    pub fn is_daylight(&self, instant: Instant) -> bool {
        self.0.to_offset_info(timestamp(instant)).dst().is_dst()
    }
}

/// A change of a zone's offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// Minutes east of UTC until then.
    pub before: i16,
    /// Minutes east of UTC from then on.
    pub after: i16,
    /// The zone's short name from then on.
    pub name: String,
    /// Whether daylight saving time holds from then on.
    pub daylight: bool,
}

impl WallClock {
    /// The reading of a moment.
    pub fn of(moment: DateTime) -> Self {
        Self {
            date: moment.date,
            hour: moment.hour,
            minute: moment.minute,
            second: moment.second,
        }
    }

    /// The moment at which a clock that many minutes east of UTC shows it.
    pub fn at(self, offset: i16) -> DateTime {
        DateTime {
            date: self.date,
            hour: self.hour,
            minute: self.minute,
            second: self.second,
            millisecond: None,
            offset,
        }
    }

    fn civil(self) -> Option<Civil> {
        let narrow = |number: u8| i8::try_from(number).ok();
        Civil::new(
            i16::try_from(self.date.year).ok()?,
            narrow(self.date.month)?,
            narrow(self.date.day)?,
            narrow(self.hour)?,
            narrow(self.minute)?,
            narrow(self.second)?,
            0,
        )
        .ok()
    }
}

impl std::fmt::Display for WallClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            date,
            hour,
            minute,
            second,
        } = self;
        write!(f, "{date} {hour:02}:{minute:02}")?;
        if *second > 0 {
            write!(f, ":{second:02}")?;
        }
        Ok(())
    }
}

/// The beginning of the day so many months from an instant, in UTC; a day that its month lacks is its 28th.
///
/// ```
/// use joint_events_model::{ics::utc, time::DateTime};
/// use joint_events_publish::zone::months_from;
///
/// let january = DateTime::parse("2027-01-31T14:00:00Z").map(|moment| months_from(moment.instant(), 1));
/// assert_eq!(january.map(utc).as_deref(), Some("20270228T000000Z"));
/// ```
pub fn months_from(instant: Instant, months: i64) -> Instant {
    let date = Date::from_days(instant.0.div_euclid(86_400_000)).unwrap_or(Date {
        year: 9999,
        month: 12,
        day: 31,
    });
    let month = i64::from(date.year)
        .saturating_mul(12)
        .saturating_add(i64::from(date.month))
        .saturating_sub(1)
        .saturating_add(months);
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12).saturating_add(1));
    let on = |day: u8| Date::parse(&format!("{year:04}-{month:02}-{day:02}"));
    let date = on(date.day).or_else(|| on(28)).unwrap_or(date);
    Instant(date.days_since_epoch().saturating_mul(86_400_000))
}

fn timestamp(instant: Instant) -> Timestamp {
    Timestamp::from_millisecond(instant.0).unwrap_or(if instant.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

fn minutes(offset: Offset) -> i16 {
    i16::try_from(offset.seconds().div_euclid(60)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(date: &str, hour: u8, minute: u8) -> WallClock {
        let date = Date::parse(date).unwrap();
        WallClock {
            date,
            hour,
            minute,
            second: 0,
        }
    }

    #[test]
    fn a_time_that_the_clocks_skip_or_repeat_has_no_one_meaning() {
        let toronto = Zone::named("America/Toronto").unwrap();
        assert_eq!(toronto.meaning(clock("2027-03-14", 2, 30)), Meaning::Gap);
        assert_eq!(toronto.meaning(clock("2027-11-07", 1, 30)), Meaning::Fold);
        let Meaning::Moment(moment) = toronto.meaning(clock("2027-03-14", 3, 0)) else {
            panic!("03:00 is a time of that day");
        };
        assert_eq!(moment.to_string(), "2027-03-14T03:00:00-04:00");
    }

    #[test]
    fn the_wall_clock_of_an_instant_carries_the_zones_offset() {
        let instant = DateTime::parse("2027-03-09T22:00:00Z").unwrap().instant();
        for (zone, wall) in [
            ("America/Toronto", "2027-03-09T17:00:00-05:00"),
            ("America/St_Johns", "2027-03-09T18:30:00-03:30"),
            ("UTC", "2027-03-09T22:00:00Z"),
        ] {
            assert_eq!(Zone::named(zone).unwrap().moment(instant).to_string(), wall);
        }
    }

    #[test]
    fn offsets_and_short_names_are_no_zones() {
        for name in ["UTC+0", "EST", "GMT-5", "", "Eastern Standard Time", "America/Nowhere"] {
            assert!(Zone::named(name).is_none(), "{name}");
        }
    }

    #[test]
    fn any_instant_has_a_wall_clock() {
        let zone = Zone::named("America/Toronto").unwrap();
        for millisecond in [i64::MIN, i64::MAX, 0] {
            zone.moment(Instant(millisecond));
        }
    }
}

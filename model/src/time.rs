//! Model: RFC 3339 moments and calendar dates, without a zone database.

use std::cmp::Ordering;
use std::fmt;

use crate::decimal::push_decimal;

const DAY: i64 = 86_400_000;
const NOON: i64 = 43_200_000;
const MINUTE: i64 = 60_000;

/// Days from 1970-01-01 to the first and to the last day that four digits of a year can name.
const FIRST_DAY: i64 = -719_528;
const LAST_DAY: i64 = 2_932_896;

/// A calendar day (proleptic Gregorian). Orders by day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    /// 0 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// The date of `YYYY-MM-DD` (RFC 3339, `full-date`); a day that the calendar lacks is refused, not shifted.
    ///
    /// ```
    /// use joint_events_model::time::Date;
    ///
    /// assert_eq!(Date::parse("2027-03-09"), Some(Date { year: 2027, month: 3, day: 9 }));
    /// assert_eq!(Date::parse("2027-06-31"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = Digits(text.as_bytes());
        let date = digits.date()?;
        digits.0.is_empty().then_some(date)
    }

    /// Days since 1970-01-01; negative before it.
    pub fn days_since_epoch(self) -> i64 {
        // Years are counted from March, so that the leap day is the last of its year; 400 of them have 146 097 days.
        // No year of an `i32` comes near the bounds of an `i64`, so nothing wraps.
        let month = i64::from(self.month);
        let year = i64::from(self.year).wrapping_sub(i64::from(month <= 2));
        let since_march = month.wrapping_add(9).rem_euclid(12);
        let day_of_year = since_march.wrapping_mul(153).wrapping_add(2).div_euclid(5);
        let leap_days = year
            .div_euclid(4)
            .wrapping_sub(year.div_euclid(100))
            .wrapping_add(year.div_euclid(400));
        let days = year.wrapping_mul(365).wrapping_add(leap_days).wrapping_add(day_of_year);
        // 719 469 days lie between 0000-03-01, less the one that `day` counts from, and 1970-01-01.
        days.wrapping_add(i64::from(self.day)).wrapping_sub(719_469)
    }

    /// The date so many days after 1970-01-01, within the years 0 to 9999.
    ///
    /// ```
    /// use joint_events_model::time::Date;
    ///
    /// assert_eq!(Date::from_days(20_886), Date::parse("2027-03-09"));
    /// ```
    pub fn from_days(days: i64) -> Option<Self> {
        if !(FIRST_DAY..=LAST_DAY).contains(&days) {
            return None;
        }
        // 719 468 days lie between 0000-03-01 and 1970-01-01. Within these years nothing wraps.
        let shifted = i32::try_from(days).ok()?.wrapping_add(719_468);
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let leap_days = (day_of_era / 36_524)
            .wrapping_sub(day_of_era / 1460)
            .wrapping_sub(day_of_era / 146_096);
        let year_of_era = day_of_era.wrapping_add(leap_days) / 365;
        let year_start = year_of_era
            .wrapping_mul(365)
            .wrapping_add(year_of_era / 4)
            .wrapping_sub(year_of_era / 100);
        let day_of_year = day_of_era.wrapping_sub(year_start);
        let since_march = day_of_year.wrapping_mul(5).wrapping_add(2) / 153;
        let month_start = since_march.wrapping_mul(153).wrapping_add(2) / 5;
        let month = since_march.wrapping_add(2) % 12;
        Some(Self {
            year: era
                .wrapping_mul(400)
                .wrapping_add(year_of_era)
                .wrapping_add(i32::from(month < 2)),
            month: u8::try_from(month.wrapping_add(1)).ok()?,
            day: u8::try_from(day_of_year.wrapping_sub(month_start).wrapping_add(1)).ok()?,
        })
    }

    /// The day after; the last day of the year 9999 has none.
    pub fn next(self) -> Option<Self> {
        Self::from_days(self.days_since_epoch().checked_add(1)?)
    }

    /// Adds year, month and day with a mark between them.
    pub(crate) fn push(self, text: &mut String, mark: &str) {
        push_decimal(text, self.year.unsigned_abs(), 4);
        text.push_str(mark);
        push_decimal(text, self.month.into(), 2);
        text.push_str(mark);
        push_decimal(text, self.day.into(), 2);
    }

    /// The instant of 00:00 UTC.
    fn midnight(self) -> i64 {
        self.days_since_epoch().saturating_mul(DAY)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&When::Date(*self).written())
    }
}

/// A moment as written (RFC 3339, section 5.6): wall clock and offset, kept apart from its instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateTime {
    /// Day on the wall.
    pub date: Date,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59: leap seconds are refused.
    pub second: u8,
    /// 0 to 999, if a fraction is written.
    pub millisecond: Option<u16>,
    /// Minutes east of UTC.
    pub offset: i16,
}

impl DateTime {
    /// The moment of an RFC 3339 `date-time`; one without an offset, `24:00` and leap seconds are refused, not shifted.
    ///
    /// ```
    /// use joint_events_model::time::DateTime;
    ///
    /// assert!(DateTime::parse("2027-03-09T17:00:00-05:00").is_some());
    /// assert!(DateTime::parse("2027-03-09T17:00:00").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = Digits(text.as_bytes());
        let date = digits.date()?;
        digits.one_of(|byte| matches!(byte, b'T' | b't'))?;
        let hour = digits.number(2).filter(|hour| *hour < 24)?;
        digits.one_of(|byte| byte == b':')?;
        let minute = digits.number(2).filter(|minute| *minute < 60)?;
        digits.one_of(|byte| byte == b':')?;
        let second = digits.number(2).filter(|second| *second < 60)?;
        let millisecond = match digits.one_of(|byte| byte == b'.') {
            Some(_) => Some(digits.milliseconds()?),
            None => None,
        };
        let offset = digits.offset()?;
        let narrow = |number: u16| u8::try_from(number).ok();
        digits.0.is_empty().then_some(Self {
            date,
            hour: narrow(hour)?,
            minute: narrow(minute)?,
            second: narrow(second)?,
            millisecond,
            offset,
        })
    }

    /// The second of an instant on a clock in UTC; outside the years 0 to 9999 the nearest in them.
    pub(crate) fn utc(instant: Instant) -> Self {
        const LAST: i64 = (LAST_DAY + 1) * DAY - 1;
        let milliseconds = instant.0.clamp(FIRST_DAY * DAY, LAST);
        let clock = milliseconds.rem_euclid(DAY) / 1000;
        // Every clamped day has its date, and an hour, a minute and a second: the fallbacks are never met.
        let date = Date::from_days(milliseconds.div_euclid(DAY)).unwrap_or(Date {
            year: 9999,
            month: 12,
            day: 31,
        });
        let narrow = |number: i64| u8::try_from(number).unwrap_or(0);
        Self {
            date,
            hour: narrow(clock / 3600),
            minute: narrow(clock / 60 % 60),
            second: narrow(clock % 60),
            millisecond: None,
            offset: 0,
        }
    }

    /// When it is.
    pub fn instant(self) -> Instant {
        let minutes = i64::from(self.hour)
            .wrapping_mul(60)
            .wrapping_add(i64::from(self.minute));
        let minutes = minutes.wrapping_sub(i64::from(self.offset));
        let seconds = i64::from(self.second).wrapping_mul(1000);
        let clock = minutes.wrapping_mul(MINUTE).wrapping_add(seconds);
        let clock = clock.wrapping_add(i64::from(self.millisecond.unwrap_or(0)));
        Instant(self.date.midnight().saturating_add(clock))
    }

    /// Adds date and clock without marks: `20270309T170000`.
    pub(crate) fn push_basic(self, text: &mut String) {
        self.date.push(text, "");
        self.push_clock(text, "");
    }

    /// Adds hour, minute and second with a mark between them.
    fn push_clock(self, text: &mut String, mark: &str) {
        text.push('T');
        push_decimal(text, self.hour.into(), 2);
        text.push_str(mark);
        push_decimal(text, self.minute.into(), 2);
        text.push_str(mark);
        push_decimal(text, self.second.into(), 2);
    }

    /// The last millisecond that the text covers: a bound given to the second includes that whole second.
    ///
    /// ```
    /// use joint_events_model::time::{DateTime, Instant};
    ///
    /// assert_eq!(DateTime::parse("1970-01-01T00:00:59Z").map(DateTime::last_instant), Some(Instant(59_999)));
    /// ```
    pub fn last_instant(self) -> Instant {
        let rest = if self.millisecond.is_none() { 999 } else { 0 };
        Instant(self.instant().0.saturating_add(rest))
    }

    /// The wall clock as if it stood in UTC: what a formatter that is told `UTC` prints as written.
    pub fn wall_clock(self) -> Instant {
        Self { offset: 0, ..self }.instant()
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&When::DateTime(*self).written())
    }
}

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instant(pub i64);

/// A day, or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// All day.
    Date(Date),
    /// At a time.
    DateTime(DateTime),
}

impl When {
    /// A date, or a date-time with its offset.
    pub fn parse(text: &str) -> Option<Self> {
        Date::parse(text)
            .map(Self::Date)
            .or_else(|| DateTime::parse(text).map(Self::DateTime))
    }

    /// The day on the wall.
    pub fn date(self) -> Date {
        match self {
            Self::Date(date) => date,
            Self::DateTime(moment) => moment.date,
        }
    }

    /// Its text (RFC 3339), as `Display` writes it; `core::fmt`, which that needs, weighs in a binary.
    ///
    /// ```
    /// use joint_events_model::time::When;
    ///
    /// let written = When::parse("2027-03-09t17:00:00.5-05:00").map(When::written);
    /// assert_eq!(written.as_deref(), Some("2027-03-09T17:00:00.500-05:00"));
    /// ```
    pub fn written(self) -> String {
        let mut text = String::new();
        self.date().push(&mut text, "-");
        let Self::DateTime(moment) = self else { return text };
        moment.push_clock(&mut text, ":");
        if let Some(millisecond) = moment.millisecond {
            text.push('.');
            push_decimal(&mut text, millisecond.into(), 3);
        }
        if moment.offset == 0 {
            text.push('Z');
        } else {
            text.push(if moment.offset < 0 { '-' } else { '+' });
            let minutes = u32::from(moment.offset.unsigned_abs());
            push_decimal(&mut text, minutes / 60, 2);
            text.push(':');
            push_decimal(&mut text, minutes % 60, 2);
        }
        text
    }

    /// The order of lists: by date as written, all-day first, then by instant.
    pub fn list_order(&self, other: &Self) -> Ordering {
        self.list_key().cmp(&other.list_key())
    }

    fn list_key(&self) -> (Date, Option<Instant>) {
        match self {
            Self::Date(date) => (*date, None),
            Self::DateTime(moment) => (moment.date, Some(moment.instant())),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written())
    }
}

/// The time that an event takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day or moment.
    pub start: When,
    /// Last day (inclusive) or moment.
    pub end: Option<When>,
}

impl Span {
    /// The instant from which it is running.
    ///
    /// A day has no instant without a zone database. Noon UTC stands for its bounds: by then the day has begun
    /// everywhere in Canada, and the business of the day before is done.
    pub fn begins(self) -> Instant {
        match self.start {
            When::Date(date) => Instant(date.midnight().saturating_add(NOON)),
            When::DateTime(moment) => moment.instant(),
        }
    }

    /// The instant from which it is past: its end; without one, the midnight that ends its start's day on the wall;
    /// for days, 12:00 UTC of the day after the last.
    pub fn ends(self) -> Instant {
        match self.end.unwrap_or(self.start) {
            When::Date(date) => Instant(date.midnight().saturating_add(DAY + NOON)),
            When::DateTime(moment) if self.end.is_some() => moment.instant(),
            When::DateTime(moment) => {
                let east = i64::from(moment.offset).wrapping_mul(MINUTE);
                Instant(moment.date.midnight().saturating_add(DAY).saturating_sub(east))
            }
        }
    }

    /// The last day that one would call a day of it, on its own wall: an evening that ends after midnight is one day.
    ///
    /// ```
    /// use joint_events_model::time::{Date, Span, When};
    ///
    /// let start = When::parse("2027-03-09T20:00:00-05:00").unwrap();
    /// let end = When::parse("2027-03-10T01:00:00-05:00");
    /// assert_eq!(Span { start, end }.last_day(), start.date());
    /// ```
    pub fn last_day(self) -> Date {
        match (self.start, self.end) {
            (When::DateTime(start), Some(When::DateTime(end)))
                if end.instant().0.saturating_sub(start.instant().0) < DAY =>
            {
                start.date
            }
            (start, end) => end.unwrap_or(start).date().max(start.date()),
        }
    }

    /// Whether it is over.
    pub fn is_past(self, now: Instant) -> bool {
        self.ends() <= now
    }

    /// Whether it has begun and is not over.
    pub fn is_running(self, now: Instant) -> bool {
        self.begins() <= now && !self.is_past(now)
    }
}

/// What is left of a text that is read digit by digit.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    fn number(&mut self, length: usize) -> Option<u16> {
        let (digits, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        digits.iter().try_fold(0_u16, |number, byte| {
            let digit = byte.is_ascii_digit().then(|| byte.wrapping_sub(b'0'))?;
            number.checked_mul(10)?.checked_add(u16::from(digit))
        })
    }

    fn one_of(&mut self, fits: fn(u8) -> bool) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        if !fits(*first) {
            return None;
        }
        self.0 = rest;
        Some(*first)
    }

    fn date(&mut self) -> Option<Date> {
        let year = i32::from(self.number(4)?);
        self.one_of(|byte| byte == b'-')?;
        let month = u8::try_from(self.number(2)?).ok()?;
        self.one_of(|byte| byte == b'-')?;
        let day = u8::try_from(self.number(2)?).ok()?;
        let date = Date { year, month, day };
        // Only a day of the calendar is what its own number of days gives back.
        let real = (1..=12).contains(&month) && Date::from_days(date.days_since_epoch()) == Some(date);
        real.then_some(date)
    }

    /// One digit or more after the point; those past the third are read and not kept.
    fn milliseconds(&mut self) -> Option<u16> {
        let mut milliseconds = 0_u16;
        let mut place = 100_u16;
        let mut length = 0_usize;
        while let Some(digit) = self.one_of(|byte| byte.is_ascii_digit()) {
            let digit = digit & 0xf;
            milliseconds = milliseconds.wrapping_add(u16::from(digit).wrapping_mul(place));
            place = place.checked_div(10)?;
            length = length.wrapping_add(1);
        }
        (length > 0).then_some(milliseconds)
    }

    fn offset(&mut self) -> Option<i16> {
        let sign = match self.one_of(|byte| matches!(byte, b'Z' | b'z' | b'+' | b'-'))? {
            b'+' => 1,
            b'-' => -1,
            _ => return Some(0),
        };
        let hours = self.number(2).filter(|hours| *hours < 24)?;
        self.one_of(|byte| byte == b':')?;
        let minutes = self.number(2).filter(|minutes| *minutes < 60)?;
        i16::try_from(hours.checked_mul(60)?.checked_add(minutes)?)
            .ok()?
            .checked_mul(sign)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn moment(text: &str) -> DateTime {
        DateTime::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[track_caller]
    fn when(text: &str) -> When {
        When::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[track_caller]
    fn span(start: &str, end: Option<&str>) -> Span {
        Span {
            start: when(start),
            end: end.map(when),
        }
    }

    /// A clock that many minutes east of UTC, at a second since 1970-01-01T00:00:00Z.
    fn clock(second: i64, offset: i64) -> String {
        let local = second.saturating_add(offset.saturating_mul(60));
        let (day, second) = (local.div_euclid(86_400), local.rem_euclid(86_400));
        let date = Date::from_days(day).expect("within the years 0 to 9999");
        let sign = if offset < 0 { '-' } else { '+' };
        let east = offset.unsigned_abs();
        format!(
            "{date}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            second / 3600,
            second / 60 % 60,
            second % 60,
            east / 60,
            east % 60
        )
    }

    #[test]
    fn impossible_times_are_refused_not_shifted() {
        for text in [
            "",
            "2027-06-31",
            "2027-02-29",
            "2027-00-10",
            "2027-13-01",
            "2027-3-9",
            "20270309",
            "+2027-03-09",
            "2027-03-09 ",
            "２０２７-03-09",
            "2027-03-09T24:00:00Z",
            "2027-03-09T10:00:00",
            "2027-03-09T10:60:00Z",
            "2027-03-09T10:00:60Z",
            "2027-03-09T10:00Z",
            "2027-03-09T10:00:00.Z",
            "2027-03-09T10:00:00+5:00",
            "2027-03-09T10:00:00+24:00",
            "2027-03-09T10:00:00-05:60",
            "2027-03-09 10:00:00Z",
            "2027-03-09T10:00:00Zx",
        ] {
            assert_eq!(When::parse(text), None, "{text}");
        }
        assert!(Date::parse("2028-02-29").is_some());
    }

    #[test]
    fn a_moment_is_written_back_as_it_was() {
        for text in [
            "2027-03-09T17:00:00-05:00",
            "2027-03-09T17:00:00Z",
            "2027-03-09T17:00:00.250+05:30",
            "2027-03-09",
        ] {
            assert_eq!(when(text).to_string(), text);
        }
    }

    #[test]
    fn every_spelling_of_the_standard_is_read() {
        for (text, plain) in [
            ("2027-03-09t17:00:00z", "2027-03-09T17:00:00Z"),
            ("2027-03-09T17:00:00+00:00", "2027-03-09T17:00:00Z"),
            ("2027-03-09T17:00:00-00:00", "2027-03-09T17:00:00Z"),
            ("2027-03-09T17:00:00.5Z", "2027-03-09T17:00:00.500Z"),
            ("2027-03-09T17:00:00.1239999Z", "2027-03-09T17:00:00.123Z"),
            ("2027-03-09T17:00:00+23:59", "2027-03-09T17:00:00+23:59"),
            ("2027-03-09T17:00:00-00:30", "2027-03-09T17:00:00-00:30"),
        ] {
            assert_eq!(moment(text).to_string(), plain, "{text}");
        }
    }

    #[test]
    fn the_offset_is_taken_off_the_wall_clock() {
        assert_eq!(
            moment("2027-03-09T17:00:00-05:00").instant(),
            moment("2027-03-09T22:00:00Z").instant()
        );
        assert_eq!(
            moment("2027-03-09T17:00:00-05:00").wall_clock(),
            moment("2027-03-09T17:00:00Z").instant()
        );
    }

    #[test]
    fn a_bound_given_to_the_second_covers_all_of_it() {
        assert_eq!(moment("1970-01-01T00:00:01Z").last_instant(), Instant(1999));
        assert_eq!(moment("1970-01-01T00:00:01.500Z").last_instant(), Instant(1500));
    }

    #[test]
    fn a_timed_event_is_past_after_its_end() {
        let talk = span("2027-03-09T12:00:00-05:00", Some("2027-03-09T13:00:00-05:00"));
        assert!(talk.is_running(moment("2027-03-09T12:59:59-05:00").instant()));
        assert!(talk.is_past(moment("2027-03-09T13:00:00-05:00").instant()));
        assert!(!talk.is_running(moment("2027-03-09T11:59:59-05:00").instant()));
    }

    #[test]
    fn an_event_that_ends_as_it_starts_is_past_from_then_on() {
        let toast = span("2027-03-09T12:00:00-05:00", Some("2027-03-09T17:00:00Z"));
        assert!(!toast.is_past(moment("2027-03-09T11:59:59.999-05:00").instant()));
        assert!(toast.is_past(toast.begins()));
        assert!(!toast.is_running(toast.begins()));
    }

    #[test]
    fn an_event_without_an_end_is_past_after_its_starts_day() {
        let talk = span("2027-03-09T12:00:00-05:00", None);
        assert!(!talk.is_past(moment("2027-03-09T23:59:59-05:00").instant()));
        assert!(talk.is_past(moment("2027-03-10T00:00:00-05:00").instant()));
    }

    #[test]
    fn days_are_past_at_noon_utc_of_the_day_after_the_last() {
        let forum = span("2027-03-09", Some("2027-03-10"));
        assert!(forum.is_running(moment("2027-03-11T11:59:59Z").instant()));
        assert!(forum.is_past(moment("2027-03-11T12:00:00Z").instant()));
        assert!(!forum.is_running(moment("2027-03-09T11:59:59Z").instant()));
    }

    #[test]
    fn lists_go_by_date_as_written_and_days_come_before_hours() {
        let mut list = [
            "2027-03-10T00:30:00+14:00",
            "2027-03-09T20:00:00-08:00",
            "2027-03-09T09:00:00-05:00",
            "2027-03-09",
        ]
        .map(when);
        list.sort_by(When::list_order);
        let expected = [
            "2027-03-09",
            "2027-03-09T09:00:00-05:00",
            "2027-03-09T20:00:00-08:00",
            "2027-03-10T00:30:00+14:00",
        ];
        assert_eq!(list.map(|when| when.to_string()), expected);
    }

    proptest! {
        #[test]
        fn every_day_is_the_one_after_the_day_before(days in -719_528_i64..2_932_896) {
            let date = Date::from_days(days).expect("within the years 0 to 9999");
            prop_assert_eq!(date.days_since_epoch(), days);
            prop_assert_eq!(Date::parse(&date.to_string()), Some(date));
            let next = date.next().expect("within the years 0 to 9999");
            prop_assert!(date < next);
        }

        #[test]
        fn instants_order_as_their_texts_in_utc_do(
            second in -62_167_000_000_i64..253_402_000_000,
            later in 0_i64..100_000,
            offsets in (-1439_i64..=1439, -1439_i64..=1439),
        ) {
            let other = second.saturating_add(later);
            let instants = [clock(second, offsets.0), clock(other, offsets.1)].map(|text| moment(&text).instant());
            prop_assert_eq!(instants, [second, other].map(|second| Instant(second.saturating_mul(1000))));
            prop_assert_eq!(instants[0].cmp(&instants[1]), clock(second, 0).cmp(&clock(other, 0)));
        }

        #[test]
        fn any_text_is_a_time_or_none(text in "\\PC*|[0-9TZ:.+-]{0,30}") {
            if let Some(when) = When::parse(&text) {
                prop_assert_eq!(When::parse(&when.to_string()).map(|when| when.date()), Some(when.date()));
            }
        }
    }
}

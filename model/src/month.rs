//! Model: a month as a calendar shows it: its weeks, which events lie on which of its days, and where one goes from a day.

use crate::Feed;
use crate::time::{Date, When};

/// Days in a week.
const WEEK: i64 = 7;

/// A month of the calendar. Orders by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    /// 0 to 9999.
    pub year: i32,
    /// 1 to 12.
    pub month: u8,
}

impl Month {
    /// The month of `YYYY-MM`, as the facet of months has it.
    ///
    /// ```
    /// use joint_events_model::month::Month;
    ///
    /// assert_eq!(Month::parse("2027-03"), Some(Month { year: 2027, month: 3 }));
    /// assert_eq!(Month::parse("2027-13"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        Date::parse(&[text, "-01"].concat()).map(Self::of)
    }

    /// The month as `YYYY-MM`.
    ///
    /// ```
    /// use joint_events_model::month::Month;
    ///
    /// assert_eq!(Month { year: 2027, month: 3 }.id(), "2027-03");
    /// ```
    pub fn id(self) -> String {
        let mut id = When::Date(self.first()).written();
        id.truncate("YYYY-MM".len());
        id
    }

    /// The month that a day is in.
    pub fn of(date: Date) -> Self {
        let Date { year, month, .. } = date;
        Self { year, month }
    }

    /// Its first day.
    pub fn first(self) -> Date {
        let Self { year, month } = self;
        Date { year, month, day: 1 }
    }

    /// Its last day.
    ///
    /// ```
    /// use joint_events_model::month::Month;
    ///
    /// assert_eq!(Month { year: 2028, month: 2 }.last().day, 29);
    /// ```
    pub fn last(self) -> Date {
        let after = self.next().map(|next| next.first().days_since_epoch());
        let last = after.and_then(|after| Date::from_days(after.wrapping_sub(1)));
        // Only December 9999, the last of all, has none after it.
        last.unwrap_or(Date {
            day: 31,
            ..self.first()
        })
    }

    /// The month after; the last of the year 9999 has none.
    pub fn next(self) -> Option<Self> {
        self.moved(1)
    }

    /// The month before; the first of the year 0 has none.
    pub fn previous(self) -> Option<Self> {
        self.moved(-1)
    }

    fn moved(self, months: i32) -> Option<Self> {
        let months = self
            .year
            .checked_mul(12)?
            .checked_add(i32::from(self.month))?
            .checked_add(months)?
            .checked_sub(1)?;
        let year = months.div_euclid(12);
        let month = u8::try_from(months.rem_euclid(12)).ok()?.checked_add(1)?;
        (0..=9999).contains(&year).then_some(Self { year, month })
    }
}

/// The days that an event takes, each as written on its own wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The event's place in the feed.
    pub place: usize,
    /// Its first day.
    pub first: Date,
    /// Its last day, inclusive: never before the first.
    pub last: Date,
}

impl Taken {
    /// Whether the event lies on a day.
    pub fn holds(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// The days that these events of a feed take, in the order of their places.
pub fn taken(feed: &Feed, places: &[usize]) -> Vec<Taken> {
    let mut taken = Vec::with_capacity(places.len());
    for place in places {
        if let Some(event) = feed.events.get(*place) {
            taken.push(Taken {
                place: *place,
                first: event.start.date(),
                last: event.span().last_day(),
            });
        }
    }
    taken
}

/// A week of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its seven days; `None` where the day is of another month.
    pub days: Vec<Option<Date>>,
    /// What lies on them: events of several days first, then in the order given.
    pub bars: Vec<Bar>,
}

/// What is seen of an event in one week: the days side by side that it takes there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The event's place in the feed.
    pub place: usize,
    /// The column of its first day here, from 0.
    pub column: usize,
    /// How many days it takes here: at least 1.
    pub days: usize,
    /// The line in which it meets no other bar of the week, from 0.
    pub lane: usize,
    /// Whether its first day here is the event's own.
    pub begins: bool,
    /// Whether its last day here is the event's own.
    pub ends: bool,
}

impl Bar {
    /// Whether it lies on the day of a column.
    pub fn holds(&self, column: usize) -> bool {
        (self.column..self.column.saturating_add(self.days)).contains(&column)
    }
}

/// The weeks of a month, with what lies on its days. A week begins on `first_day`, 0 for Sunday to 6 for Saturday.
///
/// ```
/// use joint_events_model::month::{Month, weeks};
///
/// let march = weeks(&[], Month { year: 2027, month: 3 }, 0);
/// assert_eq!(march.len(), 5);
/// assert_eq!(march[0].days[0], None, "a Sunday of February");
/// assert_eq!(march[0].days[1].map(|date| date.day), Some(1));
/// ```
pub fn weeks(taken: &[Taken], month: Month, first_day: u8) -> Vec<Week> {
    let (first, last) = (month.first(), month.last());
    let mut begin = first.days_since_epoch().wrapping_sub(column(first, first_day));
    let mut weeks = Vec::new();
    while begin <= last.days_since_epoch() {
        let mut days = Vec::with_capacity(7);
        for day in 0..WEEK {
            let date = Date::from_days(begin.wrapping_add(day));
            days.push(date.filter(|date| Month::of(*date) == month));
        }
        let own = || days.iter().flatten();
        let bars = match (own().min(), own().max()) {
            (Some(from), Some(to)) => bars(taken, *from, *to, first_day),
            _ => Vec::new(),
        };
        weeks.push(Week { days, bars });
        begin = begin.wrapping_add(WEEK);
    }
    weeks
}

/// The day's place in a week that begins on `first_day`.
fn column(date: Date, first_day: u8) -> i64 {
    // 1970-01-01 was a Thursday.
    let since_sunday = date.days_since_epoch().wrapping_add(4);
    since_sunday.wrapping_sub(i64::from(first_day)).rem_euclid(WEEK)
}

/// What lies on the days of a week from one to another.
fn bars(taken: &[Taken], from: Date, to: Date, first_day: u8) -> Vec<Bar> {
    let mut bars = Vec::new();
    // For each lane a bit for each of its days that is taken.
    let mut lanes: Vec<u8> = Vec::new();
    for of_several_days in [true, false] {
        for event in taken {
            let is_here = event.first <= to && event.last >= from;
            if !is_here || (event.first != event.last) != of_several_days {
                continue;
            }
            let (first, last) = (event.first.max(from), event.last.min(to));
            let (column, until) = (column(first, first_day), column(last, first_day));
            let mut mask = 0_u8;
            for day in column..=until {
                mask |= 1_u8.rotate_left(u32::try_from(day).unwrap_or(0));
            }
            let free = lanes.iter().position(|lane| lane & mask == 0);
            let lane = free.unwrap_or(lanes.len());
            match lanes.get_mut(lane) {
                Some(lane) => *lane |= mask,
                None => lanes.push(mask),
            }
            let narrow = |number: i64| usize::try_from(number).unwrap_or(0);
            bars.push(Bar {
                place: event.place,
                column: narrow(column),
                days: narrow(until.wrapping_sub(column).wrapping_add(1)),
                lane,
                begins: event.first == first,
                ends: event.last == last,
            });
        }
    }
    bars
}

/// The first day of the nearest event outside a month in which there is none: of the next one, else of the one before.
/// Events are given in the order of their starts.
pub fn nearest(taken: &[Taken], month: Month) -> Option<Date> {
    let next = taken.iter().find(|event| event.first > month.last());
    let before = || taken.iter().rfind(|event| event.last < month.first());
    next.or_else(before).map(|event| event.first)
}

/// Where one goes from a day of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many days on; back where negative.
    Days(i64),
    /// To the first day of its week in its month.
    WeekStart,
    /// To the last day of its week in its month.
    WeekEnd,
    /// To the first day of its month.
    MonthStart,
    /// To the last day of its month.
    MonthEnd,
    /// To the same day of the month before; to its last day where it is shorter.
    PreviousMonth,
    /// To the same day of the month after; to its last day where it is shorter.
    NextMonth,
}

/// The day that a step leads to; a step out of the years 0 to 9999 leads nowhere.
///
/// ```
/// use joint_events_model::month::{Step, step};
/// use joint_events_model::time::Date;
///
/// let last = Date { year: 2027, month: 1, day: 31 };
/// assert_eq!(step(last, Step::NextMonth, 0), Some(Date { year: 2027, month: 2, day: 28 }));
/// ```
pub fn step(from: Date, step: Step, first_day: u8) -> Option<Date> {
    let month = Month::of(from);
    let moved = |days: i64| Date::from_days(from.days_since_epoch().saturating_add(days));
    let same_day_in = |month: Month| {
        let (first, last) = (month.first(), month.last());
        Date {
            day: from.day.min(last.day),
            ..first
        }
    };
    match step {
        Step::Days(days) => moved(days),
        Step::WeekStart => moved(column(from, first_day).wrapping_neg()).map(|date| date.max(month.first())),
        Step::WeekEnd => {
            moved(column(from, first_day).wrapping_neg().wrapping_add(6)).map(|date| date.min(month.last()))
        }
        Step::MonthStart => Some(month.first()),
        Step::MonthEnd => Some(month.last()),
        Step::PreviousMonth => month.previous().map(same_day_in),
        Step::NextMonth => month.next().map(same_day_in),
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test fails where it panics"
)]
mod tests {
    use super::*;
    use crate::read::read;
    use crate::select::{Filter, Index, Past};
    use crate::time::Instant;
    use proptest::prelude::*;

    #[track_caller]
    fn date(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[track_caller]
    fn month(text: &str) -> Month {
        Month::parse(text).unwrap()
    }

    /// Events on these days, placed in the order given.
    #[track_caller]
    fn on(days: &[(&str, &str)]) -> Vec<Taken> {
        let days = days.iter().enumerate();
        days.map(|(place, (first, last))| Taken {
            place,
            first: date(first),
            last: date(last),
        })
        .collect()
    }

    /// Place, column, days and lane of every bar of a week.
    fn drawn(week: &Week) -> Vec<[usize; 4]> {
        let bars = week.bars.iter();
        bars.map(|bar| [bar.place, bar.column, bar.days, bar.lane]).collect()
    }

    #[test]
    fn a_week_begins_where_the_language_has_it_begin() {
        // March 2027 begins on a Monday.
        let columns = [0, 1, 6].map(|first_day| {
            let weeks = weeks(&[], month("2027-03"), first_day);
            weeks[0].days.iter().position(Option::is_some).unwrap()
        });
        assert_eq!(columns, [1, 0, 2]);
    }

    #[test]
    fn a_month_has_four_to_six_weeks() {
        let lengths = ["2026-02", "2027-03", "2027-05"].map(|text| weeks(&[], month(text), 0).len());
        assert_eq!(lengths, [4, 5, 6]);
    }

    #[test]
    fn an_event_that_goes_on_is_drawn_again_in_the_next_week() {
        let weeks = weeks(&on(&[("2027-03-12", "2027-03-15")]), month("2027-03"), 0);
        assert_eq!(drawn(&weeks[1]), [[0, 5, 2, 0]]);
        assert_eq!(drawn(&weeks[2]), [[0, 0, 2, 0]]);
        let ends = [&weeks[1].bars[0], &weeks[2].bars[0]].map(|bar| (bar.begins, bar.ends));
        assert_eq!(ends, [(true, false), (false, true)]);
    }

    #[test]
    fn a_bar_ends_with_the_month_and_says_that_the_event_does_not() {
        let weeks = weeks(&on(&[("2027-03-30", "2027-04-02")]), month("2027-03"), 0);
        assert_eq!(drawn(&weeks[4]), [[0, 2, 2, 0]]);
        assert!(!weeks[4].bars[0].ends);
    }

    #[test]
    fn events_of_several_days_lie_above_those_of_one() {
        let days = [
            ("2027-03-09", "2027-03-09"),
            ("2027-03-08", "2027-03-10"),
            ("2027-03-11", "2027-03-11"),
        ];
        let weeks = weeks(&on(&days), month("2027-03"), 0);
        assert_eq!(drawn(&weeks[1]), [[1, 1, 3, 0], [0, 2, 1, 1], [2, 4, 1, 0]]);
    }

    #[test]
    fn the_nearest_event_is_the_next_one_else_the_one_before() {
        let taken = on(&[
            ("2027-01-05", "2027-01-05"),
            ("2027-03-09", "2027-03-09"),
            ("2027-06-01", "2027-06-01"),
        ]);
        for (from, expected) in [
            ("2027-02", "2027-03-09"),
            ("2026-12", "2027-01-05"),
            ("2027-07", "2027-06-01"),
        ] {
            assert_eq!(nearest(&taken, month(from)), Some(date(expected)), "{from}");
        }
        assert_eq!(nearest(&[], month("2027-02")), None);
    }

    #[test]
    fn a_step_leads_as_far_as_its_name_says() {
        for (from, taken, expected) in [
            ("2027-03-31", Step::Days(1), "2027-04-01"),
            ("2027-03-03", Step::Days(-7), "2027-02-24"),
            ("2027-03-10", Step::WeekStart, "2027-03-07"),
            ("2027-03-10", Step::WeekEnd, "2027-03-13"),
            ("2027-03-03", Step::WeekStart, "2027-03-01"),
            ("2027-03-30", Step::WeekEnd, "2027-03-31"),
            ("2027-03-10", Step::MonthStart, "2027-03-01"),
            ("2027-03-10", Step::MonthEnd, "2027-03-31"),
            ("2027-03-31", Step::PreviousMonth, "2027-02-28"),
            ("2028-01-31", Step::NextMonth, "2028-02-29"),
        ] {
            assert_eq!(step(date(from), taken, 0), Some(date(expected)), "{from} {taken:?}");
        }
        assert_eq!(step(date("9999-12-31"), Step::Days(1), 0), None);
        assert_eq!(step(date("0000-01-01"), Step::PreviousMonth, 0), None);
    }

    #[test]
    fn an_event_takes_the_days_on_its_own_wall_and_an_evening_one_day() {
        let feed = |start: &str, end: &str| {
            let event = format!(
                r#"{{"id": "a", "title": {{"en": "A"}}, "start": "{start}", "end": "{end}", "timeZone": "America/Toronto", "organizers": ["lso"]}}"#
            );
            read(&format!(
                r#"{{"format": "joint-events", "version": "1.0", "associations": [], "events": [{event}]}}"#
            ))
            .unwrap()
            .feed
        };
        for (start, end, last) in [
            ("2027-03-09", "2027-03-10", "2027-03-10"),
            ("2027-03-09T20:00:00-05:00", "2027-03-10T01:00:00-05:00", "2027-03-09"),
            ("2027-03-09T20:00:00-05:00", "2027-03-11T01:00:00-05:00", "2027-03-11"),
            ("2027-03-09T23:30:00-08:00", "2027-03-09T23:45:00-08:00", "2027-03-09"),
        ] {
            let taken = taken(&feed(start, end), &[0]);
            assert_eq!(taken, on(&[("2027-03-09", last)]), "{start} {end}");
        }
    }

    #[test]
    fn events_come_by_their_starts_past_ones_first() {
        let events = ["2027-03-20", "2027-01-05", "2027-02-01"].map(|start| {
            format!(r#"{{"id": "{start}", "title": {{"en": "A"}}, "start": "{start}", "timeZone": "America/Toronto", "organizers": ["lso"]}}"#)
        });
        let text = format!(
            r#"{{"format": "joint-events", "version": "1.0", "associations": [], "events": [{}]}}"#,
            events.join(",")
        );
        let feed = read(&text).unwrap().feed;
        let index = Index::new(&feed);
        let now = Instant(date("2027-02-20").days_since_epoch() * 86_400_000);
        let selection = |past| index.select(&Filter::default(), now, past);
        assert_eq!(index.by_start(&selection(Past::Shown)), [1, 2, 0]);
        assert_eq!(index.by_start(&selection(Past::Hidden)), [0]);
    }

    fn any_month() -> impl Strategy<Value = Month> {
        (0..=9999, 1..=12_u8).prop_map(|(year, month)| Month { year, month })
    }

    /// Events that begin up to 40 days before or after the first of a month, and take up to 20 days.
    fn any_events() -> impl Strategy<Value = (Month, Vec<Taken>)> {
        let days = prop::collection::vec((-40..80_i64, 0..20_i64), 0..30);
        ((1000..9000, 1..=12_u8), days).prop_map(|((year, month), days)| {
            let month = Month { year, month };
            let day = |days: i64| Date::from_days(month.first().days_since_epoch() + days).unwrap();
            let events = days.into_iter().enumerate();
            let taken = events.map(|(place, (from, long))| Taken {
                place,
                first: day(from),
                last: day(from + long),
            });
            (month, taken.collect())
        })
    }

    proptest! {
        #[test]
        fn every_day_of_a_month_stands_once_in_its_column(month in any_month(), first_day in 0..7_u8) {
            let weeks = weeks(&[], month, first_day);
            let days: Vec<Date> = weeks.iter().flat_map(|week| week.days.iter().flatten().copied()).collect();
            prop_assert_eq!(days.len(), usize::from(month.last().day));
            prop_assert!(days.windows(2).all(|pair| pair[0].next() == Some(pair[1])));
            for week in &weeks {
                prop_assert_eq!(week.days.len(), 7);
                for (place, day) in week.days.iter().enumerate().filter_map(|(place, day)| Some((place, (*day)?))) {
                    // 2023-01-01 was a Sunday.
                    let since = day.days_since_epoch() - date("2023-01-01").days_since_epoch();
                    prop_assert_eq!(i64::try_from(place).unwrap(), (since - i64::from(first_day)).rem_euclid(7));
                }
            }
        }

        #[test]
        fn an_event_lies_on_its_days_alone_and_meets_no_other_in_its_lane((month, taken) in any_events(), first_day in 0..7_u8) {
            for week in weeks(&taken, month, first_day) {
                for (place, day) in week.days.iter().enumerate() {
                    let mut here: Vec<&Bar> = week.bars.iter().filter(|bar| bar.holds(place)).collect();
                    let mut found: Vec<usize> = here.iter().map(|bar| bar.place).collect();
                    found.sort_unstable();
                    let lies = |event: &&Taken| day.is_some_and(|day| event.holds(day));
                    let expected: Vec<usize> = taken.iter().filter(lies).map(|event| event.place).collect();
                    prop_assert_eq!(found, expected);
                    let count = here.len();
                    here.sort_unstable_by_key(|bar| bar.lane);
                    here.dedup_by_key(|bar| bar.lane);
                    prop_assert_eq!(here.len(), count);
                }
            }
        }

        #[test]
        fn the_months_around_a_month_lead_back_to_it(month in any_month()) {
            for other in [month.next(), month.previous()].into_iter().flatten() {
                prop_assert!(other.next() == Some(month) || other.previous() == Some(month));
            }
            prop_assert_eq!(month.last().next().map(Month::of), month.next());
        }

        #[test]
        fn steps_to_and_fro_lead_back(days in -400_000..400_000_i64, far in -40..40_i64, first_day in 0..7_u8) {
            let from = Date::from_days(days).unwrap();
            let there = step(from, Step::Days(far), first_day).unwrap();
            prop_assert_eq!(step(there, Step::Days(-far), first_day), Some(from));
            let ends = [Step::WeekStart, Step::WeekEnd].map(|taken| step(from, taken, first_day).unwrap());
            prop_assert!(ends[0] <= from && from <= ends[1] && ends.iter().all(|end| Month::of(*end) == Month::of(from)));
        }
    }
}

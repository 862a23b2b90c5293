//! Bench: what is measured beside each other.

/// A page of `bench/pages`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contender {
    /// Its path, and what `--only` knows it by.
    pub name: &'static str,
    /// As the report calls it.
    pub title: &'static str,
    /// The file of `bench/pages`.
    pub page: &'static str,
    /// What a calendar shows: the name of its view.
    pub view: &'static str,
    /// Whether the events are there before any script, as a list in the page.
    pub has_list: bool,
}

const fn contender(name: &'static str, title: &'static str, page: &'static str, view: &'static str) -> Contender {
    Contender {
        name,
        title,
        page,
        view,
        has_list: false,
    }
}

/// The widget: all others are told as a ratio to it.
pub const OWN: Contender = contender("joint-events", "joint-events", "joint-events.html", "");
/// EventCalendar with every event of the year in its list.
pub const EVENT_CALENDAR: Contender = contender("eventcalendar", "EventCalendar", "eventcalendar.html", "listYear");
/// The same in FullCalendar 6.
pub const FULL_CALENDAR_6: Contender = contender("fullcalendar6", "FullCalendar 6", "fullcalendar6.html", "listYear");
/// The same in FullCalendar 7.
pub const FULL_CALENDAR_7: Contender = contender("fullcalendar7", "FullCalendar 7", "fullcalendar7.html", "listYear");
/// The floor: plain DOM code.
pub const HAND_WRITTEN: Contender = contender("handwritten", "hand-written page", "handwritten.html", "");

/// Those that show their list by a script.
pub const SCRIPTED: [Contender; 5] = [OWN, EVENT_CALENDAR, FULL_CALENDAR_6, FULL_CALENDAR_7, HAND_WRITTEN];

/// Those with a list in the page.
pub const LISTED: [Contender; 2] = [
    Contender {
        has_list: true,
        ..contender(
            "joint-events-static",
            "joint-events, list inside the tag",
            "joint-events.html",
            "",
        )
    },
    Contender {
        has_list: true,
        ..contender(
            "handwritten-static",
            "hand-written page, list in its HTML",
            "handwritten.html",
            "",
        )
    },
];

/// The calendars with the events of one month, which is the most that they can leave out by themselves.
pub const MONTHS: [Contender; 3] = [
    contender(
        "eventcalendar-month",
        "EventCalendar, one month",
        "eventcalendar.html",
        "listMonth",
    ),
    contender(
        "fullcalendar6-month",
        "FullCalendar 6, one month",
        "fullcalendar6.html",
        "listMonth",
    ),
    contender(
        "fullcalendar7-month",
        "FullCalendar 7, one month",
        "fullcalendar7.html",
        "listMonth",
    ),
];

/// All of them.
pub fn all() -> Vec<Contender> {
    [&SCRIPTED[..], &LISTED, &MONTHS].concat()
}

//! View: a month of events: its table, the ways to other months, and what is said where it has none.
//!
//! The first part of the view enters here alone. What a visitor opens of a month is no second card: the list below the
//! table, which is there for narrow containers and for paper too, shows those of its own cards that are picked.

mod grid;
mod keys;

use std::rc::Rc;

use joint_events_model::month::{Month, Taken, nearest, taken};
use joint_events_model::select::Facet;
use joint_events_model::time::Date;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::node::{Node, focus_later, node};
use super::state::{Said, Widget};
use super::strings::fill;
use super::subject::Subject;
use super::switch::{Picked, picked};
use super::{heading, words};
use crate::intl;

/// A day in milliseconds.
const DAY: i64 = 86_400_000;

/// What takes the focus once something is open below the table.
const OPENED: &str = ".day-heading, [data-picked]";

/// The month view.
pub fn month(subject: &Rc<Subject>) -> Option<Node> {
    let strings = words::later(subject.language());
    let turn = |markup: &str, words: &str| node(markup).attr("aria-label", words).attr("title", words);
    let previous = turn("button|class=month-turn", strings.previous_month)
        .child(node("span|class=chevron-back"))
        .on("click", subject, |subject, _| turn_by(subject, Month::previous));
    let next = turn("button|class=month-turn", strings.next_month)
        .child(node("span|class=chevron"))
        .on("click", subject, |subject, _| turn_by(subject, Month::next));
    let today = node("button|class=month-turn")
        .text(strings.today)
        .on("click", subject, |subject, _| {
            go(&subject.widget, today(&subject.widget))
        });
    let turns = node("div|class=month-turns").child(previous).child(today).child(next);
    let view = node("div|class=month-view")
        .child(turns)
        .switch(subject, made_of, grid::grid)
        .live(subject, skip)
        .live(subject, day_heading);
    Some(view)
}

/// Tells one table from the next: a sum of versions, since each of them only grows.
fn made_of(subject: &Rc<Subject>) -> usize {
    let widget = &subject.widget;
    let versions = [
        widget.options.version(),
        widget.state.version(),
        widget.filter.version(),
        widget.now.version(),
        widget.month.version(),
        widget.priced(),
    ];
    versions.into_iter().fold(0, |sum: usize, version| {
        sum.wrapping_add(version.try_into().unwrap_or(0))
    })
}

/// The month that is shown: where the visitor went, else the first of those that they chose in the facet, which narrows
/// here as in the list; else this month.
fn shown(widget: &Widget) -> Month {
    if let Some(month) = *widget.month.get() {
        return month;
    }
    let filter = widget.filter.get();
    let chosen = filter.chosen(Facet::Month).iter().filter_map(|id| Month::parse(id));
    chosen.min().unwrap_or_else(|| Month::of(today(widget)))
}

/// The visitor's own day.
fn today(widget: &Widget) -> Date {
    let now = *widget.now.get();
    let utc = || Date::from_days(now.0.div_euclid(DAY));
    let epoch = Date {
        year: 1970,
        month: 1,
        day: 1,
    };
    intl::local_day(now).or_else(utc).unwrap_or(epoch)
}

/// The days of all events that match.
fn matching(widget: &Widget) -> Vec<Taken> {
    match widget.loaded() {
        None => Vec::new(),
        Some(loaded) => {
            let selection = widget.selection();
            taken(&loaded.feed, &loaded.index.borrow().by_start(&selection))
        }
    }
}

fn is_within(event: &Taken, month: Month) -> bool {
    event.first <= month.last() && event.last >= month.first()
}

fn turn_by(subject: &Rc<Subject>, to: fn(Month) -> Option<Month>) {
    if let Some(month) = to(shown(&subject.widget)) {
        turn(&subject.widget, month);
    }
}

/// Goes to a day, in whatever month.
fn go(widget: &Widget, day: Date) {
    widget.day.set(Some(day));
    turn(widget, Month::of(day));
}

/// Shows a month, and says so to those who can't see it.
fn turn(widget: &Widget, month: Month) {
    widget.picked.settle(Picked::Nothing);
    widget.month.settle(Some(month));
    widget.tell(Said::View);
    let language = *widget.language.get();
    let events = matching(widget).iter().filter(|event| is_within(event, month)).count();
    let name = intl::month(language, month.year, month.month);
    let count = words::count(language, language.strings().results, events);
    widget.speak([&name, ", ", &count].concat());
}

/// The way out of a month without events: to the next one, else to the one before.
fn skip(subject: &Rc<Subject>) -> Option<Node> {
    let (language, month) = (subject.language(), shown(&subject.widget));
    let day = way_out(&subject.widget, month)?;
    let strings = words::later(language);
    let pattern = if day > month.last() {
        strings.next_event
    } else {
        strings.previous_event
    };
    let date = intl::day_after(language, day, month.first());
    let button =
        node("button|class=month-skip")
            .text(&fill(pattern, &[&date]))
            .on("click", subject, |subject, click| {
                let widget = &subject.widget;
                if let Some(day) = way_out(widget, shown(widget)) {
                    go(widget, day);
                    focus_after(click, keys::STOP);
                }
            });
    Some(button)
}

fn way_out(widget: &Widget, month: Month) -> Option<Date> {
    let taken = matching(widget);
    if taken.iter().any(|event| is_within(event, month)) {
        return None;
    }
    nearest(&taken, month)
}

/// Focuses what a selector finds once what an event changes has been shown.
fn focus_after(event: &Event, selector: &str) {
    if let Some(target) = event.current_target() {
        focus_later(target.unchecked_ref::<Element>(), selector);
    }
}

/// Above what is open: seen where that is a whole day.
fn day_heading(subject: &Rc<Subject>) -> Option<Node> {
    let picked = picked(&subject.widget);
    let (day, class) = match &*picked {
        Picked::Nothing => return None,
        Picked::Day(day) => (*day, "heading day-heading"),
        Picked::Event(key) => {
            let loaded = subject.widget.loaded()?;
            let event = loaded.feed.events.iter().find(|event| event.key == *key)?;
            // A card's title stands one level below a heading, here as in the list.
            (event.start.date(), "heading visually-hidden")
        }
    };
    let level = subject.widget.options.get().heading_level.saturating_sub(1);
    let name = intl::whole_day(subject.language(), day);
    Some(heading(level, "part=heading").attr("class", class).text(&name))
}

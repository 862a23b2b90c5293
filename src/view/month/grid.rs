//! View: the table of a month, a row a week and a cell a day.

use std::rc::Rc;

use joint_events_model::decimal::decimal;
use joint_events_model::month::{Bar, Month, Week, weeks};
use joint_events_model::time::{Date, When};
use joint_events_model::{Event, Status};
use web_sys::Event as Click;

use super::super::card;
use super::super::node::{Node, node};
use super::super::strings::fill;
use super::super::subject::{Subject, Topic};
use super::super::switch::{Picked, is_picked};
use super::{OPENED, focus_after, keys, matching, shown, today};
use crate::intl;
use crate::view::words;

/// How many events stand under each other in a day: the day's further ones are counted.
const LANES: usize = 3;

/// The table of the month that is shown.
pub fn grid(subject: &Rc<Subject>) -> Option<Node> {
    let (widget, language) = (&subject.widget, subject.language());
    let (month, today) = (shown(widget), today(widget));
    let first_day = words::later(language).first_day_of_week;
    let weeks = weeks(&matching(widget), month, first_day);
    let is_here = |day: &Date| Month::of(*day) == month;
    let stop = widget.day.get().filter(is_here).or(Some(today).filter(is_here));
    widget.day.settle(stop.or(Some(month.first())));
    let mut names = node("tr");
    for column in 0..7 {
        // A Sunday, and the days after it.
        let day = Date {
            year: 2023,
            month: 1,
            day: first_day.saturating_add(column).saturating_add(1),
        };
        let name = node("th|scope=col")
            .attr("abbr", &intl::weekday(language, day))
            .text(&intl::short_weekday(language, day));
        names = names.child(name);
    }
    let mut body = node("tbody");
    for week in &weeks {
        let mut row = node("tr");
        for (column, day) in week.days.iter().enumerate() {
            row = row.child(match day {
                Some(day) => cell(subject, week, column, *day, *day == today),
                None => node("td"),
            });
        }
        body = body.child(row);
    }
    // Every card's id begins with `je-`: none is this one.
    let caption = node("caption|id=month").text(&intl::month(language, month.year, month.month));
    // A grid by its keys, and a table by its elements.
    let table = node("table|part=month|role=grid|aria-labelledby=month")
        .child(caption)
        .child(node("thead").child(names))
        .child(body)
        .on("keydown", subject, keys::walk);
    Some(table)
}

fn cell(subject: &Rc<Subject>, week: &Week, column: usize, date: Date, is_today: bool) -> Node {
    let language = subject.language();
    let day = subject.turn(Topic::Day(date));
    let mut events = node("div|class=month-events");
    let (mut count, mut further) = (0_usize, 0_usize);
    for bar in week.bars.iter().filter(|bar| bar.holds(column)) {
        count = count.saturating_add(1);
        if bar.lane >= LANES {
            further = further.saturating_add(1);
        } else if bar.column == column {
            events = events.maybe(event(subject, bar, date));
        }
    }
    let name = intl::day_of_month(language, date);
    if further > 0 {
        events = events.child(more(&day, date, &name, further));
    }
    let label = match count {
        0 => name,
        _ => [&name, ", ", &words::count(language, language.strings().results, count)].concat(),
    };
    let number = node("span|class=month-day|aria-hidden=true").text(&decimal(usize::from(date.day)));
    // Not as the cell's label: that would hide what stands in it.
    let said = node("span|class=visually-hidden").text(&label);
    let cell = node("td")
        .attr("data-date", &When::Date(date).written())
        .state("tabindex", Some("-1"), "0", &day, is_stop)
        .on("focusin", &day, keys::stop)
        .child(number)
        .child(said)
        .child(events);
    if is_today {
        cell.attr("aria-current", "date")
    } else {
        cell
    }
}

fn is_stop(day: &Rc<Subject>) -> bool {
    *day.widget.day.get() == day.day()
}

/// An event, over as many days of the week as it takes; a day's own one with its hour.
fn event(subject: &Rc<Subject>, bar: &Bar, date: Date) -> Option<Node> {
    let (loaded, language) = (subject.widget.loaded()?, subject.language());
    let own = subject.turn(Topic::Event(loaded, bar.place));
    let (event, ..) = own.event()?;
    let mut button = button(&own, date, bar.days)
        .attr("data-status", event.status.token())
        .attr("data-lane", &decimal(bar.lane))
        .attr("data-span", &decimal(bar.days))
        .flag("data-past", &own, |own| own.is_past())
        .expanded(&own, is_picked_alone)
        .child(
            node("span|class=month-words")
                .maybe(hour(event, bar, &own))
                .maybe(words::text("span", &event.title, language)),
        )
        .on("click", &own, pick)
        .on("focusin", &own, keys::stay);
    for (name, is_so) in [("data-begins", bar.begins), ("data-ends", bar.ends)] {
        if is_so {
            button = button.attr(name, "");
        }
    }
    let strings = language.strings();
    let why = match event.status {
        Status::Cancelled => strings.cancelled,
        Status::Postponed => strings.postponed,
        Status::Scheduled | Status::Rescheduled | Status::MovedOnline | Status::Unrecognized => return Some(button),
    };
    let why = [" (", why, ")"].concat();
    Some(button.child(node("span|class=visually-hidden").text(&why)))
}

fn hour(event: &Event, bar: &Bar, own: &Rc<Subject>) -> Option<Node> {
    let When::DateTime(start) = event.start else {
        return None;
    };
    let hour = intl::hour(own.language(), start);
    (bar.begins && bar.ends && bar.days == 1).then(|| node("span|class=month-hour").text(&hour).text(" "))
}

/// A button on so many days, for the keys.
fn button(subject: &Rc<Subject>, date: Date, days: usize) -> Node {
    let mut on = String::new();
    let first = usize::from(date.day);
    for day in first..first.saturating_add(days) {
        on.push_str(&decimal(day));
        on.push(' ');
    }
    node("button|class=month-event|tabindex=-1")
        .attr("data-days", &on)
        .on("keydown", subject, keys::go_round)
}

/// What opens all events of a day.
fn more(day: &Rc<Subject>, date: Date, name: &str, further: usize) -> Node {
    let words = ["+", &words::number(day.language(), further)].concat();
    let about = fill(day.language().strings().about, &[&words, name]);
    button(day, date, 1)
        .attr("class", "month-event month-more")
        .attr("aria-label", &about)
        .expanded(day, is_day_picked)
        .text(&words)
        .on("click", day, pick_day)
}

fn is_picked_alone(own: &Rc<Subject>) -> bool {
    let is_alone = matches!(*own.widget.picked.get(), Picked::Event(_));
    is_alone && is_picked(own)
}

fn is_day_picked(day: &Rc<Subject>) -> bool {
    day.day()
        .is_some_and(|date| *day.widget.picked.get() == Picked::Day(date))
}

/// Opens the event's card, with its details, or closes it.
fn pick(own: &Rc<Subject>, click: &Click) {
    let Some((event, ..)) = own.event() else { return };
    let was_picked = is_picked_alone(own);
    if card::is_open(own) == was_picked {
        card::toggle(own, click);
    }
    open(own, click, Picked::Event(event.key.clone()), was_picked);
}

/// Opens the cards of a day, or closes them.
fn pick_day(day: &Rc<Subject>, click: &Click) {
    if let Some(date) = day.day() {
        open(day, click, Picked::Day(date), is_day_picked(day));
    }
}

fn open(subject: &Rc<Subject>, click: &Click, picked: Picked, was_picked: bool) {
    if was_picked {
        subject.widget.picked.set(Picked::Nothing);
    } else {
        subject.widget.picked.set(picked);
        focus_after(click, OPENED);
    }
}

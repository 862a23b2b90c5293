//! View: how one goes through a month with the keyboard.
//!
//! The grid pattern of the ARIA Authoring Practices (<https://www.w3.org/WAI/ARIA/apg/patterns/grid/>), in its variant for
//! cells that hold several widgets: the focus moves from day to day, on the cells, and goes into one by Enter. The
//! variant that moves it from widget to widget is for cells with one each; here most days have none, and some have many.
//! The arrows then go round the day's events, Escape leads back to the day, and Tab out of the table from anywhere in it.

use std::rc::Rc;

use joint_events_model::decimal::decimal;
use joint_events_model::month::{Month, Step, step};
use joint_events_model::time::{Date, When};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use super::super::node::{focus_next, focus_within};
use super::super::subject::Subject;
use super::super::words;
use super::{go, shown};

/// Selects the day that the Tab key leads to.
pub const STOP: &str = "td[tabindex=\"0\"]";

/// On the table: from a day to another, or to its events.
pub fn walk(subject: &Rc<Subject>, event: &Event) {
    let (Some(key), Some(table)) = (plain_key(event), event.current_target()) else {
        return;
    };
    let (table, widget) = (table.unchecked_ref::<Element>(), &subject.widget);
    let Some(day) = *widget.day.get() else { return };
    let is_far = is_held(event, "Control");
    let taken = match key.as_str() {
        "Enter" | " " | "F2" => {
            focus_next(table, &within(day), 1);
            event.prevent_default();
            return;
        }
        "ArrowLeft" => Step::Days(-1),
        "ArrowRight" => Step::Days(1),
        "ArrowUp" => Step::Days(-7),
        "ArrowDown" => Step::Days(7),
        "Home" if is_far => Step::MonthStart,
        "End" if is_far => Step::MonthEnd,
        "Home" => Step::WeekStart,
        "End" => Step::WeekEnd,
        "PageUp" => Step::PreviousMonth,
        "PageDown" => Step::NextMonth,
        _ => return,
    };
    event.prevent_default();
    let first_day = words::later(subject.language()).first_day_of_week;
    let Some(to) = step(day, taken, first_day) else { return };
    if Month::of(to) == shown(widget) {
        widget.day.set(Some(to));
        focus_within(table, &cell(to));
    } else {
        // The table that comes takes the focus over, on its day for the Tab key.
        go(widget, to);
    }
}

/// On an event: to another of its day, or back to the day. What activates it is not the table's to hear.
pub fn go_round(subject: &Rc<Subject>, event: &Event) {
    let (Some(key), Some(button)) = (plain_key(event), event.current_target()) else {
        return;
    };
    let (button, day) = (button.unchecked_ref::<Element>(), *subject.widget.day.get());
    let events = day.map(within).unwrap_or_default();
    match key.as_str() {
        "Enter" | " " => return event.stop_propagation(),
        "ArrowDown" | "ArrowRight" => focus_next(button, &events, 1),
        "ArrowUp" | "ArrowLeft" => focus_next(button, &events, -1),
        "Escape" => focus_next(button, STOP, 1),
        _ => return,
    }
    event.stop_propagation();
    event.prevent_default();
}

/// Has the day that the focus came into be the one that the Tab key leads to.
pub fn stop(subject: &Rc<Subject>, _: &Event) {
    if let Some(day) = subject.day() {
        subject.widget.day.settle(Some(day));
    }
}

/// On an event that takes several days: it may begin in the cell of another day than the one that the focus came from.
pub fn stay(subject: &Rc<Subject>, event: &Event) {
    let day = *subject.widget.day.get();
    let taken = subject
        .event()
        .map(|(event, ..)| event.start.date()..=event.span().last_day());
    if taken.zip(day).is_some_and(|(taken, day)| taken.contains(&day)) {
        event.stop_propagation();
    }
}

/// Selects a day's cell.
pub fn cell(day: Date) -> String {
    ["[data-date=\"", &When::Date(day).written(), "\"]"].concat()
}

/// Selects the events that lie on a day of the month that is shown, wherever in its week they begin.
pub fn within(day: Date) -> String {
    ["[data-days~=\"", &decimal(usize::from(day.day)), "\"]"].concat()
}

/// The key, unless it means something to the browser or the system together with others.
fn plain_key(event: &Event) -> Option<String> {
    let is_free = !is_held(event, "Alt") && !is_held(event, "Meta");
    is_free.then(|| event.unchecked_ref::<KeyboardEvent>().key())
}

fn is_held(event: &Event, key: &str) -> bool {
    event.unchecked_ref::<KeyboardEvent>().get_modifier_state(key)
}

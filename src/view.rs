//! View: the whole widget, from what is known to what is seen.

pub mod all_rates;
pub mod calendar;
pub mod card;
pub mod details;
pub mod doors;
pub mod effect;
pub mod filters;
pub mod found;
pub mod joining;
pub mod lacking;
pub mod later;
pub mod linked;
pub mod live;
pub mod membership;
pub mod month;
pub mod node;
pub mod prices;
pub mod rates;
pub mod share;
pub mod state;
pub mod status;
pub use joint_events_words::strings;
pub mod subject;
pub mod switch;
pub mod words;

use std::rc::Rc;

use joint_events_model::select::Section;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::intl;
use node::{Node, Row, focus_within, node};
use state::{Loaded, State, Widget};
use strings::{Language, fill};
use subject::{Subject, Topic};
use switch::Picked;

/// Whose ways into a calendar are open where those of all that match are: no event has this key.
const ALL: &str = "~";

/// The view of a widget. It is made anew where the language or the level of headings changes; all else follows what it
/// is made of.
pub fn view(widget: &Rc<Widget>) -> Node {
    let phase = |subject: &Rc<Subject>| {
        let phase = match &*subject.widget.state.get() {
            State::Loading => 0,
            State::Failed => 1,
            State::Ready(_) | State::Stale(_) => 2,
        };
        let language = subject.language() as usize;
        let level = usize::from(subject.widget.options.get().heading_level);
        phase | (level << 2) | (language << 5)
    };
    let subject = Subject::new(widget, Topic::Widget);
    node("div|class=content").switch(&subject, phase, |subject| {
        let view = match &*subject.widget.state.get() {
            State::Loading => status::loading(subject),
            State::Failed => status::failed(subject),
            State::Ready(_) | State::Stale(_) => shown(subject),
        };
        Some(view)
    })
}

fn shown(subject: &Rc<Subject>) -> Node {
    let asked = |subject: &Rc<Subject>| {
        let asked = membership::is_asked(&subject.widget);
        if asked { subject.widget.copy() } else { 0 }
    };
    // Outside of what changes, so that it is there before it speaks.
    let announced = node("p|class=visually-hidden|role=status")
        .live_text(subject, |subject| String::clone(&subject.widget.announced.get()));
    node("div|class=shown")
        .live(subject, status::stale)
        .child(switch::switch(subject))
        .switch(subject, asked, membership::membership)
        .child(filters::filters(subject))
        .child(results(subject))
        .child(announced)
        .live(subject, search_missed)
        .live(subject, season)
        .live(subject, |subject| {
            let is_pinned = !subject.widget.pinned.get().is_empty();
            later::behind(subject, is_pinned, doors::notice)
        })
        .switch(subject, switch::version, switch::month)
        .child(node("div|part=list").rows(subject, rows, row))
        .live(subject, status::nothing)
        .live(subject, show_more)
        .live(subject, status::skipped)
        // Last: a control that goes has handed over its focus by then.
        .flag("data-month", subject, switch::is_month)
        .flag("data-alone", subject, |subject| subject.widget.is_alone())
}

/// Asks for what searches, where somebody does, and says so where it could not be had.
fn search_missed(subject: &Rc<Subject>) -> Option<Node> {
    later::behind(subject, subject.widget.is_searched(), |_| None)
}

/// What joining would save on all that match: for one who is known to be a member of none, once it can be said.
fn season(subject: &Rc<Subject>) -> Option<Node> {
    if later::tells_of_joining(&subject.widget) {
        return doors::season(subject);
    }
    None
}

fn results(subject: &Rc<Subject>) -> Node {
    let count = node("p|part=results").live_text(subject, |subject| words::results(&subject.widget));
    node("div|class=results-bar")
        .child(count)
        .live(subject, |subject| {
            let is_shared = !subject.widget.address.get().is_empty() && subject.widget.is_narrowed();
            later::behind(subject, is_shared, doors::copy_selection)
        })
        .switch(subject, can_subscribe, add_all)
        .live(subject, |subject| {
            let is_open = is_calendar_open(subject) && !subject.widget.selection().events.is_empty();
            later::behind(subject, is_open, doors::set_menu)
        })
}

/// Whether the feed has a calendar to subscribe to: 1, else 0.
fn can_subscribe(subject: &Rc<Subject>) -> usize {
    let loaded = subject.widget.loaded();
    usize::from(loaded.is_some_and(|loaded| !loaded.feed.calendar_url.is_empty()))
}

/// The button that hands over a file of all that match, or opens that and the ways to subscribe.
fn add_all(subject: &Rc<Subject>) -> Option<Node> {
    let button = node("button|part=calendar|class=calendar-all")
        .text(subject.language().strings().add_all_to_calendar)
        .flag("hidden", subject, |subject| {
            subject.widget.selection().events.is_empty()
        });
    Some(if can_subscribe(subject) == 0 {
        button.on("click", subject, |subject, _| {
            later::call(subject, doors::save_calendar)
        })
    } else {
        button
            .expanded(subject, is_calendar_open)
            .on("click", subject, |subject, _| {
                let key = if is_calendar_open(subject) { "" } else { ALL };
                subject.widget.calendar.set(key.to_owned());
            })
    })
}

fn is_calendar_open(subject: &Rc<Subject>) -> bool {
    *subject.widget.calendar.get() == ALL
}

/// The headings and cards that are shown.
fn rows(subject: &Rc<Subject>) -> Vec<Row> {
    let widget = &subject.widget;
    let Some(loaded) = widget.loaded() else {
        return Vec::new();
    };
    let (selection, copy) = (widget.selection(), widget.copy());
    let picked = widget.picked.get();
    let mut rows = Vec::new();
    if let Some(row) = later::pinned(widget).and_then(|place| event_row(subject, &loaded, place, false)) {
        rows.push(row);
    }
    let mut before = None;
    let (shown, made) = (*widget.shown.get(), *widget.made.get());
    for (nth, (place, section)) in selection.events.iter().enumerate() {
        // What is picked in the month, or by the page's address, is there however far down the list it stands.
        let is_beyond = nth >= shown;
        if is_beyond && *picked == Picked::Nothing {
            break;
        }
        let Some(event) = loaded.feed.events.get(*place) else {
            continue;
        };
        let is_picked = picked.holds(event);
        if is_beyond && !is_picked {
            continue;
        }
        let waits = nth >= made && !is_picked;
        if before != Some(*section) {
            before = Some(*section);
            let name = section_name(subject.language(), *section);
            rows.push(Row {
                key: name.clone(),
                copy,
                waits,
                subject: subject.turn(Topic::Section(name)),
            });
        }
        rows.extend(event_row(subject, &loaded, *place, waits));
    }
    rows
}

fn event_row(subject: &Subject, loaded: &Rc<Loaded>, place: usize, waits: bool) -> Option<Row> {
    Some(Row {
        key: loaded.feed.events.get(place)?.key.clone(),
        copy: subject.widget.copy(),
        waits,
        subject: subject.turn(Topic::Event(Rc::clone(loaded), place)),
    })
}

fn row(subject: &Rc<Subject>) -> Node {
    if subject.event().is_some() {
        return card::card(subject);
    }
    let level = subject.widget.options.get().heading_level.saturating_sub(1);
    heading(level, "part=heading").text(subject.name())
}

fn section_name(language: Language, section: Section) -> String {
    let strings = language.strings();
    match section {
        Section::Running => strings.running.to_owned(),
        Section::Month { year, month } => intl::month(language, year, month),
        Section::Past => strings.past.to_owned(),
    }
}

/// A heading with an attribute; a level that HTML lacks is its last.
pub fn heading(level: u8, attribute: &str) -> Node {
    let level = char::from(level.clamp(2, 6).saturating_add(b'0'));
    let mut markup = String::from('h');
    markup.extend([level, '|']);
    markup.push_str(attribute);
    node(&markup)
}

fn show_more(subject: &Rc<Subject>) -> Option<Node> {
    let rest = rest(&subject.widget);
    let words = words::number(subject.language(), rest);
    let button = node("button|part=more")
        .text(&fill(subject.language().strings().show_more, &[&words]))
        .on("click", subject, more);
    (rest > 0).then_some(button)
}

fn rest(widget: &Widget) -> usize {
    widget.selection().events.len().saturating_sub(*widget.shown.get())
}

fn more(subject: &Rc<Subject>, click: &Event) {
    let widget = &subject.widget;
    let limit = widget.options.get().limit;
    // The button goes with the last of them: the focus waits in front of the first new card.
    let button = click.current_target().filter(|_| rest(widget) <= limit);
    if let Some(view) = button.and_then(|button| button.unchecked_into::<Element>().parent_element()) {
        focus_within(&view, "[part=list] > :last-child [part=toggle]");
    }
    widget.shown.set(widget.shown.get().saturating_add(limit));
}

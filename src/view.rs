//! View: the whole widget, from what is known to what is seen.

pub mod card;
pub mod color;
pub mod filters;
pub mod membership;
pub mod node;
pub mod rates;
pub mod state;
pub mod status;
pub use joint_events_words::strings;
pub mod words;

use joint_events_model::select::Section;
use leptos::prelude::*;

use crate::intl;
use node::{Node, node, part, rows};
use state::{Said, State, Widget};

/// What is shown at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Loading,
    Failed,
    Shown,
}

/// The view of a widget. It is made anew where the language changes; all else follows its signals.
pub fn view(widget: Widget) -> AnyView {
    let phase = Memo::new(move |_| {
        widget.state.with(|state| match state {
            State::Loading => Phase::Loading,
            State::Failed => Phase::Failed,
            State::Ready(_) | State::Stale(_) => Phase::Shown,
        })
    });
    node("div")
        .class("content")
        .live(move || {
            widget.language.track();
            match phase.get() {
                Phase::Loading => status::loading(widget).build(),
                Phase::Failed => status::failed(widget).build(),
                Phase::Shown => shown(widget).build(),
            }
        })
        .build()
}

fn shown(widget: Widget) -> Node {
    let owner = Owner::current().unwrap_or_default();
    node("div")
        .class("shown")
        .live(move || status::stale(widget))
        .live(move || membership::membership(widget))
        .child(filters::filters(widget))
        .child(results(widget))
        // Outside of what changes, so that it is there before it speaks.
        .child(
            node("p")
                .class("visually-hidden")
                .attr("role", "status")
                .live_text(move || widget.announced.get()),
        )
        .child(part("div", "list").live(move || list(widget, owner.clone())))
        .live(move || status::nothing(widget))
        .live(move || more(widget))
        .live(move || status::skipped(widget))
}

fn results(widget: Widget) -> Node {
    let strings = widget.strings();
    node("div")
        .class("results-bar")
        .child(part("p", "results").live_text(move || {
            let count = widget.selection.with(|selection| selection.events.len());
            (strings.results)(count)
        }))
        .live(move || {
            let any = widget.selection.with(|selection| !selection.events.is_empty());
            let button = part("button", "calendar")
                .class("calendar-all")
                .attr("type", "button")
                .text(strings.add_all_to_calendar)
                .on("click", move |_| {
                    let file = words::selection_ics(widget);
                    widget.tell(Said::Calendar {
                        id: None,
                        target: "ics",
                        file,
                    });
                });
            if any { button.build() } else { ().into_any() }
        })
}

/// One row of the list: a heading, or the card of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Row {
    Heading(Section),
    Card(usize),
}

fn list(widget: Widget, owner: Owner) -> AnyView {
    let language = widget.language.get();
    let level = widget.options.with(|options| options.heading_level);
    let Some(loaded) = widget.loaded() else {
        return ().into_any();
    };
    let selection = widget.selection.get();
    let mut shown = Vec::new();
    let mut before = None;
    for (place, section) in selection.events.iter().take(widget.shown.get()) {
        if before != Some(*section) {
            shown.push(Row::Heading(*section));
            before = Some(*section);
        }
        shown.push(Row::Card(*place));
    }
    // A row is what it shows: an event of another copy of the feed is another row, even under the same id.
    let key = move |row: &Row| match row {
        Row::Heading(section) => format!("{section:?} {level} {language:?}"),
        Row::Card(place) => {
            let key = loaded.feed.events.get(*place).map_or("", |event| event.key.as_str());
            format!("{key} {level} {language:?} {}", loaded.at.0)
        }
    };
    rows(owner, shown, key, move |row| match row {
        Row::Heading(section) => heading(widget, section, level),
        Row::Card(place) => card::card(widget, place),
    })
}

fn heading(widget: Widget, section: Section, level: u8) -> Node {
    let strings = widget.strings();
    let tag = if level <= 3 {
        "h2"
    } else {
        heading_tag(level.saturating_sub(1))
    };
    part(tag, "heading").text(match section {
        Section::Running => strings.running.to_owned(),
        Section::Month { year, month } => intl::month(widget.language.get(), year, month),
        Section::Past => strings.past.to_owned(),
    })
}

/// The tag of a heading: levels that HTML lacks are its last.
pub fn heading_tag(level: u8) -> &'static str {
    match level {
        0..=3 => "h3",
        4 => "h4",
        5 => "h5",
        _ => "h6",
    }
}

fn more(widget: Widget) -> AnyView {
    let rest = widget
        .selection
        .with(|selection| selection.events.len())
        .saturating_sub(widget.shown.get());
    if rest == 0 {
        return ().into_any();
    }
    part("button", "more")
        .attr("type", "button")
        .text((widget.strings().show_more)(rest))
        .on("click", move |_| {
            let limit = widget.options.with_untracked(|options| options.limit);
            widget.shown.update(|shown| *shown = shown.saturating_add(limit));
        })
        .build()
}

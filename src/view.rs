//! View: the whole widget, from what is known to what is seen.

pub mod card;
pub mod details;
pub mod filters;
pub mod live;
pub mod membership;
pub mod node;
pub mod rates;
pub mod state;
pub mod status;
pub use joint_events_words::strings;
pub mod words;

use std::rc::Rc;

use joint_events_model::select::Section;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::intl;
use card::Shown;
use node::{Node, Row, focus_within, node};
use state::{Said, State, Widget};
use strings::{Language, fill};

/// The view of a widget. It is made anew where the language changes; all else follows what it is made of.
pub fn view(widget: Rc<Widget>) -> Node {
    let asked = Rc::clone(&widget);
    let key = move || {
        let phase = match &*asked.state.get() {
            State::Loading => 0,
            State::Failed => 1,
            State::Ready(_) | State::Stale(_) => 2,
        };
        let language = usize::from(*asked.language.get() == Language::French);
        let level = usize::from(asked.options.get().heading_level);
        phase | (language << 2) | (level << 3)
    };
    node("div|class=content").switch(key, move || {
        let view = match &*widget.state.get() {
            State::Loading => status::loading(&widget),
            State::Failed => status::failed(&widget),
            State::Ready(_) | State::Stale(_) => shown(&widget),
        };
        Some(view)
    })
}

fn shown(widget: &Rc<Widget>) -> Node {
    let own = || Rc::clone(widget);
    let (stale, asked, membership, announced, listed, nothing, more, skipped) =
        (own(), own(), own(), own(), own(), own(), own(), own());
    let list = node("div|part=list").rows(move || rows(&listed));
    node("div|class=shown")
        .live(move || status::stale(&stale))
        .switch(
            move || if membership::is_asked(&asked) { asked.copy() } else { 0 },
            move || membership::membership(&membership).filter(|_| membership::is_asked(&membership)),
        )
        .child(filters::filters(widget))
        .child(results(widget))
        // Outside of what changes, so that it is there before it speaks.
        .child(node("p|class=visually-hidden|role=status").live_text(move || announced.announced.get().to_string()))
        .child(list)
        .live(move || status::nothing(&nothing))
        .live(move || show_more(&more))
        .live(move || status::skipped(&skipped))
}

fn results(widget: &Rc<Widget>) -> Node {
    let text = widget.strings().add_all_to_calendar;
    let (counted, asked, filed) = (Rc::clone(widget), Rc::clone(widget), Rc::clone(widget));
    let calendar = node("button|part=calendar|class=calendar-all")
        .text(text)
        .flag("hidden", move || asked.selection().events.is_empty())
        .on("click", move |_| {
            let Some(loaded) = filed.loaded() else { return };
            let places: Vec<usize> = filed.selection().events.iter().map(|(place, _)| *place).collect();
            let file = words::calendar_file(&filed, &loaded, &places);
            filed.tell(Said::Calendar {
                id: None,
                target: "ics",
                file: Some(file),
            });
        });
    node("div|class=results-bar")
        .child(node("p|part=results").live_text(move || words::results(&counted)))
        .child(calendar)
}

/// The headings and cards that are shown.
fn rows(widget: &Rc<Widget>) -> Vec<Row> {
    let Some(loaded) = widget.loaded() else {
        return Vec::new();
    };
    let selection = widget.selection();
    let level = widget.options.get().heading_level;
    let copy = widget.copy();
    let mut rows = Vec::new();
    let mut before = None;
    for (place, section) in selection.events.iter().take(*widget.shown.get()) {
        let Some(event) = loaded.feed.events.get(*place) else {
            continue;
        };
        if before != Some(*section) {
            before = Some(*section);
            let words = section_name(widget, *section);
            rows.push(Row {
                key: words.clone(),
                copy,
                make: Box::new(move || heading(level.saturating_sub(1), "part=heading").text(&words)),
            });
        }
        let shown = Shown::new(widget, &loaded, *place);
        rows.push(Row {
            key: event.key.clone(),
            copy,
            make: Box::new(move || card::card(&shown).unwrap_or_else(|| node("article|part=card"))),
        });
    }
    rows
}

fn section_name(widget: &Widget, section: Section) -> String {
    let strings = widget.strings();
    match section {
        Section::Running => strings.running.to_owned(),
        Section::Month { year, month } => intl::month(*widget.language.get(), year, month),
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

fn show_more(widget: &Rc<Widget>) -> Option<Node> {
    let (limit, shown) = (widget.options.get().limit, *widget.shown.get());
    let rest = widget.selection().events.len().saturating_sub(shown);
    if rest == 0 {
        return None;
    }
    let text = fill(
        widget.strings().show_more,
        &[&words::number(*widget.language.get(), rest)],
    );
    let widget = Rc::clone(widget);
    let button = node("button|part=more").text(&text).on("click", move |click| {
        // The button goes with the last of them: the focus waits in front of the first new card.
        let button = click.current_target().filter(|_| rest <= limit);
        if let Some(view) = button.and_then(|button| button.unchecked_into::<Element>().parent_element()) {
            focus_within(&view, "[part=list] > :last-child [part=toggle]");
        }
        widget.shown.set(shown.saturating_add(limit));
    });
    Some(button)
}

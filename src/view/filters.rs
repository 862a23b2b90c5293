//! View: the search, the facets with their counts, and what is chosen.

use std::rc::Rc;

use joint_events_model::select::{Choice, Facet};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use super::node::{Made, Node, Row, focus_within, node};
use super::strings::fill;
use super::subject::{Subject, Topic};
use super::words;
use super::{doors, later, status};

/// All filters that the host offers, in its order.
pub fn filters(subject: &Rc<Subject>) -> Node {
    let toggle = node("button|class=filters-toggle")
        .expanded(subject, |subject| *subject.widget.filters_open.get())
        .live_text(subject, |subject| {
            let strings = subject.language().strings();
            match subject.widget.chosen().len() {
                0 => strings.filters.to_owned(),
                count => words::count(subject.language(), [strings.filters_chosen; 2], count),
            }
        })
        .on("click", subject, |subject, _| {
            let open = &subject.widget.filters_open;
            open.set(!*open.get());
        });
    node("div|part=filters")
        .switch(subject, |subject| usize::from(is_searched(subject)), search)
        .child(toggle)
        .child(node("div|class=facets").rows(subject, facets, fieldset))
        .live(subject, chips)
}

fn is_searched(subject: &Rc<Subject>) -> bool {
    subject.widget.options.get().offers("search")
}

fn search(subject: &Rc<Subject>) -> Option<Node> {
    let word = subject.language().strings().search;
    let field = node("input|type=search|part=search")
        .attr("aria-label", word)
        .attr("placeholder", word)
        .value(subject, |subject| subject.widget.filter.get().search.clone())
        .on("input", subject, |subject, event| {
            if let Some(input) = event.current_target() {
                let words = input.unchecked_into::<HtmlInputElement>().value();
                subject.widget.search(&words);
            }
        });
    is_searched(subject).then_some(field)
}

fn facets(subject: &Rc<Subject>) -> Vec<Row> {
    let options = subject.widget.options.get();
    let mut rows = Vec::new();
    for name in &options.filters {
        for facet in Facet::ALL {
            // What is behind a door has neither name nor choices before that opens.
            let is_known = !facet.is_priced() || later::is_here(&subject.widget);
            if facet.name() == name && options.offers(name) && is_known {
                rows.push(Row {
                    key: name.clone(),
                    copy: 0,
                    waits: false,
                    subject: subject.turn(Topic::Facet(facet)),
                });
            }
        }
    }
    rows
}

/// A facet: a button that opens its choices in place. The choices are in the tree whether it is open or not.
fn fieldset(subject: &Rc<Subject>) -> Node {
    let strings = subject.language().strings();
    let (filter, name) = match subject.facet() {
        None => ("", ""),
        Some(facet) => (
            facet.name(),
            match facet {
                Facet::Province => strings.province,
                Facet::Theme => strings.theme,
                Facet::Format => strings.format,
                Facet::Organizer => strings.organizer,
                Facet::EventLanguage => strings.event_language,
                Facet::Month => strings.month,
                Facet::Price | Facet::Rate => doors::facet_name(facet, subject.language()),
            },
        ),
    };
    let button = node("button|class=facet-button")
        .expanded(subject, is_open)
        .text(name)
        .child(node("span|class=facet-chosen").live_text(subject, chosen))
        .on("click", subject, |subject, _| {
            let open = subject.facet().filter(|_| !is_open(subject));
            subject.widget.opened.set(open);
        });
    node("fieldset|part=filter|class=filter facet")
        .attr("data-filter", filter)
        .flag("data-open", subject, is_open)
        .flag("hidden", subject, |subject| {
            let (selection, facet) = (subject.widget.selection(), subject.facet());
            facet.is_none_or(|facet| selection.facets.get(facet).is_empty())
        })
        .child(node("legend|class=facet-legend").child(button))
        .child(node("div|class=choices").rows(subject, choices, facet_choice))
        .on("keydown", subject, close_on_escape)
}

fn is_open(subject: &Rc<Subject>) -> bool {
    *subject.widget.opened.get() == subject.facet()
}

fn close_on_escape(subject: &Rc<Subject>, event: &Event) {
    if is_open(subject) && event.unchecked_ref::<KeyboardEvent>().key() == "Escape" {
        event.stop_propagation();
        subject.widget.opened.set(None);
        if let Some(fieldset) = event.current_target() {
            focus_within(fieldset.unchecked_ref(), "button");
        }
    }
}

fn chosen(subject: &Rc<Subject>) -> String {
    let filter = subject.widget.filter.get();
    match subject.facet().map_or(0, |facet| filter.chosen(facet).len()) {
        0 => String::new(),
        count => words::number(subject.language(), count),
    }
}

fn choices(subject: &Rc<Subject>) -> Vec<Row> {
    let mut rows = Vec::new();
    let (selection, copy) = (subject.widget.selection(), subject.widget.copy());
    if let Some(facet) = subject.facet() {
        let waits = !subject.widget.has_made(facet);
        for choice in selection.facets.get(facet) {
            rows.push(Row {
                key: choice.id.clone(),
                copy,
                waits,
                subject: subject.turn(Topic::Choice(facet, choice.id.clone())),
            });
        }
    }
    rows
}

fn facet_choice(subject: &Rc<Subject>) -> Node {
    let (loaded, facet) = (subject.widget.loaded(), subject.facet());
    let text = loaded.zip(facet).map(|(loaded, facet)| {
        let language = subject.language();
        let (own, label) = words::choice(&loaded.feed, facet, subject.name(), language);
        words::marked(node(CHOICE_TEXT), &own, language).text(&label)
    });
    let name = facet.map_or("", Facet::name);
    choice(subject, name, is_chosen, toggle)
        .maybe(text)
        .child(node("span|part=count").live_text(subject, count))
}

fn is_chosen(subject: &Rc<Subject>) -> bool {
    let filter = subject.widget.filter.get();
    let chosen = subject.facet().map(|facet| filter.chosen(facet));
    chosen.is_some_and(|chosen| chosen.iter().any(|id| id == subject.name()))
}

fn toggle(subject: &Rc<Subject>, _: &Event) {
    if let Some(facet) = subject.facet() {
        // The month view opens on the first of the months that are chosen.
        if facet == Facet::Month {
            subject.widget.month.settle(None);
        }
        subject.widget.select(|filter| filter.toggle(facet, subject.name()));
    }
}

fn count(subject: &Rc<Subject>) -> String {
    let selection = subject.widget.selection();
    let choices: &[Choice] = subject.facet().map_or(&[], |facet| selection.facets.get(facet));
    let found = choices.iter().find(|choice| choice.id == subject.name());
    words::number(subject.language(), found.map_or(0, |choice| choice.count))
}

/// The words of a choice.
pub const CHOICE_TEXT: &str = "span|class=choice-text";

/// A choice: a checkbox, before its words.
pub fn choice(subject: &Rc<Subject>, name: &str, is_chosen: Made<bool>, toggle: fn(&Rc<Subject>, &Event)) -> Node {
    let input = node("input|type=checkbox")
        .attr("name", name)
        .attr("value", subject.name())
        .checked(subject, is_chosen)
        .on("change", subject, toggle);
    node("label|part=choice")
        .flag("data-chosen", subject, is_chosen)
        .child(input)
}

/// What is chosen, each with its way back.
fn chips(subject: &Rc<Subject>) -> Option<Node> {
    let widget = &subject.widget;
    let loaded = widget.loaded().filter(|_| widget.is_narrowed())?;
    let language = subject.language();
    let mut chips = node("ul|class=chips");
    for (facet, id) in widget.chosen() {
        let (own, label) = words::choice(&loaded.feed, facet, &id, language);
        let chip = node("button|class=chip")
            .attr("aria-label", &fill(language.strings().remove_choice, &[&label]))
            .child(words::marked(node("span"), &own, language).text(&label))
            .child(node("span|aria-hidden=true").text("×"))
            .on("click", &subject.turn(Topic::Choice(facet, id)), toggle);
        chips = chips.child(node("li").child(chip));
    }
    Some(chips.child(node("li").child(status::clear(subject))))
}

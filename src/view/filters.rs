//! View: the search, the facets with their counts, and what is chosen.

use std::rc::Rc;

use joint_events_model::select::{Choice, Facet};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, KeyboardEvent};

use super::live::Live;
use super::node::{Node, Row, focus_within, node};
use super::state::Widget;
use super::status;
use super::strings::fill;
use super::words;

/// All filters that the host offers, in its order.
pub fn filters(widget: &Rc<Widget>) -> Node {
    let open = Rc::new(Live::new(false));
    let opened = Rc::new(Live::new(None));
    let (is_open, chosen, searched, listed, chipped) = (
        Rc::clone(&open),
        Rc::clone(widget),
        (Rc::clone(widget), Rc::clone(widget)),
        Rc::clone(widget),
        Rc::clone(widget),
    );
    let toggle = node("button|class=filters-toggle")
        .expanded(move || *is_open.get())
        .live_text(move || {
            let (strings, count) = (chosen.strings(), chosen.chosen().len());
            match count {
                0 => strings.filters.to_owned(),
                _ => words::count(*chosen.language.get(), [strings.filters_chosen; 2], count),
            }
        })
        .on("click", move |_| open.set(!*open.get()));
    let facets = node("div|class=facets").rows(move || {
        let options = listed.options.get();
        let offered = options.filters.iter().filter(|name| options.offers(name));
        let facets = offered.filter_map(|name| Facet::ALL.into_iter().find(|facet| facet.name() == name));
        let mut rows = Vec::new();
        for facet in facets {
            let (widget, opened) = (Rc::clone(&listed), Rc::clone(&opened));
            rows.push(Row {
                key: facet.name().to_owned(),
                copy: 0,
                make: Box::new(move || fieldset(&widget, facet, opened)),
            });
        }
        rows
    });
    node("div|part=filters")
        .switch(
            move || usize::from(searched.0.options.get().offers("search")),
            move || searched.1.options.get().offers("search").then(|| search(&searched.1)),
        )
        .child(toggle)
        .child(facets)
        .live(move || chips(&chipped))
}

fn search(widget: &Rc<Widget>) -> Node {
    let strings = widget.strings();
    let (shown, typed) = (Rc::clone(widget), Rc::clone(widget));
    node("input|part=search|type=search|autocomplete=off")
        .attr("aria-label", strings.search)
        .attr("placeholder", strings.search)
        .value(move || shown.filter.get().search.clone())
        .on("input", move |event| {
            if let Some(input) = event.current_target() {
                let words = input.unchecked_into::<HtmlInputElement>().value();
                typed.select(|filter| filter.search = words);
            }
        })
}

/// A facet: a button that opens its choices in place. The choices are in the tree whether it is open or not.
fn fieldset(widget: &Rc<Widget>, facet: Facet, opened: Rc<Live<Option<Facet>>>) -> Node {
    let strings = widget.strings();
    let name = match facet {
        Facet::Province => strings.province,
        Facet::Theme => strings.theme,
        Facet::Format => strings.format,
        Facet::Organizer => strings.organizer,
        Facet::EventLanguage => strings.event_language,
        Facet::Month => strings.month,
    };
    let is_open = {
        let opened = Rc::clone(&opened);
        Rc::new(move || *opened.get() == Some(facet))
    };
    let (says_open, has_open, chosen, offered, listed, toggled) = (
        Rc::clone(&is_open),
        Rc::clone(&is_open),
        Rc::clone(widget),
        Rc::clone(widget),
        Rc::clone(widget),
        Rc::clone(&opened),
    );
    let count = node("span|class=facet-chosen").live_text(move || match chosen.filter.get().chosen(facet).len() {
        0 => String::new(),
        count => words::number(*chosen.language.get(), count),
    });
    let button = node("button|class=facet-button")
        .expanded(move || says_open())
        .text(name)
        .child(count)
        .on("click", move |_| {
            let open = *toggled.get() == Some(facet);
            toggled.set(if open { None } else { Some(facet) });
        });
    let choices = node("div|class=choices").rows(move || {
        let copy = listed.copy();
        let mut rows = Vec::new();
        for choice in listed.selection().facets.get(facet) {
            let (widget, id) = (Rc::clone(&listed), choice.id.clone());
            rows.push(Row {
                key: choice.id.clone(),
                copy,
                make: Box::new(move || facet_choice(&widget, facet, id)),
            });
        }
        rows
    });
    node("fieldset|part=filter|class=filter facet")
        .attr("data-filter", facet.name())
        .flag("data-open", move || has_open())
        .flag("hidden", move || offered.selection().facets.get(facet).is_empty())
        .child(node("legend|class=facet-legend").child(button))
        .child(choices)
        .on("keydown", move |event| {
            let is_escape = event
                .dyn_ref::<KeyboardEvent>()
                .is_some_and(|event| event.key() == "Escape");
            if is_escape && is_open() {
                event.stop_propagation();
                opened.set(None);
                if let Some(fieldset) = event.current_target() {
                    focus_within(fieldset.unchecked_ref(), "button");
                }
            }
        })
}

fn facet_choice(widget: &Rc<Widget>, facet: Facet, id: String) -> Node {
    let loaded = widget.loaded();
    let label = loaded
        .map(|loaded| words::choice(&loaded.feed, facet, &id, *widget.language.get()))
        .unwrap_or_default();
    let (shown, asked, counted) = (
        (Rc::clone(widget), id.clone()),
        (Rc::clone(widget), id.clone()),
        (Rc::clone(widget), id.clone()),
    );
    choice(
        facet.name(),
        &id,
        &label,
        Rc::new(move || shown.0.filter.get().chosen(facet).contains(&shown.1)),
        Box::new(move || asked.0.select(|filter| filter.toggle(facet, &asked.1))),
    )
    .child(node("span|part=count").live_text(move || {
        let (widget, id) = &counted;
        let selection = widget.selection();
        let found = selection
            .facets
            .get(facet)
            .iter()
            .find(|choice: &&Choice| choice.id == *id);
        words::number(*widget.language.get(), found.map_or(0, |choice| choice.count))
    }))
}

/// A choice: a checkbox with its words.
pub fn choice(name: &str, value: &str, text: &str, is_chosen: Rc<dyn Fn() -> bool>, toggle: Box<dyn Fn()>) -> Node {
    let checked = Rc::clone(&is_chosen);
    let input = node("input|type=checkbox")
        .attr("name", name)
        .attr("value", value)
        .checked(move || checked())
        .on("change", move |_| toggle());
    node("label|part=choice")
        .flag("data-chosen", move || is_chosen())
        .child(input)
        .child(node("span|class=choice-text").text(text))
}

/// What is chosen, each with its way back.
fn chips(widget: &Rc<Widget>) -> Option<Node> {
    let loaded = widget.loaded().filter(|_| widget.is_narrowed())?;
    let language = *widget.language.get();
    let mut chips = node("ul|class=chips");
    for (facet, id) in widget.chosen() {
        let label = words::choice(&loaded.feed, facet, &id, language);
        let widget = Rc::clone(widget);
        let chip = node("button|class=chip")
            .attr("aria-label", &fill(language.strings().remove_choice, &[&label]))
            .text(&label)
            .child(node("span|aria-hidden=true").text("×"))
            .on("click", move |_| widget.select(|filter| filter.toggle(facet, &id)));
        chips = chips.child(node("li").child(chip));
    }
    Some(chips.child(node("li").child(status::clear(widget))))
}

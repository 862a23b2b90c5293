//! View: the search, the facets with their counts, and what is chosen.

use joint_events_model::select::Facet;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::node::{Node, node, part, rows};
use super::state::Widget;
use super::status;
use super::words;

/// All filters that the host offers, in its order.
pub fn filters(widget: Widget) -> Node {
    let strings = widget.strings();
    let open = RwSignal::new(false);
    let opened = RwSignal::new(None);
    let owner = Owner::current().unwrap_or_default();
    let offered = move || {
        widget.options.with(|options| {
            options
                .filters
                .iter()
                .filter(|name| options.offers(name))
                .cloned()
                .collect::<Vec<_>>()
        })
    };
    let offered = Memo::new(move |_| offered());
    let facets = Memo::new(move |_| {
        let names = offered.try_get().unwrap_or_default();
        names
            .iter()
            .filter_map(|name| Facet::ALL.into_iter().find(|facet| facet.name() == name))
            .collect::<Vec<_>>()
    });
    let toggle = node("button")
        .attr("type", "button")
        .class("filters-toggle")
        .live_attr("aria-expanded", move || {
            Some(open.try_get().unwrap_or_default().to_string())
        })
        .live_text(move || (strings.filters)(widget.chosen()))
        .on("click", move |_| open.update(|open| *open = !*open));
    part("div", "filters")
        .live(move || {
            if offered
                .try_get()
                .unwrap_or_default()
                .iter()
                .any(|name| name == "search")
            {
                search(widget).build()
            } else {
                ().into_any()
            }
        })
        .child(toggle)
        .child(node("div").class("facets").live(move || {
            let facets = facets.try_get().unwrap_or_default();
            rows(
                owner.clone(),
                facets,
                |facet| facet.name().to_owned(),
                move |facet| fieldset(widget, facet, opened),
            )
        }))
        .live(move || chips(widget))
}

fn search(widget: Widget) -> Node {
    let strings = widget.strings();
    node("input")
        .attr("type", "search")
        .attr("part", "search")
        .class("search")
        .attr("aria-label", strings.search)
        .attr("placeholder", strings.search)
        .attr("autocomplete", "off")
        .live_value("value", move || widget.filter.with(|filter| filter.search.clone()))
        .on("input", move |event| {
            let Some(typed) = target::<HtmlInputElement>(&event).map(|input| input.value()) else {
                return;
            };
            widget.select(|filter| filter.search = typed);
        })
}

/// A facet: a button that opens its choices in place. The choices are in the tree whether it is open or not.
fn fieldset(widget: Widget, facet: Facet, opened: RwSignal<Option<Facet>>) -> Node {
    let strings = widget.strings();
    let is_open = move || opened.try_get().flatten() == Some(facet);
    let name = match facet {
        Facet::Province => strings.province,
        Facet::Theme => strings.theme,
        Facet::Format => strings.format,
        Facet::Organizer => strings.organizer,
        Facet::EventLanguage => strings.event_language,
        Facet::Month => strings.month,
    };
    let chosen = move || widget.filter.with(|filter| filter.chosen(facet).len());
    let button = node("button")
        .attr("type", "button")
        .class("facet-button")
        .live_attr("aria-expanded", move || Some(is_open().to_string()))
        .text(name)
        .child(node("span").class("facet-chosen").live_text(move || match chosen() {
            0 => String::new(),
            count => count.to_string(),
        }))
        .on("click", move |_| {
            opened.update(|open| *open = if *open == Some(facet) { None } else { Some(facet) })
        });
    let ids = Memo::new(move |_| {
        widget.selection.with(|selection| {
            selection
                .facets
                .get(facet)
                .iter()
                .map(|choice| choice.id.clone())
                .collect::<Vec<_>>()
        })
    });
    let owner = Owner::current().unwrap_or_default();
    let choices = node("div").class("choices").live(move || {
        let ids = ids.try_get().unwrap_or_default();
        rows(owner.clone(), ids, String::clone, move |id| choice(widget, facet, id))
    });
    part("fieldset", "filter")
        .class("facet")
        .attr("data-filter", facet.name())
        .live_attr("data-open", move || is_open().then(String::new))
        .live_attr("hidden", move || {
            ids.try_get().unwrap_or_default().is_empty().then(String::new)
        })
        .child(node("legend").class("facet-legend").child(button))
        .child(choices)
        .on("keydown", move |event| {
            let Some(key) = event.dyn_ref::<KeyboardEvent>() else {
                return;
            };
            if key.key() == "Escape" && opened.get_untracked() == Some(facet) {
                event.stop_propagation();
                opened.set(None);
                let fieldset = event
                    .current_target()
                    .and_then(|target| target.dyn_into::<HtmlElement>().ok());
                let button = fieldset.and_then(|fieldset| fieldset.query_selector("button").ok().flatten());
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    // It can't fail for a button that is shown.
                    let _ = button.focus();
                }
            }
        })
}

fn choice(widget: Widget, facet: Facet, id: String) -> Node {
    let label = widget
        .loaded()
        .map(|loaded| words::choice(&loaded.feed, facet, &id, widget.language.get()))
        .unwrap_or_default();
    let chosen = {
        let id = id.clone();
        move || widget.filter.with(|filter| filter.chosen(facet).contains(&id))
    };
    let count = {
        let id = id.clone();
        Memo::new(move |_| {
            widget.selection.with(|selection| {
                selection
                    .facets
                    .get(facet)
                    .iter()
                    .find(|choice| choice.id == id)
                    .map_or(0, |choice| choice.count)
            })
        })
    };
    let marked = chosen.clone();
    let value = id.clone();
    part("label", "choice")
        .live_attr("data-chosen", move || marked().then(String::new))
        .child(
            node("input")
                .attr("type", "checkbox")
                .attr("name", facet.name())
                .attr("value", value)
                .live_flag("checked", chosen)
                .on("change", move |_| widget.select(|filter| filter.toggle(facet, &id))),
        )
        .child(node("span").class("choice-text").text(label))
        .child(part("span", "count").live_text(move || count.try_get().unwrap_or_default().to_string()))
}

/// What is chosen, each with its way back.
fn chips(widget: Widget) -> AnyView {
    if !widget.is_narrowed() {
        return ().into_any();
    }
    let strings = widget.strings();
    let Some(loaded) = widget.loaded() else {
        return ().into_any();
    };
    let language = widget.language.get();
    let chosen = widget.options.with(|options| {
        widget.filter.with(|filter| {
            let facets = Facet::ALL.into_iter().filter(|facet| options.offers(facet.name()));
            facets
                .flat_map(|facet| filter.chosen(facet).iter().map(move |id| (facet, id.clone())))
                .collect::<Vec<_>>()
        })
    });
    let chips = chosen.into_iter().map(|(facet, id)| {
        let label = words::choice(&loaded.feed, facet, &id, language);
        node("li").child(
            node("button")
                .attr("type", "button")
                .class("chip")
                .attr("aria-label", (strings.remove_choice)(&label))
                .text(label)
                .child(node("span").attr("aria-hidden", "true").text("×"))
                .on("click", move |event| {
                    focus_search_or_first(&event);
                    widget.select(|filter| filter.toggle(facet, &id));
                }),
        )
    });
    let clear = status::clear(widget).on("click", |event| focus_search_or_first(&event));
    node("ul")
        .class("chips")
        .children(chips)
        .child(node("li").child(clear))
        .build()
}

/// Before its button goes away, focus moves to the first control of the filters, not to the page's body.
fn focus_search_or_first(event: &Event) {
    let filters = target::<HtmlElement>(event).and_then(|button| button.closest(".filters").ok().flatten());
    let first = filters.and_then(|filters| filters.query_selector("input, button").ok().flatten());
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

fn target<T: JsCast>(event: &Event) -> Option<T> {
    event.current_target().and_then(|target| target.dyn_into::<T>().ok())
}

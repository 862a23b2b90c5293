//! View: the selection as the lines that the page's address has (`model/src/query.rs`): a name, a space and a value.
//! A name alone says that it is ours, and has no value.

use joint_events_model::month::Month;
use joint_events_model::select::{Facet, Filter};
use joint_events_model::text::{LABEL, clean_line};

use super::state::Widget;
use super::switch::View;

/// The name of the words that are searched for. A facet has the name of its attribute.
const SEARCH: &str = "q";

/// The names of the view, and of the month that is shown where it is not the facet's.
const VIEW: &str = "view";
const MONTH: &str = "month";

/// What is selected in the filters that the visitor is offered: of the others the address says nothing.
pub fn selection(widget: &Widget) -> String {
    let (options, filter) = (widget.options.get(), widget.filter.get());
    let mut lines = String::new();
    // Nothing at all in the address is the first selection: it takes a word to say that it was left.
    let mut has_first = false;
    for facet in Facet::ALL {
        if options.offers(facet.name()) {
            has_first |= !options.first.get(facet).is_empty();
            push(&mut lines, facet.name(), None);
            for id in filter.chosen(facet) {
                push(&mut lines, facet.name(), Some(id));
            }
        }
    }
    if options.offers("search") {
        let words = filter.search.trim_ascii();
        push(&mut lines, SEARCH, None);
        if !words.is_empty() || (has_first && !widget.is_narrowed()) {
            push(&mut lines, SEARCH, Some(words));
        }
    }
    let view = Some(*widget.view.get()).filter(|view| *view != options.view);
    push(&mut lines, VIEW, view.map(View::word));
    if !options.offers(MONTH) {
        let month = widget.month.get().filter(|_| *widget.view.get() == View::Month);
        push(&mut lines, MONTH, month.map(Month::id).as_deref());
    }
    lines
}

fn push(lines: &mut String, name: &str, value: Option<&str>) {
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(name);
    if let Some(value) = value {
        lines.push(' ');
        lines.push_str(value);
    }
}

/// Selects what lines say. Where they say nothing that is known, what is selected stays, or is the first selection again for
/// one who went `back` to it. Filters that are not offered stay in any case.
pub fn select(widget: &Widget, lines: &str, back: bool) {
    let options = widget.options.get();
    let Some(loaded) = widget.loaded() else { return };
    // Prices are known once something was selected.
    widget.selection();
    let mut said = Filter::default();
    let (mut is_said, mut view, mut month) = (false, options.view, None);
    for line in lines.split('\n') {
        let (name, value) = line.split_once(' ').unwrap_or((line, ""));
        if name == SEARCH && options.offers("search") {
            is_said = true;
            if said.search.is_empty() {
                said.search = clean_line(value, LABEL).0;
            }
        }
        if name == VIEW
            && let Some(known) = View::of(value)
        {
            is_said = true;
            view = known;
        }
        if name == MONTH && !options.offers(MONTH) {
            month = Month::parse(value).or(month);
            is_said |= month.is_some();
        }
        for facet in Facet::ALL {
            if facet.name() == name && options.offers(name) && loaded.index.borrow().knows(facet, value) {
                is_said = true;
                said.choices.get_mut(facet).push(value.to_owned());
            }
        }
    }
    if !is_said && !back {
        return;
    }
    widget.view.settle(view);
    widget.month.settle(month);
    let before = widget.filter.get();
    for facet in Facet::ALL {
        let kept = if !options.offers(facet.name()) {
            before.choices.get(facet)
        } else if is_said {
            continue;
        } else {
            options.first.get(facet)
        };
        said.choices.get_mut(facet).clone_from(kept);
    }
    if !options.offers("search") {
        said.search.clone_from(&before.search);
    }
    widget.take(said);
}

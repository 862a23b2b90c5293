//! View: one kind of element for the whole view, made at once through Leptos' renderer and followed by its effects.
//!
//! There is one type of node and one type of effect, so rendering is compiled once and not once for every shape of
//! markup; and nothing goes through `template.innerHTML`, which Trusted Types forbid.

use leptos::prelude::{Render, RenderEffect, untrack};
use leptos::tachys::renderer::dom::{Dom, Element, Node as DomNode};
use leptos::tachys::view::Mountable;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, HtmlElement, HtmlInputElement};

/// What can be focused.
const CONTROLS: &str = "a, button, input";

/// An element, and what goes with it when it goes.
pub struct Node {
    element: Element,
    held: Vec<Held>,
}

#[expect(dead_code, reason = "held, so that it ends with its node; nobody asks for it")]
enum Held {
    Effect(RenderEffect<()>),
    Listener(Closure<dyn FnMut(Event)>),
}

/// A row of a list: what it is made of is made only where no row of that key is there.
pub struct Row {
    /// Tells rows apart.
    pub key: String,
    /// Which copy of what it shows it was made of: a row of another copy is another row, even under the same key.
    pub copy: usize,
    /// Makes the row.
    pub make: Box<dyn FnOnce() -> Node>,
}

/// An element of a tag with attributes that stay, as in `button|part=more|disabled=`.
///
/// A part's name is its class too, so that the sheet inside the root and the page outside speak of the same thing;
/// `class` after it says more.
pub fn node(markup: &str) -> Node {
    let mut words = markup.split('|');
    let node = Node {
        element: Dom::create_element(words.next().unwrap_or_default(), None),
        held: Vec::new(),
    };
    for word in words {
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        Dom::set_attribute(&node.element, name, value);
        if name == "part" {
            Dom::set_attribute(&node.element, "class", value);
        }
    }
    node
}

impl Node {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        Dom::set_attribute(&self.element, name, value);
        self
    }

    /// Adds a text.
    pub fn text(self, text: &str) -> Self {
        Dom::insert_node(&self.element, &Dom::create_text_node(text), None);
        self
    }

    /// Adds an element.
    pub fn child(mut self, child: Node) -> Self {
        Dom::insert_node(&self.element, &child.element, None);
        self.held.extend(child.held);
        self
    }

    /// Adds an element, if there is one.
    pub fn maybe(self, child: Option<Node>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Adds elements.
    pub fn children(self, children: Vec<Node>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Has an attribute without a value as long as something is so.
    pub fn flag(self, name: &'static str, is_so: impl Fn() -> bool + 'static) -> Self {
        self.state(name, None, "", Box::new(is_so))
    }

    /// Says whether what it opens is open (ARIA).
    pub fn expanded(self, is_open: impl Fn() -> bool + 'static) -> Self {
        self.state("aria-expanded", Some("false"), "true", Box::new(is_open))
    }

    fn state(
        mut self,
        name: &'static str,
        no: Option<&'static str>,
        yes: &'static str,
        is_so: Box<dyn Fn() -> bool>,
    ) -> Self {
        let element = self.element.clone();
        self.follow(Box::new(move || match if is_so() { Some(yes) } else { no } {
            Some(value) => Dom::set_attribute(&element, name, value),
            None => Dom::remove_attribute(&element, name),
        }));
        self
    }

    /// Is checked as long as something is so.
    pub fn checked(mut self, is_so: impl Fn() -> bool + 'static) -> Self {
        let input = self.element.clone().unchecked_into::<HtmlInputElement>();
        self.follow(Box::new(move || input.set_checked(is_so())));
        self
    }

    /// Holds a value that others may change than the visitor who types it.
    pub fn value(mut self, value: impl Fn() -> String + 'static) -> Self {
        let input = self.element.clone().unchecked_into::<HtmlInputElement>();
        self.follow(Box::new(move || {
            let value = value();
            // Setting what is there already would move the caret.
            if input.value() != value {
                input.set_value(&value);
            }
        }));
        self
    }

    /// Adds a text that follows what it is made of.
    pub fn live_text(mut self, text: impl Fn() -> String + 'static) -> Self {
        let node = Dom::create_text_node("");
        Dom::insert_node(&self.element, &node, None);
        let mut shown = String::new();
        self.follow(Box::new(move || {
            let text = text();
            if text != shown {
                Dom::set_text(&node, &text);
                shown = text;
            }
        }));
        self
    }

    /// Adds an element that is made anew whenever what it is made of changes.
    pub fn live(self, view: impl FnMut() -> Option<Node> + 'static) -> Self {
        self.region(None, Box::new(view))
    }

    /// Adds an element that is made anew only when `key` changes.
    pub fn switch(self, key: impl Fn() -> usize + 'static, view: impl FnMut() -> Option<Node> + 'static) -> Self {
        self.region(Some(Box::new(key)), Box::new(view))
    }

    fn region(mut self, key: Option<Box<dyn Fn() -> usize>>, mut view: Box<dyn FnMut() -> Option<Node>>) -> Self {
        let mark = Dom::create_text_node("");
        Dom::insert_node(&self.element, &mark, None);
        let mut shown: Option<Node> = None;
        let mut before = None;
        self.follow(Box::new(move || {
            let next = match &key {
                None => view(),
                Some(key) => {
                    let now = Some(key());
                    if before == now {
                        return;
                    }
                    before = now;
                    untrack(&mut view)
                }
            };
            if let Some(parent) = mark.parent_element() {
                swap(&mut shown, next, &parent, &mark);
            }
        }));
        self
    }

    /// Holds rows that stay as long as their key does.
    pub fn rows(mut self, rows: impl Fn() -> Vec<Row> + 'static) -> Self {
        self.list(Box::new(rows));
        self
    }

    fn list(&mut self, rows: Box<dyn Fn() -> Vec<Row>>) {
        struct Made {
            key: String,
            copy: usize,
            node: Node,
        }
        let element = self.element.clone();
        let mut shown: Vec<Made> = Vec::new();
        self.follow(Box::new(move || {
            let mut earlier: Vec<Option<Made>> = shown.drain(..).map(Some).collect();
            // Rows mostly stay in order: the search begins behind the last one that was found.
            let mut from = 0_usize;
            let mut next = Vec::new();
            for Row { key, copy, make } in rows() {
                let mut kept = None;
                for place in (from..earlier.len()).chain(0..from.min(earlier.len())) {
                    let Some(slot) = earlier.get_mut(place) else { break };
                    if slot.as_ref().is_some_and(|row| row.key == key && row.copy == copy) {
                        kept = slot.take();
                        from = place.saturating_add(1);
                        break;
                    }
                }
                next.push(kept.unwrap_or_else(|| Made {
                    key,
                    copy,
                    node: untrack(make),
                }));
            }
            for row in earlier.into_iter().flatten() {
                Dom::remove(&row.node.element);
            }
            let mut after = Dom::first_child(&element);
            for Made { node, .. } in &next {
                if after.as_ref() == Some(&*node.element) {
                    after = Dom::next_sibling(&node.element);
                } else {
                    Dom::insert_node(&element, &node.element, after.as_ref());
                }
            }
            shown = next;
        }));
    }

    /// Does something on an event.
    pub fn on(self, name: &str, act: impl FnMut(Event) + 'static) -> Self {
        self.listen(name, Box::new(act))
    }

    fn listen(mut self, name: &str, act: Box<dyn FnMut(Event)>) -> Self {
        let listener = Closure::wrap(act);
        // An element takes every listener.
        let _ = self
            .element
            .add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
        self.held.push(Held::Listener(listener));
        self
    }

    fn follow(&mut self, mut act: Box<dyn FnMut()>) {
        self.held.push(Held::Effect(RenderEffect::new(move |_| act())));
    }
}

/// Puts an element where an earlier one stood. A control that had the focus hands it to its counterpart, the same part,
/// else to the first control around: it must not fall back to the page.
fn swap(shown: &mut Option<Node>, next: Option<Node>, parent: &Element, mark: &DomNode) {
    if let Some(next) = &next {
        Dom::insert_node(parent, &next.element, Some(mark));
    }
    let Some(earlier) = std::mem::replace(shown, next) else {
        return;
    };
    let focused = earlier.element.query_selector(":focus").ok().flatten();
    Dom::remove(&earlier.element);
    let Some(focused) = focused else { return };
    let part = focused.get_attribute("part").unwrap_or_default();
    let same = ["[part=\"", &part, "\"]"].concat();
    let is_in_shown = |selector| {
        let shown = shown.as_ref();
        shown.is_some_and(|shown| focus_within(&shown.element, selector))
    };
    if !is_in_shown(&same) && !is_in_shown(CONTROLS) {
        focus_within(parent, CONTROLS);
    }
}

/// Focuses the first element within another that a selector finds, and tells whether there is one.
pub fn focus_within(element: &Element, selector: &str) -> bool {
    let Ok(Some(control)) = element.query_selector(selector) else {
        return false;
    };
    // It can't fail for an element that is shown; one that isn't, leaves the focus where it is.
    let _ = control.unchecked_into::<HtmlElement>().focus();
    true
}

impl Render for Node {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, state: &mut Self) {
        let earlier = std::mem::replace(state, self);
        earlier.insert_before_this(state);
        Dom::remove(&earlier.element);
    }
}

impl Mountable for Node {
    fn unmount(&mut self) {
        Dom::remove(&self.element);
    }

    fn mount(&mut self, parent: &Element, marker: Option<&DomNode>) {
        Dom::insert_node(parent, &self.element, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.element.parent_element() else {
            return false;
        };
        child.mount(&parent, Some(&self.element));
        true
    }

    fn elements(&self) -> Vec<Element> {
        vec![self.element.clone()]
    }
}

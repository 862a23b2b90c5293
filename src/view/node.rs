//! View: one kind of element for the whole view, made at once by `node.js` and followed by effects in Leptos' graph.
//!
//! There is one type of node and one type of effect, so rendering is compiled once and not once for every shape of
//! markup; and nothing goes through `template.innerHTML`, which Trusted Types forbid.

use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::rc::Rc;

use leptos::tachys::renderer::dom::{Dom, Element, Node as DomNode, Text};
use reactive_graph::graph::untrack;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::{Event, HtmlInputElement};

use super::effect::Effect;
use super::subject::Subject;
use crate::faults;

#[wasm_bindgen(module = "/src/node.js")]
extern "C" {
    fn make(markup: &str) -> Element;
    fn say(element: &Element, words: &str) -> Text;
    /// Sets an attribute, or takes it away where there is no value.
    pub fn set(element: &Element, name: &str, value: Option<&str>);
    /// Sets a property of an element's style, or takes it away where its value is empty.
    pub fn paint(element: &Element, name: &str, value: &str);
    fn fill(input: &Element, value: &str);
    fn listen(element: &Element, name: &str, listener: &Closure<dyn FnMut(Event)>);
    fn place(parent: &Element, element: &Element, after: Option<&DomNode>) -> Option<DomNode>;
    fn swap(mark: &Text, earlier: Option<&Element>, next: Option<&Element>);
    /// As far as this, an element's cards are in sight, or would be.
    pub fn room(element: &Element) -> usize;
    /// Focuses an element, or the first within it, that a selector finds, and tells whether there is one.
    #[wasm_bindgen(js_name = focusWithin)]
    pub fn focus_within(element: &Element, selector: &str) -> bool;
    /// Focuses the element that stands so many places after the focused one among those of the grid around that a selector
    /// finds, and round.
    #[wasm_bindgen(js_name = focusNext)]
    pub fn focus_next(element: &Element, selector: &str, places: i32);
    /// Focuses what a selector finds in the view, once all that is due has been done: what can't take a focus does for once.
    #[wasm_bindgen(js_name = focusLater)]
    pub fn focus_later(element: &Element, selector: &str);
}

/// An element.
pub struct Node(Element);

/// What ends when it is dropped.
#[expect(dead_code, reason = "nobody asks for what is held until its end")]
enum Held {
    Effect(Effect),
    Listener(Closure<dyn FnMut(Event)>),
}

thread_local! {
    // Where what a node holds goes, while its scope is made: passed along with every node it would weigh kilobytes.
    // Nothing of it is dropped with the thread: what would see to that is left out.
    static HELD: ManuallyDrop<RefCell<Vec<Held>>> = const { ManuallyDrop::new(RefCell::new(Vec::new())) };
}

/// An element with the effects and listeners of all that it was made of.
struct Scope {
    node: Node,
    #[expect(dead_code, reason = "it goes with the node")]
    held: Vec<Held>,
}

impl Scope {
    fn new(make: impl FnOnce() -> Node) -> Self {
        let around = HELD.with(|held| held.take());
        let node = make();
        let held = HELD.with(|held| held.replace(around));
        Self { node, held }
    }
}

/// What stands in an element of the page, with all that it holds, until it is dropped.
pub struct Mount(Scope);

impl Mount {
    /// Makes it and puts it after all that is in the element.
    pub fn new(parent: &Element, make: impl FnOnce() -> Node) -> Self {
        let scope = Scope::new(make);
        place(parent, &scope.node.0, None);
        Self(scope)
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        Dom::remove(&self.0.node.0);
    }
}

fn hold(held: Held) {
    HELD.with(|all| all.borrow_mut().push(held));
}

/// A row of a list: made only where no row of that key is there.
pub struct Row {
    /// Tells rows apart.
    pub key: String,
    /// Which copy of what it shows it is made of: a row of another copy is another row, even under the same key.
    pub copy: usize,
    /// Whether it is not to come yet: one that is there stays. A row that went and is held waits.
    pub waits: bool,
    /// What it is about.
    pub subject: Rc<Subject>,
}

/// So many rows are held at most, with those that are there: more that nobody sees would take part in every change.
const KEPT: usize = 30;

/// What is made of a subject.
pub type Made<T> = fn(&Rc<Subject>) -> T;

/// An element of a tag with attributes that stay, as in `button|part=more|disabled=`.
///
/// A part's name is its class too, so that the sheet inside the root and the page outside speak of the same thing;
/// `class` after it says more.
pub fn node(markup: &str) -> Node {
    Node(make(markup))
}

impl Node {
    /// Sets an attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Adds a text.
    pub fn text(self, text: &str) -> Self {
        say(&self.0, text);
        self
    }

    /// Adds an element.
    pub fn child(self, child: Node) -> Self {
        place(&self.0, &child.0, None);
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
    pub fn flag(self, name: &'static str, subject: &Rc<Subject>, is_so: Made<bool>) -> Self {
        self.state(name, None, "", subject, is_so)
    }

    /// Says whether what it opens is open (ARIA).
    pub fn expanded(self, subject: &Rc<Subject>, is_open: Made<bool>) -> Self {
        self.state("aria-expanded", Some("false"), "true", subject, is_open)
    }

    /// Has an attribute with one value as long as something is so, else with another, or not at all.
    pub fn state(
        self,
        name: &'static str,
        no: Option<&'static str>,
        yes: &'static str,
        subject: &Rc<Subject>,
        is_so: Made<bool>,
    ) -> Self {
        let (element, subject) = (self.0.clone(), Rc::clone(subject));
        follow(Box::new(move || {
            set(&element, name, if is_so(&subject) { Some(yes) } else { no });
        }));
        self
    }

    /// Is checked as long as something is so.
    pub fn checked(self, subject: &Rc<Subject>, is_so: Made<bool>) -> Self {
        let (input, subject) = (self.0.clone().unchecked_into::<HtmlInputElement>(), Rc::clone(subject));
        follow(Box::new(move || input.set_checked(is_so(&subject))));
        self
    }

    /// Holds a value that others may change than the visitor who types it.
    pub fn value(self, subject: &Rc<Subject>, value: Made<String>) -> Self {
        let (input, subject) = (self.0.clone(), Rc::clone(subject));
        follow(Box::new(move || fill(&input, &value(&subject))));
        self
    }

    /// Adds a text that follows what it is made of.
    pub fn live_text(self, subject: &Rc<Subject>, text: Made<String>) -> Self {
        let node = say(&self.0, "");
        let subject = Rc::clone(subject);
        let mut shown = String::new();
        follow(Box::new(move || {
            let text = text(&subject);
            if text != shown {
                Dom::set_text(&node, &text);
                shown = text;
            }
        }));
        self
    }

    /// Adds an element that is made anew whenever what it is made of changes.
    pub fn live(self, subject: &Rc<Subject>, view: Made<Option<Node>>) -> Self {
        self.region(subject, None, view)
    }

    /// Adds an element that is made anew only when `key` changes.
    pub fn switch(self, subject: &Rc<Subject>, key: Made<usize>, view: Made<Option<Node>>) -> Self {
        self.region(subject, Some(key), view)
    }

    fn region(self, subject: &Rc<Subject>, key: Option<Made<usize>>, view: Made<Option<Node>>) -> Self {
        let mark = say(&self.0, "");
        let subject = Rc::clone(subject);
        let mut shown: Option<Scope> = None;
        let mut before = None;
        follow(Box::new(move || {
            let key = key.map(|key| key(&subject));
            if key.is_some() && before == key {
                return;
            }
            before = key;
            let around = HELD.with(|held| held.take());
            let next = match key {
                None => view(&subject),
                Some(_) => untrack(|| view(&subject)),
            };
            let held = HELD.with(|held| held.replace(around));
            let earlier = std::mem::replace(&mut shown, next.map(|node| Scope { node, held }));
            let element = |scope: &Option<Scope>| scope.as_ref().map(|scope| scope.node.0.clone());
            swap(&mark, element(&earlier).as_ref(), element(&shown).as_ref());
        }));
        self
    }

    /// Holds rows that stay as long as their key does. Some of those that went last are held too, and come back as they are:
    /// what a choice takes away the next one mostly brings back.
    pub fn rows(self, subject: &Rc<Subject>, rows: Made<Vec<Row>>, make: Made<Node>) -> Self {
        let (element, subject) = (self.0.clone(), Rc::clone(subject));
        let mut made: Vec<(Row, Scope)> = Vec::new();
        follow(Box::new(move || {
            let mut earlier = std::mem::take(&mut made);
            // Rows mostly stay in order: turned round, the next is the last, which goes without moving others.
            earlier.reverse();
            for mut row in rows(&subject) {
                let place = earlier
                    .iter()
                    .rposition(|(kept, _)| kept.key == row.key && kept.copy == row.copy);
                let kept = place.and_then(|place| earlier.get(place));
                if row.waits && kept.is_none_or(|(kept, _)| kept.waits) {
                    continue;
                }
                row.waits = false;
                let scope = match place {
                    Some(place) => earlier.remove(place).1,
                    None => Scope::new(|| untrack(|| make(&row.subject))),
                };
                made.push((row, scope));
            }
            let count = made.len();
            while let Some((mut row, scope)) = earlier.pop() {
                Dom::remove(&scope.node.0);
                if row.copy == subject.widget.copy() && made.len() < KEPT {
                    row.waits = true;
                    made.push((row, scope));
                }
            }
            let mut after = Dom::first_child(&element);
            for (_, scope) in made.iter().take(count) {
                after = place(&element, &scope.node.0, after.as_ref());
            }
        }));
        self
    }

    /// Does something on an event.
    pub fn on(self, name: &str, subject: &Rc<Subject>, act: fn(&Rc<Subject>, &Event)) -> Self {
        let subject = Rc::clone(subject);
        let listener = Closure::<dyn FnMut(Event)>::new(move |event| {
            faults::strike("listener");
            act(&subject, &event);
        });
        listen(&self.0, name, &listener);
        hold(Held::Listener(listener));
        self
    }
}

fn follow(act: Box<dyn FnMut()>) {
    hold(Held::Effect(Effect::new(act)));
}

//! View: one kind of element for the whole view.
//!
//! Every element has the same Rust type, so the compiler writes the code of rendering once instead of once for every
//! shape of markup; and nothing goes through `template.innerHTML`, which Trusted Types forbid.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
use leptos::html::{ElementChild, custom};
use leptos::prelude::{AddAnyAttr, AnyView, IntoAny, Owner};
use leptos::tachys::html::{event, property::prop};
use leptos::tachys::reactive_graph::OwnedView;
use leptos::tachys::view::keyed::keyed;
use web_sys::Event;

/// An element in the making.
pub struct Node {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// An element of a tag.
pub fn node(tag: &'static str) -> Node {
    Node {
        tag,
        attributes: Vec::new(),
        children: Vec::new(),
    }
}

/// An element that is a part of the widget: the part's name is its class too, so that the sheet inside the root and
/// the page outside speak of the same thing. Further names stand behind the first, parted by spaces.
pub fn part(tag: &'static str, names: &'static str) -> Node {
    node(tag).attr("part", names).class(names)
}

impl Node {
    /// Sets an attribute.
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes
            .push(custom_attribute(name, value.into()).into_any_attr());
        self
    }

    /// Sets the class.
    pub fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// Sets an attribute that follows its signals; `None` takes it away.
    pub fn live_attr(mut self, name: &'static str, value: impl FnMut() -> Option<String> + Send + 'static) -> Self {
        let value: Box<dyn FnMut() -> Option<String> + Send> = Box::new(value);
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// Sets a boolean property that follows its signals.
    pub fn live_flag(mut self, name: &'static str, value: impl FnMut() -> bool + Send + 'static) -> Self {
        let value: Box<dyn FnMut() -> bool + Send> = Box::new(value);
        self.attributes.push(prop(name, value).into_any_attr());
        self
    }

    /// Sets a text property that follows its signals.
    pub fn live_value(mut self, name: &'static str, value: impl FnMut() -> String + Send + 'static) -> Self {
        let value: Box<dyn FnMut() -> String + Send> = Box::new(value);
        self.attributes.push(prop(name, value).into_any_attr());
        self
    }

    /// Does something on an event.
    pub fn on(mut self, name: &'static str, act: impl FnMut(Event) + 'static) -> Self {
        let act: Box<dyn FnMut(Event)> = Box::new(act);
        self.attributes
            .push(event::on(event::Custom::<Event>::new(name), act).into_any_attr());
        self
    }

    /// Adds an element.
    pub fn child(self, child: Node) -> Self {
        self.any(child.build())
    }

    /// Adds an element, if there is one.
    pub fn maybe(self, child: Option<Node>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Adds elements.
    pub fn children(self, children: impl IntoIterator<Item = Node>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Adds a text.
    pub fn text(self, text: impl Into<String>) -> Self {
        self.any(text.into().into_any())
    }

    /// Adds a text that follows its signals.
    pub fn live_text(self, text: impl FnMut() -> String + Send + 'static) -> Self {
        let text: Box<dyn FnMut() -> String + Send> = Box::new(text);
        self.any(text.into_any())
    }

    /// Adds what follows its signals.
    pub fn live(self, view: impl FnMut() -> AnyView + Send + 'static) -> Self {
        let view: Box<dyn FnMut() -> AnyView + Send> = Box::new(view);
        self.any(view.into_any())
    }

    /// Adds a view.
    pub fn any(mut self, view: AnyView) -> Self {
        self.children.push(view);
        self
    }

    /// The view of the element.
    pub fn build(self) -> AnyView {
        custom(self.tag)
            .child(self.children)
            .add_any_attr(self.attributes)
            .into_any()
    }
}

/// Rows that stay as long as their key does. Each has an owner of its own below `owner`: what a row's signals belong to
/// must not go with the run of the effect that happened to make it.
pub fn rows<T: Send + 'static>(
    owner: Owner,
    items: Vec<T>,
    key: impl Fn(&T) -> String + Send + 'static,
    row: impl Fn(T) -> Node + Send + 'static,
) -> AnyView {
    let view = move |_: usize, item: T| {
        let own = owner.with(Owner::new);
        let view = own.with(|| row(item).build());
        (|_: usize| {}, OwnedView::new_with_owner(view, own))
    };
    keyed(items, key, view).into_any()
}

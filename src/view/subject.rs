//! View: what an element is about.
//!
//! All that follows or acts is a plain function of its subject, so that nothing of an element's own is captured: a
//! closure for each would weigh kilobytes in the binary.

use std::cell::RefCell;
use std::rc::Rc;

use joint_events_model::Event;
use joint_events_model::rates::{Rates, rates};
use joint_events_model::select::Facet;
use joint_events_model::time::Date;

use super::state::{Loaded, Widget};
use super::strings::Language;

/// What an element is about: a widget, and there a topic.
pub struct Subject {
    /// The widget.
    pub widget: Rc<Widget>,
    topic: Topic,
    /// The event's rates, and the versions of what they were made of: worked out once for all parts of its card.
    priced: RefCell<Option<([u32; 4], Rc<Rates>)>>,
}

/// What there is in a widget.
pub enum Topic {
    /// All of it.
    Widget,
    /// A part of the list, with its heading.
    Section(String),
    /// An event: the feed that has it, and its place there.
    Event(Rc<Loaded>, usize),
    /// A day of the month.
    Day(Date),
    /// A facet.
    Facet(Facet),
    /// One of its choices.
    Choice(Facet, String),
    /// An association whose member the visitor may be.
    Member(String),
}

impl Subject {
    /// A topic of a widget.
    pub fn new(widget: &Rc<Widget>, topic: Topic) -> Rc<Self> {
        Rc::new(Self {
            widget: Rc::clone(widget),
            topic,
            priced: RefCell::default(),
        })
    }

    /// Another topic of the same widget.
    pub fn turn(&self, topic: Topic) -> Rc<Self> {
        Self::new(&self.widget, topic)
    }

    /// The language of the view.
    pub fn language(&self) -> Language {
        *self.widget.language.get()
    }

    /// The heading of a section, or the id of a choice or an association.
    pub fn name(&self) -> &str {
        match &self.topic {
            Topic::Section(name) | Topic::Choice(_, name) | Topic::Member(name) => name,
            Topic::Widget | Topic::Event(..) | Topic::Day(_) | Topic::Facet(_) => "",
        }
    }

    /// The facet, its own or its choice's.
    pub fn facet(&self) -> Option<Facet> {
        match &self.topic {
            Topic::Facet(facet) | Topic::Choice(facet, _) => Some(*facet),
            Topic::Widget | Topic::Section(_) | Topic::Event(..) | Topic::Day(_) | Topic::Member(_) => None,
        }
    }

    /// The event, with the feed that has it.
    pub fn event(&self) -> Option<(&Event, &Loaded)> {
        match &self.topic {
            Topic::Event(loaded, place) => Some((loaded.feed.events.get(*place)?, loaded)),
            Topic::Widget
            | Topic::Section(_)
            | Topic::Day(_)
            | Topic::Facet(_)
            | Topic::Choice(..)
            | Topic::Member(_) => None,
        }
    }

    /// The day.
    pub fn day(&self) -> Option<Date> {
        match &self.topic {
            Topic::Day(day) => Some(*day),
            Topic::Widget
            | Topic::Section(_)
            | Topic::Event(..)
            | Topic::Facet(_)
            | Topic::Choice(..)
            | Topic::Member(_) => None,
        }
    }

    /// Whether the event is over.
    pub fn is_past(&self) -> bool {
        let now = *self.widget.now.get();
        self.event().is_some_and(|(event, ..)| event.span().is_past(now))
    }

    /// The event's rates for the visitor at this moment.
    pub fn rates(&self) -> Option<Rc<Rates>> {
        let (event, loaded) = self.event()?;
        let widget = &self.widget;
        let of = [
            widget.options.version(),
            widget.state.version(),
            widget.said.version(),
            widget.now.version(),
        ];
        if let Some((made_of, rates)) = &*self.priced.borrow()
            && *made_of == of
        {
            return Some(Rc::clone(rates));
        }
        let rates = Rc::new(rates(event, &loaded.feed, &widget.memberships(), *widget.now.get()));
        *self.priced.borrow_mut() = Some((of, Rc::clone(&rates)));
        Some(rates)
    }
}

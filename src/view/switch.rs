//! View: whether the list is shown or a month, and what is open below the month.

use std::rc::Rc;

use joint_events_model::Event;
use joint_events_model::time::Date;

use super::doors;
use super::later::{self, Later};
use super::node::{Made, Node, node};
use super::state::{Said, Widget};
use super::strings::fill;
use super::subject::Subject;

/// What is shown of the events that match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The list.
    List,
    /// A month at a time, where there is room for it; else the list.
    Month,
}

impl View {
    /// The view of an option's word, or of one in the page's address.
    pub fn of(word: &str) -> Option<Self> {
        match word {
            "list" => Some(Self::List),
            "month" => Some(Self::Month),
            _ => None,
        }
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Month => "month",
        }
    }
}

/// What the visitor opened of a month, or came to by the page's address. The list below a month shows that alone, as the very
/// cards that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picked {
    /// Nothing.
    Nothing,
    /// The event of a key.
    Event(String),
    /// All events of a day.
    Day(Date),
}

impl Picked {
    /// Whether an event is among it.
    pub fn holds(&self, event: &Event) -> bool {
        match self {
            Self::Nothing => false,
            Self::Event(key) => event.key == *key,
            Self::Day(day) => (event.start.date()..=event.span().last_day()).contains(day),
        }
    }
}

/// Whether a month is wanted.
fn is_chosen(subject: &Rc<Subject>) -> bool {
    *subject.widget.view.get() == View::Month
}

/// Whether a month is shown, where there is room: until it can be, the list is.
pub fn is_month(subject: &Rc<Subject>) -> bool {
    is_chosen(subject) && later::is_here(&subject.widget)
}

/// Tells what is in the month's place from what comes next.
pub fn version(subject: &Rc<Subject>) -> usize {
    match *subject.widget.later.get() {
        _ if !is_chosen(subject) => 0,
        Later::Away => 1,
        Later::Asked => 2,
        Later::Here => 3,
        Later::Missed => 4,
    }
}

/// The month view, while it is chosen.
pub fn month(subject: &Rc<Subject>) -> Option<Node> {
    later::behind(subject, is_chosen(subject), doors::month)
}

/// What is open below the month; nothing while the list is shown.
pub fn picked(widget: &Widget) -> Rc<Picked> {
    match *widget.view.get() {
        View::List => Rc::new(Picked::Nothing),
        View::Month => widget.picked.get(),
    }
}

/// Whether the event is open below the month.
pub fn is_picked(subject: &Rc<Subject>) -> bool {
    let picked = picked(&subject.widget);
    subject.event().is_some_and(|(event, ..)| picked.holds(event))
}

/// The switch from one to the other.
pub fn switch(subject: &Rc<Subject>) -> Node {
    let strings = subject.language().strings();
    let way = |words: &str, is_shown: Made<bool>| {
        // A filter may be called by the same word.
        let about = fill(strings.about, &[strings.view, words]);
        node("button|part=toggle|class=view-button")
            .attr("aria-label", &about)
            .state("aria-pressed", Some("false"), "true", subject, is_shown)
            .text(words)
    };
    let list =
        way(strings.list, |subject| !is_chosen(subject)).on("click", subject, |subject, _| choose(subject, View::List));
    let month = way(strings.month, is_chosen).on("click", subject, |subject, _| choose(subject, View::Month));
    node("div|class=views").child(list).child(month)
}

fn choose(subject: &Subject, view: View) {
    subject.widget.picked.settle(Picked::Nothing);
    subject.widget.view.settle(view);
    subject.widget.tell(Said::View);
}

//! View: an event, or all that match, into the visitor's calendar. The button stands in the card; the rest comes later.

use std::rc::Rc;

use joint_events_model::Event;
use joint_events_model::ics::{Calendar, Entry, Purpose, calendar};
use joint_events_model::link::Link;
use joint_events_model::web_calendar::{google, outlook};

use super::node::{Node, node};
use super::state::{Loaded, Said, Widget};
use super::status::outward;
use super::subject::Subject;
use super::words::{EventWords, plain};
use super::{card, words};

/// The ways of an event into a calendar.
pub fn menu(subject: &Rc<Subject>) -> Option<Node> {
    let ((event, loaded), language) = (subject.event()?, subject.language());
    let file = node("button")
        .text(words::later(language).ics_file)
        .on("click", subject, |subject, _| {
            if let Some((event, loaded)) = subject.event() {
                let file = file(&subject.widget, loaded, &[event]);
                subject.widget.tell(asked(subject, "ics", Some(file)));
            }
        });
    let words = EventWords::new(event, &loaded.feed, language);
    let entry = words.entry(event, language);
    let service = |name, link: Option<Link>| Some(outward("a", &link?).text(name));
    // The names of the two services are the same in every language.
    let google = service("Google", google(&entry)).map(|link| {
        link.on("click", subject, |subject, click| {
            card::tell(subject, click, asked(subject, "google", None))
        })
    });
    let outlook = service("Outlook", outlook(&entry)).map(|link| {
        link.on("click", subject, |subject, click| {
            card::tell(subject, click, asked(subject, "outlook", None))
        })
    });
    let menu = node("ul|class=calendar-menu|role=list")
        .child(node("li").child(file))
        .child(node("li").maybe(google))
        .child(node("li").maybe(outlook));
    Some(menu)
}

/// Hands the host a file of all that match.
pub fn save_all(widget: &Widget) {
    let Some(loaded) = widget.loaded() else { return };
    let mut events = Vec::new();
    for (place, _) in &widget.selection().events {
        if let Some(event) = loaded.feed.events.get(*place) {
            events.push(event);
        }
    }
    widget.tell(Said::Calendar {
        id: None,
        target: "ics",
        file: Some(file(widget, &loaded, &events)),
    });
}

fn asked(subject: &Subject, target: &'static str, file: Option<String>) -> Said {
    Said::Calendar {
        id: subject.event().map(|(event, ..)| event.id.clone()),
        target,
        file,
    }
}

/// The calendar file of these events of a feed.
fn file(widget: &Widget, loaded: &Loaded, events: &[&Event]) -> String {
    let language = *widget.language.get();
    let feed = &loaded.feed;
    let mut words = Vec::new();
    for event in events {
        words.push(EventWords::new(event, feed, language));
    }
    let mut entries: Vec<Entry> = Vec::new();
    for (event, words) in events.iter().zip(&words) {
        entries.push(words.entry(event, language));
    }
    let header = Calendar {
        name: &plain(&feed.title, language),
        stamp: *widget.now.get(),
        zones: &[],
        purpose: Purpose::Copy,
    };
    calendar(&header, &entries)
}

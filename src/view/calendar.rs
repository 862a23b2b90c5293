//! View: an event, or all that match, into the visitor's calendar, and subscribing to all. The buttons stand in the card and above
//! the list; the rest comes later.

use std::rc::Rc;

use joint_events_model::Event;
use joint_events_model::ics::{Calendar, Entry, Purpose, calendar};
use joint_events_model::link::Link;
use joint_events_model::web_calendar::{google, google_subscription, outlook, outlook_subscription, webcal};

use super::node::{Node, node};
use super::state::{Loaded, Said, Widget};
use super::status::{outward, outward_to};
use super::strings::fill;
use super::subject::Subject;
use super::words::{EventWords, plain};
use super::{card, words};

/// The ways of an event into a calendar.
pub fn menu(subject: &Rc<Subject>) -> Option<Node> {
    let ((event, loaded), language) = (subject.event()?, subject.language());
    let words = EventWords::new(event, &loaded.feed, language);
    let entry = words.entry(event, language);
    let file = node("button")
        .text(words::later(language).ics_file)
        .on("click", subject, |subject, _| save(subject, "ics"));
    // The names of the three services are the same in every language. Apple's takes the file.
    let apple = node("button")
        .text("Apple")
        .on("click", subject, |subject, _| save(subject, "apple"));
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
    let ways = node("ul|class=calendar-menu|role=list")
        .child(node("li").child(file))
        .child(node("li").child(apple))
        .child(node("li").maybe(google))
        .child(node("li").maybe(outlook));
    Some(ways)
}

fn service(name: &str, link: Option<Link>) -> Option<Node> {
    Some(outward("a", &link?).text(name))
}

/// Hands the host the file of an event.
fn save(subject: &Rc<Subject>, target: &'static str) {
    if let Some((event, loaded)) = subject.event() {
        let file = file(&subject.widget, loaded, &[event]);
        subject.widget.tell(asked(subject, target, Some(file)));
    }
}

/// The ways of all that match into a calendar, and those of a calendar to what the feed publishes: that is all events, and as they
/// change.
pub fn set_menu(subject: &Rc<Subject>) -> Option<Node> {
    let (loaded, language) = (subject.widget.loaded()?, subject.language());
    let strings = words::later(language);
    let (_, calendar) = loaded.feed.calendar_url.pick(language.tag())?;
    let name = plain(&loaded.feed.title, language);
    let file = node("button")
        .text(strings.ics_file)
        .on("click", subject, |subject, _| save_all(&subject.widget));
    let own = outward_to("a", &webcal(calendar)).text(strings.subscribe);
    let with = |name| fill(strings.subscribe_with, &[name]);
    let google = service(&with("Google"), google_subscription(calendar));
    let outlook = service(&with("Outlook"), outlook_subscription(calendar, &name));
    let mut ways = node("ul|class=calendar-menu|role=list").child(node("li").child(file));
    for link in [Some(own), google, outlook].into_iter().flatten() {
        ways = ways.child(node("li").child(link.on("click", subject, |subject, click| {
            card::tell(subject, click, asked(subject, "subscribe", None))
        })));
    }
    Some(ways)
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

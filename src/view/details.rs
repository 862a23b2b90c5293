//! View: what opens in place below an event, which comes later: the description, all rates, the venue, access from afar, partners.

use std::rc::Rc;
use std::slice;

use joint_events_model::link::Link;
use joint_events_model::{Feed, Online, Venue};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::node::{Node, node};
use super::state::{Registered, Said};
use super::status::outward;
use super::strings::{Language, fill};
use super::subject::Subject;
use super::{all_rates, card, later, linked, words};
use crate::view;

/// The details of an event.
pub fn details(subject: &Rc<Subject>) -> Option<Node> {
    let ((event, loaded), language) = (subject.event()?, subject.language());
    let level = subject.widget.options.get().heading_level.saturating_add(1);
    let heading = |words: &str| view::heading(level, "class=details-heading").text(words);
    let strings = words::later(language);
    let mut details = node("div|part=details");
    if let Some((own, text)) = event.description.pick(language.tag()) {
        for paragraph in text.split('\n').filter(|line| !line.trim_ascii().is_empty()) {
            details = details.child(words::marked(node("p"), own, language).text(paragraph));
        }
    }
    if let Some(table) = all_rates::all_rates(event, &loaded.feed, language, *subject.widget.now.get()) {
        details = details.child(heading(strings.all_rates)).child(table);
    }
    if let Some(venue) = &event.venue {
        details = details
            .child(heading(strings.place))
            .child(address(&loaded.feed, venue, language));
    }
    if let Some(online) = &event.online {
        details = details
            .child(heading(strings.online_access))
            .child(access(online, language));
    }
    if !event.partners.is_empty() {
        let mut partners = node("ul");
        for partner in &event.partners {
            let name = match &partner.url {
                Some(link) => outward("a", link),
                None => node("span"),
            };
            partners = partners.child(node("li").child(name.attr("dir", "auto").text(&partner.name)));
        }
        details = details.child(heading(strings.partners)).child(partners);
    }
    let mut links = other_pages(subject, node("p"));
    if let Some((_, link)) = event.url.pick(language.tag()) {
        links = links.child(outward("a", link).text(strings.event_page)).text(" ");
    }
    Some(details.child(links.child(linked::copy_event(subject, event))))
}

/// The pages to register at that the card's own link does not lead to, each named by its association.
fn other_pages(subject: &Rc<Subject>, mut links: Node) -> Node {
    let (Some((event, loaded)), Some(rates)) = (subject.event(), subject.rates()) else {
        return links;
    };
    // The card may lead to the event's own page, for want of another, by another word.
    let word = card::word(subject, event, &rates);
    let (Some(word), Some((_, link))) = (word, card::registration(subject, event, &rates)) else {
        return links;
    };
    let language = subject.language();
    let mut shown = vec![link];
    let own = event.organizers.first().map(|id| (id, &event.registration.url));
    let others = event.registration.alternatives.iter().map(|(id, links)| (id, links));
    for (id, pages) in own.into_iter().chain(others) {
        let Some((_, link)) = pages.pick(language.tag()) else {
            continue;
        };
        let link = later::tagged(&subject.widget, link.clone());
        if shown.contains(&link) {
            continue;
        }
        let name = words::association_names(&loaded.feed, slice::from_ref(id), language);
        let page = outward("a", &link)
            .text(&fill(language.strings().about, &[word, &name]))
            .on("click", subject, register);
        shown.push(link);
        links = links.child(page).text(" ");
    }
    links
}

/// Has the host hear of a registration there: what it costs there is not known.
fn register(subject: &Rc<Subject>, click: &Event) {
    let link = click.current_target();
    let link = link.and_then(|link| link.unchecked_into::<Element>().get_attribute("href"));
    let (Some((event, ..)), Some(url)) = (subject.event(), link.and_then(|link| Link::parse(&link))) else {
        return;
    };
    let registered = Registered {
        id: event.id.clone(),
        url,
        audience: None,
        price: None,
    };
    card::tell(subject, click, Said::Register(registered));
}

fn address(feed: &Feed, venue: &Venue, language: Language) -> Node {
    let address = node("p|class=address|dir=auto").text(&words::address(feed, venue, language));
    match &venue.map_url {
        Some(link) => address
            .text(" ")
            .child(outward("a", link).text(words::later(language).map)),
        None => address,
    }
}

fn access(online: &Online, language: Language) -> Node {
    let label = words::text("span", &online.label, language);
    let named = || Some(node("span|dir=auto").text(online.platform.as_ref()?));
    let access = node("p").maybe(label.or_else(named));
    match &online.url {
        Some(link) => access.text(" ").child(outward("a", link).text(link.as_str())),
        None => access,
    }
}

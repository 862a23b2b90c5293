//! View: what opens in place below an event: the description, all rates, the venue, access from afar, partners.

use joint_events_model::{Online, Venue};

use super::card::Shown;
use super::node::{Node, node};
use super::status::outward;
use super::{rates, words};
use crate::view;

/// The details of an event, while they are open.
pub fn details(shown: &Shown) -> Option<Node> {
    if !shown.is_open() {
        return None;
    }
    let (event, widget) = (shown.event()?, &shown.widget);
    let language = *widget.language.get();
    let strings = language.strings();
    let mut details = node("div|part=details");
    if let Some((own, text)) = event.description.pick(language.tag()) {
        for paragraph in text.split('\n').filter(|line| !line.trim().is_empty()) {
            details = details.child(words::marked(node("p"), own, language).text(paragraph));
        }
    }
    if let Some(table) = rates::all_rates(event, &shown.loaded.feed, language, *widget.now.get()) {
        details = details.child(heading(shown, strings.all_rates)).child(table);
    }
    if let Some(venue) = &event.venue {
        details = details
            .child(heading(shown, strings.place))
            .child(address(shown, venue));
    }
    if let Some(online) = &event.online {
        details = details
            .child(heading(shown, strings.online_access))
            .child(access(shown, online));
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
        details = details.child(heading(shown, strings.partners)).child(partners);
    }
    if let Some((_, link)) = event.url.pick(language.tag()) {
        details = details.child(node("p").child(outward("a", link).text(strings.event_page)));
    }
    Some(details)
}

fn heading(shown: &Shown, words: &str) -> Node {
    let level = shown.widget.options.get().heading_level;
    view::heading(level.saturating_add(1), "class=details-heading").text(words)
}

fn address(shown: &Shown, venue: &Venue) -> Node {
    let language = *shown.widget.language.get();
    let address = node("p|class=address|dir=auto").text(&words::address(&shown.loaded.feed, venue, language));
    match &venue.map_url {
        Some(link) => address.text(" ").child(outward("a", link).text(language.strings().map)),
        None => address,
    }
}

fn access(shown: &Shown, online: &Online) -> Node {
    let language = *shown.widget.language.get();
    let label = words::text("span", &online.label, language);
    let named = || Some(node("span|dir=auto").text(online.platform.as_ref()?));
    let access = node("p").maybe(label.or_else(named));
    match &online.url {
        Some(link) => access.text(" ").child(outward("a", link).text(link.as_str())),
        None => access,
    }
}

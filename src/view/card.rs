//! View: one event.

use joint_events_model::rates::{Rates, rates as rates_of};
use joint_events_model::registration::{Admission, Destination, admission, destination};
use joint_events_model::select::format;
use joint_events_model::time::Span;
use joint_events_model::web_calendar::{google, outlook};
use joint_events_model::{Event, Feed, Status, same_language};
use leptos::prelude::*;

use super::node::{Node, node, part};
use super::state::{Registered, Said, Verdict, Widget};
use super::status::outward;
use super::strings::Language;
use super::words::EventWords;
use super::{heading_tag, rates, words};
use crate::intl;

/// The card of the event at a place of the feed.
pub fn card(widget: Widget, place: usize) -> Node {
    let language = widget.language.get_untracked();
    let level = widget.options.with_untracked(|options| options.heading_level);
    let priced = Memo::new(move |_| {
        let (memberships, now) = (widget.memberships.get(), widget.now.get());
        let association = widget.options.with(|options| options.association.clone());
        widget.with_event(place, |event, feed| {
            rates_of(event, feed, &memberships, association.as_deref(), now)
        })
    });
    let past = move || {
        let now = widget.now.get();
        widget
            .with_event(place, |event, _| {
                Span {
                    start: event.start,
                    end: event.end,
                }
                .is_past(now)
            })
            .unwrap_or_default()
    };
    let card = widget.with_event(place, |event, feed| {
        let id = format!("je-{}", event.key);
        let title = format!("{id}-title");
        part("article", "card")
            .attr("id", id)
            .attr("aria-labelledby", title.clone())
            .attr("data-status", event.status.token())
            .live_attr("data-past", move || past().then(String::new))
            .child(date_block(event, language))
            .child(about(event, feed, (title, level), language, move || {
                badges(widget, place, priced)
            }))
            .child(node("div").class("price").live(move || price(widget, place, priced)))
            .live(move || details(widget, place, level))
    });
    card.unwrap_or_else(|| part("article", "card"))
}

fn date_block(event: &Event, language: Language) -> Node {
    let (start, end) = (event.start.date(), event.end.unwrap_or(event.start).date());
    let block = node("div").class("date-block").attr("aria-hidden", "true");
    let span = |class, text: String| node("span").class(class).text(text);
    if start == end {
        return block
            .child(span("date-weekday", intl::short_weekday(language, start)))
            .child(span("date-day", start.day.to_string()))
            .child(span("date-month", intl::short_month(language, start)));
    }
    if (start.year, start.month) == (end.year, end.month) {
        return block
            .child(span("date-day date-range", format!("{}–{}", start.day, end.day)))
            .child(span("date-month", intl::short_month(language, start)));
    }
    block
        .child(span("date-day", start.day.to_string()))
        .child(span("date-month", intl::short_month(language, start)))
        .child(span(
            "date-until",
            format!("– {} {}", end.day, intl::short_month(language, end)),
        ))
}

/// What it is, when and where.
fn about(
    event: &Event,
    feed: &Feed,
    (id, level): (String, u8),
    language: Language,
    badges: impl FnMut() -> AnyView + Send + 'static,
) -> Node {
    let when = intl::span(language, event.start, event.end, &event.time_zone);
    let time = node("time").attr("datetime", event.start.to_string()).text(when);
    let time = if event.status == Status::Postponed {
        node("del").class("previous").child(time)
    } else {
        time
    };
    let mut dates = part("p", "when").child(time);
    if event.status == Status::Rescheduled {
        for former in &event.previous_start {
            let said = node("span")
                .class("visually-hidden")
                .text(format!(" ({} ", language.strings().former_date));
            let date = intl::span(language, *former, None, &event.time_zone);
            dates = dates
                .text(" ")
                .child(said)
                .child(node("del").class("previous").text(date))
                .child(node("span").class("visually-hidden").text(")"));
        }
    }
    let names: Vec<String> = event
        .organizers
        .iter()
        .filter(|id| feed.association(id).is_some())
        .map(|id| words::association_name(feed, id, language))
        .collect();
    let tags = event
        .themes
        .iter()
        .filter_map(|id| feed.themes.iter().find(|term| term.id == *id));
    let tags: Vec<Node> = tags
        .map(|term| part("li", "tag").maybe(words::text("span", &term.label, language)))
        .collect();
    node("div")
        .class("event")
        .live(badges)
        .child(
            part(heading_tag(level), "title")
                .attr("id", id)
                .maybe(words::text("span", &event.title, language)),
        )
        .child(dates)
        .maybe(location(event, feed, language))
        .maybe((!names.is_empty()).then(|| node("p").class("organizers").text(words::joined(&names, language))))
        .maybe(words::text("p", &event.summary, language).map(|summary| summary.class("summary")))
        .maybe((!tags.is_empty()).then(|| node("ul").class("tags").attr("role", "list").children(tags)))
        .maybe(words::text("p", &event.status_note, language).map(|note| note.attr("part", "note").class("note")))
}

fn location(event: &Event, feed: &Feed, language: Language) -> Option<Node> {
    let venue = event
        .venue
        .as_ref()
        .map(|venue| words::place(feed, venue, language))
        .filter(|venue| !venue.is_empty());
    let way = format(event).map(|way| words::format(way, language).to_owned());
    let parts: Vec<String> = venue.into_iter().chain(way).collect();
    (!parts.is_empty()).then(|| part("p", "where").attr("dir", "auto").text(parts.join(" · ")))
}

/// A card's own signals go with the list that made it, while its effects may run once more: they ask with `try_get`.
fn badges(widget: Widget, place: usize, priced: Memo<Option<Rates>>) -> AnyView {
    let language = widget.language.get();
    let strings = language.strings();
    let now = widget.now.get();
    let badges = widget.with_event(place, |event, _| {
        let mut badges: Vec<(&'static str, String)> = Vec::new();
        if event.organizers.len() > 1 {
            badges.push(("badge badge-joint", strings.joint_event.to_owned()));
        }
        match event.status {
            Status::Scheduled => {}
            Status::Cancelled => badges.push(("badge badge-cancelled", strings.cancelled.to_owned())),
            Status::Postponed => badges.push(("badge badge-postponed", strings.postponed.to_owned())),
            Status::Rescheduled => badges.push(("badge badge-rescheduled", strings.rescheduled.to_owned())),
            Status::MovedOnline => badges.push(("badge badge-online", strings.moved_online.to_owned())),
            Status::Unrecognized => badges.push(("badge badge-check", strings.check_the_page.to_owned())),
        }
        let rates = priced.try_get().flatten();
        match rates.as_ref().map(|rates| (rates, admission(event, rates, now))) {
            Some((_, Admission::Closed)) => badges.push(("badge badge-closed", strings.registration_closed.to_owned())),
            Some((_, Admission::NotYet(opens))) => {
                let date = intl::deadline(language, opens, &event.time_zone);
                badges.push(("badge badge-closed", (strings.registration_opens)(&date)));
            }
            Some((rates, Admission::Open | Admission::Waitlist | Admission::SoldOut)) => {
                badges.extend(rates::places(rates.places, language).map(|(class, words)| (class, words.to_owned())));
            }
            Some((_, Admission::Cancelled | Admission::Ended)) | None => {}
        }
        let spoken = &event.languages;
        if !spoken.is_empty() && !spoken.iter().any(|tag| same_language(tag, language.tag())) {
            let names: Vec<String> = spoken.iter().map(|tag| intl::language_name(language, tag)).collect();
            badges.push(("badge badge-language", words::joined(&names, language)));
        }
        badges
    });
    let badges = badges.unwrap_or_default();
    if badges.is_empty() {
        return ().into_any();
    }
    let spans = badges
        .into_iter()
        .map(|(class, words)| node("span").attr("part", "badge").class(class).text(words));
    node("p").class("badges").children(spans).build()
}

/// The rates, and what a visitor can do.
fn price(widget: Widget, place: usize, priced: Memo<Option<Rates>>) -> AnyView {
    let language = widget.language.get();
    let Some(rates) = priced.try_get().flatten() else {
        return ().into_any();
    };
    let block = widget.with_event(place, |event, feed| {
        let lines = rates::rates(event, feed, &rates, language);
        node("div")
            .class("price-lines")
            .children(lines)
            .child(actions(widget, place, event, feed, &rates))
    });
    block.map_or_else(|| ().into_any(), Node::build)
}

fn actions(widget: Widget, place: usize, event: &Event, feed: &Feed, rates: &Rates) -> Node {
    let language = widget.language.get();
    let strings = language.strings();
    let title = words::plain(&event.title, language);
    let key = event.key.clone();
    let shown = event.key.clone();
    let open = move || widget.open.with(|open| open.contains(&shown));
    let toggle = part("button", "toggle")
        .attr("type", "button")
        .attr("aria-label", (strings.about)(strings.details, &title))
        .live_attr("aria-expanded", move || Some(open().to_string()))
        .text(strings.details)
        .on("click", move |_| {
            widget.open.update(|open| {
                if !open.remove(&key) {
                    open.insert(key.clone());
                }
            });
        });
    let ended = Span {
        start: event.start,
        end: event.end,
    }
    .is_past(widget.now.get());
    let calendar = (event.status != Status::Cancelled && !ended).then(|| calendar(widget, place, event, feed, &title));
    let actions = node("div")
        .class("actions")
        .maybe(register(widget, event, rates, &title));
    match calendar {
        Some(nodes) => actions.children(nodes),
        None => actions,
    }
    .child(toggle)
}

fn register(widget: Widget, event: &Event, rates: &Rates, title: &str) -> Option<Node> {
    let language = widget.language.get();
    let strings = language.strings();
    let word = match admission(event, rates, widget.now.get()) {
        Admission::Open => strings.register,
        Admission::Waitlist => strings.waiting_list,
        Admission::NotYet(_) | Admission::Closed | Admission::SoldOut | Admission::Cancelled | Admission::Ended => {
            return None;
        }
    };
    let memberships = widget.memberships.get();
    let association = widget.options.with(|options| options.association.clone());
    let (word, link) = match destination(event, rates, &memberships, association.as_deref(), language.tag())? {
        Destination::Registration(link) => (word, link),
        Destination::Details(link) => (strings.details, link),
    };
    let offer = rates
        .own
        .or(rates.regular)
        .and_then(|place| event.offers.get(place))
        .cloned();
    let (id, url) = (event.id.clone(), link.clone());
    let link = outward(link.as_str())
        .attr("part", "register")
        .class("register")
        .attr("aria-label", (strings.about)(word, title))
        .text(word)
        .on("click", move |event| {
            let offer = offer.as_ref();
            let price = offer.and_then(|offer| offer.price);
            let verdict = widget.tell(Said::Register(Registered {
                id: id.clone(),
                url: url.clone(),
                audience: offer.map(|offer| offer.audience.token().to_owned()),
                price: price.map(|price| (price.decimal(), price.currency.as_str().to_owned())),
            }));
            if verdict == Verdict::Prevented {
                event.prevent_default();
            }
        });
    Some(link)
}

/// The button, and the ways that it opens.
fn calendar(widget: Widget, place: usize, event: &Event, feed: &Feed, title: &str) -> Vec<Node> {
    let language = widget.language.get();
    let strings = language.strings();
    let open = RwSignal::new(false);
    let button = part("button", "calendar")
        .attr("type", "button")
        .attr("aria-label", (strings.about)(strings.add_to_calendar, title))
        .live_attr("aria-expanded", move || {
            Some(open.try_get().unwrap_or_default().to_string())
        })
        .text(strings.add_to_calendar)
        .on("click", move |_| open.update(|open| *open = !*open));
    let id = event.id.clone();
    let file_id = id.clone();
    let file = node("button")
        .attr("type", "button")
        .text(strings.ics_file)
        .on("click", move |_| {
            let file = words::event_ics(widget, place);
            widget.tell(Said::Calendar {
                id: Some(file_id.clone()),
                target: "ics",
                file,
            });
        });
    let words = EventWords::new(event, feed, language);
    let entry = words.entry(event, language);
    // The names of the two services are the same in every language.
    let services = [
        ("google", "Google", google(&entry)),
        ("outlook", "Outlook", outlook(&entry)),
    ];
    let links = services.into_iter().filter_map(|(target, name, link)| {
        let id = id.clone();
        let link = outward(link?.as_str()).text(name).on("click", move |event| {
            let verdict = widget.tell(Said::Calendar {
                id: Some(id.clone()),
                target,
                file: None,
            });
            if verdict == Verdict::Prevented {
                event.prevent_default();
            }
        });
        Some(node("li").child(link))
    });
    let menu = node("ul")
        .class("calendar-menu")
        .attr("role", "list")
        .live_attr("hidden", move || {
            (!open.try_get().unwrap_or_default()).then(String::new)
        })
        .child(node("li").child(file))
        .children(links);
    vec![button, menu]
}

fn details(widget: Widget, place: usize, level: u8) -> AnyView {
    let language = widget.language.get();
    let strings = language.strings();
    let now = widget.now.get();
    let details = widget.with_event(place, |event, feed| {
        if !widget.open.with(|open| open.contains(&event.key)) {
            return None;
        }
        let heading = |words: &'static str| {
            node(heading_tag(level.saturating_add(1)))
                .class("details-heading")
                .text(words)
        };
        let mut details = part("div", "details");
        if let Some((own, text)) = event.description.pick(language.tag()) {
            let paragraphs = text
                .split("\n\n")
                .map(|paragraph| words::marked(node("p"), own, language).text(paragraph));
            details = details.children(paragraphs);
        }
        if let Some(table) = rates::all_rates(event, feed, language, now) {
            details = details.child(heading(strings.all_rates)).child(table);
        }
        if let Some(venue) = &event.venue {
            let address = node("p")
                .class("address")
                .attr("dir", "auto")
                .text(words::address(feed, venue, language));
            let map = venue
                .map_url
                .as_ref()
                .map(|link| node("p").child(outward(link.as_str()).text(strings.map)));
            details = details.child(heading(strings.place)).child(address).maybe(map);
        }
        if let Some(online) = &event.online {
            let label = words::text("span", &online.label, language);
            let platform = online
                .platform
                .clone()
                .filter(|_| label.is_none())
                .map(|name| node("span").text(name));
            let link = online
                .url
                .as_ref()
                .map(|link| outward(link.as_str()).text(link.as_str()));
            details = details
                .child(heading(strings.online_access))
                .child(node("p").maybe(label).maybe(platform).text(" ").maybe(link));
        }
        if !event.partners.is_empty() {
            let partners = event.partners.iter().map(|partner| match &partner.url {
                Some(link) => node("li").child(outward(link.as_str()).text(partner.name.clone())),
                None => node("li").text(partner.name.clone()),
            });
            details = details
                .child(heading(strings.partners))
                .child(node("ul").children(partners));
        }
        let page = event.url.pick(language.tag());
        Some(details.maybe(page.map(|(_, link)| node("p").child(outward(link.as_str()).text(strings.event_page)))))
    });
    details.flatten().map_or_else(|| ().into_any(), Node::build)
}

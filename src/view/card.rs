//! View: one event.

use std::rc::Rc;

use joint_events_model::link::Link;
use joint_events_model::rates::Rates;
use joint_events_model::registration::{Admission, Destination, admission, destination};
use joint_events_model::select::{self, format};
use joint_events_model::time::{Date, When};
use joint_events_model::{Event, Feed, Status, same_language};
use web_sys::Event as Click;

use super::node::{Node, node};
use super::state::{Registered, Said, Verdict};
use super::status::outward;
use super::strings::{Language, fill};
use super::subject::Subject;
use super::{doors, heading, later, rates, switch, words};
use crate::intl;

/// The card of an event.
pub fn card(subject: &Rc<Subject>) -> Node {
    let card = node("article|part=card");
    let Some((event, loaded)) = subject.event() else {
        return card;
    };
    let id = ["je-", &event.key].concat();
    let title = [&id, "-title"].concat();
    let level = subject.widget.options.get().heading_level;
    let title_node =
        heading(level, "part=title")
            .attr("id", &title)
            .maybe(words::text("span", &event.title, subject.language()));
    let about = node("div|class=event").live(subject, badges).child(title_node);
    card.attr("id", &id)
        .attr("aria-labelledby", &title)
        .attr("data-status", event.status.token())
        .flag("data-past", subject, |subject| subject.is_past())
        .flag("data-picked", subject, switch::is_picked)
        .child(date_block(event, subject.language()))
        .child(describe(about, event, &loaded.feed, subject.language()))
        .live(subject, price)
        .live(subject, details)
}

/// What opens in place below the event.
fn details(subject: &Rc<Subject>) -> Option<Node> {
    later::behind(subject, is_open(subject), doors::details)
}

/// Whether the details are open.
pub fn is_open(subject: &Rc<Subject>) -> bool {
    let open = subject.widget.open.get();
    subject.event().is_some_and(|(event, ..)| open.contains(&event.key))
}

/// Opens or closes the details.
pub fn toggle(subject: &Rc<Subject>, _: &Click) {
    let Some((event, ..)) = subject.event() else { return };
    let mut open = Vec::clone(&subject.widget.open.get());
    select::toggle(&mut open, &event.key);
    subject.widget.open.set(open);
}

fn date_block(event: &Event, language: Language) -> Node {
    let (start, end) = (event.start.date(), event.span().last_day());
    let month = |date: Date| intl::short_month(language, date);
    let day = |date: Date| intl::number(language, u32::from(date.day));
    let within_month = (start.year, start.month) == (end.year, end.month);
    let mut block = node("div|class=date-block|aria-hidden=true");
    if start == end {
        block = block.child(node("span|class=date-weekday").text(&intl::short_weekday(language, start)));
    }
    block = if start != end && within_month {
        let days = [&day(start), "–", &day(end)].concat();
        block.child(node("span|class=date-day date-range").text(&days))
    } else {
        block.child(node("span|class=date-day").text(&day(start)))
    };
    block = block.child(node("span|class=date-month").text(&month(start)));
    if within_month {
        return block;
    }
    block.child(node("span|class=date-until").text(&["– ", &day(end), " ", &month(end)].concat()))
}

/// When and where it is, and what.
fn describe(about: Node, event: &Event, feed: &Feed, language: Language) -> Node {
    let mut names = Vec::new();
    for id in event.organizers.iter().filter(|id| feed.association(id).is_some()) {
        names.push(id.clone());
    }
    let organizers = node("p|class=organizers").text(&words::association_names(feed, &names, language));
    let mut tags = node("ul|class=tags|role=list");
    for term in event
        .themes
        .iter()
        .filter_map(|id| feed.themes.iter().find(|term| term.id == *id))
    {
        tags = tags.child(node("li|part=tag").maybe(words::text("span", &term.label, language)));
    }
    about
        .child(dates(event, language))
        .maybe(location(event, feed, language))
        .maybe((!names.is_empty()).then_some(organizers))
        .maybe(words::text("p|class=summary", &event.summary, language))
        .maybe((!event.themes.is_empty()).then_some(tags))
        .maybe(words::text("p|part=note", &event.status_note, language))
}

fn dates(event: &Event, language: Language) -> Node {
    let time = |when: When, end: Option<When>| {
        node("time")
            .attr("datetime", &when.written())
            .text(&intl::span(language, when, end, &event.time_zone))
    };
    let mut dates = node("p|part=when");
    let current = time(event.start, event.end);
    if event.status == Status::Postponed {
        return dates.child(node("del|class=previous").child(current));
    }
    dates = dates.child(current);
    if event.status == Status::Rescheduled {
        for former in &event.previous_start {
            let said = ["(", language.strings().former_date, " "].concat();
            dates = dates
                .text(" ")
                .child(node("span|class=visually-hidden").text(&said))
                .child(node("del|class=previous").child(time(*former, None)))
                .child(node("span|class=visually-hidden").text(")"));
        }
    }
    dates
}

fn location(event: &Event, feed: &Feed, language: Language) -> Option<Node> {
    let mut parts = Vec::new();
    if let Some(venue) = &event.venue {
        let place = words::place(feed, venue, language);
        if !place.is_empty() {
            parts.push(place);
        }
    }
    if let Some(way) = format(event) {
        parts.push(words::format(way, language).to_owned());
    }
    (!parts.is_empty()).then(|| node("p|part=where|dir=auto").text(&words::row(&parts, " · ")))
}

fn badges(subject: &Rc<Subject>) -> Option<Node> {
    let ((event, ..), language) = (subject.event()?, subject.language());
    let strings = language.strings();
    let mut badges: Vec<(&str, String)> = Vec::new();
    let mut add = |class, words: &str| badges.push((class, words.to_owned()));
    if event.organizers.len() > 1 {
        add("badge badge-joint", strings.joint_event);
    }
    match event.status {
        Status::Scheduled => {}
        Status::Cancelled => add("badge badge-cancelled", strings.cancelled),
        Status::Postponed => add("badge badge-postponed", strings.postponed),
        Status::Rescheduled => add("badge badge-rescheduled", strings.rescheduled),
        Status::MovedOnline => add("badge badge-online", strings.moved_online),
        Status::Unrecognized => add("badge badge-check", strings.check_the_page),
    }
    let rates = subject.rates()?;
    match admission(event, &rates, *subject.widget.now.get()) {
        Admission::Closed => add("badge badge-closed", strings.registration_closed),
        Admission::NotYet(opens) => {
            let date = intl::deadline(language, opens, &event.time_zone);
            add("badge badge-closed", &fill(strings.registration_opens, &[&date]));
        }
        Admission::Open | Admission::Waitlist | Admission::SoldOut => {
            if let Some((class, words)) = rates::places(rates.places, language) {
                add(class, words);
            }
        }
        Admission::Cancelled | Admission::Ended => {}
    }
    let spoken = &event.languages;
    if !spoken.is_empty() && !spoken.iter().any(|tag| same_language(tag, language.tag())) {
        let mut names = Vec::new();
        for tag in spoken {
            names.push(intl::language_name(language, tag));
        }
        let names = words::joined(&names, language);
        add("badge badge-language", &fill(strings.in_language, &[&names]));
    }
    if badges.is_empty() {
        return None;
    }
    let mut list = node("p|class=badges");
    for (class, words) in badges {
        list = list
            .child(node("span|part=badge").attr("class", class).text(&words))
            .text(" ");
    }
    Some(list)
}

/// The rates, and what a visitor can do.
fn price(subject: &Rc<Subject>) -> Option<Node> {
    let ((event, loaded), rates) = (subject.event()?, subject.rates()?);
    let language = subject.language();
    let block = node("div|class=price");
    // Of an event that is over no price is to come.
    let block = if rates.lines.is_empty() && subject.is_past() {
        block
    } else {
        block.children(rates::rates(event, &loaded.feed, &rates, language))
    };
    let block = if later::tells_of_joining(&subject.widget) {
        block.children(doors::joining(subject))
    } else {
        block
    };
    Some(block.child(actions(subject, event, &rates)))
}

fn actions(subject: &Rc<Subject>, event: &Event, rates: &Rates) -> Node {
    let strings = subject.language().strings();
    let title = words::plain(&event.title, subject.language());
    let toggle = node("button|part=toggle")
        .attr("aria-label", &fill(strings.about, &[strings.more_details, &title]))
        .expanded(subject, is_open)
        .text(strings.more_details)
        .on("click", subject, toggle);
    let mut actions = node("div|class=actions").maybe(register(subject, event, rates, &title));
    if event.status != Status::Cancelled && !subject.is_past() {
        actions = calendar(actions, subject, &title);
    }
    actions.child(toggle)
}

/// The word for registering, where one can.
pub fn word(subject: &Subject, event: &Event, rates: &Rates) -> Option<&'static str> {
    let strings = subject.language().strings();
    match admission(event, rates, *subject.widget.now.get()) {
        Admission::Open => Some(strings.register),
        Admission::Waitlist => Some(strings.waiting_list),
        Admission::NotYet(_) | Admission::Closed | Admission::SoldOut | Admission::Cancelled | Admission::Ended => None,
    }
}

/// The word for the link to where one registers, and the link.
pub fn registration(subject: &Subject, event: &Event, rates: &Rates) -> Option<(&'static str, Link)> {
    let (widget, language) = (&subject.widget, subject.language());
    let word = word(subject, event, rates)?;
    let options = widget.options.get();
    let association = options.association.as_deref();
    match destination(event, rates, &widget.memberships(), association, language.tag())? {
        Destination::Registration(link) => Some((word, later::tagged(widget, link))),
        Destination::Details(link) => Some((language.strings().details, link)),
    }
}

fn register(subject: &Rc<Subject>, event: &Event, rates: &Rates, title: &str) -> Option<Node> {
    let (word, link) = registration(subject, event, rates)?;
    let about = fill(subject.language().strings().about, &[word, title]);
    let link = outward("a|part=register", &link)
        .attr("aria-label", &about)
        .text(word)
        .on("click", subject, |subject, click| {
            if let Some(registered) = registered(subject) {
                tell(subject, click, Said::Register(registered));
            }
        });
    Some(link)
}

fn registered(subject: &Subject) -> Option<Registered> {
    let ((event, ..), rates) = (subject.event()?, subject.rates()?);
    let offer = rates.own.or(rates.regular).and_then(|place| event.offers.get(place));
    let price = offer.and_then(|offer| offer.price);
    Some(Registered {
        id: event.id.clone(),
        url: registration(subject, event, &rates)?.1,
        audience: offer.map(|offer| offer.audience.token().to_owned()),
        price: price.map(|price| (price.decimal(), price.currency.code())),
    })
}

/// Has the host hear of a link before it leads away.
pub fn tell(subject: &Subject, click: &Click, said: Said) {
    if subject.widget.tell(said) == Verdict::Prevented {
        click.prevent_default();
    }
}

/// The button that opens the ways into a calendar, and those.
fn calendar(actions: Node, subject: &Rc<Subject>, title: &str) -> Node {
    let strings = subject.language().strings();
    let button = node("button|part=calendar")
        .attr("aria-label", &fill(strings.about, &[strings.add_to_calendar, title]))
        .expanded(subject, is_calendar_open)
        .text(strings.add_to_calendar)
        .on("click", subject, |subject, _| {
            let key = subject.event().filter(|_| !is_calendar_open(subject));
            let key = key.map(|(event, ..)| event.key.clone());
            subject.widget.calendar.set(key.unwrap_or_default());
        });
    actions.child(button).live(subject, |subject| {
        later::behind(subject, is_calendar_open(subject), doors::calendar_menu)
    })
}

fn is_calendar_open(subject: &Rc<Subject>) -> bool {
    let open = subject.widget.calendar.get();
    subject.event().is_some_and(|(event, ..)| event.key == *open)
}

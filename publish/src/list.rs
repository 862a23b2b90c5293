//! Publish: a feed as a list of plain HTML that stands inside the tag, and in any page: no script, no style.

use std::iter::once;

use joint_events_model::rates::{Line, Memberships, Rates, Saving, Taxes, rates};
use joint_events_model::registration::{Admission, Destination, admission, destination};
use joint_events_model::select::format as way;
use joint_events_model::time::{Instant, Span};
use joint_events_model::{Event, Feed, Status, Text, same_language};
use joint_events_words::names;
use joint_events_words::strings::{Language, fill};

use crate::say;

/// The list of the events that are not over, with the rates of a moment, as a fragment of HTML.
///
/// ```
/// use joint_events_model::{read::read, time::Instant};
/// use joint_events_publish::list::list;
/// use joint_events_words::strings::Language;
///
/// let feed = read(r#"{"format": "joint-events", "version": "1.0", "events": []}"#)?.feed;
/// assert_eq!(list(&feed, Language::French, Instant(0)), "<p>Aucun événement à venir</p>\n");
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn list(feed: &Feed, language: Language, now: Instant) -> String {
    parts(feed, language, now).collect()
}

/// The [`list`] in parts, each made when it is asked for.
pub fn parts(feed: &Feed, language: Language, now: Instant) -> impl Iterator<Item = String> + Send {
    let strings = language.strings();
    let to_come = move |event: &&Event| !span(event).is_past(now);
    let (begin, end) = if feed.events.iter().any(|event| to_come(&event)) {
        ("<ul>\n".to_owned(), "</ul>\n")
    } else {
        (format!("<p>{}</p>\n", escaped(strings.empty)), "")
    };
    let items = feed.events.iter().filter(to_come);
    let link = feed.url.pick(language.tag()).map(|(_, link)| link.as_str());
    let all = link.map(|link| format!("<p>{}</p>\n", anchor(link, strings.all_events, None)));
    once(begin)
        .chain(items.map(move |event| item(event, feed, language, now)))
        .chain(once(end.to_owned()))
        .chain(all)
}

fn span(event: &Event) -> Span {
    Span {
        start: event.start,
        end: event.end,
    }
}

fn item(event: &Event, feed: &Feed, language: Language, now: Instant) -> String {
    let strings = language.strings();
    let rates = rates(event, feed, &Memberships::Unknown, now);
    let mut html = "<li>\n".to_owned();
    let mut add = |line: String| {
        html.push_str(&line);
        html.push('\n');
    };
    add(format!(
        "<h3{}>{}</h3>",
        marked(&event.title, language),
        words(&event.title, language)
    ));
    let badges = badges(event, &rates, language, now);
    if !badges.is_empty() {
        let badges: Vec<String> = badges
            .iter()
            .map(|badge| format!("<strong>{}</strong>", escaped(badge)))
            .collect();
        add(format!("<p>{}</p>", badges.join(" · ")));
    }
    add(dates(event, language));
    let venue = event.venue.as_ref().map(|venue| names::place(feed, venue, language));
    let attendance = way(event).map(|way| names::format(way, language).to_owned());
    let place: Vec<String> = venue
        .filter(|venue| !venue.is_empty())
        .into_iter()
        .chain(attendance)
        .collect();
    if !place.is_empty() {
        add(format!("<p dir=\"auto\">{}</p>", escaped(&place.join(" · "))));
    }
    let organizers = event.organizers.iter().filter(|id| feed.association(id).is_some());
    let organizers: Vec<String> = organizers
        .map(|id| names::association_name(feed, id, language))
        .collect();
    if !organizers.is_empty() {
        add(format!("<p>{}</p>", escaped(&names::joined(&organizers, language))));
    }
    for text in [&event.summary, &event.status_note] {
        if !text.is_empty() {
            add(format!("<p{}>{}</p>", marked(text, language), words(text, language)));
        }
    }
    for line in prices(event, feed, &rates, language) {
        add(line);
    }
    let title = names::plain(&event.title, language);
    let word = match admission(event, &rates, now) {
        Admission::Open => Some(strings.register),
        Admission::Waitlist => Some(strings.waiting_list),
        Admission::NotYet(_) | Admission::Closed | Admission::SoldOut | Admission::Cancelled | Admission::Ended => None,
    };
    let to = destination(event, &rates, &Memberships::Unknown, None, language.tag());
    let page = event.url.pick(language.tag()).map(|(_, link)| link.clone());
    let mut links: Vec<String> = Vec::new();
    let mut add_link = |link: &str, word: &str| {
        let label = fill(strings.about, &[word, &title]);
        links.push(anchor(link, word, Some(&label)));
    };
    if let (Some(word), Some(Destination::Registration(link))) = (word, to) {
        add_link(link.as_str(), word);
    }
    if let Some(link) = page {
        add_link(link.as_str(), strings.details);
    }
    if !links.is_empty() {
        add(format!("<p>{}</p>", links.join(" ")));
    }
    html.push_str("</li>\n");
    html
}

fn dates(event: &Event, language: Language) -> String {
    let when = escaped(&say::span(language, event.start, event.end, &event.time_zone));
    let time = format!("<time datetime=\"{}\">{when}</time>", event.start);
    let mut line = match event.status {
        Status::Postponed => format!("<del>{time}</del>"),
        Status::Scheduled | Status::Cancelled | Status::Rescheduled | Status::MovedOnline | Status::Unrecognized => {
            time
        }
    };
    if event.status == Status::Rescheduled {
        for former in &event.previous_start {
            let date = escaped(&say::span(language, *former, None, &event.time_zone));
            let said = escaped(language.strings().former_date);
            line.push_str(&format!(" ({said} <del>{date}</del>)"));
        }
    }
    format!("<p>{line}</p>")
}

fn badges(event: &Event, rates: &Rates, language: Language, now: Instant) -> Vec<String> {
    let strings = language.strings();
    let mut badges: Vec<String> = Vec::new();
    if event.organizers.len() > 1 {
        badges.push(strings.joint_event.to_owned());
    }
    badges.extend(match event.status {
        Status::Scheduled => None,
        Status::Cancelled => Some(strings.cancelled.to_owned()),
        Status::Postponed => Some(strings.postponed.to_owned()),
        Status::Rescheduled => Some(strings.rescheduled.to_owned()),
        Status::MovedOnline => Some(strings.moved_online.to_owned()),
        Status::Unrecognized => Some(strings.check_the_page.to_owned()),
    });
    badges.extend(match admission(event, rates, now) {
        Admission::Closed => Some(strings.registration_closed.to_owned()),
        Admission::NotYet(opens) => {
            let date = say::deadline(language, opens, &event.time_zone);
            Some(fill(strings.registration_opens, &[&date]))
        }
        Admission::SoldOut => Some(strings.sold_out.to_owned()),
        Admission::Waitlist => Some(strings.waiting_list.to_owned()),
        Admission::Open | Admission::Cancelled | Admission::Ended => None,
    });
    badges
}

/// The rates as the widget shows them to a visitor of whom nothing is known.
fn prices(event: &Event, feed: &Feed, rates: &Rates, language: Language) -> Vec<String> {
    let strings = language.strings();
    let mut html = Vec::new();
    if !rates.lines.is_empty() {
        let lines = rates
            .lines
            .iter()
            .map(|line| format!("<li>{}</li>\n", rate(line, event, feed, language)));
        html.push(format!("<ul>\n{}</ul>", lines.collect::<String>()));
    } else if event.offers.iter().all(|offer| offer.valid_from.is_some()) && !event.prices_incomplete {
        html.push(format!("<p>{}</p>", escaped(strings.to_be_announced)));
    }
    let saving = rates.saving_up_to.as_ref();
    let notes = [
        saving.map(|saving| fill(strings.save_up_to, &[&saved(saving, language)])),
        (rates.taxes == Taxes::OnTop).then(|| strings.plus_taxes.to_owned()),
        event.prices_incomplete.then(|| strings.incomplete.to_owned()),
    ];
    html.extend(
        notes
            .into_iter()
            .flatten()
            .map(|note| format!("<p>{}</p>", escaped(&note))),
    );
    html
}

fn rate(line: &Line, event: &Event, feed: &Feed, language: Language) -> String {
    let strings = language.strings();
    let name = names::audience(line, event.offers.get(line.offer), feed, language);
    let mut text = fill(strings.about, &[&name, &say::price(language, line.amount)]);
    if let Some(deadline) = line.deadline {
        let date = say::deadline(language, deadline.until, &event.time_zone);
        let then = fill(strings.until_then, &[&date, &say::price(language, Some(deadline.then))]);
        text.push_str(&format!(" {then}"));
    }
    if let Some(places) = names::availability(line.availability, language) {
        text.push_str(&format!(" · {places}"));
    }
    escaped(&text)
}

fn saved(saving: &Saving, language: Language) -> String {
    let amount = say::money(language, saving.amount);
    match saving.percent {
        0 => amount,
        percent => format!(
            "{amount} ({})",
            fill(language.strings().percent, &[&percent.to_string()])
        ),
    }
}

fn anchor(link: &str, word: &str, label: Option<&str>) -> String {
    let label = label
        .map(|label| format!(" aria-label=\"{}\"", escaped(label)))
        .unwrap_or_default();
    format!("<a href=\"{}\"{label}>{}</a>", escaped(link), escaped(word))
}

fn words(text: &Text, language: Language) -> String {
    escaped(&names::plain(text, language)).replace('\n', "<br>")
}

/// The direction of a text, and its language where that is not the list's.
fn marked(text: &Text, language: Language) -> String {
    match text.pick(language.tag()) {
        Some((own, _)) if !same_language(own, language.tag()) => format!(" dir=\"auto\" lang=\"{}\"", escaped(own)),
        Some(_) | None => " dir=\"auto\"".to_owned(),
    }
}

/// A text between tags or in a quoted attribute.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

//! Publish: schema.org events, in a page's JSON-LD blocks or alone → drafts. A bad block loses only itself.

mod offers;

use joint_events_model::text::{DESCRIPTION, PLACE, TITLE, clean_block, clean_line};
use serde_json::Value;

use super::date::{Written, written};
use super::{Settings, Unreadable, beginning, in_zone, json, put_zone, quoted, tokens};
use crate::draft::{Drafts, Loss, Members, Problem, put, put_localized, within};
use crate::markup::{json_ld_blocks, plain};
use crate::zone::WallClock;

/// Reads an HTML page's blocks, or JSON-LD.
///
/// # Errors
/// Where the text is neither, or a page without a block.
pub fn read(text: &str, settings: &Settings) -> Result<Drafts, Unreadable> {
    let mut drafts = Drafts::default();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if start.starts_with(['{', '[']) {
        events(&json(start)?, "", settings, &mut drafts);
        return Ok(drafts);
    }
    let (blocks, language) = json_ld_blocks(text);
    if blocks.is_empty() {
        return Err(Unreadable::new(
            "a page with a <script type=\"application/ld+json\">",
            beginning(text),
        ));
    }
    let language = language.map(|tag| joint_events_model::primary_language(&tag).to_ascii_lowercase());
    let settings = Settings {
        language: settings.language.clone().or(language.filter(|tag| tag.len() == 2)),
        ..settings.clone()
    };
    for (number, block) in blocks.iter().enumerate() {
        let place = format!("script[{number}]");
        match json(block) {
            Ok(document) => events(&document, &place, &settings, &mut drafts),
            Err(error) => {
                let problem = Problem::new(Loss::Grave, place, error.expected, error.found);
                drafts.lose(None, vec![problem]);
            }
        }
    }
    Ok(drafts)
}

/// The events in a document: itself, the items of an array, those of `@graph`.
fn events(document: &Value, place: &str, settings: &Settings, drafts: &mut Drafts) {
    match document {
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                events(item, &format!("{place}[{number}]"), settings, drafts);
            }
        }
        Value::Object(members) => {
            if let Some(graph) = members.get("@graph") {
                events(graph, &dotted(place, "@graph"), settings, drafts);
            } else if is_event(document) {
                Node {
                    node: document,
                    place,
                    settings,
                    problems: Vec::new(),
                }
                .event(drafts);
            }
        }
        _ => {}
    }
}

fn dotted(place: &str, member: &str) -> String {
    if place.is_empty() {
        member.to_owned()
    } else {
        format!("{place}.{member}")
    }
}

/// Whether a node is an event: schema.org's subtypes of it end with the word, but for festivals and hackathons.
fn is_event(node: &Value) -> bool {
    let of = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kind.ends_with("Event") || matches!(kind, "Festival" | "Hackathon" | "CourseInstance" | "EventSeries")
    };
    match node.get("@type") {
        Some(Value::String(kind)) => of(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(of),
        _ => false,
    }
}

/// One event.
struct Node<'a> {
    node: &'a Value,
    place: &'a str,
    settings: &'a Settings,
    problems: Vec<Problem>,
}

impl Node<'_> {
    fn event(mut self, drafts: &mut Drafts) {
        let title = self.string("name").map(|name| clean_line(&plain(name), TITLE).0);
        let title = title.filter(|title| !title.is_empty());
        let identifier = ["identifier", "@id", "url"]
            .into_iter()
            .find_map(|name| self.string(name));
        let own = identifier.map(str::to_owned).or_else(|| title.clone());
        let (Some(title), Some(own_id)) = (title, &own) else {
            let problem = Problem::new(Loss::Grave, dotted(self.place, "name"), "a name", "nothing");
            drafts.lose(own.as_deref(), vec![problem]);
            return;
        };
        let mut event = Members::new();
        put(&mut event, "id", crate::ids::id(own_id));
        put_localized(&mut event, "title", self.settings.language(), title);
        if self.times(&mut event).is_none() {
            drafts.lose(own.as_deref(), self.problems);
            return;
        }
        self.words(&mut event);
        self.location(&mut event);
        self.offers(&mut event);
        self.settings.put_organizer(&mut event);
        drafts.add(event, self.problems);
    }

    fn string(&self, name: &str) -> Option<&str> {
        string(self.node, name)
    }

    fn times(&mut self, event: &mut Members) -> Option<()> {
        put_zone(event, self.settings.time_zone.as_ref());
        let start = match self.when(self.string("startDate")) {
            Ok(Some(start)) => start,
            Ok(None) => return self.lost("startDate", "a date or a time", "nothing".to_owned()),
            Err((expected, found)) => return self.lost("startDate", &expected, found),
        };
        match self.when(self.string("endDate")) {
            Ok(Some(end)) if end != start => {
                // A day with a day, a time with a time: a page that gives a time and a day meant the day's end.
                if end.len() == start.len() || end.contains('T') == start.contains('T') {
                    put(event, "end", end);
                } else {
                    let expected = "an end of the start's kind";
                    self.problems
                        .push(Problem::new(Loss::Grave, "end", expected, quoted(&end)));
                }
            }
            Ok(_) => {}
            Err((expected, found)) => self.problems.push(Problem::new(Loss::Grave, "end", expected, found)),
        }
        let previous: Vec<Value> = values(self.node, "previousStartDate")
            .filter_map(Value::as_str)
            .filter_map(|text| self.when(Some(text)).ok().flatten())
            .map(Value::from)
            .collect();
        if !previous.is_empty() {
            put(event, "previousStart", previous);
        }
        put(event, "start", start);
        Some(())
    }

    fn lost(&mut self, member: &str, expected: &str, found: String) -> Option<()> {
        let place = dotted(self.place, member);
        self.problems.push(Problem::new(Loss::Grave, place, expected, found));
        None
    }

    /// A date, or a time in the source's zone where it carries no offset; one in UTC is put into that zone too.
    fn when(&self, text: Option<&str>) -> Result<Option<String>, (String, String)> {
        let Some(text) = text else {
            return Ok(None);
        };
        let zone = self.settings.time_zone.as_ref();
        match written(text, None) {
            Ok(Written::Day(day)) => Ok(Some(day.to_string())),
            Ok(Written::Moment(moment)) => Ok(Some(match zone {
                Some(zone) => zone.moment(moment.instant()).to_string(),
                None => moment.to_string(),
            })),
            Ok(Written::Local(date, (hour, minute, second))) => in_zone(
                WallClock {
                    date,
                    hour,
                    minute,
                    second,
                },
                zone,
            )
            .map(Some),
            Err(expected) => Err((expected.to_owned(), quoted(text))),
        }
    }

    fn words(&mut self, event: &mut Members) {
        let language = self.settings.language();
        if let Some(text) = self.string("description") {
            let (text, cut) = clean_block(&plain(text), DESCRIPTION);
            if cut {
                let path = format!("description.{language}");
                let expected = format!("at most {DESCRIPTION} characters");
                self.problems.push(Problem::new(Loss::Slight, path, expected, "more"));
            }
            if !text.is_empty() {
                put_localized(event, "description", language, text);
            }
        }
        let mut problems = Vec::new();
        if let Some(url) = self.string("url")
            && let Some(link) = super::link(url, &format!("url.{language}"), &mut problems)
        {
            put_localized(event, "url", language, link);
        }
        let image = values(self.node, "image").next();
        let image = image.and_then(|image| image.as_str().or_else(|| string(image, "url")));
        if let Some(link) = image.and_then(|image| super::link(image, "image.url", &mut problems)) {
            within(event, "image", |image| put(image, "url", link));
        }
        self.problems.append(&mut problems);
        if let Some(status) = self.string("eventStatus").map(last_word) {
            let token = tokens::status(status.strip_prefix("Event").unwrap_or(status));
            match token {
                Some(token) => put(event, "status", token),
                None => self.problems.push(Problem::new(
                    Loss::Grave,
                    "status",
                    "an EventStatusType",
                    quoted(status),
                )),
            }
        }
        if let Some(mode) = self.string("eventAttendanceMode").map(last_word) {
            let token = match mode {
                "OfflineEventAttendanceMode" => Some("inPerson"),
                "OnlineEventAttendanceMode" => Some("online"),
                "MixedEventAttendanceMode" => Some("hybrid"),
                _ => None,
            };
            match token {
                Some(token) => put(event, "attendance", token),
                None => {
                    let expected = "an EventAttendanceModeEnumeration";
                    self.problems
                        .push(Problem::new(Loss::Slight, "attendance", expected, quoted(mode)));
                }
            }
        }
        let spoken: Vec<String> = values(self.node, "inLanguage")
            .filter_map(Value::as_str)
            .filter(|tag| (2..=3).contains(&tag.len()))
            .map(str::to_ascii_lowercase)
            .collect();
        if !spoken.is_empty() {
            put(event, "languages", spoken);
        }
    }

    fn location(&self, event: &mut Members) {
        for location in values(self.node, "location") {
            if let Value::String(name) = location {
                within(event, "venue", |venue| {
                    put(venue, "name", clean_line(&plain(name), PLACE).0)
                });
                continue;
            }
            if string(location, "@type").map(last_word) == Some("VirtualLocation") {
                // Its link may let in whoever has it: that the event is online is all that is surely public.
                if !event.contains_key("attendance") {
                    put(event, "attendance", "online");
                }
                continue;
            }
            let address = location.get("address");
            let part = |name: &str| address.and_then(|address| string(address, name));
            let line = |text: &str| clean_line(&plain(text), PLACE).0;
            within(event, "venue", |venue| {
                let street = part("streetAddress").or_else(|| address.and_then(Value::as_str));
                for (member, text) in [
                    ("name", string(location, "name")),
                    ("street", street),
                    ("locality", part("addressLocality")),
                    ("postalCode", part("postalCode")),
                ] {
                    if let Some(text) = text.map(line).filter(|text| !text.is_empty()) {
                        put(venue, member, text);
                    }
                }
                let country = address.and_then(|address| address.get("addressCountry"));
                let country = country.and_then(|country| country.as_str().or_else(|| string(country, "name")));
                crate::place::put_names(
                    venue,
                    part("addressRegion"),
                    country.filter(|name| !name.trim().is_empty()),
                );
            });
        }
    }
}

fn string<'a>(node: &'a Value, name: &str) -> Option<&'a str> {
    let value = node.get(name)?;
    let value = value.as_array().map_or(Some(value), |items| items.first())?;
    value.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The values of a property: one, or an array of them.
fn values<'a>(node: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    let value = node.get(name);
    let many = value.and_then(Value::as_array);
    let one = value.filter(|_| many.is_none());
    many.into_iter().flatten().chain(one)
}

/// The last word of a schema.org address: `https://schema.org/EventCancelled` → `EventCancelled`.
fn last_word(text: &str) -> &str {
    text.rsplit('/').next().unwrap_or(text)
}

//! Publish: The Events Calendar's REST answers (`tribe/events/v1` and `tec/v1`) → drafts.

use joint_events_model::text::{DESCRIPTION, PLACE, TITLE, clean_block, clean_line};
use serde_json::Value;

use super::date::{Written, written};
use super::money::free;
use super::{Settings, Unreadable, in_zone, json, put_zone, quoted};
use crate::draft::{CATEGORIES, Drafts, Loss, Members, Problem, put, put_localized, within};
use crate::markup::plain;
use crate::zone::{WallClock, Zone};

/// Reads an answer: a list of events, or a single one.
///
/// # Errors
/// Where the text is no such answer.
pub fn read(text: &str, settings: &Settings) -> Result<Drafts, Unreadable> {
    let document: Value = json(text)?;
    let events: &[Value] = match (&document, document.get("events")) {
        (Value::Array(events), _) => events,
        (_, Some(Value::Array(events))) => events,
        (Value::Object(event), None) if event.contains_key("start_date") => std::slice::from_ref(&document),
        _ => {
            return Err(Unreadable::new(
                "The Events Calendar's list of events, or one of them",
                "other JSON",
            ));
        }
    };
    let mut drafts = Drafts::default();
    for (number, event) in events.iter().enumerate() {
        let answer = Answer {
            event,
            number,
            settings,
            problems: Vec::new(),
        };
        answer.event(&mut drafts);
    }
    Ok(drafts)
}

/// The address of the page that follows, if the answer names one.
pub fn next_page(text: &str) -> Option<String> {
    let document: Value = serde_json::from_str(text).ok()?;
    document.get("next_rest_url").and_then(Value::as_str).map(str::to_owned)
}

/// The answer with the events of further pages after its own.
pub fn joined(pages: &[String]) -> String {
    let documents: Vec<Value> = pages
        .iter()
        .filter_map(|page| serde_json::from_str(page).ok())
        .collect();
    let events = documents
        .iter()
        .filter_map(|page| page.get("events")?.as_array())
        .flatten();
    serde_json::json!({ "events": events.collect::<Vec<_>>() }).to_string()
}

/// One event of an answer.
struct Answer<'a> {
    event: &'a Value,
    number: usize,
    settings: &'a Settings,
    problems: Vec<Problem>,
}

impl Answer<'_> {
    fn event(mut self, drafts: &mut Drafts) {
        let own = self.own_id();
        if let Some(reason) = self.unlisted() {
            let expected = "a published event that is listed";
            drafts.note(
                Loss::None,
                self.place("status"),
                expected,
                format!("{reason}, left out"),
            );
            return;
        }
        let mut event = Members::new();
        let title = self.text("title").map(|title| clean_line(&title, TITLE).0);
        let Some(title) = title.filter(|title| !title.is_empty()) else {
            let problem = Problem::new(Loss::Grave, self.place("title"), "a title", "nothing");
            drafts.lose(own.as_deref(), vec![problem]);
            return;
        };
        let id = crate::ids::id(own.as_deref().unwrap_or(&title));
        put(&mut event, "id", id);
        put_localized(&mut event, "title", self.settings.language(), title);
        let zone = self.zone();
        if self.times(&mut event, zone.as_ref()).is_none() {
            drafts.lose(own.as_deref(), self.problems);
            return;
        }
        self.words(&mut event);
        self.venue(&mut event);
        self.cost(&mut event);
        self.settings.put_organizer(&mut event);
        drafts.add(event, self.problems);
    }

    fn place(&self, member: &str) -> String {
        format!("events[{}].{member}", self.number)
    }

    /// The number of its post, which two sites may both have given: the organizer stands before it.
    fn own_id(&self) -> Option<String> {
        let number = match self.event.get("id")? {
            Value::String(id) => id.clone(),
            Value::Number(id) => id.to_string(),
            _ => return None,
        };
        Some(match &self.settings.organizer {
            Some(organizer) => format!("{organizer}-{number}"),
            None => number,
        })
    }

    /// Why the event is not meant for everybody, if so.
    fn unlisted(&self) -> Option<&'static str> {
        let hidden = ["hidden", "hide_from_listings"].into_iter().any(|name| {
            self.event.get(name).is_some_and(|flag| match flag {
                Value::Bool(hidden) => *hidden,
                Value::String(text) => super::tokens::flag(text) == Some(true),
                _ => false,
            })
        });
        let status = self.event.get("status").and_then(Value::as_str).unwrap_or("publish");
        let guarded = |name: &str| {
            self.event
                .get(name)
                .is_some_and(|text| text.get("protected") == Some(&true.into()))
        };
        if guarded("content") || guarded("excerpt") {
            Some("one behind a password")
        } else if hidden {
            Some("one that is hidden")
        } else if status == "private" {
            Some("a private one")
        } else if status == "publish" {
            None
        } else {
            Some("a draft")
        }
    }

    /// A member's text without its markup, whether it is a string or `{"rendered": "…"}`.
    fn text(&self, name: &str) -> Option<String> {
        let member = self.event.get(name)?;
        let text = member.as_str().or_else(|| member.get("rendered")?.as_str())?;
        Some(plain(text)).filter(|text| !text.is_empty())
    }

    /// The event's zone, else the source's: an offset such as `UTC+0` is none.
    fn zone(&mut self) -> Option<Zone> {
        let named = self.event.get("timezone").and_then(Value::as_str);
        let own = named.and_then(Zone::named);
        if let (Some(named), None) = (named, &own) {
            let expected = "an IANA time zone such as \"America/Toronto\"";
            self.problems
                .push(Problem::new(Loss::None, "timeZone", expected, quoted(named)));
        }
        own.or_else(|| self.settings.time_zone.clone())
    }

    fn times(&mut self, event: &mut Members, zone: Option<&Zone>) -> Option<()> {
        put_zone(event, zone);
        let all_day = self
            .event
            .get("all_day")
            .is_some_and(|flag| *flag == true || *flag == "1" || *flag == "yes");
        let start = match self.when("start_date", all_day, zone) {
            Ok(start) => start,
            Err((expected, found)) => {
                let place = self.place("start_date");
                self.problems.push(Problem::new(Loss::Grave, place, expected, found));
                return None;
            }
        };
        let end = self.event.get("end_date").is_some_and(|end| !end.is_null());
        match self.when("end_date", all_day, zone) {
            Ok(end) if end != start => put(event, "end", end),
            Err((expected, found)) if end => {
                self.problems.push(Problem::new(Loss::Grave, "end", expected, found));
            }
            Ok(_) | Err(_) => {}
        }
        put(event, "start", start);
        Some(())
    }

    fn when(&self, name: &str, all_day: bool, zone: Option<&Zone>) -> Result<String, (String, String)> {
        let expected = "a time such as \"2027-03-09 14:30:00\"";
        let text = self.event.get(name).and_then(Value::as_str);
        let text = text.ok_or_else(|| (expected.to_owned(), "nothing".to_owned()))?;
        match written(text, None) {
            Ok(Written::Day(day)) => Ok(day.to_string()),
            Ok(Written::Local(day, _)) if all_day => Ok(day.to_string()),
            Ok(Written::Moment(moment)) => Ok(moment.to_string()),
            Ok(Written::Local(date, (hour, minute, second))) => in_zone(
                WallClock {
                    date,
                    hour,
                    minute,
                    second,
                },
                zone,
            ),
            Err(_) => Err((expected.to_owned(), quoted(text))),
        }
    }

    fn words(&mut self, event: &mut Members) {
        let language = self.settings.language();
        for (names, member) in [
            (["excerpt", "excerpt"], "summary"),
            (["description", "content"], "description"),
        ] {
            let text = names.into_iter().find_map(|name| self.text(name));
            let Some((text, cut)) = text.map(|text| clean_block(&text, DESCRIPTION)) else {
                continue;
            };
            if cut {
                let path = format!("{member}.{language}");
                let expected = format!("at most {DESCRIPTION} characters");
                self.problems.push(Problem::new(Loss::Slight, path, expected, "more"));
            }
            put_localized(event, member, language, text);
        }
        let string = |name: &str| {
            self.event
                .get(name)
                .and_then(Value::as_str)
                .filter(|text| !text.is_empty())
        };
        let mut problems = Vec::new();
        if let Some(url) = string("url").or_else(|| string("link"))
            && let Some(link) = super::link(url, &format!("url.{language}"), &mut problems)
        {
            put_localized(event, "url", language, link);
        }
        if let Some(website) = string("website") {
            let path = format!("registration.url.{language}");
            if let Some(link) = super::link(website, &path, &mut problems) {
                within(event, "registration", |registration| {
                    put_localized(registration, "url", language, link)
                });
            }
        }
        // `image` is `false` where there is none.
        let image = self
            .event
            .get("image")
            .and_then(|image| image.get("url"))
            .and_then(Value::as_str);
        if let Some(link) = image.and_then(|image| super::link(image, "image.url", &mut problems)) {
            within(event, "image", |image| put(image, "url", link));
        }
        self.problems.append(&mut problems);
        let categories = self.event.get("categories").and_then(Value::as_array);
        let names = categories
            .into_iter()
            .flatten()
            .filter_map(|category| category.get("name")?.as_str());
        let names: Vec<String> = names.map(plain).collect();
        if !names.is_empty() {
            put(event, CATEGORIES, names);
        }
        if let Some(changed) = string("modified_utc").or_else(|| string("modified_gmt")) {
            let utc = Zone::named("UTC");
            if let (Ok(Written::Local(date, (hour, minute, second))), Some(_)) = (written(changed, None), utc) {
                let clock = WallClock {
                    date,
                    hour,
                    minute,
                    second,
                };
                put(event, "updatedAt", clock.at(0).to_string());
            }
        }
    }

    /// The venue: an object, an array of them, or `[]` for none.
    fn venue(&self, event: &mut Members) {
        let venue = self.event.get("venue").or_else(|| self.event.get("venues"));
        let venue = match venue {
            Some(Value::Array(venues)) => venues.first(),
            other => other,
        };
        let Some(Value::Object(from)) = venue else {
            return;
        };
        within(event, "venue", |venue| {
            for (names, member) in [
                (["venue", "title"], "name"),
                (["address", "address"], "street"),
                (["city", "city"], "locality"),
                (["zip", "zip"], "postalCode"),
            ] {
                let text = names.into_iter().find_map(|name| {
                    let value = from.get(name)?;
                    value.as_str().or_else(|| value.get("rendered")?.as_str())
                });
                let text = text
                    .map(|text| clean_line(&plain(text), PLACE).0)
                    .filter(|text| !text.is_empty());
                if let Some(text) = text {
                    put(venue, member, text);
                }
            }
            let string = |name: &str| from.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
            let state = ["province", "stateprovince", "state_province", "state"]
                .into_iter()
                .find_map(string);
            crate::place::put_names(venue, state, string("country"));
        });
    }

    /// `cost` is only believed where it says that the event is free: it is a text for people, and empty where unknown.
    fn cost(&mut self, event: &mut Members) {
        let Some(cost) = self
            .event
            .get("cost")
            .and_then(Value::as_str)
            .filter(|cost| !cost.is_empty())
        else {
            return;
        };
        let cost = plain(cost);
        match free(&cost, self.settings.currency) {
            Some(offer) => put(event, "offers", vec![Value::Object(offer)]),
            None => {
                let expected = "rates by audience, as an overlay gives them";
                self.problems
                    .push(Problem::new(Loss::None, "offers", expected, quoted(&cost)));
            }
        }
    }
}

//! Publish: what an event of a calendar says in words, links and status.

use calcard::icalendar::{ICalendarComponent, ICalendarEntry, ICalendarProperty, ICalendarStatus, ICalendarValue};
use joint_events_model::text::{DESCRIPTION, TITLE, clean_block, clean_line};

use super::time::Time;
use super::{Reading, text};
use crate::draft::{CATEGORIES, Loss, Members, Problem, put, put_localized, within};
use crate::import;
use crate::markup::plain;
use crate::zone::Zone;

impl Reading<'_> {
    pub(super) fn title(&self, event: &ICalendarComponent) -> Option<String> {
        let title = text(event, &ICalendarProperty::Summary)?;
        Some(clean_line(&plain(&title), TITLE).0).filter(|title| !title.is_empty())
    }

    /// What the event says in words and links; what is wrong there costs little.
    pub(super) fn words(&self, event: &ICalendarComponent, members: &mut Members) -> Vec<Problem> {
        let mut problems = Vec::new();
        let language = |entry: Option<&ICalendarEntry>| {
            let own = entry.and_then(|entry| entry.parameter(&calcard::icalendar::ICalendarParameterName::Language));
            let own = own.and_then(|tag| tag.as_text()).filter(|tag| is_language(tag));
            own.unwrap_or(self.settings.language()).to_owned()
        };
        if let Some(title) = self.title(event) {
            put_localized(
                members,
                "title",
                &language(event.property(&ICalendarProperty::Summary)),
                title,
            );
        }
        if let Some(description) = text(event, &ICalendarProperty::Description) {
            let (cleaned, cut) = clean_block(&plain(&description), DESCRIPTION);
            let language = language(event.property(&ICalendarProperty::Description));
            if cut {
                let found = description.chars().count().to_string();
                let path = format!("description.{language}");
                problems.push(Problem::new(
                    Loss::Slight,
                    path,
                    format!("at most {DESCRIPTION} characters"),
                    found,
                ));
            }
            if !cleaned.is_empty() {
                put_localized(members, "description", &language, cleaned);
            }
        }
        let link = |property| text(event, &property).filter(|link| !link.trim().is_empty());
        if let Some(url) = link(ICalendarProperty::Url) {
            let language = self.settings.language();
            if let Some(link) = import::link(&url, &format!("url.{language}"), &mut problems) {
                put_localized(members, "url", language, link);
            }
        }
        let image = link(ICalendarProperty::Image).or_else(|| {
            let attached = event.property(&ICalendarProperty::Attach)?;
            let kind = attached
                .parameter(&calcard::icalendar::ICalendarParameterName::Fmttype)?
                .as_text()?;
            kind.starts_with("image/")
                .then(|| link(ICalendarProperty::Attach))
                .flatten()
        });
        if let Some(link) = image.and_then(|image| import::link(&image, "image.url", &mut problems)) {
            within(members, "image", |image| put(image, "url", link));
        }
        if let Some(place) = text(event, &ICalendarProperty::Location) {
            place_of(&plain(&place), members);
        }
        let categories: Vec<String> = event
            .properties(&ICalendarProperty::Categories)
            .flat_map(|entry| entry.values.iter().filter_map(ICalendarValue::as_text))
            .map(|name| plain(name.trim()))
            .filter(|name| !name.is_empty())
            .collect();
        if !categories.is_empty() {
            put(members, CATEGORIES, categories);
        }
        match event.status() {
            Some(ICalendarStatus::Cancelled) => put(members, "status", "cancelled"),
            Some(ICalendarStatus::Tentative) => {
                // Nobody put it off: that it is not certain is for the publisher to say.
                let expected = "a confirmed or a cancelled event";
                problems.push(Problem::new(Loss::None, "status", expected, "a tentative one"));
            }
            Some(_) | None => {}
        }
        let changed = event.property(&ICalendarProperty::LastModified).and_then(Time::first);
        if let Some(Time::Utc(instant)) = changed {
            let utc = Zone::named("UTC").map(|utc| utc.moment(instant).to_string());
            if let Some(utc) = utc {
                put(members, "updatedAt", utc);
            }
        }
        self.settings.put_organizer(members);
        problems
    }
}

/// A place's line: a link is where one attends from afar, commas part the name from the address.
fn place_of(place: &str, members: &mut Members) {
    let (place, _) = clean_line(place, joint_events_model::text::PLACE);
    if place.is_empty() {
        return;
    }
    if place.starts_with("https://") || place.starts_with("http://") {
        // A meeting's link in a public calendar is not known to be meant for all: only that it is online.
        put(members, "attendance", "online");
        return;
    }
    within(members, "venue", |venue| put(venue, "name", place));
}

fn is_language(tag: &str) -> bool {
    let primary = joint_events_model::primary_language(tag);
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && tag.split('-').skip(1).all(|part| (2..=8).contains(&part.len()))
}

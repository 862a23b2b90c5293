//! Publish: schema.org JSON-LD of events: one `Offer` for each rate, member rates with their member tier.

use std::iter::once;

use joint_events_model::select::format as way;
use joint_events_model::{Attendance, Audience, Availability, Event, Feed, Links, Offer, Status, Text, Venue};

use crate::write::push_string;

/// A feed's events as one JSON-LD document with an `@graph`, whose text can stand in a `<script>` element: no `<`, `>`
/// or `&` is in it, nor a line separator of JavaScript.
///
/// ```
/// use joint_events_model::read::read;
/// use joint_events_publish::json_ld::document;
///
/// let feed = read(r#"{"format": "joint-events", "version": "1.0", "events": [{"id": "gala", "organizers": ["lso"],
///     "title": {"en": "</script>"}, "start": "2027-03-09", "timeZone": "America/Toronto"}]}"#)?.feed;
/// assert!(document(&feed).contains("\\u003c/script\\u003e"));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn document(feed: &Feed) -> String {
    parts(feed).collect()
}

/// The [`document`] in parts, each made when it is asked for.
pub fn parts(feed: &Feed) -> impl Iterator<Item = String> + Send {
    let events = feed.events.iter().enumerate().map(|(place, event)| {
        let mut text = if place > 0 { "," } else { "" }.to_owned();
        push_safe(&mut text, &node(event, feed));
        text
    });
    let begin = once(r#"{"@context":"https://schema.org","@graph":["#.to_owned());
    begin.chain(events).chain(once("]}".to_owned()))
}

/// Adds JSON text without what could end a `<script>` or a line of it: such characters stand in strings alone, escaped.
fn push_safe(text: &mut String, json: &str) {
    let mut rest = json;
    while let Some(place) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
        let (before, from) = rest.split_at(place);
        text.push_str(before);
        let mut characters = from.chars();
        if let Some(character) = characters.next() {
            text.push_str(&format!("\\u{:04x}", u32::from(character)));
        }
        rest = characters.as_str();
    }
    text.push_str(rest);
}

/// One event: named in its first language, in the others by `alternateName`.
fn node(event: &Event, feed: &Feed) -> String {
    let mut node = Node::of("Event");
    node.put("identifier", Some(event.id.as_str()));
    let mut titles = event.title.values();
    node.put("name", titles.next().map(String::as_str));
    node.put_all("alternateName", titles.map(String::as_str));
    let description = first(&event.description).or_else(|| first(&event.summary));
    node.put("description", description);
    node.put("startDate", Some(&event.start.to_string()));
    node.put("endDate", event.end.map(|end| end.to_string()).as_deref());
    let former = event.previous_start.iter().map(|when| quoted(&when.to_string()));
    node.put_nodes("previousStartDate", former.collect());
    node.put("eventStatus", Some(status(event.status)));
    node.put("eventAttendanceMode", way(event).map(attendance));
    node.put_nodes("location", locations(event));
    node.put("url", link(&event.url));
    node.put("image", event.image.as_ref().map(|image| image.url.as_str()));
    node.put_all("inLanguage", event.languages.iter().map(String::as_str));
    let organizers = event.organizers.iter().map(|id| organization(id, feed));
    node.put_nodes("organizer", organizers.collect());
    let offers = event.offers.iter().map(|offer| self::offer(offer, event, feed));
    node.put_nodes("offers", offers.collect());
    node.done()
}

fn offer(offer: &Offer, event: &Event, feed: &Feed) -> String {
    let mut node = Node::of("Offer");
    node.put("name", first(&offer.name).or_else(|| audience_label(offer, feed)));
    node.put("category", Some(offer.audience.token()));
    node.put("price", offer.price.map(|price| price.decimal()).as_deref());
    node.put(
        "priceCurrency",
        offer.price.as_ref().map(|price| price.currency.as_str()),
    );
    node.put("availability", offer.availability.map(availability));
    node.put(
        "validFrom",
        offer.valid_from.map(|moment| moment.to_string()).as_deref(),
    );
    node.put(
        "validThrough",
        offer.valid_through.map(|moment| moment.to_string()).as_deref(),
    );
    node.put("url", link(&offer.url).or_else(|| link(&event.registration.url)));
    let tiers = offer.member_of.iter().map(|id| {
        let mut tier = Node::of("MemberProgramTier");
        tier.put("@id", Some(&format!("#{id}")));
        let association = feed.association(id);
        tier.put("name", association.and_then(|association| first(&association.name)));
        tier.done()
    });
    node.put_nodes("validForMemberTier", tiers.collect());
    node.done()
}

fn audience_label<'a>(offer: &Offer, feed: &'a Feed) -> Option<&'a str> {
    let Audience::Other(token) = &offer.audience else {
        return None;
    };
    let term = feed.audiences.iter().find(|term| term.id == *token)?;
    first(&term.label)
}

fn organization(id: &str, feed: &Feed) -> String {
    let mut node = Node::of("Organization");
    let association = feed.association(id);
    let name = association.and_then(|association| first(&association.name));
    node.put("name", Some(name.unwrap_or(id)));
    node.put("url", association.and_then(|association| link(&association.url)));
    node.done()
}

fn locations(event: &Event) -> Vec<String> {
    let mut locations: Vec<String> = event.venue.iter().map(place).collect();
    let online = event.online.as_ref();
    let is_online = matches!(way(event), Some(Attendance::Online | Attendance::Hybrid));
    if online.is_some() || is_online {
        let mut node = Node::of("VirtualLocation");
        let public = online.and_then(|online| online.url.as_ref()).map(|link| link.as_str());
        // A virtual location needs an address: the event's own page leads there.
        node.put("url", public.or_else(|| link(&event.url)));
        locations.push(node.done());
    }
    locations
}

fn place(venue: &Venue) -> String {
    let mut address = Node::of("PostalAddress");
    address.put("streetAddress", venue.street.as_deref());
    address.put("addressLocality", venue.locality.as_deref());
    let region = venue.region.as_deref();
    address.put(
        "addressRegion",
        region.map(|code| code.split_once('-').map_or(code, |(_, part)| part)),
    );
    address.put("postalCode", venue.postal_code.as_deref());
    address.put(
        "addressCountry",
        venue
            .country
            .as_deref()
            .or_else(|| region.and_then(|code| code.get(..2))),
    );
    let mut node = Node::of("Place");
    node.put("name", venue.name.as_deref().or(venue.locality.as_deref()));
    node.put("hasMap", venue.map_url.as_ref().map(|link| link.as_str()));
    node.put_nodes("address", vec![address.done()]);
    node.done()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Scheduled | Status::Unrecognized => "https://schema.org/EventScheduled",
        Status::Cancelled => "https://schema.org/EventCancelled",
        Status::Postponed => "https://schema.org/EventPostponed",
        Status::Rescheduled => "https://schema.org/EventRescheduled",
        Status::MovedOnline => "https://schema.org/EventMovedOnline",
    }
}

fn attendance(attendance: Attendance) -> &'static str {
    match attendance {
        Attendance::InPerson => "https://schema.org/OfflineEventAttendanceMode",
        Attendance::Online => "https://schema.org/OnlineEventAttendanceMode",
        Attendance::Hybrid => "https://schema.org/MixedEventAttendanceMode",
    }
}

fn availability(availability: Availability) -> &'static str {
    match availability {
        Availability::InStock => "https://schema.org/InStock",
        Availability::Limited => "https://schema.org/LimitedAvailability",
        Availability::SoldOut => "https://schema.org/SoldOut",
        Availability::Waitlist => "https://schema.org/BackOrder",
        Availability::PreSale => "https://schema.org/PreSale",
    }
}

fn first(text: &Text) -> Option<&str> {
    text.values().next().map(String::as_str)
}

fn link(links: &Links) -> Option<&str> {
    links.values().next().map(|link| link.as_str())
}

/// A node's text under construction, without members that hold nothing.
struct Node(String);

impl Node {
    fn of(kind: &str) -> Self {
        Self(format!("{{\"@type\":\"{kind}\""))
    }

    fn put(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.name(name);
            push_string(&mut self.0, text);
        }
    }

    /// Texts, of which one stands alone, several as an array.
    fn put_all<'a>(&mut self, name: &str, texts: impl IntoIterator<Item = &'a str>) {
        self.put_nodes(name, texts.into_iter().map(quoted).collect());
    }

    /// Values that are JSON text already, of which one stands alone, several as an array.
    fn put_nodes(&mut self, name: &str, values: Vec<String>) {
        if values.is_empty() {
            return;
        }
        self.name(name);
        match values.as_slice() {
            [one] => self.0.push_str(one),
            several => {
                self.0.push('[');
                self.0.push_str(&several.join(","));
                self.0.push(']');
            }
        }
    }

    fn name(&mut self, name: &str) {
        for part in [",\"", name, "\":"] {
            self.0.push_str(part);
        }
    }

    fn done(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A text in JSON's quotes.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    push_string(&mut quoted, text);
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use joint_events_model::read::read;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    proptest! {
        #[test]
        fn no_title_ends_the_script_and_each_comes_back(title in "[<>&/!a-z\"'\\\\\u{2028}\u{2029}\u{e9}-]{1,40}") {
            let feed = json!({"format": "joint-events", "version": "1.0", "events": [{"id": "x", "organizers": ["lso"],
                "title": {"en": title}, "start": "2027-03-09", "timeZone": "America/Toronto"}]});
            let Ok(reading) = read(&feed.to_string()) else {
                return Ok(());
            };
            let text = document(&reading.feed);
            prop_assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{}", text);
            let back: Value = serde_json::from_str(&text).unwrap();
            let title = reading.feed.events[0].title.values().next().unwrap();
            prop_assert_eq!(back["@graph"][0]["name"].as_str(), Some(title.as_str()));
        }
    }
}

//! Model: schema.org's data of events (JSON-LD) for search engines: one `Offer` for each rate, those of members with their
//! `MemberProgramTier`.
//!
//! Its text can stand in a `<script>` element: no `<`, `>` or `&` is in it, nor a line separator of JavaScript.

use crate::link::Link;
use crate::record::{Record, quoted};
use crate::select::format;
use crate::text::parted;
use crate::time::{DateTime, When};
use crate::{Attendance, Audience, Availability, Event, Feed, Links, Offer, Status, Text, Venue};

/// What stands before the events of a document, and after them; between two of them stands a comma.
pub const FRAME: [&str; 2] = [r#"{"@context":"https://schema.org","@graph":["#, "]}"];

/// One event, in the language of a BCP 47 tag; what it is called in others stands in `alternateName`.
///
/// ```
/// use joint_events_model::{json_ld::event, read::read};
///
/// let feed = read(r#"{"format": "joint-events", "version": "1.0", "events": [{"id": "gala", "organizers": ["lso"],
///     "title": {"fr": "Gala", "en": "</script>"}, "start": "2027-03-09", "timeZone": "America/Toronto"}]}"#)?.feed;
/// let text = event(&feed.events[0], &feed, "en-CA");
/// assert!(text.contains(r#""name":"\u003c/script\u003e","alternateName":"Gala""#));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn event(event: &Event, feed: &Feed, language: &str) -> String {
    let said = Said { feed, language };
    let mut others = Vec::new();
    let own = event.title.pick(language).map(|(own, _)| own);
    for (tag, title) in &event.title.0 {
        if Some(tag.as_str()) != own {
            others.push(quoted(title));
        }
    }
    let mut former = Vec::new();
    for when in &event.previous_start {
        former.push(quoted(&when.written()));
    }
    let mut organizers = Vec::new();
    for id in &event.organizers {
        organizers.push(said.organization(id));
    }
    let mut offers = Vec::new();
    for offer in &event.offers {
        offers.push(said.offer(offer, event));
    }
    let mut languages = Vec::new();
    for tag in &event.languages {
        languages.push(quoted(tag));
    }
    let description = said.text(&event.description).or_else(|| said.text(&event.summary));
    node("Event")
        .maybe("identifier", Some(&event.id))
        .maybe("name", said.text(&event.title))
        .values("alternateName", &others)
        .maybe("description", description)
        .maybe("startDate", Some(&event.start.written()))
        .maybe("endDate", event.end.map(When::written).as_deref())
        .values("previousStartDate", &former)
        .maybe("eventStatus", Some(status(event.status)))
        .maybe("eventAttendanceMode", format(event).map(attendance))
        .values("location", &said.locations(event))
        .maybe("url", said.link(&event.url))
        .maybe("image", event.image.as_ref().map(Link::as_str))
        .values("inLanguage", &languages)
        .values("organizer", &organizers)
        .values("offers", &offers)
        .written()
}

/// A node of a type of schema.org.
fn node(kind: &str) -> Record {
    Record::new().text("@type", Some(kind))
}

/// A feed in a language.
#[derive(Clone, Copy)]
struct Said<'a> {
    feed: &'a Feed,
    language: &'a str,
}

impl<'a> Said<'a> {
    fn text(self, text: &'a Text) -> Option<&'a str> {
        text.pick(self.language).map(|(_, text)| text.as_str())
    }

    fn link(self, links: &'a Links) -> Option<&'a str> {
        links.pick(self.language).map(|(_, link)| link.as_str())
    }

    fn offer(self, offer: &Offer, event: &Event) -> String {
        let mut tiers = Vec::new();
        for id in &offer.member_of {
            let association = self.feed.association(id);
            let tier = node("MemberProgramTier")
                .text("@id", Some(&["#", id].concat()))
                .maybe("name", association.and_then(|association| self.text(&association.name)));
            tiers.push(tier.written());
        }
        let moment = |moment: Option<DateTime>| moment.map(|moment| When::DateTime(moment).written());
        node("Offer")
            .maybe("name", self.text(&offer.name).or_else(|| self.audience(offer)))
            .maybe("category", Some(offer.audience.token()))
            .maybe("price", offer.price.map(|price| price.decimal()).as_deref())
            .maybe(
                "priceCurrency",
                offer.price.map(|price| price.currency.code()).as_deref(),
            )
            .maybe("availability", offer.availability.map(availability))
            .maybe("validFrom", moment(offer.valid_from).as_deref())
            .maybe("validThrough", moment(offer.valid_through).as_deref())
            .maybe(
                "url",
                self.link(&offer.url).or_else(|| self.link(&event.registration.url)),
            )
            .values("validForMemberTier", &tiers)
            .written()
    }

    fn audience(self, offer: &Offer) -> Option<&'a str> {
        let Audience::Other(token) = &offer.audience else {
            return None;
        };
        let term = self.feed.audiences.iter().find(|term| term.id == *token)?;
        self.text(&term.label)
    }

    fn organization(self, id: &str) -> String {
        let association = self.feed.association(id);
        let name = association.and_then(|association| self.text(&association.name));
        node("Organization")
            .maybe("name", Some(name.unwrap_or(id)))
            .maybe("url", association.and_then(|association| self.link(&association.url)))
            .written()
    }

    fn locations(self, event: &Event) -> Vec<String> {
        let mut locations = Vec::new();
        if let Some(venue) = &event.venue {
            locations.push(place(venue));
        }
        let online = event.online.as_ref();
        let is_online = matches!(format(event), Some(Attendance::Online | Attendance::Hybrid));
        if online.is_some() || is_online {
            let public = online.and_then(|online| online.url.as_ref()).map(|link| link.as_str());
            // A virtual location needs an address: the event's own page leads there.
            let address = public.or_else(|| self.link(&event.url));
            locations.push(node("VirtualLocation").maybe("url", address).written());
        }
        locations
    }
}

fn place(venue: &Venue) -> String {
    let region = venue.region.as_deref();
    // ISO 3166-2: the country, a hyphen, the part of it.
    let part = region.map(|code| parted(code, b'-').map_or(code, |(_, part)| part));
    let country = venue
        .country
        .as_deref()
        .or_else(|| region.and_then(|code| code.get(..2)));
    let address = node("PostalAddress")
        .maybe("streetAddress", venue.street.as_deref())
        .maybe("addressLocality", venue.locality.as_deref())
        .maybe("addressRegion", part)
        .maybe("postalCode", venue.postal_code.as_deref())
        .maybe("addressCountry", country);
    node("Place")
        .maybe("name", venue.name.as_deref().or(venue.locality.as_deref()))
        .maybe("hasMap", venue.map_url.as_ref().map(|link| link.as_str()))
        .value("address", &address.written())
        .written()
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

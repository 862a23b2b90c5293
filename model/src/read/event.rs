//! Model: one event of a feed, and its offers, each read on its own.

use super::object::{self, CURRENCY, LANGUAGE, Losses, Lost, Object, Place, Report, Shape, describe};
use crate::json::Json;
use crate::text::{LABEL, PLACE, TITLE};
use crate::time::{DateTime, When};
use crate::{
    Attendance, Audience, Availability, Currency, Event, Feed, Money, Offer, Online, Partner, Registration, Status,
    Venue,
};

const MOST_THEMES: usize = 20;
const MOST_OFFERS: usize = 50;
const WHEN: &str = "a date such as \"2027-03-09\" or a time such as \"2027-03-09T17:00:00-05:00\"";
const MOMENT: &str = "a time with its offset such as \"2027-03-09T17:00:00-05:00\"";
const ZONE: &str = "an IANA time zone such as \"America/Toronto\"";

/// An event, or the loss of it where it lacks an id, a title, a start, a time zone or an organizer.
pub(super) fn event(object: &Object, feed: &Feed, report: &mut Report) -> Result<Event, Lost> {
    let id = object.id("id", report)?;
    let title = object.required_text("title", TITLE, report)?;
    let start = object.parsed("start", WHEN, When::parse, report)?;
    let start = object.required(start, "start", WHEN, report)?;
    let zone = object.parsed("timeZone", ZONE, object::time_zone, report)?;
    let time_zone = object.required(zone, "timeZone", ZONE, report)?;
    let organizers = object.tokens("organizers", "an association's id", &object::is_id, report);
    let organizers = Some(organizers).filter(|organizers| !organizers.is_empty());
    let organizers = object.required(organizers, "organizers", "at least one association's id", report)?;
    let venue = object.within("venue", report, venue);
    let (offers, losses) = offers(object, feed, report);
    Ok(Event {
        key: id.clone(),
        id,
        title,
        summary: object.text("summary", Shape::Block, report),
        description: object.text("description", Shape::Block, report),
        start,
        end: end(object, start, report),
        time_zone,
        status: status(object, report),
        status_note: object.text("statusNote", Shape::Block, report),
        previous_start: previous_starts(object, report),
        attendance: attendance(object, report),
        provinces: provinces(object, venue.as_ref(), report),
        venue,
        online: object.within("online", report, online),
        organizers,
        partners: partners(object, report),
        themes: themes(object, report),
        languages: object.tokens("languages", LANGUAGE, &object::is_language, report),
        image: object.image("image", report),
        url: object.links("url", report),
        registration: object.within("registration", report, registration).unwrap_or_default(),
        same_as: object.tokens("sameAs", "an event's id", &object::is_id, report),
        offers,
        currency: feed.currency,
        prices_incomplete: losses == Losses::Some,
        updated_at: moment(object, "updatedAt", report).unwrap_or(None),
    })
}

fn moment(object: &Object, name: &str, report: &mut Report) -> Result<Option<DateTime>, Lost> {
    object.parsed(name, MOMENT, DateTime::parse, report)
}

/// The end, unless it stands before the start or is of another kind.
fn end(object: &Object, start: When, report: &mut Report) -> Option<When> {
    let end = object.parsed("end", WHEN, When::parse, report).ok()??;
    let fits = match (start, end) {
        (When::Date(start), When::Date(end)) => start <= end,
        (When::DateTime(start), When::DateTime(end)) => start.instant() <= end.instant(),
        (When::Date(_), When::DateTime(_)) | (When::DateTime(_), When::Date(_)) => false,
    };
    if !fits {
        let expected = ["an end of the start's kind and not before it (", &start.written(), ")"].concat();
        object.unfit("end", &expected, report);
    }
    fits.then_some(end)
}

fn previous_starts(object: &Object, report: &mut Report) -> Vec<When> {
    let mut starts = Vec::new();
    let place = object.place("previousStart");
    for (number, item) in object.items("previousStart", report).into_iter().enumerate() {
        match item.text().and_then(|text| When::parse(&text)) {
            Some(start) => starts.push(start),
            None => report.add(&Place::Item(&place, number), WHEN, describe(Some(item))),
        }
    }
    starts
}

/// The status; never a cancellation hidden behind a token that is not known.
fn status(object: &Object, report: &mut Report) -> Status {
    let parse = |token: &str| match token {
        "scheduled" => Some(Status::Scheduled),
        "cancelled" => Some(Status::Cancelled),
        "postponed" => Some(Status::Postponed),
        "rescheduled" => Some(Status::Rescheduled),
        "movedOnline" => Some(Status::MovedOnline),
        _ => None,
    };
    let expected = "scheduled, cancelled, postponed, rescheduled or movedOnline";
    match object.parsed("status", expected, parse, report) {
        Ok(status) => status.unwrap_or(Status::Scheduled),
        Err(Lost) => Status::Unrecognized,
    }
}

fn attendance(object: &Object, report: &mut Report) -> Option<Attendance> {
    let parse = |token: &str| match token {
        "inPerson" => Some(Attendance::InPerson),
        "online" => Some(Attendance::Online),
        "hybrid" => Some(Attendance::Hybrid),
        _ => None,
    };
    object
        .parsed("attendance", "inPerson, online or hybrid", parse, report)
        .unwrap_or(None)
}

fn availability(object: &Object, report: &mut Report) -> Option<Availability> {
    let parse = |token: &str| match token {
        "inStock" => Some(Availability::InStock),
        "limited" => Some(Availability::Limited),
        "soldOut" => Some(Availability::SoldOut),
        "waitlist" => Some(Availability::Waitlist),
        "preSale" => Some(Availability::PreSale),
        _ => None,
    };
    object
        .parsed(
            "availability",
            "inStock, limited, soldOut, waitlist or preSale",
            parse,
            report,
        )
        .unwrap_or(None)
}

fn venue(object: &Object, report: &mut Report) -> Venue {
    Venue {
        name: object.line("name", PLACE, report),
        street: object.line("street", PLACE, report),
        locality: object.line("locality", PLACE, report),
        region: object.region("region", report),
        postal_code: object.line("postalCode", PLACE, report),
        country: object.line("country", PLACE, report),
        map_url: object.link("mapUrl", report),
    }
}

fn online(object: &Object, report: &mut Report) -> Online {
    Online {
        platform: object.line("platform", LABEL, report),
        label: object.text("label", Shape::Line(LABEL), report),
        url: object.link("url", report),
    }
}

/// What the province filter uses: the event's own list, else the venue's region.
fn provinces(object: &Object, venue: Option<&Venue>, report: &mut Report) -> Vec<String> {
    let listed = object.tokens("provinces", object::REGION, &object::is_region, report);
    if listed.is_empty() {
        return venue.and_then(|venue| venue.region.clone()).into_iter().collect();
    }
    listed
}

fn partners(object: &Object, report: &mut Report) -> Vec<Partner> {
    let mut partners = Vec::new();
    object.each("partners", report, &mut |partner, report| {
        let name = partner.required_line("name", report)?;
        partners.push(Partner {
            name,
            url: partner.link("url", report),
        });
        Ok(())
    });
    partners
}

fn themes(object: &Object, report: &mut Report) -> Vec<String> {
    let mut themes = object.tokens(
        "themes",
        "a theme's id",
        &|id| !id.chars().all(char::is_whitespace),
        report,
    );
    if themes.len() > MOST_THEMES {
        report.too_many(&object.place("themes"), MOST_THEMES, "themes", themes.len());
        themes.truncate(MOST_THEMES);
    }
    themes
}

fn registration(object: &Object, report: &mut Report) -> Registration {
    let mut alternatives = Vec::new();
    object.each("alternatives", report, &mut |alternative, report| {
        let links = alternative.links("url", report);
        let links = Some(links).filter(|links| !links.is_empty());
        let links = alternative.required(links, "url", "a link by language", report)?;
        alternatives.push((alternative.id("organizer", report)?, links));
        Ok(())
    });
    Registration {
        url: object.links("url", report),
        opens: moment(object, "opens", report).unwrap_or(None),
        closes: moment(object, "closes", report).unwrap_or(None),
        alternatives,
    }
}

/// The offers that are good, and whether any was lost.
fn offers(object: &Object, feed: &Feed, report: &mut Report) -> (Vec<Offer>, Losses) {
    let mut offers = Vec::new();
    let mut losses = object.each("offers", report, &mut |object, report| {
        if offers.len() < MOST_OFFERS {
            offers.push(offer(object, feed, report)?);
        }
        Ok(())
    });
    match object.member("offers").map(Json::items) {
        Some(Some(items)) if items.len() > MOST_OFFERS => {
            report.too_many(&object.place("offers"), MOST_OFFERS, "offers", items.len());
            losses = Losses::Some;
        }
        Some(Some(_)) | None => {}
        Some(None) => losses = Losses::Some,
    }
    (offers, losses)
}

/// An offer, or the loss of it where what it costs, for whom, or when is not understood.
fn offer(object: &Object, feed: &Feed, report: &mut Report) -> Result<Offer, Lost> {
    const AUDIENCE: &str = "an audience such as \"member\" or \"nonMember\"";
    let id = object.id("id", report)?;
    let audience = object.parsed("audience", AUDIENCE, audience, report)?;
    let audience = object.required(audience, "audience", AUDIENCE, report)?;
    let currency = object.parsed("currency", CURRENCY, Currency::new, report)?;
    let currency = currency.unwrap_or(feed.currency);
    let price = |text: &str| Money::parse(text, currency);
    Ok(Offer {
        id,
        member_of: member_of(object, &audience, feed, report)?,
        audience,
        price: object.parsed("price", "a decimal such as \"25.00\"", price, report)?,
        name: object.text("name", Shape::Line(LABEL), report),
        tax_included: object.flag("taxIncluded", report),
        valid_from: moment(object, "validFrom", report)?,
        valid_through: moment(object, "validThrough", report)?,
        availability: availability(object, report),
        url: object.links("url", report),
        note: object.text("note", Shape::Block, report),
    })
}

fn audience(token: &str) -> Option<Audience> {
    let starts = token.bytes().next().is_some_and(|first| first.is_ascii_alphabetic());
    let fits = starts && token.len() <= 40 && token.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then(|| match token {
        "member" => Audience::Member,
        "nonMember" => Audience::NonMember,
        "public" => Audience::Public,
        other => Audience::Other(other.to_owned()),
    })
}

/// The associations of the feed among `memberOf`; a member's offer needs one.
fn member_of(object: &Object, audience: &Audience, feed: &Feed, report: &mut Report) -> Result<Vec<String>, Lost> {
    const MEMBER_OF: &str = "the id of an association of this feed";
    let known = |id: &str| feed.association(id).is_some();
    let member_of = object.tokens("memberOf", MEMBER_OF, &known, report);
    match audience {
        Audience::Member => {
            let member_of = Some(member_of).filter(|ids| !ids.is_empty());
            object.required(member_of, "memberOf", MEMBER_OF, report)
        }
        Audience::NonMember | Audience::Public | Audience::Other(_) => Ok(member_of),
    }
}

//! Model: whether and where a visitor registers for an event.

use crate::link::Link;
use crate::rates::{Memberships, Places, Rates};
use crate::time::{DateTime, Instant, Span};
use crate::{Event, Links, Status};

/// Whether one can register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// One can.
    Open,
    /// One can ask to be told of a free place.
    Waitlist,
    /// Not yet: from this moment on.
    NotYet(DateTime),
    /// No longer.
    Closed,
    /// There is no place for this visitor.
    SoldOut,
    /// The event is cancelled.
    Cancelled,
    /// The event is over.
    Ended,
}

/// Whether a visitor with these rates can register for an event at a moment.
///
/// ```
/// # use joint_events_model::{registration::{admission, Admission}, rates::Rates, time::Instant, Event};
/// # fn example(event: &Event, rates: &Rates, now: Instant) {
/// let can_register = matches!(admission(event, rates, now), Admission::Open | Admission::Waitlist);
/// # }
/// ```
pub fn admission(event: &Event, rates: &Rates, now: Instant) -> Admission {
    if let Some(barred) = barred(event, now) {
        return barred;
    }
    match rates.places {
        Places::Left | Places::Few => Admission::Open,
        Places::Waitlist => Admission::Waitlist,
        Places::SoldOut => Admission::SoldOut,
    }
}

/// Why nobody can register for an event at a moment, whatever places are left.
///
/// ```
/// # use joint_events_model::{registration::{barred, Admission}, time::Instant, Event};
/// # fn example(event: &Event, now: Instant) {
/// let can_still_be_gone_to = matches!(barred(event, now), None | Some(Admission::NotYet(_)));
/// # }
/// ```
pub fn barred(event: &Event, now: Instant) -> Option<Admission> {
    let registration = &event.registration;
    if event.status == Status::Cancelled {
        return Some(Admission::Cancelled);
    }
    if (Span {
        start: event.start,
        end: event.end,
    })
    .is_past(now)
    {
        return Some(Admission::Ended);
    }
    if registration.closes.is_some_and(|closes| closes.last_instant() < now) {
        return Some(Admission::Closed);
    }
    let opens = registration.opens.filter(|opens| now < opens.instant());
    opens.map(Admission::NotYet)
}

/// Where the one link of a card leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a registration page.
    Registration(Link),
    /// To the event's own page, for want of one.
    Details(Link),
}

/// Where a visitor registers, in the language of a BCP 47 tag. `association` is whose site this is.
///
/// A known visitor goes to their own rate's page, else to the association's own, else to the event's; an unknown one
/// to the association's, the event's, the regular rate's, a member rate's.
pub fn destination(
    event: &Event,
    rates: &Rates,
    memberships: &Memberships,
    association: Option<&str>,
    language: &str,
) -> Option<Destination> {
    let of_offer = |place: usize| event.offers.get(place).and_then(|offer| pick(&offer.url, language));
    let general = || {
        for (organizer, links) in &event.registration.alternatives {
            if Some(organizer.as_str()) == association && !links.is_empty() {
                return pick(links, language);
            }
        }
        pick(&event.registration.url, language)
    };
    let offer_pages = || {
        let member_page = || rates.members.iter().find_map(|place| of_offer(*place));
        rates.regular.and_then(of_offer).or_else(member_page)
    };
    let registration = match memberships {
        Memberships::Known(_) => rates.own.and_then(of_offer).or_else(general),
        Memberships::Unknown => general().or_else(offer_pages),
    };
    match registration {
        Some(link) => Some(Destination::Registration(link.clone())),
        None => pick(&event.url, language).map(|link| Destination::Details(link.clone())),
    }
}

fn pick<'a>(links: &'a Links, language: &str) -> Option<&'a Link> {
    links.pick(language).map(|(_, link)| link)
}

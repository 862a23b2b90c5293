//! Model: two events that are the same → one.

use std::borrow::Cow;
use std::mem;

use crate::ids::Ids;
use crate::{Audience, Event, Links, Localized, Offer, Status, same_language};

/// Most languages that a text has after it took over others.
const MOST_LANGUAGES: usize = 20;

/// Most registration pages that an event has after it took over others.
const MOST_PAGES: usize = 20;

/// Has an event take over what another has that it lacks. What both have stands as the first has it, but for lists of ids,
/// which are united, and for a status: see [`unite_status`]. The other keeps what the list is not shown by.
pub(super) fn unite(own: &mut Event, other: &mut Event) {
    let page = if other.registration.url.is_empty() {
        other.url.clone()
    } else {
        other.registration.url.clone()
    };
    unite_status(own, other.status);
    fill(&mut own.title, &mut other.title);
    fill(&mut own.summary, &mut other.summary);
    fill(&mut own.description, &mut other.description);
    fill(&mut own.status_note, &mut other.status_note);
    fill(&mut own.url, &mut other.url);
    own.attendance = own.attendance.or(other.attendance);
    own.updated_at = own.updated_at.or(other.updated_at);
    if own.venue.is_none() {
        own.venue = other.venue.take();
    }
    if own.online.is_none() {
        own.online = other.online.take();
    }
    if own.image.is_none() {
        own.image = other.image.take();
    }
    if own.partners.is_empty() {
        own.partners = mem::take(&mut other.partners);
    }
    unite_offers(own, other, &page);
    unite_pages(own, other, page);
    unite_ids(&mut own.organizers, mem::take(&mut other.organizers));
    unite_ids(&mut own.themes, mem::take(&mut other.themes));
    unite_ids(&mut own.provinces, mem::take(&mut other.provinces));
    unite_ids(&mut own.languages, mem::take(&mut other.languages));
    let mut same_as = vec![mem::take(&mut other.id)];
    same_as.append(&mut other.same_as);
    same_as.retain(|id| *id != own.id);
    unite_ids(&mut own.same_as, same_as);
}

/// The first one's stands. But where it is as planned for one and not for the other, a visitor is to look at its page.
fn unite_status(own: &mut Event, other: Status) {
    match other {
        Status::Cancelled | Status::Postponed | Status::Unrecognized if own.status == Status::Scheduled => {
            own.status = Status::Unrecognized;
        }
        Status::Scheduled
        | Status::Cancelled
        | Status::Postponed
        | Status::Rescheduled
        | Status::MovedOnline
        | Status::Unrecognized => {}
    }
}

/// Takes over the values of further languages.
fn fill<T>(own: &mut Localized<T>, other: &mut Localized<T>) {
    for (tag, value) in mem::take(&mut other.0) {
        if own.0.len() < MOST_LANGUAGES && !own.0.iter().any(|(known, _)| same_language(known, &tag)) {
            own.0.push((tag, value));
        }
    }
}

/// Takes over the ids that are not there yet.
pub(super) fn unite_ids(own: &mut Vec<String>, others: Vec<String>) {
    let mut met = Ids::default();
    for id in own.iter() {
        met.insert(Cow::from(id.clone()), 0);
    }
    for id in others {
        if met.insert(Cow::from(id.clone()), 0).is_none() {
            own.push(id);
        }
    }
}

/// Each one's page is that of the association that organizes it, and the other's own ones come after that. The first one's
/// way to register stands, if it has one.
fn unite_pages(own: &mut Event, other: &mut Event, page: Links) {
    let first = own.organizers.first();
    let organizer = other.organizers.iter().find(|id| Some(*id) != first);
    let organizer = organizer.or(other.organizers.first()).cloned();
    let registration = &mut own.registration;
    if registration.url.is_empty() {
        registration.url = mem::take(&mut other.registration.url);
        registration.opens = other.registration.opens;
        registration.closes = other.registration.closes;
    } else if let Some(first) = first {
        let is_listed = registration.alternatives.iter().any(|(id, _)| id == first);
        if !is_listed {
            registration
                .alternatives
                .push((first.clone(), registration.url.clone()));
        }
    }
    let mut pages = Vec::new();
    if let Some(organizer) = organizer {
        pages.push((organizer, page));
    }
    pages.append(&mut other.registration.alternatives);
    for page in pages {
        let listed = &mut registration.alternatives;
        if listed.len() < MOST_PAGES && !page.1.is_empty() && !listed.contains(&page) {
            listed.push(page);
        }
    }
}

/// The first one's offers stand. Of the other's those are taken over that are for whom it has none: members of other
/// associations, another audience. One registers for them where they are offered.
fn unite_offers(own: &mut Event, other: &mut Event, page: &Links) {
    let mut members = Ids::default();
    let (mut has_regular, mut audiences) = (false, Vec::new());
    for offer in &own.offers {
        match &offer.audience {
            Audience::Member => {
                for id in &offer.member_of {
                    members.insert(Cow::from(id.clone()), 0);
                }
            }
            Audience::NonMember | Audience::Public => has_regular = true,
            Audience::Other(token) => audiences.push(token.clone()),
        }
    }
    let mut taken: Vec<Offer> = Vec::new();
    for mut offer in mem::take(&mut other.offers) {
        let is_new = match &offer.audience {
            Audience::Member => {
                offer.member_of.retain(|id| members.number(id).is_none());
                !offer.member_of.is_empty()
            }
            Audience::NonMember | Audience::Public => !has_regular,
            Audience::Other(token) => !audiences.contains(token),
        };
        if is_new {
            if offer.url.is_empty() {
                offer.url.clone_from(page);
            }
            taken.push(offer);
        }
    }
    own.offers.append(&mut taken);
    own.prices_incomplete |= other.prices_incomplete;
}

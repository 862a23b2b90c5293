//! Model: what members of an association would save on all events that a visitor has before them.

use crate::rates::joinings;
use crate::registration::{Admission, barred};
use crate::time::Instant;
use crate::{Event, Feed, Money};

/// What joining an association would save a visitor who belongs to none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Season {
    /// The association's id; it has a `joinUrl`.
    pub association: String,
    /// What its members save in all, in the document's currency; more than nothing, and at most 42 million.
    pub saving: Money,
    /// On how many events.
    pub events: usize,
}

/// The savings of every association with a page to join it, on events given by their places in the feed. The `association`
/// whose site it is comes first, the others as in the feed.
///
/// An event counts where one can still register, or will: not once it is over, cancelled or closed. Savings in another currency
/// than the document's are not added.
///
/// ```
/// use joint_events_model::{read::read, season::seasons, time::Instant};
///
/// let feed = read(r#"{"format": "joint-events", "version": "1.0",
///     "associations": [{"id": "lso", "name": {"en": "LSO"}, "joinUrl": {"en": "https://lso.example/join"}}], "events": [{
///     "id": "gala", "title": {"en": "Gala"}, "start": "2027-03-09", "timeZone": "America/Toronto", "organizers": ["lso"],
///     "offers": [{"id": "m", "audience": "member", "memberOf": ["lso"], "price": "495.00"},
///                {"id": "n", "audience": "nonMember", "price": "695.00"}]}]}"#)?.feed;
/// let seasons = seasons(&feed, &[0], None, Instant(0));
/// assert_eq!((seasons[0].saving.minor, seasons[0].events), (20000, 1));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn seasons(feed: &Feed, places: &[usize], association: Option<&str>, now: Instant) -> Vec<Season> {
    let mut seasons: Vec<Season> = Vec::new();
    for own in &feed.associations {
        let place = if Some(&*own.id) == association {
            0
        } else {
            seasons.len()
        };
        let season = Season {
            association: own.id.clone(),
            saving: Money {
                minor: 0,
                currency: feed.currency,
            },
            events: 0,
        };
        seasons.insert(place, season);
    }
    for place in places {
        if let Some(event) = feed.events.get(*place).filter(|event| is_ahead(event, now)) {
            add(&mut seasons, event, feed, now);
        }
    }
    seasons.retain(|season| season.events > 0);
    seasons
}

fn is_ahead(event: &Event, now: Instant) -> bool {
    matches!(barred(event, now), None | Some(Admission::NotYet(_)))
}

fn add(seasons: &mut [Season], event: &Event, feed: &Feed, now: Instant) {
    for joining in joinings(event, feed, None, now) {
        let saving = joining.saving.amount;
        for season in &mut *seasons {
            if season.association == joining.association && saving.currency == season.saving.currency {
                season.saving.minor = season.saving.minor.saturating_add(saving.minor);
                season.events = season.events.wrapping_add(1);
            }
        }
    }
}

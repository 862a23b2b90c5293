//! View: the table of all rates, in the details of an event.

use joint_events_model::rates::is_current;
use joint_events_model::time::Instant;
use joint_events_model::{Audience, Event, Feed};

use super::node::{Node, node};
use super::rates::amount;
use super::strings::{Language, fill};
use super::words;
use crate::intl;

/// Every offer of the event that is not over, for its details.
pub fn all_rates(event: &Event, feed: &Feed, language: Language, now: Instant) -> Option<Node> {
    let strings = words::later(language);
    let mut rows = Vec::new();
    for offer in &event.offers {
        let from = offer.valid_from.filter(|from| now < from.instant());
        if from.is_none() && !is_current(offer, now) {
            continue;
        }
        let mut remarks = Vec::new();
        if offer.audience == Audience::Member {
            remarks.extend(words::text("span", &offer.name, language));
        }
        for (bound, words) in [(from, strings.valid_from), (offer.valid_through, strings.valid_through)] {
            if let Some(bound) = bound {
                let date = intl::deadline(language, bound, &event.time_zone);
                remarks.push(node("span").text(&fill(words, &[&date])));
            }
        }
        remarks.extend(words::text("span", &offer.note, language));
        let mut told = node("td");
        for (number, remark) in remarks.into_iter().enumerate() {
            told = told.text(if number > 0 { " · " } else { "" }).child(remark);
        }
        rows.push(
            node("tr")
                .child(words::offer_text("th|scope=row", offer, feed, language))
                .child(told)
                .child(amount("td|class=amount", offer.price, language)),
        );
    }
    let table = node("table|class=all-rates");
    (!rows.is_empty()).then(|| table.child(node("tbody").children(rows)))
}

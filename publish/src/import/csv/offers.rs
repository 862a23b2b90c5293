//! Publish: a row's prices → offers, an early one before the members' own among them.

use joint_events_model::time::{Date, DateTime, Instant};
use serde_json::Value;

use super::Cells;
use crate::draft::{Loss, Members, put};
use crate::import::date::{self, DATE, Written, written};
use crate::import::money::{PRICE, Price, free, price};
use crate::import::{in_zone, quoted, tokens};
use crate::markup::plain;
use crate::zone::{WallClock, Zone};

impl Cells<'_> {
    /// The offers that a row's price columns make.
    pub(super) fn offers(&mut self, event: &Members, zone: Option<&Zone>) -> Vec<Value> {
        let member_of = self
            .ids("member_of", "ids of associations, parted by spaces")
            .map(Value::from)
            .or_else(|| event.get("organizers").cloned());
        let tax_included = self.parsed("tax_included", tokens::FLAG, tokens::flag);
        let early = self.price("early_price_member");
        let until = self.early_until(zone, early.is_some());
        let mut offers = Vec::new();
        if let (Some(early), Some((through, _))) = (early, &until) {
            let mut offer = offer("early-member", "member", early, tax_included);
            put(&mut offer, "validThrough", through.clone());
            offers.push(offer);
        }
        for (id, audience, column, places) in [
            ("member", "member", "price_member", "availability_member"),
            ("non-member", "nonMember", "price_nonmember", "availability_nonmember"),
            ("student", "student", "price_student", "availability_student"),
        ] {
            let availability = self.parsed(places, tokens::AVAILABILITY, tokens::availability);
            let price = self.price(column);
            if price.is_none() && (availability.is_none() || self.cell(column).is_some()) {
                continue;
            }
            let mut offer = offer(id, audience, price.unwrap_or(Price::ToBeAnnounced), tax_included);
            if let (Some((_, from)), "member") = (&until, audience) {
                put(&mut offer, "validFrom", from.clone());
            }
            if let Some(availability) = availability {
                put(&mut offer, "availability", availability);
            }
            offers.push(offer);
        }
        // A sale that ran out for members ran out for those who come early too.
        if let Some(availability) = self.cell("availability_member").and_then(tokens::availability)
            && let Some(early) = offers
                .iter_mut()
                .find(|offer| offer.get("id") == Some(&Value::from("early-member")))
        {
            put(early, "availability", availability);
        }
        for offer in &mut offers {
            if let (Some("member"), Some(ids)) = (offer.get("audience").and_then(Value::as_str), &member_of) {
                put(offer, "memberOf", ids.clone());
            }
        }
        if offers.is_empty() {
            // The Events Calendar's cost is a text for people: only that an event is free is plain in it.
            let cost = self.cell("cost").map(plain);
            offers.extend(cost.and_then(|cost| free(&cost, self.settings.currency)));
        }
        offers.into_iter().map(Value::Object).collect()
    }

    fn price(&mut self, name: &str) -> Option<Price> {
        let currency = self.settings.currency;
        self.parsed(name, PRICE, |cell| price(cell, currency))
    }

    /// The last moment of the early price and the first one after it.
    fn early_until(&mut self, zone: Option<&Zone>, has_price: bool) -> Option<(String, String)> {
        let Some(cell) = self.cell("early_until") else {
            if has_price {
                self.problem("early_until", Loss::Grave, "the last day of the early price", "nothing");
            }
            return None;
        };
        if self.cell("early_price_member").is_none() {
            self.problem(
                "early_price_member",
                Loss::Grave,
                "the price until the day that is given",
                "nothing",
            );
            return None;
        }
        let bound = written(cell, self.settings.date_order)
            .map_err(|expected| (expected.to_owned(), quoted(cell)))
            .and_then(|read| last_moment(read, zone));
        match bound {
            Ok(through) => {
                let next = Instant(through.instant().0.saturating_add(1000));
                let from = zone.map_or(next_second(through), |zone| zone.moment(next));
                Some((through.to_string(), from.to_string()))
            }
            Err((expected, found)) => {
                self.problem("early_until", Loss::Grave, expected, found);
                None
            }
        }
    }
}

fn offer(id: &str, audience: &str, price: Price, tax_included: Option<bool>) -> Members {
    let mut offer = Members::new();
    put(&mut offer, "id", id);
    put(&mut offer, "audience", audience);
    if let Price::Amount(money) = price {
        put(&mut offer, "price", money.decimal());
        put(&mut offer, "currency", money.currency.as_str());
        if let Some(included) = tax_included {
            put(&mut offer, "taxIncluded", included);
        }
    }
    offer
}

fn next_second(moment: DateTime) -> DateTime {
    let day = Instant(moment.wall_clock().0.saturating_add(1000));
    Zone::named("UTC").map_or(moment, |utc| DateTime {
        offset: moment.offset,
        ..utc.moment(day)
    })
}

/// The last moment that a bound names: the end of the day where it names a day.
///
/// # Errors
/// What was expected and found, where there is no such moment, or no zone to place it in.
pub fn last_moment(read: Written, zone: Option<&Zone>) -> Result<DateTime, (String, String)> {
    let end = (23, 59, 59);
    bound(read, end, zone)
}

/// The first moment that a bound names: the beginning of the day where it names a day.
///
/// # Errors
/// What was expected and found, where there is no such moment, or no zone to place it in.
pub fn first_moment(read: Written, zone: Option<&Zone>) -> Result<DateTime, (String, String)> {
    bound(read, (0, 0, 0), zone)
}

fn bound(read: Written, of_day: date::Clock, zone: Option<&Zone>) -> Result<DateTime, (String, String)> {
    let (date, (hour, minute, second)): (Date, date::Clock) = match read {
        Written::Moment(moment) => return Ok(moment),
        Written::Day(day) => (day, of_day),
        Written::Local(day, clock) => (day, clock),
    };
    let clock = WallClock {
        date,
        hour,
        minute,
        second,
    };
    let zone = zone.ok_or_else(|| {
        let expected = "a time zone, so that the bound is a moment";
        (expected.to_owned(), "nothing".to_owned())
    })?;
    let text = in_zone(clock, Some(zone))?;
    DateTime::parse(&text).ok_or_else(|| (DATE.to_owned(), quoted(&text)))
}

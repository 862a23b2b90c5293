//! Publish: schema.org offers → rates, of those that say whom they are for.

use joint_events_model::text::{TITLE, clean_line};
use serde_json::Value;

use super::{Node, last_word, string, values};
use crate::draft::{Loss, Members, Problem, put, put_localized};
use crate::import::date::{Written, written};
use crate::import::money::{PRICE, Price, price};
use crate::import::{quoted, tokens};
use crate::markup::plain;

impl Node<'_> {
    /// The offers that say what they are: a price without a name tells nothing of who pays it.
    pub(super) fn offers(&mut self, event: &mut Members) {
        let mut offers = Vec::new();
        let all: Vec<&Value> = values(self.node, "offers").collect();
        for (number, from) in all.into_iter().enumerate() {
            let place = format!("offers[{number}]");
            let category = string(from, "category").and_then(tokens::audience);
            let audience = category.filter(|token| token != "primary" && token != "secondary");
            let name = string(from, "name").map(|name| clean_line(&plain(name), TITLE).0);
            if string(from, "@type").map(last_word) != Some("Offer") || (name.is_none() && audience.is_none()) {
                let expected = "offers that name whom they are for";
                self.problems
                    .push(Problem::new(Loss::None, place, expected, "one that does not"));
                continue;
            }
            let mut offer = Members::new();
            put(&mut offer, "id", format!("offer-{}", number.saturating_add(1)));
            if let Some(name) = name {
                put_localized(&mut offer, "name", self.settings.language(), name);
            }
            let tiers: Vec<String> = values(from, "validForMemberTier").filter_map(tier).collect();
            if !tiers.is_empty() {
                put(&mut offer, "audience", "member");
                put(&mut offer, "memberOf", tiers);
            } else if let Some(audience) = audience {
                put(&mut offer, "audience", audience);
            }
            self.price(from, &place, &mut offer);
            for (name, member) in [("validFrom", "validFrom"), ("validThrough", "validThrough")] {
                if let Some(Written::Moment(moment)) = string(from, name).and_then(|text| written(text, None).ok()) {
                    put(&mut offer, member, moment.to_string());
                }
            }
            if let Some(token) = string(from, "availability")
                .map(last_word)
                .and_then(tokens::availability)
            {
                put(&mut offer, "availability", token);
            }
            offers.push(Value::Object(offer));
        }
        if !offers.is_empty() {
            put(event, "offers", offers);
        }
    }

    fn price(&mut self, from: &Value, place: &str, offer: &mut Members) {
        let currency = string(from, "priceCurrency").and_then(joint_events_model::Currency::new);
        let currency = currency.unwrap_or(self.settings.currency);
        let text = match from.get("price") {
            None | Some(Value::Null) => return,
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
        };
        // A JSON number may end in one digit: 49.5 is 49.50 there, and nothing else.
        let text = match text.split_once('.') {
            Some((whole, tenth)) if from.get("price").is_some_and(Value::is_number) && tenth.len() == 1 => {
                format!("{whole}.{tenth}0")
            }
            _ => text,
        };
        match price(&text, currency) {
            Some(Price::Amount(money)) => {
                put(offer, "price", money.decimal());
                put(offer, "currency", money.currency.as_str());
            }
            Some(Price::ToBeAnnounced) => {}
            None => self.problems.push(Problem::new(
                Loss::Grave,
                format!("{place}.price"),
                PRICE,
                quoted(&text),
            )),
        }
    }
}

/// The association of a member tier: an id, or a node whose `@id` ends with it.
fn tier(tier: &Value) -> Option<String> {
    let name = tier
        .as_str()
        .or_else(|| string(tier, "@id"))
        .or_else(|| string(tier, "name"))?;
    let id = name.rsplit(['/', '#', ':']).next().unwrap_or(name);
    joint_events_model::read::is_id(id).then(|| id.to_owned())
}

//! View: the price block: what members pay, what others pay, and what is saved.

use joint_events_model::rates::{Line, Places, Rates, Saving, Taxes, Whose};
use joint_events_model::{Availability, Event, Feed, Money};
use joint_events_words::names::{audience, availability};

use super::node::{Node, node};
use super::strings::{Language, fill};
use super::words;
use crate::intl;

/// The words of whose rate it is.
const AUDIENCE: &str = "span|part=audience";

/// All lines of rates, with what is said under them.
pub fn rates(event: &Event, feed: &Feed, rates: &Rates, language: Language) -> Vec<Node> {
    let strings = language.strings();
    let mut nodes = Vec::new();
    if !rates.lines.is_empty() {
        let mut list = node("ul|part=rates|role=list");
        for line in &rates.lines {
            list = list.child(rate(line, event, feed, language));
        }
        nodes.push(list);
    } else if event.offers.iter().all(|offer| offer.valid_from.is_some()) && !event.prices_incomplete {
        let announced = node("span|part=amount|class=amount amount-words").text(strings.to_be_announced);
        nodes.push(node("p|part=rates").child(node("span|class=rate").child(announced)));
    }
    if let Some(saving) = &rates.saving_up_to {
        nodes.push(node("p|part=saving").text(&fill(strings.save_up_to, &[&saved(saving, language)])));
    }
    if rates.taxes == Taxes::OnTop {
        nodes.push(node("p|part=taxes").text(strings.plus_taxes));
    }
    if event.prices_incomplete {
        nodes.push(node("p|part=note").text(strings.incomplete));
    }
    nodes
}

fn rate(line: &Line, event: &Event, feed: &Feed, language: Language) -> Node {
    let strings = language.strings();
    let own = matches!(line.whose, Whose::OwnAsMember(_) | Whose::OwnRegular);
    let sold_out = line.availability == Some(Availability::SoldOut);
    let markup = match (own, sold_out) {
        (true, true) => "li|part=rate rate-own|class=rate rate-own rate-soldout",
        (true, false) => "li|part=rate rate-own",
        (false, true) => "li|part=rate|class=rate rate-soldout",
        (false, false) => "li|part=rate",
    };
    let offer = event.offers.get(line.offer);
    let audience = match (&line.whose, offer) {
        (Whose::Regular | Whose::Other, Some(offer)) => words::offer_text(AUDIENCE, offer, feed, language),
        (..) => node(AUDIENCE).text(&audience(line, offer, feed, language)),
    };
    let mut rate = node(markup)
        .child(audience)
        .text(" ")
        .child(amount("span|part=amount", line.amount, language));
    if let (Some(saving), Some(amount)) = (line.saving, line.amount) {
        let regular = Money {
            minor: amount.minor.saturating_add(saving.amount.minor),
            ..amount
        };
        rate = rate
            .child(aside(&[", ", strings.regular, " "]))
            .child(node("del|part=regular").text(&price(regular, language)))
            .child(aside(&[", "]))
            .child(node("span|part=saving").text(&fill(strings.you_save, &[&saved(&saving, language)])));
    }
    if let Some(deadline) = line.deadline {
        let date = intl::deadline(language, deadline.until, &event.time_zone);
        let words = fill(strings.until_then, &[&date, &price(deadline.then, language)]);
        rate = rate.text(" ").child(node("span|part=deadline").text(&words));
    }
    let Some(places) = availability(line.availability, language) else {
        return rate;
    };
    rate.text(" ")
        .child(node("span|part=note|class=rate-note").text(places))
}

/// What only those hear who can't see how it is set.
fn aside(words: &[&str]) -> Node {
    node("span|class=visually-hidden").text(&words.concat())
}

/// An amount, or that it is free or not announced.
pub fn amount(markup: &str, amount: Option<Money>, language: Language) -> Node {
    let amount_in_words = match amount {
        Some(money) if money.minor > 0 => return node(markup).text(&intl::money(language, money)),
        Some(_) => language.strings().free,
        None => language.strings().to_be_announced,
    };
    node(markup).attr("class", "amount amount-words").text(amount_in_words)
}

fn price(amount: Money, language: Language) -> String {
    if amount.minor == 0 {
        language.strings().free.to_owned()
    } else {
        intl::money(language, amount)
    }
}

/// The amount that is saved, and its share.
fn saved(saving: &Saving, language: Language) -> String {
    let amount = intl::money(language, saving.amount);
    match saving.percent {
        0 => amount,
        percent => {
            let percent = fill(language.strings().percent, &[&intl::number(language, percent)]);
            [&amount, " (", &percent, ")"].concat()
        }
    }
}

/// What the places left for a visitor are called, and the markup of the badge that says so.
pub fn places(places: Places, language: Language) -> Option<(&'static str, &'static str)> {
    let strings = language.strings();
    match places {
        Places::Left => None,
        Places::Few => Some(("badge badge-limited", strings.few_places)),
        Places::Waitlist => Some(("badge badge-waitlist", strings.waiting_list)),
        Places::SoldOut => Some(("badge badge-soldout", strings.sold_out)),
    }
}

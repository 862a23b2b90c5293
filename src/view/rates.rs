//! View: the price block: what members pay, what others pay, and what is saved.

use joint_events_model::rates::{Line, Places, Rates, Saving, Taxes, Whose, is_current};
use joint_events_model::time::Instant;
use joint_events_model::{Audience, Event, Feed, Money, Offer};
use joint_events_words::names::{audience, availability, offer_name};

use super::node::{Node, node, part};
use super::status::outward;
use super::strings::Language;
use super::words;
use crate::intl;

/// All lines of rates, with what is said under them.
pub fn rates(event: &Event, feed: &Feed, rates: &Rates, language: Language) -> Vec<Node> {
    let strings = language.strings();
    let mut nodes = Vec::new();
    if !rates.lines.is_empty() {
        let lines = rates.lines.iter().map(|line| rate(line, event, feed, language));
        nodes.push(part("ul", "rates").attr("role", "list").children(lines));
    } else if event.offers.iter().all(|offer| offer.valid_from.is_some()) && !event.prices_incomplete {
        nodes.push(part("p", "rates").child(part("span", "amount").text(strings.to_be_announced)));
    }
    if let Some(saving) = &rates.saving_up_to {
        nodes.push(part("p", "saving").text((strings.save_up_to)(&amount_and_percent(saving, language))));
    }
    if rates.taxes == Taxes::OnTop {
        nodes.push(part("p", "taxes").text(strings.plus_taxes));
    }
    if event.prices_incomplete {
        nodes.push(part("p", "note").text(strings.incomplete));
    }
    nodes.extend(rates.joining.iter().filter_map(|joining| {
        let association = feed.association(&joining.association)?;
        let (_, link) = association.join_url.pick(language.tag())?;
        let name = words::association_name(feed, &joining.association, language);
        let text = (strings.join)(&name, &intl::money(language, joining.saving.amount));
        Some(outward(link.as_str()).attr("part", "join").class("join").text(text))
    }));
    nodes
}

fn rate(line: &Line, event: &Event, feed: &Feed, language: Language) -> Node {
    let strings = language.strings();
    let own = matches!(line.whose, Whose::OwnAsMember(_) | Whose::OwnRegular);
    let names = if own { "rate rate-own" } else { "rate" };
    let offer = event.offers.get(line.offer);
    let amount = line
        .amount
        .map_or_else(|| strings.to_be_announced.to_owned(), |amount| price(amount, language));
    let mut rate = part("li", names)
        .child(part("span", "audience").text(audience(line, offer, feed, language)))
        .text(" ")
        .child(part("span", "amount").text(amount));
    if let (Some(saving), Some(amount)) = (line.saving, line.amount) {
        let regular = Money {
            minor: amount.minor.saturating_add(saving.amount.minor),
            ..amount
        };
        let saved = (strings.you_save)(&amount_and_percent(&saving, language));
        rate = rate
            .child(
                node("span")
                    .class("visually-hidden")
                    .text(format!(", {} ", strings.regular)),
            )
            .child(part("del", "regular").text(price(regular, language)))
            .child(node("span").class("visually-hidden").text(", "))
            .child(part("span", "saving").text(saved));
    }
    if let Some(deadline) = line.deadline {
        let date = intl::deadline(language, deadline.until, &event.time_zone);
        let words = (strings.until_then)(&date, &price(deadline.then, language));
        rate = rate.text(" ").child(part("span", "deadline").text(words));
    }
    rate.maybe(
        availability(line.availability, language)
            .map(|places| node("span").attr("part", "note").class("rate-note").text(places)),
    )
}

fn price(amount: Money, language: Language) -> String {
    if amount.minor == 0 {
        language.strings().free.to_owned()
    } else {
        intl::money(language, amount)
    }
}

fn amount_and_percent(saving: &Saving, language: Language) -> String {
    let amount = intl::money(language, saving.amount);
    match saving.percent {
        0 => amount,
        percent => format!("{amount} ({})", (language.strings().percent)(percent)),
    }
}

/// Every offer of the event that is not over, for its details.
pub fn all_rates(event: &Event, feed: &Feed, language: Language, now: Instant) -> Option<Node> {
    let strings = language.strings();
    let to_come = |offer: &&Offer| is_current(offer, now) || offer.valid_from.is_some_and(|from| now < from.instant());
    let rows: Vec<Node> = event
        .offers
        .iter()
        .filter(to_come)
        .map(|offer| {
            let name = offer
                .name
                .pick(language.tag())
                .map(|(_, name)| name.clone())
                .filter(|_| offer.audience == Audience::Member);
            let bound = |when| intl::deadline(language, when, &event.time_zone);
            let from = offer
                .valid_from
                .filter(|from| now < from.instant())
                .map(|from| (strings.valid_from)(&bound(from)));
            let through = offer
                .valid_through
                .map(|through| (strings.valid_through)(&bound(through)));
            let note = offer.note.pick(language.tag()).map(|(_, note)| note.clone());
            let remarks: Vec<String> = name.into_iter().chain(from).chain(through).chain(note).collect();
            let amount = offer
                .price
                .map_or_else(|| strings.to_be_announced.to_owned(), |amount| price(amount, language));
            node("tr")
                .child(node("th").attr("scope", "row").text(offer_name(offer, feed, language)))
                .child(node("td").text(amount))
                .child(node("td").text(remarks.join(" · ")))
        })
        .collect();
    (!rows.is_empty()).then(|| node("table").class("all-rates").child(node("tbody").children(rows)))
}

/// What the places left for a visitor are called, and the kind of badge that says so.
pub fn places(places: Places, language: Language) -> Option<(&'static str, &'static str)> {
    let strings = language.strings();
    match places {
        Places::Left => None,
        Places::Few => Some(("badge badge-limited", strings.few_places)),
        Places::Waitlist => Some(("badge badge-waitlist", strings.waiting_list)),
        Places::SoldOut => Some(("badge badge-soldout", strings.sold_out)),
    }
}

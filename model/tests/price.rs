//! Model: events chosen by what they cost one visitor, and what joining would save on all of them.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use std::collections::BTreeMap;

use joint_events_model::Availability;
use joint_events_model::rates::{Memberships, Whose, applying, rates};
use joint_events_model::read::read;
use joint_events_model::season::seasons;
use joint_events_model::select::price::{self, MINE, Range};
use joint_events_model::select::{Facet, Filter, Index, Past, Selection};
use joint_events_model::time::{DateTime, Instant};
use joint_events_model::{Currency, Feed};
use proptest::prelude::*;

#[track_caller]
fn instant(text: &str) -> Instant {
    DateTime::parse(text).unwrap_or_else(|| panic!("{text}")).instant()
}

fn now() -> Instant {
    instant("2027-01-15T12:00:00-05:00")
}

/// A feed of three associations, of which `bam` has no page to join; each text has an event's offers, then more of it after `|`.
#[track_caller]
fn feed(events: &[String]) -> Feed {
    let event = |(number, text): (usize, &String)| {
        let (offers, more) = text.split_once('|').unwrap_or((text, ""));
        format!(
            r#"{{"id": "e{number}", "title": {{"fr": "Gala"}}, "start": "2027-03-09", "timeZone": "America/Toronto",
            "organizers": ["lso"], "offers": [{offers}] {more}}}"#
        )
    };
    let events: Vec<String> = events.iter().enumerate().map(event).collect();
    let text = format!(
        r#"{{"format": "joint-events", "version": "1.0", "currency": "CAD", "associations": [
        {{"id": "bioquebec", "name": {{"fr": "BIOQuébec"}}, "joinUrl": {{"fr": "https://bioquebec.example/"}}}},
        {{"id": "lso", "name": {{"en": "LSO"}}, "joinUrl": {{"en": "https://lso.example/"}}}},
        {{"id": "bam", "name": {{"en": "BAM"}}}}], "events": [{}]}}"#,
        events.join(",")
    );
    read(&text).unwrap_or_else(|error| panic!("{error}: {text}")).feed
}

/// `member:lso,bam 45.00 USD, nonMember -` → offers.
#[track_caller]
fn offers(lines: &str) -> String {
    let offer = |(number, line): (usize, &str)| {
        let words: Vec<&str> = line.split(' ').collect();
        let (audience, ids) = words[0].split_once(':').unwrap_or((words[0], ""));
        let mut offer = format!(r#"{{"id": "o{number}", "audience": "{audience}""#);
        if !ids.is_empty() {
            offer += &format!(r#", "memberOf": ["{}"]"#, ids.replace('+', r#"",""#));
        }
        if words[1] != "-" {
            offer += &format!(r#", "price": "{}""#, words[1]);
        }
        for word in &words[2..] {
            offer += &match *word {
                "soldOut" => r#", "availability": "soldOut""#.to_owned(),
                "over" => r#", "validThrough": "2026-12-31T23:59:59-05:00""#.to_owned(),
                currency => format!(r#", "currency": "{currency}""#),
            };
        }
        offer + "}"
    };
    let lines = lines.split(", ").filter(|line| !line.is_empty());
    lines.enumerate().map(offer).collect::<Vec<_>>().join(", ")
}

fn known(ids: &[&str]) -> Memberships {
    Memberships::Known(ids.iter().map(|id| (*id).to_owned()).collect())
}

fn chosen(choices: &[(Facet, &str)]) -> Filter {
    let mut filter = Filter::default();
    choices.iter().for_each(|(facet, id)| filter.toggle(*facet, id));
    filter
}

fn kept(selection: &Selection) -> Vec<usize> {
    let mut kept: Vec<usize> = selection.events.iter().map(|(place, _)| *place).collect();
    kept.sort_unstable();
    kept
}

fn counts(selection: &Selection, facet: Facet) -> Vec<(&str, usize)> {
    let choices = selection.facets.get(facet).iter();
    choices.map(|choice| (choice.id.as_str(), choice.count)).collect()
}

/// An index that was priced for each visitor in turn, and what it selects for the last.
#[track_caller]
fn select(feed: &Feed, visitors: &[Memberships], filter: &Filter) -> Selection {
    let mut index = Index::new(feed);
    for memberships in visitors {
        price::price(&mut index, feed, memberships, now());
    }
    index.select(filter, now(), Past::Hidden)
}

const LISTED: &[&str] = &[
    "member:lso 0.00, nonMember 20.00",
    "member:bioquebec 45.00, member:lso+bam 60.00, nonMember 85.00",
    "nonMember 24.99",
    "nonMember 25.00",
    "member:lso 100.00 USD, nonMember 180.00 USD",
    "member:bam 10.00 over, nonMember -",
    "",
    "nonMember 250000.00",
];

#[track_caller]
fn listed() -> Feed {
    feed(&LISTED.iter().map(|lines| offers(lines)).collect::<Vec<_>>())
}

#[test]
fn a_range_has_its_lower_bound_and_not_its_upper_one() {
    let feed = listed();
    let expected = [
        ("0-25", 2),
        ("25-50", 1),
        ("50-100", 1),
        ("100000-", 1),
        ("other", 1),
        ("toBeAnnounced", 2),
    ];
    let selection = select(&feed, &[Memberships::Unknown], &Filter::default());
    assert_eq!(counts(&selection, Facet::Price), expected);
}

#[test]
fn every_visitor_finds_events_by_their_own_price() {
    let feed = listed();
    let none = select(&feed, &[known(&[])], &Filter::default());
    let unknown = select(&feed, &[Memberships::Unknown], &Filter::default());
    assert_eq!(counts(&none, Facet::Price), counts(&unknown, Facet::Price));
    let expected = [
        ("free", 1),
        ("0-25", 1),
        ("25-50", 1),
        ("50-100", 1),
        ("100000-", 1),
        ("other", 1),
        ("toBeAnnounced", 2),
    ];
    let member = select(&feed, &[known(&["lso"])], &Filter::default());
    assert_eq!(counts(&member, Facet::Price), expected);
    let free = chosen(&[(Facet::Price, "free")]);
    assert_eq!(kept(&select(&feed, &[known(&["lso"])], &free)), [0]);
    assert!(kept(&select(&feed, &[known(&["bioquebec"])], &free)).is_empty());
}

#[test]
fn ones_own_rates_narrow_what_prices_keep_and_rates_that_are_over_are_none() {
    let feed = listed();
    let lso = [known(&["lso"])];
    let selection = select(&feed, &lso, &chosen(&[(Facet::Rate, MINE)]));
    assert_eq!(kept(&selection), [0, 1, 4]);
    assert_eq!(counts(&selection, Facet::Rate), [(MINE, 3)]);
    let both = chosen(&[(Facet::Rate, MINE), (Facet::Price, "free")]);
    assert_eq!(kept(&select(&feed, &lso, &both)), [0]);
    assert_eq!(
        kept(&select(&feed, &[known(&["bam"])], &chosen(&[(Facet::Rate, MINE)]))),
        [1]
    );
}

#[test]
fn a_choice_of_ones_own_rates_has_force_for_a_known_member_alone() {
    let feed = listed();
    let filter = chosen(&[(Facet::Rate, MINE)]);
    for visitor in [Memberships::Unknown, known(&[])] {
        let selection = select(&feed, &[known(&["lso"]), visitor], &filter);
        assert_eq!(selection.events.len(), LISTED.len());
        assert!(selection.facets.get(Facet::Rate).is_empty());
    }
}

#[test]
fn before_events_are_priced_no_choice_of_prices_has_force_and_afterwards_an_unknown_one_keeps_nothing() {
    let feed = listed();
    let filter = chosen(&[(Facet::Price, "cheap")]);
    assert_eq!(select(&feed, &[], &filter).events.len(), LISTED.len());
    let priced = select(&feed, &[Memberships::Unknown], &filter);
    assert!(priced.events.is_empty());
    assert_eq!(counts(&priced, Facet::Price).last(), Some(&("cheap", 0)));
}

#[test]
fn a_season_counts_each_event_once_that_one_can_still_go_to() {
    let event = |more: &str| offers("member:lso+bioquebec 60.00, member:lso 50.00, nonMember 85.00") + more;
    let feed = feed(&[
        event(""),
        event(r#"|, "registration": {"opens": "2027-02-01T12:00:00-05:00"}"#),
        event(r#"|, "status": "cancelled""#),
        event(r#"|, "registration": {"closes": "2027-01-01T12:00:00-05:00"}"#),
        event(r#"|, "end": "2027-03-10""#),
    ]);
    let told = |places: &[usize], association: Option<&str>, now: Instant| -> Vec<String> {
        let seasons = seasons(&feed, places, association, now);
        let words = seasons
            .iter()
            .map(|season| (&season.association, season.saving.decimal(), season.events));
        words
            .map(|(id, saving, events)| format!("{id} {saving} {events}"))
            .collect()
    };
    assert_eq!(
        told(&[0, 1, 2, 3, 4], None, now()),
        ["bioquebec 75.00 3", "lso 105.00 3"]
    );
    assert_eq!(told(&[1, 2], Some("lso"), now()), ["lso 35.00 1", "bioquebec 25.00 1"]);
    assert_eq!(
        told(&[0, 4], None, instant("2027-03-10T18:00:00Z")),
        ["bioquebec 25.00 1", "lso 35.00 1"]
    );
    assert!(told(&[2, 3], None, now()).is_empty());
}

#[test]
fn what_is_saved_in_another_currency_is_not_added() {
    let feed = feed(&[
        offers("member:lso 100.00 USD, nonMember 180.00 USD"),
        offers("member:lso 15.00 soldOut, nonMember 25.00"),
    ]);
    assert!(seasons(&feed, &[0, 1], None, now()).is_empty());
}

fn an_offer() -> impl Strategy<Value = String> {
    let audience = prop_oneof![
        Just("nonMember"),
        Just("public"),
        Just("student"),
        Just("member:lso"),
        Just("member:bioquebec"),
        Just("member:bam"),
        Just("member:lso+bam")
    ];
    let price = prop_oneof![
        Just("-"),
        Just("0.00"),
        Just("24.99"),
        Just("25.00"),
        Just("60.00"),
        Just("99.50"),
        Just("1200.00")
    ];
    let more = prop_oneof![4 => Just(""), 1 => Just(" USD"), 1 => Just(" soldOut"), 1 => Just(" over")];
    (audience, price, more).prop_map(|(audience, price, more)| format!("{audience} {price}{more}"))
}

fn some_events() -> impl Strategy<Value = Vec<String>> {
    let more = prop_oneof![
        3 => Just(""),
        1 => Just(r#"|, "status": "cancelled""#),
        1 => Just(r#"|, "registration": {"closes": "2027-01-01T12:00:00-05:00"}"#)
    ];
    let event =
        (proptest::collection::vec(an_offer(), 0..6), more).prop_map(|(lines, more)| offers(&lines.join(", ")) + more);
    proptest::collection::vec(event, 0..6)
}

fn a_visitor() -> impl Strategy<Value = Memberships> {
    let ids = proptest::sample::subsequence(vec!["lso", "bioquebec", "bam"], 0..=3);
    prop_oneof![1 => Just(Memberships::Unknown), 4 => ids.prop_map(|ids| known(&ids))]
}

/// Whether an amount in hundredths is in the range of a choice.
fn is_in(range: Range, minor: u32) -> bool {
    match range {
        Range::Under(to) => 0 < minor && minor < to * 100,
        Range::Between(from, to) => from * 100 <= minor && minor < to * 100,
        Range::From(from) => from * 100 <= minor,
    }
}

proptest! {
    #[test]
    fn the_offer_that_applies_is_the_own_one_of_all_rates_else_the_regular_one(
        events in some_events(),
        visitor in a_visitor(),
    ) {
        let feed = feed(&events);
        for event in &feed.events {
            let rates = rates(event, &feed, &visitor, now());
            prop_assert_eq!(applying(event, &feed, &visitor, now()), rates.own.or(rates.regular));
        }
    }

    #[test]
    fn every_count_is_that_of_the_last_visitors_own_prices_whoever_came_before(
        events in some_events(),
        visitors in proptest::collection::vec(a_visitor(), 1..4),
        is_mine in any::<bool>(),
    ) {
        let feed = feed(&events);
        let visitor = visitors.last().unwrap();
        let is_member = matches!(visitor, Memberships::Known(ids) if !ids.is_empty());
        let filter = if is_mine { chosen(&[(Facet::Rate, MINE)]) } else { Filter::default() };
        let selection = select(&feed, &visitors, &filter);
        let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
        let mut keeps = Vec::new();
        for (place, event) in feed.events.iter().enumerate() {
            let rates = rates(event, &feed, visitor, now());
            let has_rate = rates.members.iter().any(|offer| {
                event.offers[*offer].member_of.iter().any(|id| visitor.contains(id))
            });
            let offer = rates.own.or(rates.regular);
            let choice = match offer.and_then(|place| event.offers[place].price) {
                None => "toBeAnnounced",
                Some(price) if price.minor == 0 => "free",
                Some(price) if price.currency != Currency::CAD => "other",
                Some(price) => {
                    let ids = ["0-25", "25-50", "50-100", "1000-2500"];
                    ids.into_iter().find(|id| is_in(Range::of(id).unwrap(), price.minor)).unwrap()
                }
            };
            let is_kept = !is_mine || !is_member || has_rate;
            *expected.entry(choice).or_default() += usize::from(is_kept);
            if is_kept {
                keeps.push(place);
            }
        }
        prop_assert_eq!(kept(&selection), keeps);
        prop_assert_eq!(counts(&selection, Facet::Price).into_iter().collect::<BTreeMap<_, _>>(), expected);
        prop_assert!(is_member || selection.facets.get(Facet::Rate).is_empty());
    }

    #[test]
    fn a_season_is_the_sum_of_what_each_event_says_of_joining(events in some_events()) {
        let feed = feed(&events);
        let places: Vec<usize> = (0..feed.events.len()).collect();
        let mut sums: BTreeMap<String, (u32, usize)> = BTreeMap::new();
        for event in &feed.events {
            if event.status.token() == "cancelled" || event.registration.closes.is_some() {
                continue;
            }
            for association in &feed.associations {
                let theirs = rates(event, &feed, &known(&[&association.id]), now());
                let own = theirs.lines.iter().find(|line| matches!(line.whose, Whose::OwnAsMember(_)));
                let Some(saving) = own.and_then(|own| own.saving.filter(|_| own.availability != Some(Availability::SoldOut))) else {
                    continue;
                };
                if saving.amount.currency == Currency::CAD && !association.join_url.is_empty() {
                    let (minor, count) = sums.entry(association.id.clone()).or_default();
                    *minor += saving.amount.minor;
                    *count += 1;
                }
            }
        }
        let seasons = seasons(&feed, &places, None, now()).into_iter();
        let found: BTreeMap<String, (u32, usize)> =
            seasons.map(|season| (season.association, (season.saving.minor, season.events))).collect();
        prop_assert_eq!(found, sums);
    }
}

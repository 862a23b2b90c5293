//! Model: which price applies to whom, rule by rule. The visitor, the moment and the offers are given; the lines are read.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects
)]

use joint_events_model::rates::{Memberships, Places, Rates, Taxes, Whose, joinings, next_boundary, rates};
use joint_events_model::read::read;
use joint_events_model::time::{DateTime, Instant};
use joint_events_model::{Event, Feed};

const NOW: &str = "2027-01-15T12:00:00-05:00";

#[track_caller]
fn instant(text: &str) -> Instant {
    DateTime::parse(text).unwrap_or_else(|| panic!("{text}")).instant()
}

/// A feed of one event with these offers, and three associations, of which `bam` has no page to join.
#[track_caller]
fn feed(offers: &str) -> Feed {
    let text = format!(
        r#"{{"format": "joint-events", "version": "1.0", "currency": "CAD", "associations": [
        {{"id": "bioquebec", "name": {{"fr": "BIOQuébec"}}, "joinUrl": {{"fr": "https://bioquebec.example/"}}}},
        {{"id": "lso", "name": {{"en": "LSO"}}, "joinUrl": {{"en": "https://lso.example/"}}}},
        {{"id": "bam", "name": {{"en": "BAM"}}}}], "events": [{{"id": "gala", "title": {{"fr": "Gala"}},
        "start": "2027-03-09", "timeZone": "America/Toronto", "organizers": ["lso"], "offers": [{offers}]}}]}}"#
    );
    read(&text).unwrap_or_else(|error| panic!("{error}")).feed
}

fn event(feed: &Feed) -> &Event {
    &feed.events[0]
}

/// `member:lso,bam 45.00 "more": …` → an offer.
#[track_caller]
fn offers(lines: &[&str]) -> String {
    let offer = |(number, line): (usize, &&str)| {
        let mut words = line.splitn(3, ' ');
        let whose = words.next().unwrap();
        let (audience, ids) = whose.split_once(':').unwrap_or((whose, ""));
        let mut offer = format!(r#"{{"id": "o{number}", "audience": "{audience}""#);
        if !ids.is_empty() {
            offer += &format!(r#", "memberOf": ["{}"]"#, ids.replace(',', r#"",""#));
        }
        if let Some(price) = words.next().filter(|price| *price != "-") {
            offer += &format!(r#", "price": "{price}""#);
        }
        words.next().into_iter().for_each(|more| offer += &format!(", {more}"));
        offer + "}"
    };
    lines.iter().enumerate().map(offer).collect::<Vec<_>>().join(", ")
}

fn known(ids: &[&str]) -> Memberships {
    Memberships::Known(ids.iter().map(|id| (*id).to_owned()).collect())
}

#[track_caller]
fn priced(lines: &[&str], memberships: &Memberships) -> Rates {
    let feed = feed(&offers(lines));
    rates(event(&feed), &feed, memberships, instant(NOW))
}

/// The lines as short words: `own 45.00 saves 40.00 (47 %)`, `bioquebec+lso 45.00`, `regular 85.00`, `other -`.
fn lines(rates: &Rates) -> Vec<String> {
    let words = rates.lines.iter().map(|line| {
        let whose = match &line.whose {
            Whose::OwnAsMember(_) | Whose::OwnRegular => "own".to_owned(),
            Whose::Members(ids) => ids.join("+"),
            Whose::Regular => "regular".to_owned(),
            Whose::Other => "other".to_owned(),
        };
        let amount = line.amount.map_or_else(|| "-".to_owned(), |amount| amount.decimal());
        let saves = line
            .saving
            .map(|saving| format!(" saves {} ({} %)", saving.amount.decimal(), saving.percent));
        let then = line
            .deadline
            .map(|deadline| format!(" then {}", deadline.then.decimal()));
        format!(
            "{whose} {amount}{}{}",
            saves.unwrap_or_default(),
            then.unwrap_or_default()
        )
    });
    words.collect()
}

#[track_caller]
fn shows(offers: &[&str], memberships: &Memberships, expected: &[&str]) {
    assert_eq!(lines(&priced(offers, memberships)), expected);
}

const COCKTAIL: &[&str] = &["member:bioquebec 45.00", "member:lso 60.00", "nonMember 85.00"];

#[test]
fn a_member_of_one_association_pays_the_members_price_at_the_others_event() {
    shows(
        COCKTAIL,
        &known(&["lso"]),
        &["own 60.00 saves 25.00 (29 %)", "bioquebec 45.00"],
    );
}

#[test]
fn a_member_of_both_pays_the_lower_and_their_own_associations_need_no_second_line() {
    shows(
        COCKTAIL,
        &known(&["bioquebec", "lso"]),
        &["own 45.00 saves 40.00 (47 %)"],
    );
}

#[test]
fn an_unknown_visitor_sees_every_rate_and_the_greatest_saving() {
    shows(
        COCKTAIL,
        &Memberships::Unknown,
        &["bioquebec 45.00", "lso 60.00", "regular 85.00"],
    );
    let saving = priced(COCKTAIL, &Memberships::Unknown).saving_up_to.unwrap();
    assert_eq!((saving.amount.decimal().as_str(), saving.percent), ("40.00", 47));
}

#[test]
fn a_visitor_known_as_none_pays_the_regular_rate_and_sees_what_joining_would_save() {
    let offers = ["member:bioquebec,lso,bam 45.00", "nonMember 85.00"];
    shows(&offers, &known(&[]), &["own 85.00", "bioquebec+lso+bam 45.00"]);
    let feed = feed(&self::offers(&offers));
    let rates = rates(event(&feed), &feed, &known(&[]), instant(NOW));
    let joinings = joinings(event(&feed), &feed, Some("lso"), instant(NOW));
    let joining: Vec<&str> = joinings.iter().map(|joining| joining.association.as_str()).collect();
    assert_eq!(
        joining,
        ["lso", "bioquebec"],
        "whose site it is first; without a page to join none"
    );
    assert_eq!(rates.saving_up_to, None);
}

#[test]
fn associations_with_the_same_rate_share_a_line() {
    let offers = ["member:bioquebec 45.00", "member:lso 45.00", "nonMember 85.00"];
    shows(
        &offers,
        &Memberships::Unknown,
        &["bioquebec+lso 45.00", "regular 85.00"],
    );
}

#[test]
fn the_public_rate_is_regular_where_there_is_none_for_non_members() {
    shows(
        &["member:lso 45.00", "public 85.00"],
        &known(&["lso"]),
        &["own 45.00 saves 40.00 (47 %)"],
    );
}

#[test]
fn the_public_rate_is_a_further_line_beside_the_non_members() {
    let webcast = r#"public 0.00 "name": {"en": "Webcast"}"#;
    shows(
        &["nonMember 85.00", webcast],
        &Memberships::Unknown,
        &["regular 85.00", "other 0.00"],
    );
}

#[test]
fn further_names_of_the_public_are_listed_where_the_public_rate_is_regular() {
    let webcast = r#"public 10.00 "name": {"en": "Webcast"}"#;
    shows(
        &["public 20.00", webcast],
        &Memberships::Unknown,
        &["regular 10.00", "other 20.00"],
    );
}

#[test]
fn other_audiences_have_a_line_for_each_name() {
    let offers = [
        "nonMember 85.00",
        "student 25.00",
        "student 20.00",
        r#"student 15.00 "name": {"en": "PhD"}"#,
    ];
    shows(
        &offers,
        &Memberships::Unknown,
        &["regular 85.00", "other 20.00", "other 15.00"],
    );
}

#[test]
fn what_is_sold_out_is_passed_over_while_anything_is_left() {
    let sold_out = r#"member:lso 45.00 "availability": "soldOut""#;
    shows(
        &[sold_out, "member:lso 50.00", "nonMember 85.00"],
        &known(&["lso"]),
        &["own 50.00 saves 35.00 (41 %)"],
    );
    let rates = priced(
        &[sold_out, r#"nonMember 85.00 "availability": "soldOut""#],
        &known(&["lso"]),
    );
    assert_eq!(rates.places, Places::SoldOut);
    assert_eq!(rates.lines[0].amount.unwrap().decimal(), "45.00");
}

#[test]
fn an_event_is_sold_out_for_those_alone_who_could_take_no_offer() {
    let sold_out = [
        r#"member:lso 45.00 "availability": "soldOut""#,
        r#"nonMember 85.00 "availability": "soldOut""#,
        "student 5.00",
    ];
    assert_eq!(priced(&sold_out, &known(&["lso"])).places, Places::SoldOut);
    assert_eq!(priced(&sold_out, &Memberships::Unknown).places, Places::Left);
    assert_eq!(
        priced(&[r#"nonMember 85.00 "availability": "waitlist""#], &known(&[])).places,
        Places::Waitlist
    );
    assert_eq!(
        priced(&[r#"nonMember 85.00 "availability": "limited""#], &known(&[])).places,
        Places::Few
    );
}

#[test]
fn free_is_not_unannounced() {
    shows(
        &["member:lso 0.00", "nonMember -"],
        &known(&["lso"]),
        &["own 0.00", "regular -"],
    );
    shows(&["member:lso -"], &known(&["lso"]), &["own -"]);
}

#[test]
fn money_is_compared_within_one_currency_alone() {
    let usd = r#"member:lso 30.00 "currency": "USD""#;
    shows(&[usd, "nonMember 85.00"], &known(&["lso"]), &["own 85.00", "lso 30.00"]);
    let both = [usd, "member:lso 45.00", "nonMember 85.00"];
    shows(&both, &known(&["lso"]), &["own 45.00 saves 40.00 (47 %)", "lso 30.00"]);
    let all_usd = [usd, r#"nonMember 50.00 "currency": "USD""#];
    shows(&all_usd, &known(&["lso"]), &["own 30.00 saves 20.00 (40 %)"]);
}

#[test]
fn a_rate_that_a_dearer_one_follows_is_an_early_bird() {
    let early = r#"member:lso 395.00 "validThrough": "2027-01-31T23:59:59-05:00""#;
    let later = r#"member:lso 495.00 "validFrom": "2027-02-01T00:00:00-05:00""#;
    shows(
        &[early, later, "nonMember 695.00"],
        &known(&["lso"]),
        &["own 395.00 saves 300.00 (43 %) then 495.00"],
    );
    shows(
        &[early, "member:lso 495.00"],
        &known(&["lso"]),
        &["own 395.00 then 495.00"],
    );
    shows(
        &[early, "member:bioquebec 495.00"],
        &known(&["lso"]),
        &["own 395.00", "bioquebec 495.00"],
    );
    shows(&[early, "member:lso 350.00"], &known(&["lso"]), &["own 350.00"]);
}

#[test]
fn a_bound_holds_for_the_whole_of_its_second_and_the_next_boundary_follows_it() {
    let feed = feed(&offers(&[
        r#"member:lso 395.00 "validThrough": "2027-01-31T23:59:59-05:00""#,
        r#"member:lso 495.00 "validFrom": "2027-02-01T00:00:00-05:00""#,
    ]));
    let midnight = instant("2027-02-01T00:00:00-05:00");
    let own = |now| lines(&rates(event(&feed), &feed, &known(&["lso"]), now))[0].clone();
    assert_eq!(own(Instant(midnight.0 - 1)), "own 395.00 then 495.00");
    assert_eq!(own(midnight), "own 495.00");
    assert_eq!(next_boundary(event(&feed), instant(NOW)), Some(midnight));
    assert_eq!(next_boundary(event(&feed), midnight), None);
}

#[test]
fn a_member_rate_above_the_regular_one_is_not_the_members_own() {
    shows(
        &["member:lso 90.00", "nonMember 85.00"],
        &known(&["lso"]),
        &["own 85.00"],
    );
}

#[test]
fn taxes_are_said_where_they_come_on_top_of_a_price() {
    assert_eq!(
        priced(&[r#"nonMember 85.00 "taxIncluded": false"#], &known(&[])).taxes,
        Taxes::OnTop
    );
    assert_eq!(
        priced(&[r#"nonMember 0.00 "taxIncluded": false"#], &known(&[])).taxes,
        Taxes::NotOnTop
    );
    assert_eq!(
        priced(&[r#"nonMember 85.00 "taxIncluded": true"#], &known(&[])).taxes,
        Taxes::NotOnTop
    );
}

#[test]
fn an_event_without_current_offers_has_no_lines() {
    shows(&[], &known(&["lso"]), &[]);
    shows(
        &[r#"nonMember 85.00 "validThrough": "2026-12-31T23:59:59-05:00""#],
        &known(&["lso"]),
        &[],
    );
}

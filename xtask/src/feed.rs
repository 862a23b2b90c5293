//! xtask: the demo's feed: the publisher's example as its own tool builds it, and a few faults.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use joint_events_model::time::DateTime;
use joint_events_publish::build::{Ending, Options, Profile, Removals, build};
use serde_json::Value;

use crate::root;

/// When the example's sources were written: its prices and places are those of that Monday.
const MADE: &str = "2026-11-23T12:00:00Z";

/// Builds the example into a folder and gives its feed.
///
/// # Errors
/// Where it can't be built, or has an error that keeps an event out.
pub fn example(out: &Path) -> Result<Value> {
    let made = DateTime::parse(MADE).context("expected a time")?;
    let options = Options {
        out: Some(out.to_owned()),
        previous: None,
        removals: Removals::Allowed,
        profile: Profile::Strict,
        now: made.instant(),
    };
    let config = root().join("publish/example/joint-events.toml");
    let (ending, report, _) =
        build(&config, &options, &mut |_| {}).map_err(|(file, error)| anyhow!("{file}: {error}"))?;
    if ending != Ending::Whole {
        let findings: Vec<String> = report.findings.iter().map(ToString::to_string).collect();
        bail!("publish/example was not built:\n{}", findings.join("\n"));
    }
    Ok(serde_json::from_str(&fs::read_to_string(out.join("feed.json"))?)?)
}

/// The demo's feed: the example's, and after it what a widget meets in a feed that no tool has checked.
///
/// # Errors
/// As [`example`], and where the faults can't be read.
pub fn feed(out: &Path) -> Result<String> {
    let mut document = example(out)?;
    let faults: Vec<Value> = serde_json::from_str(&fs::read_to_string(root().join("demo/faults.json"))?)?;
    let events = document["events"].as_array_mut().context("expected events")?;
    events.extend(faults);
    Ok(document.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use jiff::{SignedDuration, Timestamp};
    use joint_events_model::read::read;
    use joint_events_model::time::{Instant, Span};
    use joint_events_publish::finding::Severity;
    use joint_events_publish::lint::lint;

    use super::*;
    use crate::shift::shift;

    /// The example's feed, built once.
    fn built() -> &'static Value {
        static BUILT: OnceLock<Value> = OnceLock::new();
        BUILT.get_or_init(|| example(&root().join("target/test/example")).expect("a feed"))
    }

    fn made() -> Timestamp {
        MADE.parse().expect("a time")
    }

    fn instant(time: Timestamp) -> Instant {
        Instant(time.as_millisecond())
    }

    #[track_caller]
    fn has_no_error(text: &str, now: Timestamp) {
        let findings = lint(text, instant(now)).expect("a feed");
        let errors: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert!(errors.is_empty(), "{now}: {errors:#?}");
    }

    fn offers(event: &Value) -> &[Value] {
        event["offers"].as_array().map_or(&[], Vec::as_slice)
    }

    fn any(event: &Value, member: &str, value: &str) -> bool {
        offers(event).iter().any(|offer| offer[member] == value)
    }

    fn price(event: &Value, audience: &str) -> Option<String> {
        let offer = offers(event).iter().find(|offer| offer["audience"] == audience)?;
        offer["price"].as_str().map(str::to_owned)
    }

    /// Whether members of an association have a rate.
    fn rate_of(event: &Value, association: &str) -> bool {
        let listed = |offer: &Value| {
            let members = offer["memberOf"].as_array();
            members.is_some_and(|members| members.iter().any(|member| member == association))
        };
        offers(event).iter().any(listed)
    }

    /// The prices that the members of one association and those of another have when nothing is early.
    fn by_association(event: &Value) -> Vec<&Value> {
        let late = |offer: &&Value| offer["audience"] == "member" && offer.get("validThrough").is_none();
        offers(event)
            .iter()
            .filter(late)
            .map(|offer| &offer["price"])
            .filter(|price| price.is_string())
            .collect()
    }

    fn organizers(event: &Value) -> usize {
        event["organizers"].as_array().map_or(0, Vec::len)
    }

    fn text<'a>(event: &'a Value, member: &str) -> &'a str {
        event[member].as_str().unwrap_or_default()
    }

    fn title_length(event: &Value, language: &str) -> usize {
        event["title"][language]
            .as_str()
            .map_or(0, |title| title.chars().count())
    }

    type Case = (&'static str, fn(&Value) -> bool);

    /// What the product shows, each with how an event shows it.
    const CASES: &[Case] = &[
        ("a joint event", |event| organizers(event) > 1),
        ("a rate for one association's members alone", |event| {
            organizers(event) == 1 && rate_of(event, "bioquebec") && !rate_of(event, "lso")
        }),
        ("a reciprocal rate", |event| {
            event["organizers"] == serde_json::json!(["bioquebec"]) && rate_of(event, "lso")
        }),
        ("equal rates", |event| {
            let prices = by_association(event);
            prices.len() == 1 && rate_of(event, "bioquebec") && rate_of(event, "lso")
        }),
        ("unequal rates", |event| {
            by_association(event).windows(2).any(|pair| pair[0] != pair[1])
        }),
        ("free for members", |event| {
            let others = price(event, "nonMember");
            price(event, "member").as_deref() == Some("0.00") && others.is_some_and(|price| price != "0.00")
        }),
        ("free", |event| {
            price(event, "public").as_deref() == Some("0.00") && offers(event).len() == 1
        }),
        ("prices not announced", |event| {
            !offers(event).is_empty() && offers(event).iter().all(|offer| offer.get("price").is_none())
        }),
        ("no offers", |event| event.get("offers").is_none()),
        ("an early bird that ends soon", |event| {
            let soon = "2026-11-24".."2026-12-07";
            offers(event).iter().any(|offer| {
                let day = offer["validThrough"].as_str().and_then(|through| through.get(..10));
                day.is_some_and(|day| soon.contains(&day))
            })
        }),
        ("sold out for one audience", |event| {
            any(event, "availability", "soldOut")
                && offers(event).iter().any(|offer| offer["availability"] != "soldOut")
        }),
        ("sold out", |event| {
            !offers(event).is_empty() && offers(event).iter().all(|offer| offer["availability"] == "soldOut")
        }),
        ("a waiting list", |event| any(event, "availability", "waitlist")),
        ("few places", |event| any(event, "availability", "limited")),
        ("a pre-sale", |event| any(event, "availability", "preSale")),
        ("a rate for students", |event| any(event, "audience", "student")),
        ("a rate for start-ups", |event| any(event, "audience", "startup")),
        ("taxes in", |event| {
            offers(event).iter().any(|offer| offer["taxIncluded"] == true)
        }),
        ("taxes out", |event| {
            offers(event).iter().any(|offer| offer["taxIncluded"] == false)
        }),
        ("a partner's event in US dollars", |event| any(event, "currency", "USD")),
        ("cancelled", |event| event["status"] == "cancelled"),
        ("postponed", |event| event["status"] == "postponed"),
        ("rescheduled", |event| {
            event["status"] == "rescheduled" && event["previousStart"].is_array()
        }),
        ("moved online", |event| event["status"] == "movedOnline"),
        ("a note on the status", |event| event["statusNote"].is_object()),
        ("all day", |event| text(event, "start").len() == 10),
        ("several days", |event| {
            !text(event, "end").is_empty() && text(event, "start").get(..10) != text(event, "end").get(..10)
        }),
        ("across a change of the clocks", |event| {
            let offset = |member| text(event, member).get(19..).filter(|offset| !offset.is_empty());
            offset("start")
                .zip(offset("end"))
                .is_some_and(|(start, end)| start != end)
        }),
        ("Gatineau and Ottawa", |event| {
            event["title"]["fr"]
                .as_str()
                .is_some_and(|title| title.contains("Gatineau–Ottawa"))
        }),
        ("Vancouver's time", |event| event["timeZone"] == "America/Vancouver"),
        ("Winnipeg's time", |event| event["timeZone"] == "America/Winnipeg"),
        ("online only", |event| {
            event["attendance"] == "online" && event.get("venue").is_none()
        }),
        ("hybrid", |event| event["attendance"] == "hybrid"),
        ("French alone", |event| event["title"].get("en").is_none()),
        ("English alone", |event| event["title"].get("fr").is_none()),
        ("long titles in both languages", |event| {
            title_length(event, "fr") > 120 && title_length(event, "en") > 120
        }),
        ("no venue yet", |event| {
            event["attendance"] == "inPerson" && event.get("venue").is_none()
        }),
        ("a town without a venue", |event| {
            let venue = &event["venue"];
            venue["locality"].is_string() && venue.get("name").is_none()
        }),
        ("registration that opens later", |event| {
            event["registration"]["opens"].is_string()
        }),
        ("registration that closes", |event| {
            event["registration"]["closes"].is_string()
        }),
        ("two ways to register", |event| {
            event["registration"]["alternatives"].is_array()
        }),
        ("one event of two sources", |event| {
            event["x-source"].as_array().is_some_and(|sources| sources.len() > 1)
        }),
        ("partners", |event| event["partners"].is_array()),
    ];

    #[test]
    fn the_example_holds_every_case_that_the_product_shows() {
        let events = built()["events"].as_array().expect("events");
        assert!(events.len() >= 40, "{} events", events.len());
        let missing: Vec<&str> = CASES
            .iter()
            .filter(|(_, shows)| !events.iter().any(shows))
            .map(|(name, _)| *name)
            .collect();
        assert!(missing.is_empty(), "no event shows: {missing:?}");
        for source in ["bioquebec", "lso", "partenaires"] {
            let from = |event: &&Value| event["x-source"].as_array().is_some_and(|ids| ids[0] == source);
            let count = events.iter().filter(from).count();
            assert!(count >= 10, "{count} events of {source}");
        }
        has_no_error(&built().to_string(), made());
    }

    #[test]
    fn whatever_the_week_it_is_accepted_whole_with_forty_events_to_come() {
        let text = built().to_string();
        let mut total = None;
        for days in (0..735).step_by(11) {
            let now = made() + SignedDuration::from_hours(24 * days);
            let shifted = shift(&text, now).expect("a feed");
            let reading = read(&shifted).expect("a feed");
            assert!(reading.problems.is_empty(), "{now}: {:?}", reading.problems);
            let events = &reading.feed.events;
            assert_eq!(*total.get_or_insert(events.len()), events.len());
            let to_come = events.iter().filter(|event| {
                let span = Span {
                    start: event.start,
                    end: event.end,
                };
                !span.is_past(instant(now))
            });
            assert!(to_come.count() >= 40, "{now}");
            has_no_error(&shifted, now);
        }
    }

    #[test]
    fn only_the_faults_of_the_demo_are_problems() {
        let text = feed(&root().join("target/test/demo")).expect("a feed");
        let whole = built()["events"].as_array().expect("events").len();
        let shifted = shift(&text, made() + SignedDuration::from_hours(24 * 100)).expect("a feed");
        let problems: Vec<String> = read(&shifted)
            .expect("a feed")
            .problems
            .iter()
            .map(ToString::to_string)
            .collect();
        let expected = [
            (0, "status: expected scheduled, cancelled, postponed, rescheduled or movedOnline, found \"toBeConfirmed\""),
            (1, "offers[0].price: expected a decimal such as \"25.00\", found \"25 $\""),
            (2, "start: expected a date such as \"2027-03-09\" or a time such as \"2027-03-09T17:00:00-05:00\", found \"2027-02-30\""),
        ]
        .map(|(fault, words)| format!("events[{}].{words}", whole + fault));
        assert_eq!(problems, expected);
    }
}

//! xtask: a feed as if it had been made this week, so that a demo is never a list of past events.

use anyhow::{Context, Result};
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde_json::Value;

/// Moves every date and time by the whole weeks that bring `generatedAt` into the week up to `now`. Weekdays and wall
/// clocks stay, offsets follow each event's zone. What is no date or time stays as it is.
pub fn shift(feed: &str, now: Timestamp) -> Result<String> {
    let mut document: Value = serde_json::from_str(feed)?;
    let made: Timestamp = document["generatedAt"]
        .as_str()
        .context("generatedAt: expected a time, found none")?
        .parse()?;
    let weeks = (now.as_second() - made.as_second()).div_euclid(7 * 86_400);
    let by = Span::new().try_weeks(weeks)?;
    let zone = zone_of(&document).unwrap_or(TimeZone::UTC);
    walk(&mut document, by, &zone);
    Ok(document.to_string())
}

fn zone_of(value: &Value) -> Option<TimeZone> {
    TimeZone::get(value.get("timeZone")?.as_str()?).ok()
}

fn walk(value: &mut Value, by: Span, zone: &TimeZone) {
    match value {
        Value::Object(members) => {
            let own = members
                .get("timeZone")
                .and_then(Value::as_str)
                .and_then(|name| TimeZone::get(name).ok());
            let zone = own.as_ref().unwrap_or(zone);
            for (name, member) in members.iter_mut() {
                // Ids may hold dates, and stay what they are.
                if name != "id" && name != "sameAs" {
                    walk(member, by, zone);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| walk(item, by, zone)),
        Value::String(text) => {
            if let Some(moved) = moved(text, by, zone) {
                *text = moved;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn moved(text: &str, by: Span, zone: &TimeZone) -> Option<String> {
    match text.len() {
        10 => Some(text.parse::<Date>().ok()?.checked_add(by).ok()?.to_string()),
        20 if text.ends_with('Z') => Some(format!("{}Z", wall_clock(text.get(..19)?, by)?)),
        25 => {
            let clock = wall_clock(text.get(..19)?, by)?;
            let offset = zone.to_ambiguous_zoned_datetime(clock).compatible().ok()?.offset();
            let seconds = offset.seconds();
            let sign = if seconds < 0 { '-' } else { '+' };
            let minutes = seconds.abs() / 60;
            Some(format!("{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60))
        }
        _ => None,
    }
}

fn wall_clock(text: &str, by: Span) -> Option<DateTime> {
    text.parse::<DateTime>().ok()?.checked_add(by).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A feed made on Monday, 23 November 2026, with one event, as it is on a day three weeks or more later.
    #[track_caller]
    fn event(members: &str, now: &str) -> Value {
        let feed = format!(
            r#"{{"generatedAt": "2026-11-23T12:00:00Z", "events": [{{"timeZone": "America/Toronto", {members}}}]}}"#
        );
        let shifted = shift(&feed, now.parse().expect("a time")).expect("a feed");
        let document: Value = serde_json::from_str(&shifted).expect("JSON");
        document["events"][0].clone()
    }

    #[test]
    fn weekdays_and_wall_clocks_stay_and_offsets_follow_the_zone() {
        let event = event(
            r#""start": "2027-03-09T17:00:00-05:00", "end": "2027-03-10""#,
            "2026-12-15T00:00:00Z",
        );
        assert_eq!(event["start"], "2027-03-30T17:00:00-04:00");
        assert_eq!(event["end"], "2027-03-31");
    }

    #[test]
    fn bounds_of_offers_and_earlier_starts_move_along() {
        let members = r#""offers": [{"validThrough": "2027-01-31T23:59:59-05:00"}], "previousStart": ["2026-12-03"],
            "registration": {"closes": "2026-12-31T17:00:00-05:00"}, "updatedAt": "2026-11-20T16:00:00Z""#;
        let event = event(members, "2026-12-01T00:00:00Z");
        assert_eq!(event["offers"][0]["validThrough"], "2027-02-07T23:59:59-05:00");
        assert_eq!(event["previousStart"][0], "2026-12-10");
        assert_eq!(event["registration"]["closes"], "2027-01-07T17:00:00-05:00");
        assert_eq!(event["updatedAt"], "2026-11-27T16:00:00Z");
    }

    #[test]
    fn ids_and_impossible_dates_stay() {
        let event = event(r#""id": "2026-12-03", "start": "2027-02-30""#, "2027-12-15T00:00:00Z");
        assert_eq!(
            (event["id"].as_str(), event["start"].as_str()),
            (Some("2026-12-03"), Some("2027-02-30"))
        );
    }

    #[test]
    fn a_feed_of_this_week_stays() {
        assert_eq!(
            event(r#""start": "2027-03-09""#, "2026-11-29T00:00:00Z")["start"],
            "2027-03-09"
        );
    }
}

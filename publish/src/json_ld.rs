//! Publish: the JSON-LD document of a whole feed.

use std::iter::once;

use joint_events_model::Feed;
use joint_events_model::json_ld::{FRAME, event};

/// A feed's events as one JSON-LD document with an `@graph`, each named in its first language. Its text can stand in a
/// `<script>` element.
///
/// ```
/// use joint_events_model::read::read;
/// use joint_events_publish::json_ld::document;
///
/// let feed = read(r#"{"format": "joint-events", "version": "1.0", "events": [{"id": "gala", "organizers": ["lso"],
///     "title": {"en": "</script>"}, "start": "2027-03-09", "timeZone": "America/Toronto"}]}"#)?.feed;
/// assert!(document(&feed).contains("\\u003c/script\\u003e"));
/// # Ok::<(), joint_events_model::read::ReadError>(())
/// ```
pub fn document(feed: &Feed) -> String {
    parts(feed).collect()
}

/// The [`document`] in parts, each made when it is asked for.
pub fn parts(feed: &Feed) -> impl Iterator<Item = String> + Send {
    let [begin, end] = FRAME.map(|part| once(part.to_owned()));
    let events = feed.events.iter().enumerate().map(|(place, one)| {
        let comma = if place > 0 { "," } else { "" };
        [comma, &event(one, feed, "")].concat()
    });
    begin.chain(events).chain(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use joint_events_model::read::read;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    proptest! {
        #[test]
        fn no_title_ends_the_script_and_each_comes_back(title in "[<>&/!a-z\"'\\\\\u{2028}\u{2029}\u{e9}-]{1,40}") {
            let feed = json!({"format": "joint-events", "version": "1.0", "events": [{"id": "x", "organizers": ["lso"],
                "title": {"en": title}, "start": "2027-03-09", "timeZone": "America/Toronto"}]});
            let Ok(reading) = read(&feed.to_string()) else {
                return Ok(());
            };
            let text = document(&reading.feed);
            prop_assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{}", text);
            let back: Value = serde_json::from_str(&text).unwrap();
            let title = reading.feed.events[0].title.values().next().unwrap();
            prop_assert_eq!(back["@graph"][0]["name"].as_str(), Some(title.as_str()));
        }
    }
}

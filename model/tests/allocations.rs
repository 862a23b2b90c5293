//! Model: how often memory is asked for, which is the same on any machine: what grows without a reason is seen here.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test that meets the unexpected ends"
)]

use std::fmt::Write;

use joint_events_model::read::read;
use joint_events_model::select::search::search;
use joint_events_model::select::{Facet, Filter, Index, Past};
use joint_events_model::time::Instant;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// A feed of so many events, one in Québec and one in Ontario in turn.
fn feed_of(count: usize) -> String {
    let mut events = String::new();
    for number in 0..count {
        let (province, day) = (if number % 2 == 0 { "CA-QC" } else { "CA-ON" }, 1 + number % 28);
        let comma = if number > 0 { "," } else { "" };
        write!(
            events,
            r#"{comma}{{"id": "event-{number}", "title": {{"fr": "Événement", "en": "Event"}}, "start": "2099-03-{day:02}T17:00:00-05:00",
            "timeZone": "America/Toronto", "organizers": ["lso"], "venue": {{"locality": "Town", "region": "{province}", "country": "CA"}},
            "offers": [{{"id": "m", "audience": "member", "memberOf": ["lso"], "price": "45.00"}},
                       {{"id": "n", "audience": "nonMember", "price": "85.00"}}]}}"#
        )
        .unwrap();
    }
    format!(
        r#"{{"format": "joint-events", "version": "1.0", "languages": ["fr", "en"],
        "associations": [{{"id": "lso", "name": {{"en": "Life Sciences Ontario"}}}}], "events": [{events}]}}"#
    )
}

/// How often memory was asked for in the meantime, and what was made: the least of a few times, since the thread that
/// waits for this one asks too, now and then.
fn asked<T>(make: impl Fn() -> T) -> (u64, T) {
    let once = || {
        let before = dhat::HeapStats::get().total_blocks;
        let made = make();
        (dhat::HeapStats::get().total_blocks - before, made)
    };
    (0..5).map(|_| once()).min_by_key(|(asked, _)| *asked).unwrap()
}

// One test in this file: what others ask for would count.
#[test]
fn what_is_asked_for_grows_by_a_number_for_each_event_and_a_choice_by_none() {
    let profiler = dhat::Profiler::builder().testing().build();
    let counts = [100, 1000].map(|count| {
        let text = feed_of(count);
        let (reading, feed) = asked(|| read(&text).unwrap().feed);
        assert_eq!(feed.events.len(), count);
        let (indexing, mut index) = asked(|| Index::new(&feed));
        let mut filter = Filter::default();
        filter.toggle(Facet::Province, "CA-QC");
        filter.search = "event".to_owned();
        search(&mut index, &feed, &filter.search);
        let (choosing, selection) = asked(|| index.select(&filter, Instant(0), Past::Hidden));
        assert_eq!(selection.events.len(), count / 2);
        [reading, indexing, choosing]
    });
    drop(profiler);
    // Reading, the index, a choice: 39 and 5 for each event, and for a choice what its list grows by.
    assert_eq!(counts, [[3948, 579, 21], [39069, 5079, 24]]);
}

//! Hostile: any octets as a source of the publisher's tool.

use std::sync::OnceLock;

use joint_events_model::Currency;
use joint_events_model::read::{is_id, read};
use joint_events_model::time::When;
use joint_events_publish::config::Config;
use joint_events_publish::draft::Drafts;
use joint_events_publish::import::{self, Format, Settings, decoded, import};
use joint_events_publish::overlay::Overlay;
use joint_events_publish::town::Towns;
use joint_events_publish::zone::Zone;
use joint_events_publish::{merge, write};
use serde_json::{Value, json};

use super::feed::NOW;

/// A table of events.
pub fn table(bytes: &[u8]) {
    source(bytes, Format::Csv);
}

/// iCalendar.
pub fn calendar(bytes: &[u8]) {
    source(bytes, Format::Ics);
}

/// The Events Calendar's answers.
pub fn the_events_calendar(bytes: &[u8]) {
    source(bytes, Format::Tribe);
    import::tribe::next_page(&decoded(bytes));
}

/// A page with JSON-LD, or JSON-LD alone.
pub fn page(bytes: &[u8]) {
    source(bytes, Format::JsonLd);
}

/// A table of prices, over events that its rows name.
pub fn prices(bytes: &[u8]) {
    let Ok((overlay, _)) = Overlay::of(&decoded(bytes), None) else {
        return;
    };
    let mut events = priced().events.clone();
    let before: Vec<String> = events.iter().map(|event| event.id().to_owned()).collect();
    overlay.apply(&mut events, Currency::CAD);
    assert_eq!(
        events.iter().map(|event| event.id().to_owned()).collect::<Vec<_>>(),
        before
    );
    is_read_back(&Drafts {
        events,
        ..Drafts::default()
    });
}

/// A configuration.
pub fn config(bytes: &[u8]) {
    match Config::of(&decoded(bytes)) {
        Ok(config) => {
            for mut draft in priced().events.clone() {
                merge::complete(&mut draft, &config, &Towns::default(), None);
            }
            merge::merge(&mut priced().events.clone(), &config);
        }
        Err(error) => assert!(error.to_string().starts_with("expected "), "{error}"),
    }
}

/// Events for prices, by the names that the corpus has.
fn priced() -> &'static Drafts {
    static EVENTS: OnceLock<Drafts> = OnceLock::new();
    EVENTS.get_or_init(|| {
        let rows = "id,title_en,start\ngala,Gala,2027-03-09 18:30\nforum,Forum,2027-06-01\n";
        import(rows.as_bytes(), Some(Format::Csv), &settings()).expect("a table")
    })
}

fn unconfigured() -> &'static Config {
    static CONFIG: OnceLock<Config> = OnceLock::new();
    CONFIG.get_or_init(|| Config::of("feed = \"header.json\"\nout = \"public\"\n").expect("a configuration"))
}

fn settings() -> Settings {
    Settings {
        organizer: Some("lso".to_owned()),
        time_zone: Zone::named("America/Toronto"),
        language: Some("en".to_owned()),
        ..Settings::at(NOW)
    }
}

/// Any octets are drafts that a reader of the feed keeps, or an error that says what was expected; the format that they
/// show is found without a fault.
fn source(bytes: &[u8], format: Format) {
    let _ = import(bytes, None, &settings());
    let drafts = match import(bytes, Some(format), &settings()) {
        Ok(drafts) => drafts,
        Err(error) => return assert!(error.to_string().starts_with("expected "), "{error}"),
    };
    for problem in &drafts.problems {
        assert!(!problem.expected.is_empty() && !problem.found.is_empty(), "{problem}");
    }
    for draft in &drafts.events {
        assert!(is_id(draft.id()), "{:?}", draft.event);
        let start = draft.event.get("start").and_then(Value::as_str);
        assert!(start.and_then(When::parse).is_some(), "{:?}", draft.event);
    }
    let mut drafts = drafts;
    for draft in &mut drafts.events {
        merge::complete(draft, unconfigured(), &Towns::default(), None);
    }
    is_read_back(&drafts);
}

/// What an importer made of a source, and found nothing grave in, the reader of the feed keeps.
fn is_read_back(drafts: &Drafts) {
    let good = drafts.events.iter().filter(|draft| !draft.faulty);
    let events: Vec<Value> = good.map(|draft| Value::Object(draft.event.clone())).collect();
    let count = events.len();
    let document = json!({"format": "joint-events", "version": "1.0", "associations": [{"id": "lso", "name": {"en": "LSO"}}],
        "events": events});
    let written = write::feed(&document);
    let reading = read(&written).unwrap_or_else(|error| panic!("{error}: {written}"));
    assert_eq!(
        (reading.feed.events.len(), reading.skipped),
        (count, 0),
        "{:?}: {written}",
        reading.problems
    );
}

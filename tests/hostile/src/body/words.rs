//! Hostile: the smallest entrances: a link, a time, a text.

use joint_events_model::link::Link;
use joint_events_model::read::is_id;
use joint_events_model::text::{DESCRIPTION, LABEL, PLACE, TITLE, clean_block, clean_line, fold};
use joint_events_model::time::{Date, DateTime, When};
use joint_events_model::{Currency, Money};
use joint_events_publish::import::date::{DateOrder, written};
use joint_events_publish::import::money::{Price, price};
use joint_events_publish::{ids, markup};
use url::Url;

/// A link that passes the gate is the one that a browser makes of it: `https:`, without user information.
pub fn link(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some(link) = Link::parse(&text) else { return };
    is_sound_link(&link);
    let browser = Url::parse(&text).unwrap_or_else(|error| panic!("{text:?} passed, a browser says: {error}"));
    assert_eq!(
        (browser.scheme(), browser.username(), browser.password()),
        ("https", "", None),
        "{text:?}"
    );
    let own = Url::parse(link.as_str()).expect("a link that passed");
    assert_eq!((own.host(), own.port()), (browser.host(), browser.port()), "{text:?}");
    // The crate that stands for the browser keeps `^`, which paths encode since 2023, and `/a:` or `/a|` before `/..`, as
    // if it were a drive in a `file:` URL.
    let seen = text.replace(['\t', '\n', '\r'], "");
    let is_drive = |part: &str| matches!(part.as_bytes(), [letter, b':' | b'|'] if letter.is_ascii_alphabetic());
    if !seen.split(['/', '\\', '?', '#']).any(is_drive) {
        let encoded = |url: &Url| url.as_str().replace('^', "%5E");
        assert_eq!(encoded(&own), encoded(&browser), "{text:?}");
    }
}

/// What holds of every link that passed.
pub fn is_sound_link(link: &Link) {
    let text = link.as_str();
    assert!(text.starts_with("https://") && text.len() <= 8192, "{text:?}");
    assert!(
        !text
            .chars()
            .any(|character| character.is_control() || matches!(character, ' ' | '"' | '<' | '>')),
        "{text:?}"
    );
    assert_eq!(Link::parse(text).as_ref(), Some(link), "written as it is read");
}

/// A time that is read is written so that it is read again, and stands in the order of its instants.
pub fn time(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Some(date) = Date::parse(&text) {
        assert_eq!(date.to_string(), text);
        assert_eq!(Date::from_days(date.days_since_epoch()), Some(date));
        assert!(date.next().is_none_or(|next| next > date));
    }
    if let Some(time) = DateTime::parse(&text) {
        assert_eq!(
            DateTime::parse(&time.to_string()).map(DateTime::instant),
            Some(time.instant())
        );
        assert!(time.instant() <= time.last_instant());
    }
    if let Some(when) = When::parse(&text) {
        assert_eq!(When::parse(&when.written()).map(When::date), Some(when.date()));
        assert_eq!(when.written(), when.to_string());
    }
    for order in [None, Some(DateOrder::Dmy)] {
        let _ = written(&text, order);
    }
}

/// A text is clean after it was cleaned, whatever it was, and folds to itself once it is folded.
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for limit in [1, 60, PLACE, LABEL, TITLE] {
        is_clean_line(&clean_line(&text, limit).0, limit);
    }
    is_clean_block(&clean_block(&text, DESCRIPTION).0);
    let folded = fold(&text);
    assert_eq!(fold(&folded), folded);
    let id = ids::id(&text);
    assert!(is_id(&id), "{text:?}: {id:?}");
    markup::plain(&text);
    if let Some(Price::Amount(money)) = price(&text, Currency::CAD) {
        let again = Money::parse(&money.decimal(), money.currency);
        assert_eq!(again, Some(money), "{text:?}");
    }
}

/// What holds of every line that was cleaned.
pub fn is_clean_line(line: &str, limit: usize) {
    is_seen(line);
    assert!(!line.contains(['\n', '\r', '\t', '\u{2028}', '\u{2029}']), "{line:?}");
    assert!(line.chars().count() <= limit + 1, "{line:?}: longer than {limit}");
    assert_eq!(clean_line(line, limit + 1), (line.to_owned(), false));
}

/// What holds of every text of paragraphs that was cleaned.
pub fn is_clean_block(block: &str) {
    is_seen(block);
    assert!(block.chars().count() <= DESCRIPTION + 1);
    assert_eq!(clean_block(block, DESCRIPTION + 1), (block.to_owned(), false));
}

/// No control, nothing that turns the direction of what stands beside it, nothing that hides.
fn is_seen(text: &str) {
    let hidden = text.chars().find(|character| {
        (character.is_control() && !matches!(character, '\n' | '\t'))
            || matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    });
    assert_eq!(hidden, None, "{text:?}");
}

//! Model: what a registration link tells the page behind it of where it stands: the `utm_…` parameters that analytics read.

use crate::link::Link;
use crate::text::{parted, split_off};

/// The parameters' names, in their order.
const NAMES: [&str; 3] = ["utm_source", "utm_medium", "utm_campaign"];

/// A link with the values of source, medium and campaign, percent-encoded, in its query; an empty one is left out, and so is one
/// that the link has already: who publishes it knows more. A link that would be too long stays as it is.
///
/// ```
/// use joint_events_model::{campaign::tagged, link::Link};
///
/// let link = Link::parse("https://example.org/register?utm_source=feed#form");
/// let link = link.map(|link| tagged(&link, &["site", "embed", ""].map(str::to_owned)).as_str().to_owned());
/// assert_eq!(link.as_deref(), Some("https://example.org/register?utm_source=feed&utm_medium=embed#form"));
/// ```
pub fn tagged(link: &Link, values: &[String; 3]) -> Link {
    let (address, fragment) = split_off(link.as_str(), b'#');
    let mut tagged = address.to_owned();
    for (name, value) in NAMES.iter().zip(values) {
        if value.is_empty() || has(address, name) {
            continue;
        }
        tagged.push(if tagged.contains('?') { '&' } else { '?' });
        for part in [name, "=", value] {
            tagged.push_str(part);
        }
    }
    if let Some(fragment) = fragment {
        tagged.push('#');
        tagged.push_str(fragment);
    }
    Link::parse(&tagged).unwrap_or_else(|| link.clone())
}

/// Whether an address has a parameter.
fn has(address: &str, name: &str) -> bool {
    let Some((_, query)) = parted(address, b'?') else {
        return false;
    };
    query
        .split('&')
        .any(|parameter| parameter.split('=').next() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn gives(address: &str, values: [&str; 3], expected: &str) {
        let link = Link::parse(address).unwrap();
        assert_eq!(tagged(&link, &values.map(str::to_owned)).as_str(), expected);
    }

    #[test]
    fn what_the_address_had_stays_before_what_is_added() {
        gives(
            "https://example.org",
            ["s", "", "c"],
            "https://example.org/?utm_source=s&utm_campaign=c",
        );
        gives(
            "https://example.org/a?b=%20#c",
            ["", "m", ""],
            "https://example.org/a?b=%20&utm_medium=m#c",
        );
        gives(
            "https://example.org/#/a?b",
            ["s", "", ""],
            "https://example.org/?utm_source=s#/a?b",
        );
    }

    #[test]
    fn nothing_asked_for_is_nothing_added() {
        gives("https://example.org/a?b#c", ["", "", ""], "https://example.org/a?b#c");
    }

    #[test]
    fn what_the_link_says_of_itself_is_not_said_again() {
        gives(
            "https://example.org/?utm_medium",
            ["s", "m", ""],
            "https://example.org/?utm_medium&utm_source=s",
        );
        gives(
            "https://example.org/?xutm_source=1",
            ["s", "", ""],
            "https://example.org/?xutm_source=1&utm_source=s",
        );
    }

    #[test]
    fn a_link_that_would_be_too_long_stays_as_it_is() {
        let long = format!("https://example.org/{}", "a".repeat(1970));
        gives(&long, ["source", "medium", "campaign"], &long);
    }
}

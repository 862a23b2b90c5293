//! Element (Rust): what came of a load: a feed, or why there is none. JavaScript asks for it (`feed.js`).

use joint_events_model::read::{ReadError, Reading, read};

/// Why there is no feed.
pub struct Failure {
    /// The HTTP number, or one of `network timeout format version`, as JSON text.
    pub status: String,
    /// What was expected and found.
    pub message: String,
}

/// The feed that octets are; what is no UTF-8 in them is replaced.
pub fn reading(octets: Vec<u8>) -> Result<Reading, Failure> {
    let text = String::from_utf8(octets).unwrap_or_else(|error| mended(error.as_bytes()));
    read(&text).map_err(|error| Failure {
        status: match error {
            ReadError::Format(_) => "\"format\"",
            ReadError::Version(_) => "\"version\"",
        }
        .to_owned(),
        message: error.problem().sentence(),
    })
}

/// Each run of octets that is no UTF-8 as one U+FFFD, as a browser does. A third of what std's own weighs.
fn mended(octets: &[u8]) -> String {
    let (mut text, mut rest) = (String::new(), octets);
    while let Err(error) = str::from_utf8(rest) {
        let (good, bad) = rest.split_at(error.valid_up_to());
        text.push_str(str::from_utf8(good).unwrap_or_default());
        text.push('\u{fffd}');
        rest = error
            .error_len()
            .and_then(|length| bad.get(length..))
            .unwrap_or_default();
    }
    text.push_str(str::from_utf8(rest).unwrap_or_default());
    text
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn octets_that_are_no_text_are_replaced_as_std_replaces_them() {
        for octets in [
            &b"caf\xe9 \xff\xfe!"[..],
            b"\xe2\x82",
            b"\xf0\x9f\x98",
            b"a\xc3",
            b"",
            b"\xed\xa0\x80z",
        ] {
            assert_eq!(mended(octets), String::from_utf8_lossy(octets));
        }
    }
}

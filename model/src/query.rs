//! Model: a selection in the query of a page's address (WHATWG URL, section 4.4), one parameter `prefix.name=value` for each
//! thing chosen.
//!
//! What they mean is the view's affair, which gives and takes lines: a name, a space and a value. A name alone is one of its
//! own that has no value: every other name, and all else in the address, is the page's, and stays as it is written.

use crate::link::push_value;
use crate::text::{parted, split_off};

/// How many parameters are read, and how many octets one may have.
const MOST: usize = 100;
const LONGEST: usize = 1000;

/// The lines of an address's parameters with a prefix, each once, in their order. What can't be read is left out: bad
/// escapes, more than 100 parameters, one of more than 1,000 octets.
///
/// ```
/// use joint_events_model::query::lines_of;
///
/// let address = "https://example.org/?je.province=CA-QC&page=2&je.q=caf%C3%A9+noir";
/// assert_eq!(lines_of(address, "je"), "province CA-QC\nq café noir");
/// ```
pub fn lines_of(address: &str, prefix: &str) -> String {
    let (_, query, _) = parts(address);
    let mut lines: Vec<String> = Vec::new();
    let mut rest = Some(query);
    while let Some(text) = rest {
        let (parameter, more) = split_off(text, b'&');
        rest = more;
        let Some((name, value)) = own(parameter, prefix) else {
            continue;
        };
        if parameter.len() > LONGEST || lines.len() == MOST {
            continue;
        }
        if let Some(value) = decoded(value) {
            let line = [name, " ", &value].concat();
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.join("\n")
}

/// An address whose query has these lines in place of those with the same names; they come after what stays.
///
/// ```
/// use joint_events_model::query::with_lines;
///
/// let address = with_lines("https://example.org/?page=2&je.theme=a#top", "je", "theme talent\nq");
/// assert_eq!(address, "https://example.org/?page=2&je.theme=talent#top");
/// ```
pub fn with_lines(address: &str, prefix: &str, lines: &str) -> String {
    let (page, query, fragment) = parts(address);
    let mut parameters: Vec<String> = Vec::new();
    let mut rest = Some(query).filter(|query| !query.is_empty());
    while let Some(text) = rest {
        let (parameter, more) = split_off(text, b'&');
        rest = more;
        let is_replaced = own(parameter, prefix).is_some_and(|(name, _)| names(lines, name));
        if !is_replaced {
            parameters.push(parameter.to_owned());
        }
    }
    let mut rest = Some(lines);
    while let Some(text) = rest {
        let (line, more) = split_off(text, b'\n');
        rest = more;
        if let Some((name, value)) = parted(line, b' ') {
            let mut parameter = [prefix, ".", name, "="].concat();
            push_value(&mut parameter, value);
            parameters.push(parameter);
        }
    }
    let mark = if parameters.is_empty() { "" } else { "?" };
    [page, mark, &parameters.join("&"), fragment].concat()
}

/// An address before its query, the query without its mark, and the fragment with it.
fn parts(address: &str) -> (&str, &str, &str) {
    let end = address.bytes().position(|byte| byte == b'#').unwrap_or(address.len());
    let (before, fragment) = address.split_at_checked(end).unwrap_or((address, ""));
    let (page, query) = split_off(before, b'?');
    (page, query.unwrap_or_default(), fragment)
}

/// The name after the prefix and its dot, and the value; `None` where the parameter has another prefix.
fn own<'a>(parameter: &'a str, prefix: &str) -> Option<(&'a str, &'a str)> {
    let rest = parameter.strip_prefix(prefix)?.strip_prefix(".")?;
    Some(parted(rest, b'=').unwrap_or((rest, "")))
}

/// Whether lines have a name.
fn names(lines: &str, name: &str) -> bool {
    let mut rest = Some(lines);
    while let Some(text) = rest {
        let (line, more) = split_off(text, b'\n');
        if split_off(line, b' ').0 == name {
            return true;
        }
        rest = more;
    }
    false
}

/// A value as it was meant (WHATWG URL, section 5.1), on one line; `None` for a bad escape, or what is no UTF-8.
fn decoded(value: &str) -> Option<String> {
    let mut octets = Vec::with_capacity(value.len());
    let mut bytes = value.bytes();
    while let Some(byte) = bytes.next() {
        octets.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut octet = 0;
                for _ in 0..2 {
                    octet = octet << 4 | char::from(bytes.next()?).to_digit(16)?;
                }
                u8::try_from(octet).ok()?
            }
            _ => byte,
        });
    }
    let mut line = String::new();
    let mut was_space = false;
    for character in String::from_utf8(octets).ok()?.chars() {
        let is_space = character.is_whitespace();
        if !is_space {
            line.push(character);
        } else if !was_space {
            line.push(' ');
        }
        was_space = is_space;
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PAGE: &str = "https://bioquebec.example/fr/evenements";

    /// All names that the view has, with what is chosen.
    fn lines(chosen: &[&str]) -> String {
        [&["province", "theme", "q"], chosen].concat().join("\n")
    }

    fn read(query: &str) -> String {
        lines_of(&format!("{PAGE}{query}#je.q=c"), "je")
    }

    fn written(rest: &str, chosen: &[&str]) -> String {
        let address = with_lines(&format!("{PAGE}{rest}"), "je", &lines(chosen));
        address.strip_prefix(PAGE).unwrap().to_owned()
    }

    #[test]
    fn parameters_with_the_prefix_become_lines_and_no_others() {
        assert_eq!(
            read("?je.province=CA-QC&page=2&je.theme=financing&x.theme=talent&JE.theme=a&jex.theme=b"),
            "province CA-QC\ntheme financing"
        );
        for query in ["", "?", "?&&", "?je", "?je=1", "?.q=1", "?je-q=1"] {
            assert_eq!(read(query), "", "{query}");
        }
    }

    #[test]
    fn escapes_and_plus_signs_are_read_and_white_space_is_one_space_so_that_no_value_makes_a_line() {
        assert_eq!(read("?je.q=caf%C3%A9+au%20lait"), "q café au lait");
        assert_eq!(read("?je.q=a%0Aprovince%20CA-QC%0D%0A%09b"), "q a province CA-QC b");
        assert_eq!(read("?je.q=a=b?c"), "q a=b?c");
        assert_eq!(read("?je.q"), "q ");
    }

    #[test]
    fn bad_escapes_what_is_too_long_what_comes_again_and_what_is_too_many_is_left_out() {
        assert_eq!(
            read("?je.q=%&je.q=%E9&je.q=%C3%28&je.q=%+1&je.theme=talent"),
            "theme talent"
        );
        assert_eq!(
            read(&format!("?je.q={}&je.theme=talent", "a".repeat(1000))),
            "theme talent"
        );
        assert_eq!(read("?je.theme=a&je.theme=a&je.theme=b"), "theme a\ntheme b");
        let many: Vec<String> = (0..50_000).map(|number| format!("je.theme={number}")).collect();
        assert_eq!(read(&format!("?{}", many.join("&"))).split('\n').count(), 100);
    }

    #[test]
    fn a_selection_is_added_after_all_that_was_there_as_it_was_written() {
        let others = "a=%c3%a9+b&&=&c=d%20e&flag&je=1&x.theme=a&je.other=é";
        assert_eq!(
            written(
                &format!("?{others}#sec%74ion?"),
                &["province CA-QC", "province CA-ON", "q cœur & co"]
            ),
            format!("?{others}&je.province=CA-QC&je.province=CA-ON&je.q=c%C5%93ur%20%26%20co#sec%74ion?")
        );
        assert_eq!(written("", &["theme talent"]), "?je.theme=talent");
        assert_eq!(written("#a?b", &["theme talent"]), "?je.theme=talent#a?b");
        assert_eq!(written("?#a", &["theme talent"]), "?je.theme=talent#a");
    }

    #[test]
    fn what_the_view_has_no_name_for_stays_and_what_it_has_is_replaced_or_taken_away() {
        let address = "?je.theme=a&b=1&je.province=CA-QC&je.theme=c&je.locked=d#e";
        assert_eq!(
            written(address, &["theme talent"]),
            "?b=1&je.locked=d&je.theme=talent#e"
        );
        assert_eq!(written(address, &[]), "?b=1&je.locked=d#e");
        assert_eq!(written("?je.theme=a&je.q=%", &[]), "");
        assert_eq!(with_lines("a?je.theme=a", "other", &lines(&[])), "a?je.theme=a");
    }

    #[test]
    fn a_name_with_an_empty_value_is_written() {
        assert_eq!(written("", &["q "]), "?je.q=");
    }

    proptest! {
        #[test]
        fn what_was_written_is_read_again_and_all_else_stays(words in "\\PC{1,20}", others in "[a-z=&%.+é?]{0,20}") {
            let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
            let page = format!("{PAGE}?{others}");
            let address = with_lines(&page, "x-y", &lines(&[&format!("q {words}")]));
            prop_assert_eq!(lines_of(&address, "x-y"), format!("q {words}"));
            let back = with_lines(&address, "x-y", &lines(&[]));
            prop_assert_eq!(back.trim_end_matches('?'), page.trim_end_matches('?'));
        }
    }
}

//! Model: feed text made clean, and folded for search (feed.md, "Reading it", 5 and 6).

mod folding;

use std::str::Chars;

pub use folding::fold;
pub(crate) use folding::{holds, push_folded};

/// Longest title, in Unicode scalar values.
pub const TITLE: usize = 300;
/// Longest part of a place's name or address, in Unicode scalar values.
pub const PLACE: usize = 200;
/// Longest label or name of anything else that stands on one line, in Unicode scalar values.
pub const LABEL: usize = 300;
/// Longest text of paragraphs, in Unicode scalar values.
pub const DESCRIPTION: usize = 4000;

/// Most combining marks in a row: those past it are piled up to be seen, not read.
const MOST_MARKS: usize = 8;

/// A one-line text: without what can't be seen, white space folded to single spaces, trimmed, and cut to `limit`
/// Unicode scalar values and "…". Tells also whether it was cut.
///
/// No-break spaces stay: `495 $` is typography.
///
/// ```
/// use joint_events_model::text::clean_line;
///
/// assert_eq!(clean_line(" Gala\n\tannuel\u{202e} ", 300), ("Gala annuel".to_owned(), false));
/// assert_eq!(clean_line("Gala", 3), ("Gal…".to_owned(), true));
/// ```
pub fn clean_line(text: &str, limit: usize) -> (String, bool) {
    let mut kept = String::with_capacity(text.len());
    for character in Seen::of(text) {
        let folds = character.is_whitespace() && !matches!(character, '\u{a0}' | '\u{202f}');
        if !folds {
            push_inner(&mut kept, character);
        } else if !kept.ends_with(' ') {
            push_inner(&mut kept, ' ');
        }
    }
    cut(kept, limit)
}

/// A text of paragraphs: without what can't be seen, line ends as line feeds, trimmed, and cut to `limit` Unicode
/// scalar values and "…". Tells also whether it was cut.
pub fn clean_block(text: &str, limit: usize) -> (String, bool) {
    let mut kept = String::with_capacity(text.len());
    for character in Seen::of(text) {
        push_inner(&mut kept, character);
    }
    cut(kept, limit)
}

/// Adds a character, unless it is white space at the start.
fn push_inner(kept: &mut String, character: char) {
    if !kept.is_empty() || !character.is_whitespace() {
        kept.push(character);
    }
}

/// The characters that may be shown: no control, no zero-width, no direction mark, no pile of combining marks, and
/// every line end as a line feed.
struct Seen<'a> {
    rest: Chars<'a>,
    /// How many combining marks stand in a row.
    marks: usize,
}

impl<'a> Seen<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text.chars(),
            marks: 0,
        }
    }
}

impl Iterator for Seen<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let character = self.rest.next()?;
            if character == '\r' {
                let mut ahead = self.rest.clone();
                if ahead.next() == Some('\n') {
                    self.rest = ahead;
                }
                self.marks = 0;
                return Some('\n');
            }
            // What is taken out first can't part a pile of marks.
            if is_unseen(character) {
                continue;
            }
            self.marks = if is_mark(character) {
                self.marks.wrapping_add(1)
            } else {
                0
            };
            if self.marks <= MOST_MARKS {
                return Some(character);
            }
        }
    }
}

fn is_unseen(character: char) -> bool {
    // Of Unicode's 66 noncharacters (23.7) HTML takes none.
    u32::from(character) & 0xfffe == 0xfffe
        || (character.is_control() && !matches!(character, '\t' | '\n'))
        || matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fdd0}'..='\u{fdef}')
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// A text without white space at its end, and with "…" in place of what is past its limit.
fn cut(mut kept: String, limit: usize) -> (String, bool) {
    while kept.ends_with(char::is_whitespace) {
        kept.pop();
    }
    let end = first_of(&kept, limit).len();
    let is_cut = end < kept.len();
    if is_cut {
        kept.truncate(end);
        kept.push('…');
    }
    (kept, is_cut)
}

/// The first so many characters of a text.
pub(crate) fn first_of(text: &str, most: usize) -> &str {
    let mut rest = text.chars();
    for _ in 0..most.min(text.len()) {
        rest.next();
    }
    text.strip_suffix(rest.as_str()).unwrap_or(text)
}

/// What stands before and after the first of an ASCII mark.
///
/// ```
/// assert_eq!(joint_events_model::text::parted("fr-CA", b'-'), Some(("fr", "CA")));
/// ```
pub fn parted(text: &str, mark: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == mark)?;
    Some((text.get(..place)?, text.get(place.wrapping_add(1)..)?))
}

/// What stands before the first of an ASCII mark, which may be all, and what stands after it, if there is one: the first of
/// several parts. In place of `str::split`, whose search is the larger by 400 octets with brotli.
///
/// ```
/// assert_eq!(joint_events_model::text::split_off("a b c", b' '), ("a", Some("b c")));
/// assert_eq!(joint_events_model::text::split_off("a", b' '), ("a", None));
/// ```
pub fn split_off(text: &str, mark: u8) -> (&str, Option<&str>) {
    parted(text, mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn line(text: &str) -> String {
        clean_line(text, TITLE).0
    }

    #[test]
    fn a_line_is_one_line() {
        assert_eq!(line("  Gala \r\n\t\u{2028} annuel\u{85}  "), "Gala annuel");
    }

    #[test]
    fn no_break_spaces_are_typography_inside_a_line_and_nothing_at_its_ends() {
        assert_eq!(line("\u{a0}495\u{a0}$\u{202f}: oui\u{a0}"), "495\u{a0}$\u{202f}: oui");
    }

    #[test]
    fn unseen_characters_go() {
        let unseen = "\u{0}\u{1b}\u{7f}\u{9f}\u{61c}\u{200b}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}\u{fdd0}\u{fffe}\u{10ffff}";
        assert_eq!(line(&format!("a{unseen}b")), "ab");
        assert_eq!(line("👩\u{200d}🔬"), "👩\u{200d}🔬", "a joiner is part of its emoji");
    }

    #[test]
    fn a_block_keeps_its_paragraphs_and_tabs() {
        assert_eq!(clean_block(" a\r\n\r\nb\rc\td\u{0} ", 100).0, "a\n\nb\nc\td");
    }

    #[test]
    fn the_ninth_combining_mark_in_a_row_goes_and_the_eighth_stays() {
        assert_eq!(
            line(&format!("e{}x", "\u{301}".repeat(20))),
            format!("e{}x", "\u{301}".repeat(8))
        );
    }

    #[test]
    fn a_pile_of_marks_is_one_pile_whatever_unseen_parts_it() {
        let marks = "\u{301}".repeat(8);
        assert_eq!(line(&format!("e{marks}\u{200b}{marks}")), format!("e{marks}"));
    }

    #[test]
    fn a_long_text_is_cut_by_characters_not_octets() {
        assert_eq!(
            clean_line(&"é".repeat(301), TITLE),
            (format!("{}…", "é".repeat(300)), true)
        );
        assert_eq!(clean_line(&"é".repeat(300), TITLE), ("é".repeat(300), false));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,30}|[\u{0}-\u{a0}e\u{301}\u{200b}\u{2028}\u{feff}]{0,60}") {
            let (line, _) = clean_line(&text, TITLE);
            prop_assert_eq!(clean_line(&line, TITLE), (line, false));
            let (block, _) = clean_block(&text, DESCRIPTION);
            prop_assert_eq!(clean_block(&block, DESCRIPTION), (block, false));
        }
    }
}

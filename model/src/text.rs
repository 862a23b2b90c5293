//! Model: feed text made clean, and folded for search (feed.md, "Reading it", 5 and 6).

use std::str::Chars;

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
                self.marks.saturating_add(1)
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
    (character.is_control() && !matches!(character, '\t' | '\n'))
        || matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}')
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

/// Whether a part of a text is another one. What `str::contains` brings for texts that repeat themselves weighs more
/// than all the rest of the search.
pub(crate) fn holds(text: &str, part: &str) -> bool {
    let Some((first, others)) = part.as_bytes().split_first() else {
        return true;
    };
    let mut rest = text.as_bytes().iter();
    while rest.any(|byte| byte == first) {
        if rest.as_slice().starts_with(others) {
            return true;
        }
    }
    false
}

/// What stands before and after the first of an ASCII mark.
pub(crate) fn parted(text: &str, mark: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == mark)?;
    Some((text.get(..place)?, text.get(place.saturating_add(1)..)?))
}

/// The text as search compares it: lower case, without accents, `œ` as `oe`, every apostrophe as `'`.
///
/// ```
/// assert_eq!(joint_events_model::text::fold("L’Œuvre à Montréal"), "l'oeuvre a montreal");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    push_folded(&mut folded, text);
    folded
}

/// Adds a text as search compares it.
pub(crate) fn push_folded(folded: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            ascii if ascii.is_ascii() => folded.push(ascii.to_ascii_lowercase()),
            mark if is_mark(mark) => {}
            '’' | '‘' | 'ʼ' => folded.push('\''),
            other => {
                let letter = lower_case(other);
                match base(letter) {
                    Some(letters) => folded.push_str(letters),
                    None => folded.push(letter),
                }
            }
        }
    }
}

/// What Latin letters are without their accents and in lower case, from U+00C0 and from U+1E00 on: `A`, `O`, `S` and
/// `T` are `ae`, `oe`, `ss` and `th`, and what a point stands for keeps what it is.
const BASES: [(u32, &str); 2] = [
    (
        0xc0,
        "aaaaaaAceeeeiiiidnooooo.ouuuuyTSaaaaaaAceeeeiiiidnooooo.ouuuuyTy\
        aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.lllllll\
        lllnnnnnnn..ooooooOOrrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
        ................................oo.............uu...............\
        .............aaiioouuuuuuuuuu.aaaaAA..ggkkoooo..j...gg..nnaaAAoo\
        aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy",
    ),
    (
        0x1e00,
        "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
        mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
        wwwwwwwwwwxxxxyyzzzzzzhtwyas..S.aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
        eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy",
    ),
];

fn base(letter: char) -> Option<&'static str> {
    BASES.iter().find_map(|(first, letters)| {
        let place = u32::from(letter).checked_sub(*first)?;
        let place = usize::try_from(place).ok()?;
        match letters.get(place..place.saturating_add(1))? {
            "A" => Some("ae"),
            "O" => Some("oe"),
            "S" => Some("ss"),
            "T" => Some("th"),
            base => Some(base).filter(|base| *base != "."),
        }
    })
}

/// Letters with another in lower case: the first and the last of a row, and how far their lower case is from them.
///
/// Where it stands right beside, every other letter of the row has one. Those of `BASES` are left out, and so are
/// scripts that no living language is written in.
const CASES: &[(u16, u16, u16)] = &[
    run('Ĳ', 'Ĳ', 'ĳ'),
    run('Ŋ', 'Ŋ', 'ŋ'),
    run('Ɓ', 'Ɓ', 'ɓ'),
    run('Ƃ', 'Ƅ', 'ƃ'),
    run('Ɔ', 'Ɔ', 'ɔ'),
    run('Ƈ', 'Ƈ', 'ƈ'),
    run('Ɖ', 'Ɗ', 'ɖ'),
    run('Ƌ', 'Ƌ', 'ƌ'),
    run('Ǝ', 'Ǝ', 'ǝ'),
    run('Ə', 'Ə', 'ə'),
    run('Ɛ', 'Ɛ', 'ɛ'),
    run('Ƒ', 'Ƒ', 'ƒ'),
    run('Ɠ', 'Ɠ', 'ɠ'),
    run('Ɣ', 'Ɣ', 'ɣ'),
    run('Ɩ', 'Ɩ', 'ɩ'),
    run('Ɨ', 'Ɨ', 'ɨ'),
    run('Ƙ', 'Ƙ', 'ƙ'),
    run('Ɯ', 'Ɯ', 'ɯ'),
    run('Ɲ', 'Ɲ', 'ɲ'),
    run('Ɵ', 'Ɵ', 'ɵ'),
    run('Ƣ', 'Ƥ', 'ƣ'),
    run('Ʀ', 'Ʀ', 'ʀ'),
    run('Ƨ', 'Ƨ', 'ƨ'),
    run('Ʃ', 'Ʃ', 'ʃ'),
    run('Ƭ', 'Ƭ', 'ƭ'),
    run('Ʈ', 'Ʈ', 'ʈ'),
    run('Ʊ', 'Ʋ', 'ʊ'),
    run('Ƴ', 'Ƶ', 'ƴ'),
    run('Ʒ', 'Ʒ', 'ʒ'),
    run('Ƹ', 'Ƹ', 'ƹ'),
    run('Ƽ', 'Ƽ', 'ƽ'),
    run('Ǆ', 'Ǆ', 'ǆ'),
    run('ǅ', 'ǅ', 'ǆ'),
    run('Ǉ', 'Ǉ', 'ǉ'),
    run('ǈ', 'ǈ', 'ǉ'),
    run('Ǌ', 'Ǌ', 'ǌ'),
    run('ǋ', 'ǋ', 'ǌ'),
    run('Ǥ', 'Ǥ', 'ǥ'),
    run('Ǯ', 'Ǯ', 'ʒ'),
    run('ǯ', 'ǯ', 'ʒ'),
    run('Ǳ', 'Ǳ', 'ǳ'),
    run('ǲ', 'ǲ', 'ǳ'),
    run('Ƕ', 'Ƕ', 'ƕ'),
    run('Ƿ', 'Ƿ', 'ƿ'),
    run('Ȝ', 'Ȝ', 'ȝ'),
    run('Ƞ', 'Ƞ', 'ƞ'),
    run('Ȣ', 'Ȥ', 'ȣ'),
    run('Ⱥ', 'Ⱥ', 'ⱥ'),
    run('Ȼ', 'Ȼ', 'ȼ'),
    run('Ƚ', 'Ƚ', 'ƚ'),
    run('Ⱦ', 'Ⱦ', 'ⱦ'),
    run('Ɂ', 'Ɂ', 'ɂ'),
    run('Ƀ', 'Ƀ', 'ƀ'),
    run('Ʉ', 'Ʉ', 'ʉ'),
    run('Ʌ', 'Ʌ', 'ʌ'),
    run('Ɇ', 'Ɏ', 'ɇ'),
    run('Ͱ', 'Ͳ', 'ͱ'),
    run('Ͷ', 'Ͷ', 'ͷ'),
    run('Ϳ', 'Ϳ', 'ϳ'),
    run('Ά', 'Ά', 'ά'),
    run('Έ', 'Ί', 'έ'),
    run('Ό', 'Ό', 'ό'),
    run('Ύ', 'Ώ', 'ύ'),
    run('Α', 'Ρ', 'α'),
    run('Σ', 'Ϋ', 'σ'),
    run('Ϗ', 'Ϗ', 'ϗ'),
    run('Ϙ', 'Ϯ', 'ϙ'),
    run('ϴ', 'ϴ', 'θ'),
    run('Ϸ', 'Ϸ', 'ϸ'),
    run('Ϲ', 'Ϲ', 'ϲ'),
    run('Ϻ', 'Ϻ', 'ϻ'),
    run('Ͻ', 'Ͽ', 'ͻ'),
    run('Ѐ', 'Џ', 'ѐ'),
    run('А', 'Я', 'а'),
    run('Ѡ', 'Ҁ', 'ѡ'),
    run('Ҋ', 'Ҿ', 'ҋ'),
    run('Ӏ', 'Ӏ', 'ӏ'),
    run('Ӂ', 'Ӎ', 'ӂ'),
    run('Ӑ', 'Ԯ', 'ӑ'),
    run('Ա', 'Ֆ', 'ա'),
    run('Ꭰ', 'Ꮿ', 'ꭰ'),
    run('Ᏸ', 'Ᏽ', 'ᏸ'),
    run('Ა', 'Ჺ', 'ა'),
    run('Ჽ', 'Ჿ', 'ჽ'),
    run('Ỻ', 'Ỿ', 'ỻ'),
    run('Ἀ', 'Ἇ', 'ἀ'),
    run('Ἐ', 'Ἕ', 'ἐ'),
    run('Ἠ', 'Ἧ', 'ἠ'),
    run('Ἰ', 'Ἷ', 'ἰ'),
    run('Ὀ', 'Ὅ', 'ὀ'),
    run('Ὑ', 'Ὑ', 'ὑ'),
    run('Ὓ', 'Ὓ', 'ὓ'),
    run('Ὕ', 'Ὕ', 'ὕ'),
    run('Ὗ', 'Ὗ', 'ὗ'),
    run('Ὠ', 'Ὧ', 'ὠ'),
    run('ᾈ', 'ᾏ', 'ᾀ'),
    run('ᾘ', 'ᾟ', 'ᾐ'),
    run('ᾨ', 'ᾯ', 'ᾠ'),
    run('Ᾰ', 'Ᾱ', 'ᾰ'),
    run('Ὰ', 'Ά', 'ὰ'),
    run('ᾼ', 'ᾼ', 'ᾳ'),
    run('Ὲ', 'Ή', 'ὲ'),
    run('ῌ', 'ῌ', 'ῃ'),
    run('Ῐ', 'Ῑ', 'ῐ'),
    run('Ὶ', 'Ί', 'ὶ'),
    run('Ῠ', 'Ῡ', 'ῠ'),
    run('Ὺ', 'Ύ', 'ὺ'),
    run('Ῥ', 'Ῥ', 'ῥ'),
    run('Ὸ', 'Ό', 'ὸ'),
    run('Ὼ', 'Ώ', 'ὼ'),
    run('ῼ', 'ῼ', 'ῳ'),
    run('Ω', 'Ω', 'ω'),
    run('K', 'K', 'k'),
    run('Å', 'Å', 'å'),
    run('Ⅰ', 'Ⅿ', 'ⅰ'),
    run('Ⓐ', 'Ⓩ', 'ⓐ'),
    run('Ａ', 'Ｚ', 'ａ'),
];

const fn run(first: char, last: char, lower: char) -> (u16, u16, u16) {
    (first as u16, last as u16, (lower as u16).wrapping_sub(first as u16))
}

/// The lower case of a letter: what Unicode has for Latin, Greek, Cyrillic, Armenian, Georgian and Cherokee, whose
/// letters the tables of `char::to_lowercase` follow by ten kilobytes of others.
fn lower_case(letter: char) -> char {
    let Ok(code) = u16::try_from(u32::from(letter)) else {
        return letter;
    };
    let place = CASES.partition_point(|(_, last, _)| *last < code);
    match CASES.get(place) {
        Some((first, _, distance)) if *first <= code && (*distance != 1 || (code ^ *first) & 1 == 0) => {
            char::from_u32(u32::from(code.wrapping_add(*distance))).unwrap_or(letter)
        }
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

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
        let unseen = "\u{0}\u{1b}\u{7f}\u{9f}\u{61c}\u{200b}\u{200e}\u{200f}\u{202a}\u{202e}\u{2066}\u{2069}\u{feff}";
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

    #[test]
    fn search_folds_accents_ligatures_and_apostrophes() {
        assert_eq!(
            fold("Œuvre, ÆTHER, Straße, Ørsted, Łódź, L’été, L'ÉTÉ, Tiếng"),
            "oeuvre, aether, strasse, orsted, lodz, l'ete, l'ete, tieng"
        );
    }

    #[test]
    fn the_table_agrees_with_unicode_wherever_a_letter_decomposes_to_a_latin_one() {
        for character in ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}') {
            let bare: String = character
                .nfd()
                .filter(|part| !is_mark(*part))
                .flat_map(char::to_lowercase)
                .collect();
            if bare.chars().all(|part| part.is_ascii_alphabetic()) {
                assert_eq!(fold(&character.to_string()), bare, "{character}");
            }
            let decomposed: String = character.nfd().collect();
            assert_eq!(fold(&character.to_string()), fold(&decomposed), "{character}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}|[À-ÿĀ-ɏḀ-ỿ\u{300}-\u{36f}a-z’]{0,40}") {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn latin_text_folds_alike_composed_and_decomposed(text in "[ -~À-ɏḀ-ỿ\u{300}-\u{30f}’]{0,20}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(fold(&composed), fold(&decomposed));
        }

        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,30}|[\u{0}-\u{a0}e\u{301}\u{200b}\u{2028}\u{feff}]{0,60}") {
            let (line, _) = clean_line(&text, TITLE);
            prop_assert_eq!(clean_line(&line, TITLE), (line, false));
            let (block, _) = clean_block(&text, DESCRIPTION);
            prop_assert_eq!(clean_block(&block, DESCRIPTION), (block, false));
        }
    }
}

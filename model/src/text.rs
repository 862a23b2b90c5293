//! Model: feed text made clean, and folded for search (feed.md, "Reading it", 5 and 6).

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
    for character in seen(text) {
        match character {
            '\u{a0}' | '\u{202f}' => kept.push(character),
            space if space.is_whitespace() && kept.ends_with(' ') => {}
            space if space.is_whitespace() => kept.push(' '),
            other => kept.push(other),
        }
    }
    cut(kept.trim(), limit)
}

/// A text of paragraphs: without what can't be seen, line ends as line feeds, trimmed, and cut to `limit` Unicode
/// scalar values and "…". Tells also whether it was cut.
pub fn clean_block(text: &str, limit: usize) -> (String, bool) {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = seen(&lines).collect();
    cut(kept.trim(), limit)
}

/// The characters that may be shown: no control, no zero-width, no direction mark, no pile of combining marks.
fn seen(text: &str) -> impl Iterator<Item = char> {
    let mut marks = 0_usize;
    // What is taken out first can't part a pile of marks.
    let kept = text.chars().filter(|character| !is_unseen(*character));
    kept.filter(move |character| {
        marks = if is_mark(*character) {
            marks.saturating_add(1)
        } else {
            0
        };
        marks <= MOST_MARKS
    })
}

fn is_unseen(character: char) -> bool {
    // Carriage return is white space on one line and a line end in a block, never itself.
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r'))
        || matches!(character, '\u{61c}' | '\u{200b}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn cut(text: &str, limit: usize) -> (String, bool) {
    match text.char_indices().nth(limit).and_then(|(end, _)| text.get(..end)) {
        Some(short) => (format!("{short}…"), true),
        None => (text.to_owned(), false),
    }
}

/// The text as search compares it: lower case, without accents, `œ` as `oe`, every apostrophe as `'`.
///
/// ```
/// assert_eq!(joint_events_model::text::fold("L’Œuvre à Montréal"), "l'oeuvre a montreal");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            ascii if ascii.is_ascii() => folded.push(ascii.to_ascii_lowercase()),
            mark if is_mark(mark) => {}
            '’' | '‘' | 'ʼ' => folded.push('\''),
            other => {
                for lower in other.to_lowercase().filter(|lower| !is_mark(*lower)) {
                    match base(lower) {
                        Some(letters) => folded.push_str(letters),
                        None => folded.push(lower),
                    }
                }
            }
        }
    }
    folded
}

/// Runs of lower-case letters that lose their accents; those that stand between them keep what they are.
const ACCENTED: &[(&str, &str)] = &[
    ("àáâãäåāăąǎǟǡǻȁȃȧḁẚạảấầẩẫậắằẳẵặ", "a"),
    ("ḃḅḇ", "b"),
    ("çćĉċčḉ", "c"),
    ("ďđðḋḍḏḑḓ", "d"),
    ("èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ", "e"),
    ("ḟ", "f"),
    ("ĝğġģǧǵḡ", "g"),
    ("ĥħȟḣḥḧḩḫẖ", "h"),
    ("ìíîïĩīĭįıǐȉȋḭḯỉị", "i"),
    ("ĵǰ", "j"),
    ("ķǩḱḳḵ", "k"),
    ("ĺļľŀłḷḹḻḽ", "l"),
    ("ḿṁṃ", "m"),
    ("ñńņňŉǹṅṇṉṋ", "n"),
    ("òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ", "o"),
    ("ṕṗ", "p"),
    ("ŕŗřȑȓṙṛṝṟ", "r"),
    ("śŝşšșſṡṣṥṧṩẛ", "s"),
    ("ţťŧțṫṭṯṱẗ", "t"),
    ("ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự", "u"),
    ("ṽṿ", "v"),
    ("ŵẁẃẅẇẉẘ", "w"),
    ("ẋẍ", "x"),
    ("ýÿŷȳẏẙỳỵỷỹ", "y"),
    ("źżžẑẓẕ", "z"),
    ("æǽǣ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
    ("ǯ", "ʒ"),
];

fn base(letter: char) -> Option<&'static str> {
    // No other script has letters in the table: most of a text in one is told apart by its place alone.
    if !matches!(letter, '\u{df}'..='\u{233}' | '\u{1e00}'..='\u{1eff}') {
        return None;
    }
    ACCENTED
        .iter()
        .find(|(letters, _)| letters.contains(letter))
        .map(|(_, base)| *base)
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

//! Model: text as search compares it, so that `ETE` finds `Été`.

use super::is_mark;

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
        match letters.get(place..place.wrapping_add(1))? {
            "A" => Some("ae"),
            "O" => Some("oe"),
            "S" => Some("ss"),
            "T" => Some("th"),
            base => Some(base).filter(|base| *base != "."),
        }
    })
}

/// Letters with another in lower case, three for each row of them in the order of Unicode: the first, the last, and the lower case
/// of the first, from which that of all is as far.
///
/// Where it stands right beside, every other letter of the row has one. A text comes later with what reads it, as a list does not. Left out are those of `BASES`, what lies beyond
/// U+FFFF, Latin Extended-C and -D, Coptic, Glagolitic and the old Georgian capitals.
const CASES: &str = "\
    ĲĲĳŊŊŋƁƁɓƂƄƃƆƆɔƇƇƈƉƊɖƋƋƌƎƎǝƏƏəƐƐɛƑƑƒƓƓɠƔƔɣƖƖɩƗƗɨƘƘƙƜƜɯƝƝɲƟƟɵƢƤƣƦƦʀƧƧƨƩƩʃƬƬƭ\
    ƮƮʈƱƲʊƳƵƴƷƷʒƸƸƹƼƼƽǄǄǆǅǅǆǇǇǉǈǈǉǊǊǌǋǋǌǤǤǥǮǮʒǯǯʒǱǱǳǲǲǳǶǶƕǷǷƿȜȜȝȠȠƞȢȤȣȺȺⱥȻȻȼȽȽƚ\
    ȾȾⱦɁɁɂɃɃƀɄɄʉɅɅʌɆɎɇͰͲͱͶͶͷͿͿϳΆΆάΈΊέΌΌόΎΏύΑΡαΣΫσϏϏϗϘϮϙϴϴθϷϷϸϹϹϲϺϺϻϽϿͻЀЏѐАЯаѠҀѡ\
    ҊҾҋӀӀӏӁӍӂӐԮӑԱՖաᎠᏯꭰᏰᏵᏸᲐᲺაᲽᲿჽỺỾỻἈἏἀἘἝἐἨἯἠἸἿἰὈὍὀὙὙὑὛὛὓὝὝὕὟὟὗὨὯὠᾈᾏᾀᾘᾟᾐᾨᾯᾠᾸᾹᾰᾺΆὰ\
    ᾼᾼᾳῈΉὲῌῌῃῘῙῐῚΊὶῨῩῠῪΎὺῬῬῥῸΌὸῺΏὼῼῼῳΩΩωKKkÅÅåⅠⅯⅰⒶⓏⓐＡＺａ";

/// The lower case of a letter: what Unicode has for Latin, Greek, Cyrillic, Armenian, Georgian and Cherokee, whose
/// letters the tables of `char::to_lowercase` follow by ten kilobytes of others.
fn lower_case(letter: char) -> char {
    let mut rows = CASES.chars();
    while let (Some(first), Some(last), Some(lower)) = (rows.next(), rows.next(), rows.next()) {
        if letter > last {
            continue;
        }
        let (code, first, lower) = (u32::from(letter), u32::from(first), u32::from(lower));
        let distance = lower.wrapping_sub(first);
        if code < first || (distance == 1 && (code ^ first) & 1 == 1) {
            return letter;
        }
        return char::from_u32(code.wrapping_add(distance)).unwrap_or(letter);
    }
    letter
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

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

    #[test]
    fn capitals_of_living_scripts_have_the_lower_case_of_unicode() {
        let blocks = [
            ('\u{c0}', '\u{24f}'),
            ('Ͱ', '֏'),
            ('Ꭰ', 'ᏽ'),
            ('Ა', 'Ჿ'),
            ('\u{1e00}', '\u{1fff}'),
            ('Ａ', 'ｚ'),
        ];
        for character in blocks.into_iter().flat_map(|(first, last)| first..=last) {
            let lower: String = character.to_lowercase().collect();
            assert_eq!(fold(&character.to_string()), fold(&lower), "{character}");
            if !lower.is_ascii()
                && base(character).is_none()
                && !is_mark(character)
                && character != 'Ǯ'
                && character != 'ǯ'
            {
                assert_eq!(fold(&character.to_string()), lower, "{character}");
            }
        }
    }

    #[test]
    fn a_part_is_found_where_it_stands_and_nowhere_else() {
        for (text, part) in [
            ("gala", ""),
            ("gala", "ala"),
            ("gagala", "gala"),
            ("été", "té"),
            ("gala", "galas"),
            ("", "g"),
        ] {
            assert_eq!(holds(text, part), text.contains(part), "{part} in {text}");
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
        fn a_part_is_found_as_std_finds_it(text in "[abé]{0,20}", part in "[abé]{0,4}") {
            prop_assert_eq!(holds(&text, &part), text.contains(&part));
        }
    }
}

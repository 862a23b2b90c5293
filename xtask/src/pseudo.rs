//! xtask: the pseudo-locale of the tests, made of the English words: `Register` → `[Ŕéĝîšţéŕ ····]`.
//!
//! No letter of it is ASCII, so that what is said past the words is found; it is half as long again, so that what does not fit is.

use std::fs;

use anyhow::Result;

use crate::root;

/// Its tag, by which it is found in a bundle.
pub const TAG: &str = "en-XA";

/// What each ASCII letter becomes, from `A` and from `a` on.
const ACCENTED: [&str; 2] = ["ÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ", "åƀçđéƒĝĥîĵķļṁñöþǫŕšţûṽŵẋýž"];

/// Writes the language's file.
pub fn write() -> Result<()> {
    let folder = root().join("words/src/languages");
    let english = fs::read_to_string(folder.join("en.rs"))?;
    Ok(fs::write(folder.join("xa.rs"), pseudo(&english))?)
}

/// A language's source with each of its texts changed, but for its tag and the codes of provinces.
fn pseudo(source: &str) -> String {
    let source = source.replace(
        "English of Canada.",
        "the pseudo-locale of the tests. Written by `cargo xtask bundle-pseudo` from `en.rs`.",
    );
    let mut parts = source.split('"');
    let mut written = parts.next().unwrap_or_default().to_owned();
    while let (Some(text), Some(after)) = (parts.next(), parts.next()) {
        written += &format!("\"{}\"{after}", changed(text));
    }
    written
}

/// The text, its escapes and `{}` as they are.
fn changed(text: &str) -> String {
    if text == "en-CA" {
        return TAG.to_owned();
    }
    if text.starts_with("CA-") {
        return text.to_owned();
    }
    let mut changed = String::from("[");
    let mut is_escape = false;
    for character in text.chars() {
        is_escape |= character == '\\';
        changed.push(if is_escape { character } else { accented(character) });
        is_escape &= character != '}';
    }
    // In words as long as others, which a line may end between.
    for number in 0..text.chars().count().div_ceil(2) {
        changed.push_str(if number % 8 == 0 { " ·" } else { "·" });
    }
    changed + "]"
}

fn accented(character: char) -> char {
    let [capitals, small] = ACCENTED;
    let (letters, first) = if character.is_ascii_uppercase() {
        (capitals, 'A')
    } else {
        (small, 'a')
    };
    let place = u32::from(character).checked_sub(u32::from(first));
    let letter = place.and_then(|place| letters.chars().nth(usize::try_from(place).ok()?));
    letter.filter(|_| character.is_ascii_alphabetic()).unwrap_or(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_accented_bracketed_and_half_as_long_again() {
        assert_eq!(changed("Register"), "[Ŕéĝîšţéŕ ····]");
        assert_eq!(changed("until {}:\\u{a0}{}"), "[ûñţîļ {}:\\u{a0}{} ········ ·]");
        assert_eq!(
            (changed("en-CA"), changed("CA-QC")),
            (TAG.to_owned(), "CA-QC".to_owned())
        );
    }

    #[test]
    fn no_letter_stays() {
        for letter in ('A'..='Z').chain('a'..='z') {
            let changed = accented(letter);
            assert!(!changed.is_ascii() && changed.is_alphabetic(), "{letter}: {changed}");
        }
    }

    #[test]
    fn it_is_that_of_the_words_as_they_are() {
        let folder = root().join("words/src/languages");
        let [english, written] =
            ["en.rs", "xa.rs"].map(|name| fs::read_to_string(folder.join(name)).unwrap_or_default());
        assert!(
            pseudo(&english) == written,
            "expected the words of en.rs in xa.rs: cargo xtask bundle-pseudo writes them"
        );
    }
}

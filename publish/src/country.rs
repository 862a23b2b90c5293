//! Publish: countries by their names in French and English (ISO 3166-1).

use std::collections::HashMap;
use std::sync::OnceLock;

use joint_events_model::text::fold;

/// The ISO 3166-1 alpha-2 code of a country that is named by its code or in words.
///
/// ```
/// use joint_events_publish::country::code;
///
/// assert_eq!(code("Australie"), Some("AU"));
/// assert_eq!(code("gb"), Some("GB"));
/// assert_eq!(code("Atlantis"), None);
/// ```
pub fn code(text: &str) -> Option<&'static str> {
    let capitals = text.trim().to_ascii_uppercase();
    let known = table().values().find(|known| **known == capitals);
    known.copied().or_else(|| named(text))
}

/// The code of a country that is named in words, as an address ends: `CA` alone may be California there.
///
/// ```
/// use joint_events_publish::country::named;
///
/// assert_eq!(named("Royaume-Uni"), Some("GB"));
/// assert_eq!(named("CA"), None);
/// ```
pub fn named(text: &str) -> Option<&'static str> {
    table().get(&fold(text.trim())).copied()
}

/// Codes by names, folded.
fn table() -> &'static HashMap<String, &'static str> {
    static TABLE: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("countries.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'));
        let rows = lines.filter_map(|line| line.split_once('\t'));
        rows.flat_map(|(code, names)| names.split('\t').map(move |name| (fold(name), code)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_has_a_code_of_two_letters_and_is_found_by_each_of_its_names() {
        let lines: Vec<&str> = include_str!("countries.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(lines.len() > 240);
        for line in lines {
            let [code, english, french] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            assert!(
                code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()),
                "{line}"
            );
            assert_eq!((named(english), named(french)), (Some(code), Some(code)), "{line}");
        }
    }
}

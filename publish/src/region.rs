//! Publish: regions by their codes (ISO 3166-2) and names, and the postal codes of Canada's.

use joint_events_model::text::fold;
use joint_events_words::strings::Language;

/// The 13 codes of Canada's provinces and territories (ISO 3166-2:CA), each with the first letters of its postal codes.
pub const PROVINCES: [(&str, &str); 13] = [
    ("CA-AB", "T"),
    ("CA-BC", "V"),
    ("CA-MB", "R"),
    ("CA-NB", "E"),
    ("CA-NL", "A"),
    ("CA-NS", "B"),
    ("CA-NT", "X"),
    ("CA-NU", "X"),
    ("CA-ON", "KLMNP"),
    ("CA-PE", "C"),
    ("CA-QC", "GHJ"),
    ("CA-SK", "S"),
    ("CA-YT", "Y"),
];

/// Whether a region is one of Canada's provinces and territories.
///
/// ```
/// assert!(joint_events_publish::region::is_province("CA-QC"));
/// assert!(!joint_events_publish::region::is_province("CA-XX"));
/// ```
pub fn is_province(region: &str) -> bool {
    PROVINCES.iter().any(|(code, _)| *code == region)
}

/// The region that people name by its code, with or without the country, by its name in French or English, or by the
/// short form that addresses have for Ontario and Québec.
///
/// ```
/// use joint_events_publish::region::region;
///
/// assert_eq!(region("Québec").as_deref(), Some("CA-QC"));
/// assert_eq!(region("ON").as_deref(), Some("CA-ON"));
/// assert_eq!(region("(Qué.)").as_deref(), Some("CA-QC"));
/// assert_eq!(region("US-MA").as_deref(), Some("US-MA"));
/// assert_eq!(region("Elsewhere"), None);
/// ```
pub fn region(text: &str) -> Option<String> {
    let text = text.trim_matches(|edge: char| edge.is_whitespace() || matches!(edge, '(' | ')' | '.'));
    let capitals = text.to_ascii_uppercase();
    for (code, _) in PROVINCES {
        if code == capitals || code.strip_prefix("CA-") == Some(capitals.as_str()) {
            return Some(code.to_owned());
        }
    }
    let folded = fold(text);
    match folded.as_str() {
        "ont" => return Some("CA-ON".to_owned()),
        "que" => return Some("CA-QC".to_owned()),
        _ => {}
    }
    for language in [Language::French, Language::English] {
        let named = language.strings().provinces.iter();
        if let Some((code, _)) = named.into_iter().find(|(_, name)| fold(name) == folded) {
            return Some((*code).to_owned());
        }
    }
    let (country, subdivision) = text.split_once('-')?;
    let fits = country.len() == 2
        && country != "CA"
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=3).contains(&subdivision.len())
        && subdivision
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    fits.then(|| text.to_owned())
}

/// The provinces that a postal code can be of; none for what is no Canadian postal code.
pub fn provinces_of(postal_code: &str) -> Vec<&'static str> {
    let plain: Vec<char> = postal_code
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let pattern = plain.iter().enumerate().all(|(place, character)| {
        if place % 2 == 0 {
            character.is_ascii_alphabetic()
        } else {
            character.is_ascii_digit()
        }
    });
    let Some(first) = plain.first().filter(|_| pattern && matches!(plain.len(), 3 | 6)) else {
        return Vec::new();
    };
    let first = first.to_ascii_uppercase();
    let theirs = PROVINCES.iter().filter(|(_, letters)| letters.contains(first));
    theirs.map(|(code, _)| *code).collect()
}

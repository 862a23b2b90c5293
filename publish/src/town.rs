//! Publish: from a town to its province, by a table that says where a name is ambiguous.

use std::collections::HashMap;
use std::sync::OnceLock;

use joint_events_model::text::fold;
use joint_events_words::strings::Language;
use serde_json::Value;

use crate::draft::{Loss, Members, Problem, put};
use crate::import::quoted;

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
/// assert!(joint_events_publish::town::is_province("CA-QC"));
/// assert!(!joint_events_publish::town::is_province("CA-XX"));
/// ```
pub fn is_province(region: &str) -> bool {
    PROVINCES.iter().any(|(code, _)| *code == region)
}

/// The region that people name by its code, with or without the country, or by its name in French or English.
///
/// ```
/// use joint_events_publish::town::region;
///
/// assert_eq!(region("Québec").as_deref(), Some("CA-QC"));
/// assert_eq!(region("ON").as_deref(), Some("CA-ON"));
/// assert_eq!(region("US-MA").as_deref(), Some("US-MA"));
/// assert_eq!(region("Elsewhere"), None);
/// ```
pub fn region(text: &str) -> Option<String> {
    let text = text.trim();
    let capitals = text.to_ascii_uppercase();
    for (code, _) in PROVINCES {
        if code == capitals || code.strip_prefix("CA-") == Some(capitals.as_str()) {
            return Some(code.to_owned());
        }
    }
    let folded = fold(text);
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

/// Where towns are: the built-in table, and what a configuration adds.
#[derive(Clone, Debug, Default)]
pub struct Towns {
    added: HashMap<String, String>,
}

impl Towns {
    /// The built-in table with other towns, each with its region, which come first.
    pub fn with<'a>(added: impl IntoIterator<Item = (&'a String, &'a String)>) -> Self {
        Self {
            added: added
                .into_iter()
                .map(|(town, region)| (key(town), region.clone()))
                .collect(),
        }
    }

    /// The regions in which there is a town of that name: none, one, or several for an ambiguous name.
    ///
    /// ```
    /// use joint_events_publish::town::Towns;
    ///
    /// let towns = Towns::default();
    /// assert_eq!(towns.regions("St-Jérôme"), ["CA-QC"]);
    /// assert_eq!(towns.regions("Windsor"), ["CA-ON", "CA-QC", "CA-NS"]);
    /// assert!(towns.regions("MaRS").is_empty());
    /// ```
    pub fn regions(&self, town: &str) -> Vec<&str> {
        let key = key(town);
        match self.added.get(&key) {
            Some(region) => vec![region],
            None => built_in()
                .get(&key)
                .map_or_else(Vec::new, |codes| codes.split(' ').collect()),
        }
    }

    /// Completes an event's venue: the town out of a name such as "MaRS, Toronto", the region out of the town and the
    /// postal code, the country out of the region. What is ambiguous is noted and left out.
    pub fn complete(&self, event: &mut Members) -> Option<Problem> {
        let Some(Value::Object(venue)) = event.get_mut("venue") else {
            return None;
        };
        let text = |venue: &Members, name: &str| venue.get(name).and_then(Value::as_str).map(str::to_owned);
        let foreign = text(venue, "country").is_some_and(|country| country != "CA");
        if let (None, Some(name), false) = (text(venue, "locality"), text(venue, "name"), foreign)
            && let Some((place, town)) = name.rsplit_once(',')
        {
            let (place, town) = (place.trim(), town.trim());
            if !place.is_empty() && !self.regions(town).is_empty() {
                put(venue, "name", place);
                put(venue, "locality", town);
            }
        }
        let mut problem = None;
        if text(venue, "region").is_none() && !foreign {
            let town = text(venue, "locality").unwrap_or_default();
            let mut regions: Vec<String> = self.regions(&town).into_iter().map(str::to_owned).collect();
            let by_post = text(venue, "postalCode")
                .map(|code| provinces_of(&code))
                .unwrap_or_default();
            if regions.len() != 1 && !by_post.is_empty() {
                let named = |region: &String| by_post.contains(&region.as_str());
                if regions.is_empty() {
                    regions = by_post.iter().map(|code| (*code).to_owned()).collect();
                } else {
                    regions.retain(named);
                }
            }
            match regions.as_slice() {
                [one] => put(venue, "region", one.clone()),
                [] => {}
                [..] if town.is_empty() => {}
                [..] => {
                    let expected = format!("a province beside an ambiguous town: {}", regions.join(" or "));
                    problem = Some(Problem::new(Loss::None, "venue.region", expected, quoted(&town)));
                }
            }
        }
        let country = text(venue, "region").and_then(|region| region.split('-').next().map(str::to_owned));
        if let (Some(country), None) = (country, text(venue, "country")) {
            put(venue, "country", country);
        }
        problem
    }
}

fn built_in() -> &'static HashMap<String, &'static str> {
    static TABLE: OnceLock<HashMap<String, &'static str>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = include_str!("towns.tsv").lines().filter(|line| !line.starts_with('#'));
        lines
            .filter_map(|line| line.split_once('\t'))
            .map(|(town, codes)| (key(town), codes))
            .collect()
    })
}

/// A town's name as it is compared: without accents and hyphens, `St` and `Ste` written out.
fn key(town: &str) -> String {
    let folded = fold(town);
    let words = folded.split(|character: char| !character.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn completed(venue: Value) -> (Value, Option<String>) {
        let mut event = Members::new();
        put(&mut event, "venue", venue);
        let problem = Towns::default().complete(&mut event);
        let venue = event.remove("venue").unwrap();
        (venue, problem.map(|problem| problem.to_string()))
    }

    #[test]
    fn the_town_after_the_last_comma_gives_the_province() {
        let (venue, _) = completed(json!({"name": "MaRS, Toronto"}));
        let expected = json!({"name": "MaRS", "locality": "Toronto", "region": "CA-ON", "country": "CA"});
        assert_eq!(venue, expected);
        let (venue, _) = completed(json!({"name": "Salle A, 2e étage"}));
        assert_eq!(venue, json!({"name": "Salle A, 2e étage"}));
    }

    #[test]
    fn an_ambiguous_town_is_told_unless_the_postal_code_decides() {
        let (venue, problem) = completed(json!({"locality": "Windsor"}));
        assert_eq!(venue, json!({"locality": "Windsor"}));
        assert_eq!(
            problem.as_deref(),
            Some(
                "venue.region: expected a province beside an ambiguous town: CA-ON or CA-QC or CA-NS, found \"Windsor\""
            )
        );
        let (venue, problem) = completed(json!({"locality": "Windsor", "postalCode": "J1S 2L1"}));
        assert_eq!((venue["region"].as_str(), problem), (Some("CA-QC"), None));
    }

    #[test]
    fn a_town_abroad_is_not_looked_up() {
        let (venue, _) = completed(json!({"locality": "London", "country": "GB"}));
        assert_eq!(venue, json!({"locality": "London", "country": "GB"}));
    }

    #[test]
    fn every_town_of_the_table_is_in_a_known_region_and_stands_once() {
        let lines: Vec<&str> = include_str!("towns.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert_eq!(lines.len(), built_in().len());
        for line in lines {
            let (town, codes) = line.split_once('\t').unwrap();
            for code in codes.split(' ') {
                assert!(is_province(code) || code == "US-MA", "{town}: {code}");
            }
        }
        for (town, code) in [
            ("Montreal", "CA-QC"),
            ("St. John's", "CA-NL"),
            ("Saint John", "CA-NB"),
            ("VANCOUVER", "CA-BC"),
        ] {
            assert_eq!(Towns::default().regions(town), [code], "{town}");
        }
    }

    #[test]
    fn a_configured_town_comes_before_the_table() {
        let (town, region) = ("Windsor".to_owned(), "CA-ON".to_owned());
        assert_eq!(Towns::with([(&town, &region)]).regions("windsor"), ["CA-ON"]);
    }
}

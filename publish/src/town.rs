//! Publish: where towns are, by a table that says where a name is ambiguous.

use std::collections::HashMap;
use std::sync::OnceLock;

use joint_events_model::text::fold;

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
    use crate::region::is_province;

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
    }

    #[test]
    fn towns_are_where_they_are() {
        for (town, codes) in [
            ("Montreal", "CA-QC"),
            ("St. John's", "CA-NL"),
            ("Saint John", "CA-NB"),
            ("VANCOUVER", "CA-BC"),
            ("Ste-Foy", "CA-QC"),
            ("West Nipissing", "CA-ON"),
            ("London", "CA-ON"),
            ("Sydney", "CA-NS"),
            ("Aylmer", "CA-QC CA-ON"),
            ("Richmond", "CA-BC CA-ON CA-QC"),
            ("Cambridge", "CA-ON US-MA"),
            ("Paris", ""),
            ("Hull", ""),
        ] {
            assert_eq!(Towns::default().regions(town).join(" "), codes, "{town}");
        }
    }

    #[test]
    fn a_configured_town_comes_before_the_table() {
        let (town, region) = ("Windsor".to_owned(), "CA-ON".to_owned());
        assert_eq!(Towns::with([(&town, &region)]).regions("windsor"), ["CA-ON"]);
    }
}

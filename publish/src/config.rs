//! Publish: the configuration of a build (TOML).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::import::{Format, Unreadable};

/// What a build is made of. Paths are relative to the configuration's own folder.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// A feed document whose `events` is empty: title, associations, vocabularies.
    pub feed: PathBuf,
    /// The folder of what is published.
    pub out: PathBuf,
    /// Tables of prices, later ones before earlier ones.
    #[serde(default)]
    pub overlays: Vec<PathBuf>,
    /// How many months after now a series gives its occurrences.
    #[serde(default = "eighteen")]
    pub horizon_months: u32,
    /// Where events come from.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// From a category's name to a theme's id.
    #[serde(default)]
    pub themes: BTreeMap<String, String>,
    /// From a town to its region, before the built-in table.
    #[serde(default)]
    pub provinces: BTreeMap<String, String>,
    /// From a ticket's name to whom it is for; the first that matches.
    #[serde(default)]
    pub tickets: Vec<Ticket>,
    /// From an event's id to that of the same event elsewhere.
    #[serde(default)]
    pub same_as: BTreeMap<String, String>,
}

/// Where events come from.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Stands in `x-source` of its events.
    pub id: String,
    /// What it is written in; found by content where it is not said.
    pub kind: Option<Format>,
    /// A file.
    pub path: Option<PathBuf>,
    /// Or an address.
    pub url: Option<String>,
    /// Whose events these are, where the source names nobody.
    pub organizer: Option<String>,
    /// The language of texts that carry none.
    pub lang: Option<String>,
    /// The zone of floating times and bad zones.
    pub time_zone: Option<String>,
    /// The order of dates that are all digits.
    pub date_order: Option<DateOrderName>,
}

/// The order of dates that are all digits, as the configuration names it.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrderName {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// Whom a ticket is for, by its name.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// What stands in the ticket's name, in any case and without its accents; whole words.
    #[serde(rename = "match")]
    pub matches: String,
    /// The audience's token.
    pub audience: String,
    /// The associations whose members have it.
    #[serde(default)]
    pub member_of: Vec<String>,
}

fn eighteen() -> u32 {
    18
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    /// What was expected and found, with the line, where it can't be understood.
    pub fn of(text: &str) -> Result<Self, Unreadable> {
        let config: Self = toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text
                .get(..start)
                .unwrap_or_default()
                .matches('\n')
                .count()
                .saturating_add(1);
            Unreadable::new(
                "a configuration",
                format!("in line {line}: {}", error.message().to_lowercase()),
            )
        })?;
        for source in &config.sources {
            if source.path.is_some() == source.url.is_some() {
                let expected = format!("either path or url in the source \"{}\"", source.id);
                let found = if source.path.is_some() { "both" } else { "neither" };
                return Err(Unreadable::new(expected, found));
            }
            let zone = source.time_zone.as_deref();
            if let Some(zone) = zone.filter(|zone| crate::zone::Zone::named(zone).is_none()) {
                let expected = format!("a zone of the IANA database in the source \"{}\"", source.id);
                return Err(Unreadable::new(expected, format!("\"{zone}\"")));
            }
        }
        let mut ids: Vec<&str> = config.sources.iter().map(|source| source.id.as_str()).collect();
        ids.sort_unstable();
        if let Some([twice, _]) = ids.windows(2).find(|pair| matches!(pair, [one, other] if one == other)) {
            return Err(Unreadable::new("sources with an id each", format!("\"{twice}\" twice")));
        }
        Ok(config)
    }
}

/// A path of a configuration, from the configuration's own folder on.
pub fn beside(config: &Path, path: &Path) -> PathBuf {
    config.parent().unwrap_or(Path::new("")).join(path)
}

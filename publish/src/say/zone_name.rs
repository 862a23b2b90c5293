//! Publish: the short name of a zone at a moment, as people of Canada write it, or its hours from UTC.

use joint_events_model::time::DateTime;
use joint_events_words::strings::Language;

use crate::zone::Zone;

/// The zone's short name at a moment: `HNE`, `EST`; the hours from UTC where the language has no name for it.
pub(super) fn zone_name(language: Language, moment: DateTime, time_zone: &str) -> String {
    let zone = Zone::named(time_zone);
    let abbreviation = zone
        .as_ref()
        .map(|zone| zone.abbreviation(moment.instant()))
        .unwrap_or_default();
    if abbreviation == "UTC" {
        return abbreviation;
    }
    // The same three letters are other zones elsewhere.
    let american = time_zone.starts_with("America/") || time_zone.starts_with("Canada/");
    let named = NAMES.iter().find(|(english, _)| american && *english == abbreviation);
    match (named, language) {
        (Some((_, french)), Language::French) => (*french).to_owned(),
        (Some((english, _)), Language::English) => (*english).to_owned(),
        (None, language) => {
            let offset = zone.map_or(moment.offset, |zone| zone.offset(moment.instant()));
            offset_name(language, offset)
        }
    }
}

fn offset_name(language: Language, offset: i16) -> String {
    let (word, minus) = match language {
        Language::French => ("UTC", '−'),
        Language::English => ("GMT", '-'),
    };
    if offset == 0 && language == Language::English {
        return word.to_owned();
    }
    let sign = if offset < 0 { minus } else { '+' };
    let minutes = offset.unsigned_abs();
    match minutes % 60 {
        0 => format!("{word}{sign}{}", minutes / 60),
        rest => format!("{word}{sign}{}:{rest:02}", minutes / 60),
    }
}

/// The zones' names in English and in Québec's French.
const NAMES: [(&str, &str); 12] = [
    ("NST", "HNT"),
    ("NDT", "HAT"),
    ("AST", "HNA"),
    ("ADT", "HAA"),
    ("EST", "HNE"),
    ("EDT", "HAE"),
    ("CST", "HNC"),
    ("CDT", "HAC"),
    ("MST", "HNR"),
    ("MDT", "HAR"),
    ("PST", "HNP"),
    ("PDT", "HAP"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_have_their_names_or_their_hours_from_utc() {
        let name = |language, text: &str, zone: &str| zone_name(language, DateTime::parse(text).unwrap(), zone);
        for (zone, french, english) in [
            ("America/Halifax", "HNA", "AST"),
            ("America/St_Johns", "HNT", "NST"),
            ("America/Regina", "HNC", "CST"),
            ("Europe/Paris", "UTC+1", "GMT+1"),
            ("Asia/Kolkata", "UTC+5:30", "GMT+5:30"),
            ("America/Sao_Paulo", "UTC−3", "GMT-3"),
            ("UTC", "UTC", "UTC"),
        ] {
            assert_eq!(name(Language::French, "2027-01-15T12:00:00Z", zone), french, "{zone}");
            assert_eq!(name(Language::English, "2027-01-15T12:00:00Z", zone), english, "{zone}");
        }
    }
}

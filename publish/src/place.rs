//! Publish: an event's venue completed: the town out of its name, the region out of the town, the country out of that.

use serde_json::Value;

use crate::country;
use crate::draft::{Loss, Members, Problem, put, within};
use crate::import::quoted;
use crate::region::{provinces_of, region};
use crate::town::Towns;

/// The venue's member that holds a region or country which is named and not known, until the venue is completed: a town
/// of which that is said is not looked up.
const ELSEWHERE: &str = "x-elsewhere";

/// Puts the region and the country that a source names. What is not known is kept aside: London, England is not Ontario's.
///
/// ```
/// use joint_events_publish::draft::Members;
/// use joint_events_publish::place::put_names;
///
/// let mut venue = Members::new();
/// put_names(&mut venue, Some("Qc"), Some("Canada"));
/// assert_eq!((&venue["region"], &venue["country"]), (&"CA-QC".into(), &"CA".into()));
/// ```
pub fn put_names(venue: &mut Members, region_name: Option<&str>, country_name: Option<&str>) {
    let code = country_name.and_then(country::code);
    if let Some(code) = code {
        put(venue, "country", code);
    } else if let Some(name) = country_name {
        put(venue, ELSEWHERE, name);
    }
    let Some(name) = region_name else {
        return;
    };
    match (region(name), code) {
        (Some(region), None) => put(venue, "region", region),
        (Some(region), Some(code)) if region.starts_with(code) => put(venue, "region", region),
        (None, None) => put(venue, ELSEWHERE, name),
        // What another country calls its regions is not known here, and "ON" is none of theirs.
        (Some(_) | None, Some(_)) => {}
    }
}

/// Completes an event's venue. What is ambiguous or not known is noted, and the region left out.
pub fn complete(event: &mut Members, towns: &Towns) -> Option<Problem> {
    let mut problem = None;
    if event.get("venue").is_some_and(Value::is_object) {
        within(event, "venue", |venue| problem = complete_venue(venue, towns));
    }
    problem
}

fn complete_venue(venue: &mut Members, towns: &Towns) -> Option<Problem> {
    let elsewhere = venue.remove(ELSEWHERE);
    let elsewhere = elsewhere.as_ref().and_then(Value::as_str);
    match text(venue, "locality") {
        Some(town) => part_town(venue, &town),
        None if !is_abroad(venue) && elsewhere.is_none() => part(venue, towns),
        None => {}
    }
    let problem = if text(venue, "region").is_some() || is_abroad(venue) {
        None
    } else {
        put_region(venue, towns, elsewhere)
    };
    let country = text(venue, "region").and_then(|region| region.split('-').next().map(str::to_owned));
    if let (Some(country), None) = (country, text(venue, "country")) {
        put(venue, "country", country);
    }
    problem
}

fn text(venue: &Members, name: &str) -> Option<String> {
    venue.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn is_abroad(venue: &Members) -> bool {
    text(venue, "country").is_some_and(|country| country != "CA")
}

/// Parts a town such as "London, UK" or "Windsor, NS", as tables without a column for the country name it.
fn part_town(venue: &mut Members, town: &str) {
    let Some((town, after)) = town.rsplit_once(',') else {
        return;
    };
    let (town, after) = (town.trim(), after.trim());
    let (country, wider) = (country::named(after), Wider::of(after));
    if town.is_empty() || (country.is_none() && wider.is_none()) {
        return;
    }
    put(venue, "locality", town);
    if let Some(code) = country {
        venue.entry("country").or_insert_with(|| code.into());
    }
    if let Some(region) = wider.and_then(|wider| wider.region) {
        venue.entry("region").or_insert_with(|| region.into());
    }
}

/// Parts a name such as "MaRS, Toronto" or "MaRS, 101 College St, Toronto, ON, M5G 1L7, Canada", as calendars write a
/// whole address on one line. A name of which no part is a known town stays whole.
fn part(venue: &mut Members, towns: &Towns) {
    let Some(name) = text(venue, "name") else {
        return;
    };
    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
    if let Some(code) = parts.last().copied().and_then(country::named)
        && code != "CA"
    {
        put(venue, "country", code);
        return;
    }
    // "Salle, Lévis, Québec": the town is the first one after which only wider places stand.
    let is_town = |place: &usize| {
        let known = parts.get(*place).is_some_and(|town| !towns.regions(town).is_empty());
        let after = parts.get(place.saturating_add(1)..).unwrap_or_default();
        known && after.iter().all(|part| Wider::of(part).is_some())
    };
    let town = (1..parts.len()).find(is_town);
    let Some((before, [town, after @ ..])) = town.and_then(|place| parts.split_at_checked(place)) else {
        return;
    };
    // A part that begins with a number is a street's.
    let is_street = |part: &&str| part.starts_with(|first: char| first.is_ascii_digit());
    let street = before
        .iter()
        .skip(1)
        .position(is_street)
        .map(|place| place.saturating_add(1));
    let (named, street) = before
        .split_at_checked(street.unwrap_or(before.len()))
        .unwrap_or((before, &[]));
    if named.iter().all(|part| part.is_empty()) {
        return;
    }
    put(venue, "name", named.join(", "));
    put(venue, "locality", *town);
    let mut put_missing = |member: &str, text: String| {
        if !text.is_empty() && !venue.contains_key(member) {
            put(venue, member, text);
        }
    };
    put_missing("street", street.join(", "));
    for wider in after.iter().filter_map(|part| Wider::of(part)) {
        put_missing("region", wider.region.unwrap_or_default());
        put_missing("postalCode", wider.postal_code.unwrap_or_default());
    }
}

/// What stands after a town in an address: a province, a postal code, both, or Canada.
#[derive(Default)]
struct Wider {
    region: Option<String>,
    postal_code: Option<String>,
}

impl Wider {
    fn of(part: &str) -> Option<Self> {
        if country::named(part) == Some("CA") {
            return Some(Self::default());
        }
        let (first, rest) = part.split_once(' ').unwrap_or((part, ""));
        if is_postal_code(part) {
            return Some(Self {
                region: None,
                postal_code: Some(part.to_owned()),
            });
        }
        if is_postal_code(rest) {
            return Some(Self {
                region: Some(province(first)?),
                postal_code: Some(rest.to_owned()),
            });
        }
        province(part).map(|region| Self {
            region: Some(region),
            postal_code: None,
        })
    }
}

fn is_postal_code(text: &str) -> bool {
    text.len() >= 6 && !provinces_of(text).is_empty()
}

/// A province as addresses name it: a code is in capitals there, "on" and "nu" are words.
fn province(text: &str) -> Option<String> {
    let is_code = text.bytes().all(|byte| byte.is_ascii_uppercase());
    region(text).filter(|region| region.starts_with("CA-") && (text.len() > 2 || is_code))
}

/// The region by the town's name and the postal code, where they leave one.
fn put_region(venue: &mut Members, towns: &Towns, elsewhere: Option<&str>) -> Option<Problem> {
    let town = text(venue, "locality").unwrap_or_default();
    let by_post = text(venue, "postalCode")
        .map(|code| provinces_of(&code))
        .unwrap_or_default();
    if let Some(name) = elsewhere.filter(|_| by_post.is_empty() && !venue.contains_key("country")) {
        let expected = "a province such as \"Québec\" or \"CA-QC\", or a known country";
        return Some(Problem::new(Loss::None, "venue.region", expected, quoted(name)));
    }
    let mut regions: Vec<String> = towns.regions(&town).into_iter().map(str::to_owned).collect();
    if regions.len() != 1 && !by_post.is_empty() {
        if regions.is_empty() {
            regions = by_post.iter().map(|code| (*code).to_owned()).collect();
        } else {
            regions.retain(|region| by_post.contains(&region.as_str()));
        }
    }
    match regions.as_slice() {
        [one] => put(venue, "region", one.clone()),
        [] => {}
        [..] if town.is_empty() => {}
        [..] => {
            let expected = format!("a province beside an ambiguous town: {}", regions.join(" or "));
            return Some(Problem::new(Loss::None, "venue.region", expected, quoted(&town)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn completed(venue: Value) -> (Value, Option<String>) {
        let mut event = Members::new();
        put(&mut event, "venue", venue);
        let problem = complete(&mut event, &Towns::default());
        let venue = event.remove("venue").unwrap();
        (venue, problem.map(|problem| problem.to_string()))
    }

    #[track_caller]
    fn named(town: &str, region: Option<&str>, country: Option<&str>) -> (Value, Option<String>) {
        let mut venue = Members::new();
        put(&mut venue, "locality", town);
        put_names(&mut venue, region, country);
        completed(Value::Object(venue))
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
    fn a_whole_address_on_one_line_is_parted() {
        for line in [
            "MaRS, 101 College St, Toronto, ON, M5G 1L7, Canada",
            "MaRS, 101 College St, Toronto, ON M5G 1L7",
        ] {
            let expected = json!({"name": "MaRS", "locality": "Toronto", "street": "101 College St", "region": "CA-ON",
                "postalCode": "M5G 1L7", "country": "CA"});
            assert_eq!(completed(json!({"name": line})), (expected, None), "{line}");
        }
        let (venue, _) = completed(json!({"name": "Salle Plein air, 500, rue du Fleuve, Lévis, Québec"}));
        let expected = json!({"name": "Salle Plein air", "locality": "Lévis", "street": "500, rue du Fleuve",
            "region": "CA-QC", "country": "CA"});
        assert_eq!(venue, expected);
        let (venue, problem) = completed(json!({"name": "Hall, Windsor, Nova Scotia"}));
        assert_eq!((venue["region"].as_str(), problem), (Some("CA-NS"), None));
        let (venue, _) = completed(json!({"name": "Hall, Waterloo, on demand"}));
        assert_eq!(venue, json!({"name": "Hall, Waterloo, on demand"}));
    }

    #[test]
    fn an_ambiguous_town_is_told_unless_the_postal_code_decides() {
        let (venue, problem) = completed(json!({"locality": "Windsor"}));
        assert_eq!(venue, json!({"locality": "Windsor"}));
        let told =
            "venue.region: expected a province beside an ambiguous town: CA-ON or CA-QC or CA-NS, found \"Windsor\"";
        assert_eq!(problem.as_deref(), Some(told));
        let (venue, problem) = completed(json!({"locality": "Windsor", "postalCode": "J1S 2L1"}));
        assert_eq!((venue["region"].as_str(), problem), (Some("CA-QC"), None));
    }

    #[test]
    fn a_namesake_abroad_is_ontarios_only_where_nothing_else_is_said() {
        let (venue, _) = completed(json!({"locality": "London"}));
        assert_eq!(venue["region"], "CA-ON");
        for (region, country) in [
            (None, Some("United Kingdom")),
            (Some("England"), Some("GB")),
            (Some("ON"), Some("Australia")),
        ] {
            let (venue, problem) = named("London", region, country);
            assert_eq!((venue.get("region"), problem), (None, None), "{region:?} {country:?}");
        }
        for (region, country, found) in [(Some("England"), None, "England"), (None, Some("Atlantis"), "Atlantis")] {
            let (venue, problem) = named("London", region, country);
            assert_eq!(venue, json!({"locality": "London"}));
            let told = format!(
                "venue.region: expected a province such as \"Québec\" or \"CA-QC\", or a known country, found \"{found}\""
            );
            assert_eq!(problem, Some(told));
        }
        let (venue, problem) = named("Toronto", Some("Greater Toronto Area"), Some("Canada"));
        assert_eq!((venue["region"].as_str(), problem), (Some("CA-ON"), None));
        for line in ["Hyatt, London, UK", "Hôtel, London, Royaume-Uni"] {
            assert_eq!(
                completed(json!({"name": line})).0,
                json!({"name": line, "country": "GB"})
            );
        }
        for (town, expected) in [
            ("London, UK", json!({"locality": "London", "country": "GB"})),
            ("Sydney, Australie", json!({"locality": "Sydney", "country": "AU"})),
            (
                "Windsor, NS",
                json!({"locality": "Windsor", "region": "CA-NS", "country": "CA"}),
            ),
            ("Cambridge, MA", json!({"locality": "Cambridge, MA"})),
        ] {
            assert_eq!(completed(json!({"locality": town})), (expected, None), "{town}");
        }
        let california = "Centre, Vancouver, CA";
        assert_eq!(completed(json!({"name": california})).0, json!({"name": california}));
    }

    #[test]
    fn a_town_abroad_is_not_looked_up() {
        let (venue, _) = completed(json!({"locality": "London", "country": "GB"}));
        assert_eq!(venue, json!({"locality": "London", "country": "GB"}));
    }
}

//! Publish: a feed's events as rows of the template.

use joint_events_model::time::{DateTime, Instant};
use joint_events_words::strings::Language;
use serde_json::Value;

use crate::draft::{Members, Problem, strings};
use crate::import::columns::EVENTS;
use crate::import::table::as_text;
use crate::zone::{Meaning, WallClock, Zone};

/// The table of events in the template's columns, and the paths of what it has no column for.
pub fn table(events: &[Members], language: Language) -> (String, Vec<String>) {
    let mut left_out = Vec::new();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(match language {
            Language::French => b';',
            Language::English => b',',
        })
        .from_writer(Vec::new());
    let header = EVENTS.iter().map(|(english, french)| match language {
        Language::French => *french,
        Language::English => *english,
    });
    // Writing to memory does not fail.
    writer.write_record(header).ok();
    for (number, event) in events.iter().enumerate() {
        let mut row = Row {
            event,
            language,
            taken: Vec::new(),
        };
        let cells: Vec<String> = EVENTS.iter().map(|(name, _)| as_text(row.cell(name))).collect();
        writer.write_record(cells).ok();
        row.left_out(number, &mut left_out);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    (String::from_utf8_lossy(&bytes).into_owned(), left_out)
}

/// An offer with its place, if there is such a one.
type Placed<'a> = Option<(usize, &'a Members)>;

/// An event as it is put into a row, with the paths that have found a column.
struct Row<'a> {
    event: &'a Members,
    language: Language,
    taken: Vec<String>,
}

impl Row<'_> {
    fn cell(&mut self, name: &str) -> String {
        match name {
            "id" | "status" | "attendance" => self.text(name),
            "time_zone" => self.text("timeZone"),
            "start" | "end" => self.when(name),
            "organizers" | "themes" | "languages" => self.list(name),
            "venue" => self.text("venue.name"),
            "street" => self.text("venue.street"),
            "city" => self.text("venue.locality"),
            "province" => self.text("venue.region"),
            "postal_code" => self.text("venue.postalCode"),
            "title_fr" | "title_en" | "summary_fr" | "summary_en" | "url_fr" | "url_en" => {
                self.text(&name.replace('_', "."))
            }
            "register_fr" => self.text("registration.url.fr"),
            "register_en" => self.text("registration.url.en"),
            "image" => self.text("image.url"),
            "image_alt_fr" => self.text("image.alt.fr"),
            "image_alt_en" => self.text("image.alt.en"),
            name => self.of_offers(name),
        }
    }

    fn text(&mut self, path: &str) -> String {
        let text = lookup(self.event, path).and_then(Value::as_str).map(str::to_owned);
        if text.is_some() {
            self.taken.push(path.to_owned());
        }
        text.unwrap_or_default()
    }

    fn list(&mut self, name: &str) -> String {
        self.taken.push(name.to_owned());
        strings(self.event, name).collect::<Vec<_>>().join(" ")
    }

    /// A time on its own wall, unless only its offset tells which one it is.
    fn when(&mut self, name: &str) -> String {
        let text = self.text(name);
        let zone = lookup(self.event, "timeZone")
            .and_then(Value::as_str)
            .and_then(Zone::named);
        let (Some(moment), Some(zone)) = (DateTime::parse(&text), zone) else {
            return text;
        };
        let clock = WallClock::of(moment);
        match zone.meaning(clock) {
            Meaning::Moment(same) if same == moment => clock.to_string(),
            Meaning::Moment(_) | Meaning::Gap | Meaning::Fold => text,
        }
    }

    fn offers(&self) -> Vec<(usize, &Members)> {
        let offers = self.event.get("offers").and_then(Value::as_array);
        let offers = offers.into_iter().flatten().enumerate();
        offers
            .filter_map(|(place, offer)| Some((place, offer.as_object()?)))
            .collect()
    }

    /// The members' offer, before which an early one may hold.
    fn members(&self) -> (Placed<'_>, Placed<'_>) {
        let members: Vec<_> = self
            .offers()
            .into_iter()
            .filter(|(_, offer)| of(offer, "member"))
            .collect();
        match members.as_slice() {
            [(place, only)] if only.get("validThrough").is_none() && only.get("validFrom").is_none() => {
                (None, Some((*place, only)))
            }
            [(place, early), (next, then)] if follows(early, then) => (Some((*place, early)), Some((*next, then))),
            _ => (None, None),
        }
    }

    fn only(&self, audience: &str) -> Placed<'_> {
        let offers: Vec<_> = self
            .offers()
            .into_iter()
            .filter(|(_, offer)| of(offer, audience))
            .collect();
        match offers.as_slice() {
            [(place, only)] if only.get("validThrough").is_none() && only.get("validFrom").is_none() => {
                Some((*place, *only))
            }
            _ => None,
        }
    }

    fn of_offers(&mut self, name: &str) -> String {
        let (early, member) = self.members();
        let own = match name {
            "price_member" | "availability_member" | "member_of" => member,
            "early_price_member" | "early_until" => early,
            "price_nonmember" | "availability_nonmember" => self.only("nonMember"),
            "price_student" => self.only("student"),
            _ => None,
        };
        let text =
            |offer: &Members, member: &str| offer.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (cell, taken): (String, &[&str]) = match (name, own) {
            ("tax_included", _) => return self.taxes(),
            ("member_of", Some((_, offer))) => {
                (strings(offer, "memberOf").collect::<Vec<_>>().join(" "), &["memberOf"])
            }
            ("early_until", Some((_, offer))) => (text(offer, "validThrough"), &["validThrough"]),
            ("availability_member" | "availability_nonmember", Some((_, offer))) => {
                (text(offer, "availability"), &["availability"])
            }
            (_, Some((_, offer))) => {
                let price = match (
                    offer.get("price").and_then(Value::as_str),
                    text(offer, "currency").as_str(),
                ) {
                    (None, _) if self.language == Language::French => "à venir".to_owned(),
                    (None, _) => "TBA".to_owned(),
                    (Some(price), "CAD" | "") => price.to_owned(),
                    (Some(price), currency) => format!("{price} {currency}"),
                };
                (price, &["id", "audience", "price", "currency"])
            }
            (_, None) => return String::new(),
        };
        if let Some((place, _)) = own {
            let paths: Vec<String> = taken.iter().map(|member| format!("offers[{place}].{member}")).collect();
            self.taken.extend(paths);
        }
        // The start of what follows an early price, and its members, are the row's own.
        if let (Some((early, _)), Some((then, _))) = (self.members().0, self.members().1) {
            let implied = [format!("offers[{then}].validFrom"), format!("offers[{early}].memberOf")];
            self.taken.extend(implied);
        }
        cell
    }

    /// Whether taxes are in all prices, or in none.
    fn taxes(&mut self) -> String {
        let offers = self.offers();
        let said: Vec<Option<bool>> = offers
            .iter()
            .filter(|(_, offer)| offer.get("price").is_some())
            .map(|(_, offer)| offer.get("taxIncluded").and_then(Value::as_bool))
            .collect();
        let one = said
            .first()
            .copied()
            .flatten()
            .filter(|first| said.iter().all(|other| *other == Some(*first)));
        let Some(included) = one else {
            return String::new();
        };
        let paths: Vec<String> = offers
            .iter()
            .map(|(place, _)| format!("offers[{place}].taxIncluded"))
            .collect();
        self.taken.extend(paths);
        match (self.language, included) {
            (Language::French, true) => "Oui",
            (Language::French, false) => "Non",
            (Language::English, true) => "Yes",
            (Language::English, false) => "No",
        }
        .to_owned()
    }

    /// The paths of what no column took.
    fn left_out(&self, number: usize, left_out: &mut Vec<String>) {
        let mut paths = Vec::new();
        let whole = Value::Object(self.event.clone());
        leaves(&whole, String::new(), &mut paths);
        let implied = |path: &str| path.starts_with("x-") || path == "venue.country" || path == "image.width";
        let taken = |path: &str| {
            self.taken.iter().any(|taken| {
                taken == path
                    || path
                        .strip_prefix(taken.as_str())
                        .is_some_and(|rest| rest.starts_with('['))
            })
        };
        let lost = paths.into_iter().filter(|path| !taken(path) && !implied(path));
        left_out.extend(lost.map(|path| format!("events[{number}].{path}")));
    }
}

fn leaves(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, inner) in members {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                leaves(inner, path, paths);
            }
        }
        Value::Array(items) => {
            for (number, inner) in items.iter().enumerate() {
                leaves(inner, format!("{path}[{number}]"), paths);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => paths.push(path),
    }
}

fn lookup<'a>(members: &'a Members, path: &str) -> Option<&'a Value> {
    let mut parts = path.split('.');
    let mut value = members.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    Some(value)
}

fn of(offer: &Members, audience: &str) -> bool {
    offer.get("audience").and_then(Value::as_str) == Some(audience)
}

/// Whether an offer begins the second after another ends, for the same members.
fn follows(early: &Members, then: &Members) -> bool {
    let moment = |offer: &Members, name: &str| offer.get(name).and_then(Value::as_str).and_then(DateTime::parse);
    let end = moment(early, "validThrough").map(|end| Instant(end.instant().0.saturating_add(1000)));
    let free = early.get("validFrom").is_none() && then.get("validThrough").is_none();
    let same = early.get("memberOf") == then.get("memberOf");
    free && same && end.is_some() && moment(then, "validFrom").map(DateTime::instant) == end
}

/// The drafts' document: events, and what was not read or not said.
pub fn drafts(events: &[Members], problems: &[Problem]) -> String {
    let document = serde_json::json!({ "events": events, "problems": problems });
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

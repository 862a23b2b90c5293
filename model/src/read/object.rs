//! Model: the members of a JSON object, each taken or reported with its path.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::{Map, Value};

use crate::link::Link;
use crate::problem::Problem;
use crate::text::{DESCRIPTION, clean_block, clean_line};
use crate::{Image, Links, Localized, Text};

/// A member that the thing around it cannot do without was absent or bad: the thing is lost, and that is reported.
#[derive(Debug)]
pub(super) struct Lost;

/// What the reader notes on the way.
#[derive(Default)]
pub(super) struct Report {
    pub(super) problems: Vec<Problem>,
    /// The document's languages: texts are kept in their order.
    pub(super) languages: Vec<String>,
}

impl Report {
    pub(super) fn add(&mut self, place: &Place, expected: &str, found: String) {
        self.problems.push(Problem::new(place.to_string(), expected, found));
    }
}

/// A place in the document; its path is written only when something is wrong there.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Document,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => Ok(()),
            Self::Member(Self::Document, name) => f.write_str(name),
            Self::Member(parent, name) => write!(f, "{parent}.{name}"),
            Self::Item(parent, number) => write!(f, "{parent}[{number}]"),
        }
    }
}

/// What was found, in words that fit a console line.
pub(super) fn describe(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::Null) => "null".to_owned(),
        Some(Value::Bool(true)) => "true".to_owned(),
        Some(Value::Bool(false)) => "false".to_owned(),
        // A fraction is not written out: its formatting alone weighs kilobytes in the binary.
        Some(Value::Number(number)) => number
            .as_i64()
            .map_or_else(|| "a number".to_owned(), |whole| whole.to_string()),
        Some(Value::String(text)) => format!("\"{}\"", clean_line(text, 60).0),
        Some(Value::Array(_)) => "an array".to_owned(),
        Some(Value::Object(_)) => "an object".to_owned(),
    }
}

/// How a text is cleaned.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    /// One line of at most so many characters.
    Line(usize),
    /// Paragraphs.
    Block,
}

const TEXT: &str = "a text by language such as {\"fr\": \"…\"}";
const LINK: &str = "an https: link without user information";
pub(super) const REGION: &str = "an ISO 3166-2 code such as \"CA-QC\"";

pub(super) struct Object<'a> {
    pub(super) members: &'a Map<String, Value>,
    pub(super) place: Place<'a>,
}

impl<'a> Object<'a> {
    pub(super) fn of(value: &'a Value, place: Place<'a>, report: &mut Report) -> Result<Self, Lost> {
        match value {
            Value::Object(members) => Ok(Self { members, place }),
            other => {
                report.add(&place, "an object", describe(Some(other)));
                Err(Lost)
            }
        }
    }

    /// The member of a name; `null` counts as absent.
    pub(super) fn member(&self, name: &str) -> Option<&'a Value> {
        self.members.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn place<'b>(&'b self, name: &'b str) -> Place<'b> {
        Place::Member(&self.place, name)
    }

    fn object(&'a self, name: &'a str, report: &mut Report) -> Option<Object<'a>> {
        Object::of(self.member(name)?, self.place(name), report).ok()
    }

    fn string(&self, name: &str, expected: &str, report: &mut Report) -> Result<Option<&'a str>, Lost> {
        match self.member(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => {
                report.add(&self.place(name), expected, describe(Some(other)));
                Err(Lost)
            }
        }
    }

    /// A string that `parse` understands; absent is `Ok(None)`, any other thing is reported.
    pub(super) fn parsed<T>(
        &self,
        name: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
        report: &mut Report,
    ) -> Result<Option<T>, Lost> {
        let Some(text) = self.string(name, expected, report)? else {
            return Ok(None);
        };
        let parsed = parse(text);
        if parsed.is_none() {
            report.add(&self.place(name), expected, describe(self.member(name)));
            return Err(Lost);
        }
        Ok(parsed)
    }

    /// The value, or the loss of the object where it is absent.
    pub(super) fn required<T>(
        &self,
        value: Option<T>,
        name: &str,
        expected: &str,
        report: &mut Report,
    ) -> Result<T, Lost> {
        value.ok_or_else(|| {
            let place = self.place(name);
            let path = place.to_string();
            // What is wrong inside the member was told just now.
            let told = report
                .problems
                .last()
                .is_some_and(|problem| problem.path.starts_with(&path));
            if !told {
                report.add(&place, expected, describe(self.member(name)));
            }
            Lost
        })
    }

    pub(super) fn id(&self, name: &str, report: &mut Report) -> Result<String, Lost> {
        const ID: &str = "an id of a-z, 0-9, \".\", \"_\", \"-\", at most 80 long";
        let id = self.parsed(name, ID, |text| is_id(text).then(|| text.to_owned()), report)?;
        self.required(id, name, ID, report)
    }

    pub(super) fn flag(&self, name: &str, report: &mut Report) -> Option<bool> {
        let value = self.member(name)?;
        if !value.is_boolean() {
            report.add(&self.place(name), "true or false", describe(Some(value)));
        }
        value.as_bool()
    }

    /// A number between two bounds, both included.
    fn number(&self, name: &str, least: f64, most: f64, report: &mut Report) -> Option<f64> {
        let value = self.member(name)?;
        let number = value.as_f64().filter(|number| (least..=most).contains(number));
        if number.is_none() {
            report.add(&self.place(name), "a number within its bounds", describe(Some(value)));
        }
        number
    }

    /// Degrees north and east.
    pub(super) fn coordinates(&self, report: &mut Report) -> Option<(f64, f64)> {
        let latitude = self.number("latitude", -90.0, 90.0, report);
        let longitude = self.number("longitude", -180.0, 180.0, report);
        latitude.zip(longitude)
    }

    /// One cleaned line; a line left empty counts as absent.
    pub(super) fn line(&self, name: &str, limit: usize, report: &mut Report) -> Option<String> {
        let text = self.string(name, "a string", report).ok()??;
        clean(text, Shape::Line(limit), &self.place(name), report)
    }

    pub(super) fn text(&self, name: &str, shape: Shape, report: &mut Report) -> Text {
        self.localized(name, TEXT, report, |text, place, report| {
            clean(text, shape, place, report)
        })
    }

    pub(super) fn required_text(&self, name: &str, limit: usize, report: &mut Report) -> Result<Text, Lost> {
        let text = self.text(name, Shape::Line(limit), report);
        self.required(Some(text).filter(|text| !text.is_empty()), name, TEXT, report)
    }

    pub(super) fn links(&self, name: &str, report: &mut Report) -> Links {
        self.localized(
            name,
            "a link by language such as {\"fr\": \"https://…\"}",
            report,
            |text, place, report| {
                let link = Link::parse(text);
                if link.is_none() {
                    report.add(place, LINK, describe(Some(&Value::from(text))));
                }
                link
            },
        )
    }

    pub(super) fn link(&self, name: &str, report: &mut Report) -> Option<Link> {
        self.parsed(name, LINK, Link::parse, report).unwrap_or(None)
    }

    fn localized<T>(
        &self,
        name: &str,
        expected: &str,
        report: &mut Report,
        take: impl Fn(&str, &Place, &mut Report) -> Option<T>,
    ) -> Localized<T> {
        let mut localized = Localized::default();
        let Some(value) = self.member(name) else {
            return localized;
        };
        let place = self.place(name);
        let Value::Object(members) = value else {
            report.add(&place, expected, describe(Some(value)));
            return localized;
        };
        for (language, value) in members {
            let place = Place::Member(&place, language);
            match value {
                Value::Null => {}
                Value::String(text) if is_language(language) => {
                    localized
                        .0
                        .extend(take(text, &place, report).map(|value| (language.clone(), value)));
                }
                Value::String(_) => report.add(
                    &place,
                    "a BCP 47 language tag",
                    format!("\"{}\"", clean_line(language, 60).0),
                ),
                other => report.add(&place, "a string", describe(Some(other))),
            }
        }
        let rank = |tag: &str| {
            report
                .languages
                .iter()
                .position(|language| crate::same_language(language, tag))
        };
        localized.0.sort_by_key(|(tag, _)| rank(tag).unwrap_or(usize::MAX));
        localized
    }

    pub(super) fn image(&self, name: &str, report: &mut Report) -> Option<Image> {
        let object = self.object(name, report)?;
        let url = object.link("url", report);
        let side = |side| {
            object
                .member(side)
                .and_then(Value::as_u64)
                .and_then(|pixels| u32::try_from(pixels).ok())
        };
        Some(Image {
            url: object.required(url, "url", LINK, report).ok()?,
            alt: object.text("alt", Shape::Line(crate::text::LABEL), report),
            size: side("width")
                .zip(side("height"))
                .filter(|(width, height)| *width > 0 && *height > 0),
        })
    }

    /// What is made of the object under a name.
    pub(super) fn within<T>(
        &self,
        name: &str,
        report: &mut Report,
        take: impl FnOnce(&Object, &mut Report) -> T,
    ) -> Option<T> {
        let object = self.object(name, report)?;
        Some(take(&object, report))
    }

    /// The items of an array, each with its place; a thing that is no array is reported.
    pub(super) fn items(&self, name: &str, report: &mut Report) -> &'a [Value] {
        match self.member(name) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(other) => {
                report.add(&self.place(name), "an array", describe(Some(other)));
                &[]
            }
        }
    }

    /// Does something with every object of an array; a loss is that item's alone.
    pub(super) fn each(
        &self,
        name: &str,
        report: &mut Report,
        mut take: impl FnMut(&Object, &mut Report) -> Result<(), Lost>,
    ) -> Losses {
        let place = self.place(name);
        let mut lost = Losses::None;
        for (number, item) in self.items(name, report).iter().enumerate() {
            let object = Object::of(item, Place::Item(&place, number), report);
            if object.and_then(|object| take(&object, report)).is_err() {
                lost = Losses::Some;
            }
        }
        lost
    }

    /// The strings of an array that `fits`, each once; any other item is reported.
    pub(super) fn tokens(
        &self,
        name: &str,
        expected: &str,
        fits: impl Fn(&str) -> bool,
        report: &mut Report,
    ) -> Vec<String> {
        let place = self.place(name);
        let mut kept: Vec<String> = Vec::new();
        // A set beside the list: a feed of megabytes in one array must not take minutes.
        let mut met = BTreeSet::new();
        for (number, item) in self.items(name, report).iter().enumerate() {
            match item.as_str().filter(|token| fits(token)) {
                Some(token) if met.insert(token) => kept.push(token.to_owned()),
                Some(_) => {}
                None => report.add(&Place::Item(&place, number), expected, describe(Some(item))),
            }
        }
        kept
    }
}

/// Whether an array lost any of its items.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Losses {
    None,
    Some,
}

fn clean(text: &str, shape: Shape, place: &Place, report: &mut Report) -> Option<String> {
    let (limit, (cleaned, cut)) = match shape {
        Shape::Line(limit) => (limit, clean_line(text, limit)),
        Shape::Block => (DESCRIPTION, clean_block(text, DESCRIPTION)),
    };
    if cut {
        report.add(
            place,
            &format!("at most {limit} characters"),
            format!("{}", text.chars().count()),
        );
    }
    Some(cleaned).filter(|text| !text.is_empty())
}

/// Whether a text has the form of an id: `a-z`, `0-9`, `.`, `_`, `-`, at most 80 long.
pub fn is_id(text: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    text.len() <= 80
        && text.bytes().all(rest)
        && text
            .bytes()
            .next()
            .is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit())
}

/// The form of the tags that the feed allows, a part of RFC 5646's.
pub(super) fn is_language(text: &str) -> bool {
    let mut subtags = text.split('-');
    let primary = subtags.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && subtags.all(|tag| (2..=8).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

pub(super) fn region(text: &str) -> Option<String> {
    let (country, subdivision) = text.split_once('-').unwrap_or((text, "0"));
    let fits = country.len() == 2
        && country.bytes().all(|byte| byte.is_ascii_uppercase())
        && (1..=3).contains(&subdivision.len())
        && subdivision
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    fits.then(|| text.to_owned())
}

pub(super) fn color(text: &str) -> Option<String> {
    let digits = text.strip_prefix('#')?;
    (digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| text.to_owned())
}

/// The form of an IANA zone's name; whether there is such a zone, the browser knows.
pub(super) fn time_zone(text: &str) -> Option<String> {
    let mut parts = text.split('/');
    let area = parts.next().unwrap_or_default();
    let mut places = parts.peekable();
    let is_place = |place: &str| {
        !place.is_empty()
            && place
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"_+-".contains(&byte))
    };
    let is_area = !area.is_empty() && area.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let fits = text == "UTC" || (is_area && places.peek().is_some() && places.all(is_place));
    fits.then(|| text.to_owned())
}

//! Model: the members of a JSON object, each taken or reported with its path.

use std::borrow::Cow;

use crate::decimal::decimal;
use crate::ids::Ids;
use crate::json::{Json, Members};
use crate::link::Link;
use crate::problem::Problem;
use crate::text::{DESCRIPTION, LABEL, clean_block, clean_line, parted};
use crate::{Links, Text};

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
        let mut path = String::new();
        place.push(&mut path);
        self.problems.push(Problem {
            path,
            expected: expected.to_owned(),
            found,
        });
    }

    pub(super) fn too_many(&mut self, place: &Place, most: usize, of: &str, found: usize) {
        let expected = ["at most ", &decimal(most), " ", of].concat();
        self.add(place, &expected, decimal(found));
    }

    /// Tells of an object whose id another one has.
    pub(super) fn repeated(&mut self, place: &Place, id: &str) {
        let found = ["\"", id, "\" a second time"].concat();
        self.add(&Place::Member(place, "id"), "an id of its own", found);
    }
}

/// A place in the document; its path is written only when something is wrong there.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    Document,
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Place<'_> {
    fn push(&self, path: &mut String) {
        match self {
            Self::Document => {}
            Self::Member(parent, name) => {
                parent.push(path);
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(name);
            }
            Self::Item(parent, number) => {
                parent.push(path);
                path.push('[');
                path.push_str(&decimal(*number));
                path.push(']');
            }
        }
    }
}

/// What was found, in words that fit a console line.
pub(super) fn describe(value: Option<Json>) -> String {
    let words = match value {
        None => "nothing",
        Some(Json::Null) => "null",
        Some(Json::Bool(true)) => "true",
        Some(Json::Bool(false)) => "false",
        // Only a whole number of a readable length is written out.
        Some(Json::Number(number)) if is_word(number, 1..=19, |byte| byte.is_ascii_digit() || *byte == b'-') => number,
        Some(Json::Number(_)) => "a number",
        Some(Json::Array(_)) => "an array",
        Some(Json::Object(_)) => "an object",
        Some(Json::String(_)) => return quoted(&value.and_then(Json::text).unwrap_or_default()),
    };
    words.to_owned()
}

fn quoted(text: &str) -> String {
    ["\"", &clean_line(text, 60).0, "\""].concat()
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
const STRING: &str = "a string";
pub(super) const REGION: &str = "an ISO 3166-2 code such as \"CA-QC\"";
pub(super) const CURRENCY: &str = "an ISO 4217 code such as \"CAD\"";
pub(super) const LANGUAGE: &str = "a BCP 47 language tag";

pub(super) struct Object<'a> {
    pub(super) members: Members<'a>,
    pub(super) place: Place<'a>,
}

impl<'a> Object<'a> {
    pub(super) fn of(value: Json<'a>, place: Place<'a>, report: &mut Report) -> Result<Self, Lost> {
        if !matches!(value, Json::Object(_)) {
            report.add(&place, "an object", describe(Some(value)));
            return Err(Lost);
        }
        Ok(Self {
            members: value.members(),
            place,
        })
    }

    /// The member of a name; `null` counts as absent.
    pub(super) fn member(&self, name: &str) -> Option<Json<'a>> {
        let (_, value) = self.members.iter().rev().find(|(own, _)| own == name)?;
        Some(*value).filter(|value| *value != Json::Null)
    }

    pub(super) fn place<'b>(&'b self, name: &'b str) -> Place<'b> {
        Place::Member(&self.place, name)
    }

    /// Tells that a member is not what was expected.
    pub(super) fn unfit(&self, name: &str, expected: &str, report: &mut Report) -> Lost {
        report.add(&self.place(name), expected, describe(self.member(name)));
        Lost
    }

    fn object(&'a self, name: &'a str, report: &mut Report) -> Option<Object<'a>> {
        Object::of(self.member(name)?, self.place(name), report).ok()
    }

    fn string(&self, name: &str, expected: &str, report: &mut Report) -> Result<Option<Cow<'a, str>>, Lost> {
        match self.member(name) {
            None => Ok(None),
            Some(value) => match value.text() {
                Some(text) => Ok(Some(text)),
                None => Err(self.unfit(name, expected, report)),
            },
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
        match parse(&text) {
            None => Err(self.unfit(name, expected, report)),
            parsed => Ok(parsed),
        }
    }

    /// The value, or the loss of the object where it is absent.
    pub(super) fn required<T>(
        &self,
        value: Option<T>,
        name: &str,
        expected: &str,
        report: &mut Report,
    ) -> Result<T, Lost> {
        value.ok_or_else(|| self.lost(name, expected, report))
    }

    fn lost(&self, name: &str, expected: &str, report: &mut Report) -> Lost {
        let mut path = String::new();
        self.place(name).push(&mut path);
        // What is wrong inside the member was told just now.
        match report.problems.last() {
            Some(told) if told.path.starts_with(&path) => Lost,
            _ => self.unfit(name, expected, report),
        }
    }

    pub(super) fn id(&self, name: &str, report: &mut Report) -> Result<String, Lost> {
        const ID: &str = "an id of a-z, 0-9, \".\", \"_\", \"-\", at most 80 long";
        let id = self.parsed(name, ID, |text| is_id(text).then(|| text.to_owned()), report)?;
        self.required(id, name, ID, report)
    }

    pub(super) fn region(&self, name: &str, report: &mut Report) -> Option<String> {
        let parse = |text: &str| is_region(text).then(|| text.to_owned());
        self.parsed(name, REGION, parse, report).unwrap_or(None)
    }

    pub(super) fn flag(&self, name: &str, report: &mut Report) -> Option<bool> {
        if let Json::Bool(flag) = self.member(name)? {
            return Some(flag);
        }
        self.unfit(name, "true or false", report);
        None
    }

    /// One cleaned line; a line left empty counts as absent.
    pub(super) fn line(&self, name: &str, limit: usize, report: &mut Report) -> Option<String> {
        let text = self.string(name, STRING, report).ok()??;
        clean(&text, Shape::Line(limit), &self.place(name), report)
    }

    pub(super) fn required_line(&self, name: &str, report: &mut Report) -> Result<String, Lost> {
        let line = self.line(name, LABEL, report);
        self.required(line, name, STRING, report)
    }

    pub(super) fn text(&self, name: &str, shape: Shape, report: &mut Report) -> Text {
        let mut kept = Text::default();
        self.localized(name, TEXT, report, &mut |language, text, place, report| {
            if let Some(text) = clean(text, shape, place, report) {
                kept.0.push((language.to_owned(), text));
            }
        });
        kept
    }

    pub(super) fn required_text(&self, name: &str, limit: usize, report: &mut Report) -> Result<Text, Lost> {
        let text = self.text(name, Shape::Line(limit), report);
        self.required(Some(text).filter(|text| !text.is_empty()), name, TEXT, report)
    }

    pub(super) fn links(&self, name: &str, report: &mut Report) -> Links {
        const LINKS: &str = "a link by language such as {\"fr\": \"https://…\"}";
        let mut kept = Links::default();
        self.localized(
            name,
            LINKS,
            report,
            &mut |language, text, place, report| match Link::parse(text) {
                Some(link) => kept.0.push((language.to_owned(), link)),
                None => report.add(place, LINK, quoted(text)),
            },
        );
        kept
    }

    pub(super) fn link(&self, name: &str, report: &mut Report) -> Option<Link> {
        self.parsed(name, LINK, Link::parse, report).unwrap_or(None)
    }

    /// Gives the strings by language under a name to `take`: each language once, the document's languages first.
    fn localized(
        &self,
        name: &str,
        expected: &str,
        report: &mut Report,
        take: &mut dyn FnMut(&str, &str, &Place, &mut Report),
    ) {
        let Some(value) = self.member(name) else { return };
        let place = self.place(name);
        if !matches!(value, Json::Object(_)) {
            self.unfit(name, expected, report);
            return;
        }
        let members = value.members();
        let mut numbers = Ids::default();
        let mut ranks: Vec<usize> = Vec::new();
        let last = report.languages.len();
        for (number, (language, _)) in members.iter().enumerate() {
            numbers.insert(Cow::Borrowed(language), number);
            let of_document = &report.languages;
            let rank = of_document.iter().position(|own| crate::same_language(own, language));
            ranks.push(rank.unwrap_or(last));
        }
        // Once for each language of the document, which are few, and once for all others: a sort weighs more.
        for wanted in 0..=last {
            for ((number, rank), (language, value)) in ranks.iter().enumerate().zip(&members) {
                if *rank != wanted || numbers.number(language) != Some(number) {
                    continue;
                }
                let place = Place::Member(&place, language);
                match value.text() {
                    Some(text) if is_language(language) => take(language, &text, &place, report),
                    Some(_) => report.add(&place, LANGUAGE, quoted(language)),
                    None if *value == Json::Null => {}
                    None => report.add(&place, STRING, describe(Some(*value))),
                }
            }
        }
    }

    /// Where the picture under a name is.
    pub(super) fn image(&self, name: &str, report: &mut Report) -> Option<Link> {
        let object = self.object(name, report)?;
        let url = object.link("url", report);
        object.required(url, "url", LINK, report).ok()
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

    /// The items of an array; a thing that is no array is reported.
    pub(super) fn items(&self, name: &str, report: &mut Report) -> Vec<Json<'a>> {
        let Some(value) = self.member(name) else {
            return Vec::new();
        };
        value.items().unwrap_or_else(|| {
            self.unfit(name, "an array", report);
            Vec::new()
        })
    }

    /// Does something with every object of an array; a loss is that item's alone.
    pub(super) fn each(
        &self,
        name: &str,
        report: &mut Report,
        take: &mut dyn FnMut(&Object, &mut Report) -> Result<(), Lost>,
    ) -> Losses {
        let place = self.place(name);
        let mut lost = Losses::None;
        for (number, item) in self.items(name, report).into_iter().enumerate() {
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
        fits: &dyn Fn(&str) -> bool,
        report: &mut Report,
    ) -> Vec<String> {
        let place = self.place(name);
        let mut kept: Vec<String> = Vec::new();
        let mut met = Ids::default();
        for (number, item) in self.items(name, report).into_iter().enumerate() {
            match item.text().filter(|token| fits(token)) {
                Some(token) => {
                    if met.number(&token).is_none() {
                        kept.push(token.clone().into_owned());
                        met.insert(token, number);
                    }
                }
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
        report.too_many(place, limit, "characters", text.chars().count());
    }
    Some(cleaned).filter(|text| !text.is_empty())
}

/// Whether a text has the form of an id: `a-z`, `0-9`, `.`, `_`, `-`, at most 80 long.
pub fn is_id(text: &str) -> bool {
    let rest = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'_' | b'-');
    text.len() <= 80
        && text.bytes().all(rest)
        && text
            .bytes()
            .next()
            .is_some_and(|first| first.is_ascii_lowercase() || first.is_ascii_digit())
}

/// Whether a text is so many octets, of which each `fits`.
fn is_word(text: &str, lengths: std::ops::RangeInclusive<usize>, fits: fn(&u8) -> bool) -> bool {
    lengths.contains(&text.len()) && text.as_bytes().iter().all(fits)
}

/// The form of the tags that the feed allows, a part of RFC 5646's.
pub(super) fn is_language(text: &str) -> bool {
    let (primary, mut rest) = parted(text, b'-').map_or((text, None), |(primary, rest)| (primary, Some(rest)));
    while let Some(subtags) = rest {
        let (tag, more) = parted(subtags, b'-').map_or((subtags, None), |(tag, more)| (tag, Some(more)));
        if !is_word(tag, 2..=8, u8::is_ascii_alphanumeric) {
            return false;
        }
        rest = more;
    }
    is_word(primary, 2..=3, u8::is_ascii_lowercase)
}

pub(super) fn is_region(text: &str) -> bool {
    let (country, subdivision) = parted(text, b'-').unwrap_or((text, "0"));
    let fits = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    is_word(country, 2..=2, u8::is_ascii_uppercase) && is_word(subdivision, 1..=3, fits)
}

pub(super) fn color(text: &str) -> Option<String> {
    let fits = is_word(text.strip_prefix('#')?, 6..=6, u8::is_ascii_hexdigit);
    fits.then(|| text.to_owned())
}

/// The form of an IANA zone's name; whether there is such a zone, the browser knows.
pub(super) fn time_zone(text: &str) -> Option<String> {
    let fits = text == "UTC" || parted(text, b'/').is_some_and(|(area, places)| is_zone(area, places));
    fits.then(|| text.to_owned())
}

fn is_zone(area: &str, places: &str) -> bool {
    let is_area = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
    let is_place = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-');
    let mut rest = Some(places);
    while let Some(places) = rest {
        let (place, more) = parted(places, b'/').map_or((places, None), |(place, more)| (place, Some(more)));
        if !is_word(place, 1..=usize::MAX, is_place) {
            return false;
        }
        rest = more;
    }
    is_word(area, 1..=usize::MAX, is_area)
}

//! Publish: a table of events → drafts; the template in either language, or The Events Calendar's export.

mod offers;

use std::collections::BTreeMap;

use joint_events_model::read::is_id;
use joint_events_model::text::{DESCRIPTION, PLACE, TITLE, clean_block, clean_line};
use serde_json::Value;

use super::columns::{EVENTS, the_events_calendar};
use super::date::{self, DATE, TIME, Written, written};
use super::table::{Columns, Row, Table, table};
use super::tokens::{self, list};
use super::{Settings, Unreadable, in_zone, put_zone, quoted};
use crate::draft::{CATEGORIES, Drafts, Loss, Members, Problem, put, put_localized, within};
use crate::markup::plain;
use crate::zone::{WallClock, Zone};

pub use offers::{first_moment, last_moment};

/// Whether a table has a header that this importer knows: a title and a start at least.
pub fn knows(table: &Table) -> bool {
    let columns = Columns::of(table, EVENTS, the_events_calendar, &mut Vec::new());
    let has = |name: &str| table.headers.iter().any(|header| columns.header(name) == *header);
    has("start") && ["title", "title_fr", "title_en"].into_iter().any(has)
}

/// Reads a table of events.
///
/// # Errors
/// Where the text is no table, or has no column that is known.
pub fn read(text: &str, settings: &Settings) -> Result<Drafts, Unreadable> {
    let table = table(text)?;
    let mut drafts = Drafts::default();
    let columns = Columns::of(&table, EVENTS, the_events_calendar, &mut drafts.problems);
    if columns.known() == 0 {
        return Err(Unreadable::new(
            "a header such as \"titre_fr\" or \"Event Name\"",
            quoted(&table.headers.join(", ")),
        ));
    }
    let mut derived: BTreeMap<String, usize> = BTreeMap::new();
    for row in &table.rows {
        let cells = Cells {
            row,
            columns: &columns,
            settings,
            problems: Vec::new(),
        };
        cells.event(&table, &mut drafts, &mut derived);
    }
    drafts.part_by_day(&derived);
    Ok(drafts)
}

/// A row as it is read.
struct Cells<'a> {
    row: &'a Row,
    columns: &'a Columns,
    settings: &'a Settings,
    problems: Vec<Problem>,
}

impl<'a> Cells<'a> {
    fn event(mut self, table: &Table, drafts: &mut Drafts, derived: &mut BTreeMap<String, usize>) {
        if self.cell("hidden").and_then(tokens::flag) == Some(true) {
            self.problem(
                "hidden",
                Loss::None,
                "an event that is listed",
                "one that is hidden from listings",
            );
            drafts.problems.append(&mut self.problems);
            return;
        }
        let mut event = Members::new();
        self.titles(&mut event);
        let title = event
            .get("title")
            .and_then(Value::as_object)
            .and_then(|title| title.values().next());
        let title = title.and_then(Value::as_str).map(str::to_owned);
        let own = self.cell("id").map(str::to_owned).or_else(|| title.clone());
        if title.is_none() {
            self.problem("title_fr", Loss::Grave, "a title in a language at least", "nothing");
        }
        let zone = self.zone(&mut event);
        let start = self.times(&mut event, zone.as_ref());
        if self.row.cells.len() > table.headers.len() {
            let (cells, headers) = (self.row.cells.len(), table.headers.len());
            self.problems.push(Problem {
                row: Some(self.row.number),
                ..Problem::new(Loss::Grave, "", format!("{headers} cells"), cells.to_string())
            });
        }
        let (Some(own), Some(_), Some(_)) = (&own, title, start) else {
            drafts.lose(own.as_deref(), self.problems);
            return;
        };
        let id = crate::ids::id(own);
        if self.cell("id").is_none() {
            let times = derived.entry(id.clone()).or_default();
            *times = times.saturating_add(1);
        }
        put(&mut event, "id", id);
        self.facts(&mut event);
        self.venue(&mut event);
        self.links(&mut event);
        let offers = self.offers(&event, zone.as_ref());
        if !offers.is_empty() {
            put(&mut event, "offers", offers);
        }
        drafts.add(event, self.problems);
    }

    fn cell(&self, name: &str) -> Option<&'a str> {
        self.columns.cell(self.row, name).map(|(cell, _)| cell)
    }

    fn problem(&mut self, name: &str, loss: Loss, expected: impl Into<String>, found: impl Into<String>) {
        self.problems
            .push(self.columns.problem(self.row, name, loss, expected, found));
    }

    /// What a cell says, if `parse` understands it; what it does not understand is a grave loss.
    fn parsed<T>(&mut self, name: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.cell(name)?;
        let parsed = parse(cell);
        if parsed.is_none() {
            self.problem(name, Loss::Grave, expected, quoted(cell));
        }
        parsed
    }

    fn titles(&mut self, event: &mut Members) {
        let own = self.settings.language().to_owned();
        for (column, member, language, markup) in [
            ("title_fr", "title", "fr", false),
            ("title_en", "title", "en", false),
            ("title", "title", own.as_str(), true),
            ("summary_fr", "summary", "fr", false),
            ("summary_en", "summary", "en", false),
            ("summary", "summary", own.as_str(), true),
            ("description", "description", own.as_str(), true),
        ] {
            let Some(cell) = self.cell(column) else {
                continue;
            };
            let text = if markup { plain(cell) } else { cell.to_owned() };
            let (limit, (text, cut)) = if member == "title" {
                (TITLE, clean_line(&text, TITLE))
            } else {
                (DESCRIPTION, clean_block(&text, DESCRIPTION))
            };
            if cut {
                let found = cell.chars().count().to_string();
                self.problem(column, Loss::Slight, format!("at most {limit} characters"), found);
            }
            if !text.is_empty() {
                put_localized(event, member, language, text);
            }
        }
    }

    /// The row's zone, else the source's.
    fn zone(&mut self, event: &mut Members) -> Option<Zone> {
        let told = self.cell("time_zone");
        let own = told.and_then(Zone::named);
        if let (Some(told), None) = (told, &own) {
            let loss = if self.settings.time_zone.is_some() {
                Loss::None
            } else {
                Loss::Grave
            };
            self.problem(
                "time_zone",
                loss,
                "an IANA time zone such as \"America/Toronto\"",
                quoted(told),
            );
        }
        let zone = own.or_else(|| self.settings.time_zone.clone());
        put_zone(event, zone.as_ref());
        zone
    }

    /// Start and end; `None` where the start can't be read.
    fn times(&mut self, event: &mut Members, zone: Option<&Zone>) -> Option<()> {
        let all_day = self.parsed("all_day", tokens::FLAG, tokens::flag).unwrap_or(false);
        if self.cell("start").is_none() {
            self.problem("start", Loss::Grave, DATE, "nothing");
            return None;
        }
        let start = self.when("start", "start_time", all_day, zone)?;
        put(event, "start", start);
        if self.cell("end").is_some()
            && let Some(end) = self.when("end", "end_time", all_day, zone)
        {
            put(event, "end", end);
        }
        Some(())
    }

    fn when(&mut self, name: &str, time_name: &str, all_day: bool, zone: Option<&Zone>) -> Option<String> {
        let cell = self.cell(name)?;
        let order = self.settings.date_order;
        let read = match written(cell, order) {
            Ok(read) => read,
            Err(expected) => {
                self.problem(name, Loss::Grave, expected, quoted(cell));
                return None;
            }
        };
        let read = match (read, self.cell(time_name)) {
            (Written::Day(day) | Written::Local(day, _), _) if all_day => Written::Day(day),
            (Written::Day(day), Some(_)) => Written::Local(day, self.parsed(time_name, TIME, date::time)?),
            (read, _) => read,
        };
        match read {
            Written::Day(day) => Some(day.to_string()),
            Written::Moment(moment) => Some(moment.to_string()),
            Written::Local(date, (hour, minute, second)) => {
                let clock = WallClock {
                    date,
                    hour,
                    minute,
                    second,
                };
                match in_zone(clock, zone) {
                    Ok(text) => Some(text),
                    Err((expected, found)) => {
                        self.problem(name, Loss::Grave, expected, found);
                        None
                    }
                }
            }
        }
    }

    fn facts(&mut self, event: &mut Members) {
        if let Some(status) = self.parsed("status", tokens::STATUS, tokens::status) {
            put(event, "status", status);
        }
        if let Some(attendance) = self.parsed("attendance", tokens::ATTENDANCE, tokens::attendance) {
            put(event, "attendance", attendance);
        }
        let association = "ids of associations, parted by spaces";
        if let Some(ids) = self.ids("organizers", association) {
            put(event, "organizers", ids);
        }
        self.settings.put_organizer(event);
        for member in ["themes", "languages"] {
            if let Some(cell) = self.cell(member) {
                put(event, member, list(cell));
            }
        }
        if let Some(categories) = self.cell("categories") {
            let names = categories.split(',').map(|name| plain(name.trim()));
            put(
                event,
                CATEGORIES,
                names.filter(|name| !name.is_empty()).collect::<Vec<_>>(),
            );
        }
    }

    fn ids(&mut self, name: &str, expected: &str) -> Option<Vec<String>> {
        self.parsed(name, expected, |cell| {
            let ids = list(cell);
            (!ids.is_empty() && ids.iter().all(|id| is_id(id))).then_some(ids)
        })
    }

    fn venue(&mut self, event: &mut Members) {
        let cells = ["venue", "street", "city", "province", "postal_code"].map(|name| self.cell(name));
        within(event, "venue", |venue| {
            for (member, cell) in ["name", "street", "locality", "region", "postalCode"]
                .into_iter()
                .zip(cells)
            {
                if let Some(cell) = cell {
                    put(venue, member, clean_line(&plain_venue(cell), PLACE).0);
                }
            }
        });
        let Some(province) = self.cell("province") else {
            return;
        };
        match crate::region::region(province) {
            Some(code) => within(event, "venue", |venue| put(venue, "region", code)),
            None => {
                within(event, "venue", |venue| {
                    venue.remove("region");
                });
                self.problem(
                    "province",
                    Loss::Grave,
                    "a province such as \"Québec\" or \"CA-QC\"",
                    quoted(province),
                );
            }
        }
    }

    fn links(&mut self, event: &mut Members) {
        let own = self.settings.language().to_owned();
        for (column, language) in [("url_fr", "fr"), ("url_en", "en"), ("url", own.as_str())] {
            if let Some(link) = self.link(column) {
                put_localized(event, "url", language, link);
            }
        }
        let links =
            [("register_fr", "fr"), ("register_en", "en")].map(|(column, language)| (self.link(column), language));
        within(event, "registration", |registration| {
            for (link, language) in links {
                if let Some(link) = link {
                    put_localized(registration, "url", language, link);
                }
            }
        });
        // The Events Calendar names its pictures by number where they stand in its own library.
        let number = |cell: &str| cell.bytes().all(|byte| byte.is_ascii_digit());
        if self.cell("image").is_some_and(number) {
            return;
        }
        if let Some(link) = self.link("image") {
            let texts = [("image_alt_fr", "fr"), ("image_alt_en", "en")]
                .map(|(column, language)| (self.cell(column), language));
            within(event, "image", |image| {
                put(image, "url", link);
                for (text, language) in texts {
                    if let Some(text) = text {
                        put_localized(image, "alt", language, clean_line(text, TITLE).0);
                    }
                }
            });
        }
    }

    fn link(&mut self, name: &str) -> Option<String> {
        let cell = self.cell(name)?;
        let mut problems = Vec::new();
        let link = super::link(cell, name, &mut problems);
        self.problems.extend(problems.into_iter().map(|problem| Problem {
            row: Some(self.row.number),
            column: Some(self.columns.header(name)),
            ..problem
        }));
        link
    }
}

/// A place's name: The Events Calendar writes its entities.
fn plain_venue(cell: &str) -> String {
    plain(cell)
}

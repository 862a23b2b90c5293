//! Publish: the price overlay: a table of rates by audience, each row an offer of the event that its id or link names.

use std::collections::BTreeMap;

use joint_events_model::Currency;
use joint_events_model::link::Link;
use joint_events_model::read::is_id;
use joint_events_model::text::{DESCRIPTION, TITLE, clean_block, clean_line};
use serde_json::Value;

use crate::draft::{Draft, Loss, Members, Problem, put, put_localized};
use crate::import::columns::OVERLAY;
use crate::import::csv::{first_moment, last_moment};
use crate::import::date::{DateOrder, Written, written};
use crate::import::money::{PRICE, Price, price};
use crate::import::table::{Columns, Row, table};
use crate::import::tokens::{self, list};
use crate::import::{Unreadable, quoted};
use crate::zone::Zone;

/// A table of prices as it was read.
#[derive(Clone, Debug)]
pub struct Overlay {
    columns: Columns,
    rows: Vec<Row>,
    order: Option<DateOrder>,
}

impl Overlay {
    /// Reads a table of prices, with the problems of its header.
    ///
    /// # Errors
    /// Where the text is no table, or has no column that says which event a row is for.
    pub fn of(text: &str, order: Option<DateOrder>) -> Result<(Self, Vec<Problem>), Unreadable> {
        let table = table(text)?;
        let mut problems = Vec::new();
        let columns = Columns::of(&table, OVERLAY, |_| None, &mut problems);
        if !table.headers.iter().any(|header| columns.header("event") == *header) {
            let found = quoted(&table.headers.join(", "));
            return Err(Unreadable::new("a column \"event\" or \"evenement\"", found));
        }
        let overlay = Self {
            columns,
            rows: table.rows,
            order,
        };
        Ok((overlay, problems))
    }

    /// Puts the prices on the events that the rows name, in place of all offers that these have. An event whose row can't
    /// be read is marked as faulty; a row that fits no event is noted.
    pub fn apply(&self, events: &mut [Draft], currency: Currency) -> Vec<Problem> {
        let mut problems = Vec::new();
        let names = Names::of(events);
        let mut offers: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        for row in &self.rows {
            let Some((name, _)) = self.columns.cell(row, "event") else {
                problems.push(self.problem(row, "event", Loss::Slight, "an event's id or link", "nothing"));
                continue;
            };
            let Some(place) = names.find(name) else {
                let expected = "the id or a link of an event";
                problems.push(self.problem(row, "event", Loss::Slight, expected, quoted(name)));
                continue;
            };
            let Some(draft) = events.get_mut(place) else {
                continue;
            };
            let zone = draft
                .event
                .get("timeZone")
                .and_then(Value::as_str)
                .and_then(Zone::named);
            let theirs = offers.entry(place).or_default();
            let mut cells = Cells {
                overlay: self,
                row,
                problems: Vec::new(),
            };
            let offer = cells.offer(&draft.event, zone.as_ref(), currency, theirs);
            draft.faulty |= cells.problems.iter().any(|problem| problem.loss == Loss::Grave);
            problems.append(&mut cells.problems);
            theirs.push(Value::Object(offer));
        }
        for (place, offers) in offers {
            if let Some(draft) = events.get_mut(place) {
                put(&mut draft.event, "offers", offers);
            }
        }
        problems
    }

    fn problem(&self, row: &Row, column: &str, loss: Loss, expected: &str, found: impl Into<String>) -> Problem {
        self.columns.problem(row, column, loss, expected, found)
    }
}

/// What events can be called in a table: their ids, those under which others list them, their links.
struct Names(BTreeMap<String, usize>);

impl Names {
    fn of(events: &[Draft]) -> Self {
        let mut names = BTreeMap::new();
        for (place, draft) in events.iter().enumerate() {
            let mut add = |name: &str| {
                names.entry(name.to_owned()).or_insert(place);
            };
            add(draft.id());
            crate::draft::strings(&draft.event, "sameAs").for_each(&mut add);
        }
        // Ids come first: a link that two events share is the first one's.
        for (place, draft) in events.iter().enumerate() {
            for link in links(&draft.event) {
                names.entry(link.to_owned()).or_insert(place);
            }
        }
        Self(names)
    }

    fn find(&self, name: &str) -> Option<usize> {
        let link = || Link::parse(name).and_then(|link| self.0.get(link.as_str()));
        self.0.get(name).or_else(link).copied()
    }
}

/// The links of an event's page and of its registration, the other organizers' among them.
pub fn links(event: &Members) -> Vec<&str> {
    let mut links = Vec::new();
    let registration = event.get("registration");
    let alternatives = registration.and_then(|registration| registration.get("alternatives")?.as_array());
    let alternatives = alternatives
        .into_iter()
        .flatten()
        .map(|alternative| alternative.get("url"));
    let places = [
        event.get("url"),
        registration.and_then(|registration| registration.get("url")),
    ];
    for value in places.into_iter().chain(alternatives).flatten() {
        let members = value.as_object().into_iter().flat_map(|members| members.values());
        links.extend(members.filter_map(Value::as_str));
    }
    links
}

/// A row as it is read.
struct Cells<'a> {
    overlay: &'a Overlay,
    row: &'a Row,
    problems: Vec<Problem>,
}

impl Cells<'_> {
    fn offer(&mut self, event: &Members, zone: Option<&Zone>, currency: Currency, before: &[Value]) -> Members {
        let mut offer = Members::new();
        let audience = match self.cell("audience") {
            Some(_) => self.parsed("audience", tokens::AUDIENCE, tokens::audience),
            None => {
                self.problem("audience", tokens::AUDIENCE, "nothing");
                None
            }
        };
        let member_of = self.parsed("member_of", "ids of associations, parted by spaces", |cell| {
            let ids = list(cell);
            (!ids.is_empty() && ids.iter().all(|id| is_id(id))).then_some(ids)
        });
        let member_of = member_of.map(Value::from).or_else(|| {
            let members = audience.as_deref() == Some("member");
            event.get("organizers").filter(|_| members).cloned()
        });
        let id = self.parsed("offer", "an id of a-z, 0-9, \".\", \"_\", \"-\"", |cell| {
            is_id(cell).then(|| cell.to_owned())
        });
        put(
            &mut offer,
            "id",
            id.unwrap_or_else(|| free_id(audience.as_deref(), before)),
        );
        if let Some(audience) = audience {
            put(&mut offer, "audience", audience);
        }
        if let Some(member_of) = member_of {
            put(&mut offer, "memberOf", member_of);
        }
        let own = self
            .parsed("currency", "an ISO 4217 code such as \"CAD\"", Currency::new)
            .unwrap_or(currency);
        let paid = self.parsed("price", PRICE, |cell| price(cell, own));
        if let Some(Price::Amount(money)) = paid {
            put(&mut offer, "price", money.decimal());
            put(&mut offer, "currency", money.currency.as_str());
            if self.cell("currency").is_some() && money.currency != own {
                let found = money.currency.as_str().to_owned();
                self.problem(
                    "price",
                    &format!("a price in {}, the row's currency", own.as_str()),
                    found,
                );
            }
        }
        if let Some(included) = self.parsed("tax_included", tokens::FLAG, tokens::flag) {
            put(&mut offer, "taxIncluded", included);
        }
        self.bound("valid_from", "validFrom", zone, first_moment, &mut offer);
        self.bound("valid_through", "validThrough", zone, last_moment, &mut offer);
        if let Some(availability) = self.parsed("availability", tokens::AVAILABILITY, tokens::availability) {
            put(&mut offer, "availability", availability);
        }
        for (column, member, language) in [
            ("name_fr", "name", "fr"),
            ("name_en", "name", "en"),
            ("note_fr", "note", "fr"),
            ("note_en", "note", "en"),
        ] {
            if let Some(cell) = self.cell(column) {
                let text = if member == "name" {
                    clean_line(&cell, TITLE)
                } else {
                    clean_block(&cell, DESCRIPTION)
                };
                put_localized(&mut offer, member, language, text.0);
            }
        }
        for (column, language) in [("url_fr", "fr"), ("url_en", "en")] {
            let link = self.parsed(column, "an https: link without user information", Link::parse);
            if let Some(link) = link {
                put_localized(&mut offer, "url", language, link.as_str());
            }
        }
        offer
    }

    fn bound(
        &mut self,
        column: &str,
        member: &str,
        zone: Option<&Zone>,
        moment: impl Fn(Written, Option<&Zone>) -> Result<joint_events_model::time::DateTime, (String, String)>,
        offer: &mut Members,
    ) {
        let Some(cell) = self.cell(column) else {
            return;
        };
        let bound = written(&cell, self.overlay.order)
            .map_err(|expected| (expected.to_owned(), quoted(&cell)))
            .and_then(|read| moment(read, zone));
        match bound {
            Ok(bound) => put(offer, member, bound.to_string()),
            Err((expected, found)) => self.problem(column, &expected, found),
        }
    }

    fn cell(&self, name: &str) -> Option<String> {
        self.overlay
            .columns
            .cell(self.row, name)
            .map(|(cell, _)| cell.to_owned())
    }

    fn parsed<T>(&mut self, name: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.cell(name)?;
        let parsed = parse(&cell);
        if parsed.is_none() {
            self.problem(name, expected, quoted(&cell));
        }
        parsed
    }

    fn problem(&mut self, column: &str, expected: &str, found: impl Into<String>) {
        self.problems
            .push(self.overlay.problem(self.row, column, Loss::Grave, expected, found));
    }
}

/// An id for an offer that has none: its audience, and a number where that is taken.
fn free_id(audience: Option<&str>, before: &[Value]) -> String {
    let base = match audience {
        Some("nonMember") => "non-member".to_owned(),
        Some(token) => token.to_ascii_lowercase(),
        None => "offer".to_owned(),
    };
    let taken = |id: &str| {
        before
            .iter()
            .any(|offer| offer.get("id").and_then(Value::as_str) == Some(id))
    };
    if !taken(&base) {
        return base;
    }
    (2_u32..)
        .map(|number| format!("{base}-{number}"))
        .find(|id| !taken(id))
        .unwrap_or(base)
}

//! Publish: tables as spreadsheets export them: the separator found, rows counted as a spreadsheet counts them.

use std::collections::HashMap;

use joint_events_model::text::fold;

use super::{Unreadable, quoted};
use crate::draft::{Loss, Problem};
use crate::finding::meant;

/// A table: a header, and rows.
#[derive(Clone, Debug)]
pub struct Table {
    /// The header's cells as written.
    pub headers: Vec<String>,
    /// The header's row.
    pub header_row: usize,
    /// The rows under it, without comments and empty ones.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// As a spreadsheet counts: the first of the file is 1.
    pub number: usize,
    /// Its cells, trimmed.
    pub cells: Vec<String>,
}

/// Reads a table whose cells are parted by `,`, `;` or tab. Lines that begin with `#` are comments.
///
/// # Errors
/// Where there is no header, or quotes are not closed so that nothing is a row.
pub fn table(text: &str) -> Result<Table, Unreadable> {
    let text = text.trim_start_matches('\u{feff}');
    let separator = separator(text);
    let lines = Lines::of(text, separator);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Unreadable::new("a table", quoted(&error.to_string())))?;
        let offset = record.position().map_or(0, |position| position.byte());
        let cells: Vec<String> = record.iter().map(|cell| unquoted(cell.trim()).to_owned()).collect();
        let comment = cells.first().is_some_and(|cell| cell.starts_with('#'));
        if !comment && cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row {
                number: lines.row(offset),
                cells,
            });
        }
    }
    let mut rows = rows.into_iter();
    let header = rows
        .next()
        .ok_or_else(|| Unreadable::new("a table with a header", "nothing"))?;
    Ok(Table {
        headers: header.cells,
        header_row: header.number,
        rows: rows.collect(),
    })
}

/// A cell that no spreadsheet takes for a formula: an apostrophe before it makes it text there, and is taken away when the
/// table is read.
///
/// ```
/// use joint_events_publish::import::table::as_text;
///
/// assert_eq!(as_text("=HYPERLINK(\"https://example.org\")".to_owned()), "'=HYPERLINK(\"https://example.org\")");
/// assert_eq!(as_text("R&D = growth".to_owned()), "R&D = growth");
/// ```
pub fn as_text(cell: String) -> String {
    if is_formula(&cell) { format!("'{cell}") } else { cell }
}

/// A cell without the apostrophe of [`as_text`].
fn unquoted(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(cell)
}

/// Whether a cell begins as a formula does, or as one that was made text already: that one gets an apostrophe too, so
/// that it comes back with the one that was its own.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@'])
}

/// The separator that the header holds most of, outside quotes.
fn separator(text: &str) -> u8 {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.trim_start_matches('"').starts_with('#'));
    let header = header.unwrap_or_default();
    let mut counts = [(b';', 0_usize), (b',', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in header.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if !quoted {
            for (separator, count) in &mut counts {
                *count = count.saturating_add(usize::from(byte == *separator));
            }
        }
    }
    // The first of equals: a header of one column has none.
    let mut best = (b',', 0);
    for (separator, count) in counts {
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}

/// Where the rows of a file begin: a line end inside quotes begins none.
struct Lines<'a> {
    text: &'a [u8],
    starts: Vec<u64>,
}

impl<'a> Lines<'a> {
    /// Counts as the reader of the table does: a quote opens only where a cell begins.
    fn of(text: &'a str, separator: u8) -> Self {
        let text = text.as_bytes();
        let mut starts = vec![0];
        let (mut quoted, mut at_start) = (false, true);
        let following = text.iter().skip(1).chain(std::iter::once(&0));
        for ((place, byte), next) in (1_u64..).zip(text).zip(following) {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && *next != b'\n');
            if *byte == b'"' && (quoted || at_start) {
                // A doubled quote closes and opens again at once.
                quoted = !quoted;
                at_start = !quoted && *next == b'"';
            } else {
                at_start = !quoted && (ends_line || *byte == separator || *byte == b'\r');
                if ends_line && !quoted {
                    starts.push(place);
                }
            }
        }
        Self { text, starts }
    }

    /// The number of the row that begins at an offset, or after the line ends that stand there.
    fn row(&self, offset: u64) -> usize {
        let place = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = self.text.get(place..).unwrap_or_default();
        let blank = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let begins = offset.saturating_add(u64::try_from(blank).unwrap_or(u64::MAX));
        self.starts.partition_point(|start| *start <= begins)
    }
}

/// A column that a table may have: its name in English, which is the member's, and in French.
pub type Column = (&'static str, &'static str);

/// The columns of a table by what they hold.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Where each column stands, by the name that the importer knows it by.
    places: HashMap<&'static str, usize>,
    headers: Vec<String>,
}

impl Columns {
    /// Finds each header among the known ones and those that `other` knows; what is unknown is noted.
    pub fn of(
        table: &Table,
        known: &[Column],
        other: impl Fn(&str) -> Option<&'static str>,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut places: HashMap<&'static str, usize> = HashMap::new();
        for (place, header) in table.headers.iter().enumerate() {
            let key = header_key(header);
            let name = known
                .iter()
                .find(|(english, french)| *english == key || *french == key)
                .map(|(english, _)| *english)
                .or_else(|| other(&key));
            let repeated = name.is_some_and(|name| name != IGNORED && places.contains_key(name));
            if (name.is_none() || repeated) && !header.is_empty() {
                let candidates = known.iter().flat_map(|(english, french)| [*english, *french]);
                let hint = meant(&key, candidates).filter(|_| !repeated);
                let hint = hint.map(|hint| format!(" (did you mean {hint}?)")).unwrap_or_default();
                let found = if repeated {
                    format!("{} a second time", quoted(header))
                } else {
                    quoted(header)
                };
                problems.push(Problem {
                    row: Some(table.header_row),
                    column: Some(header.clone()),
                    ..Problem::new(Loss::Slight, "", format!("a column of the template{hint}"), found)
                });
            }
            if let Some(name) = name {
                places.entry(name).or_insert(place);
            }
        }
        Self {
            places,
            headers: table.headers.clone(),
        }
    }

    /// The cell of a row in a column, unless it is empty, with the column's header.
    pub fn cell<'a>(&'a self, row: &'a Row, name: &str) -> Option<(&'a str, &'a str)> {
        let place = *self.places.get(name)?;
        let cell = row.cells.get(place).filter(|cell| !cell.is_empty())?;
        Some((cell, self.headers.get(place)?))
    }

    /// The header of a column, or its own name where the table lacks it.
    pub fn header(&self, name: &str) -> String {
        let place = self.places.get(name);
        place
            .and_then(|place| self.headers.get(*place))
            .map_or_else(|| name.to_owned(), String::clone)
    }

    /// How many columns are known.
    pub fn known(&self) -> usize {
        self.places.len()
    }

    /// A problem of a row's cell.
    pub fn problem(
        &self,
        row: &Row,
        name: &str,
        loss: Loss,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Problem {
        Problem {
            row: Some(row.number),
            column: Some(self.header(name)),
            ..Problem::new(loss, name, expected, found)
        }
    }
}

/// The name of columns that hold nothing for a feed.
pub const IGNORED: &str = "";

/// A header as it is compared: lower case, without accents, words joined by `_`.
pub fn header_key(header: &str) -> String {
    let folded = fold(header);
    let words = folded.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let table = table(text).unwrap();
        table.rows.into_iter().map(|row| (row.number, row.cells)).collect()
    }

    #[test]
    fn every_separator_is_found() {
        for text in [
            "a;b\n1;2,5\n",
            "a,b\n1,\"2,5\"\n",
            "a\tb\n1\t2,5\n",
            "\u{feff}a;b\r\n1;2,5\r\n",
        ] {
            assert_eq!(rows(text), [(2, vec!["1".to_owned(), "2,5".to_owned()])], "{text}");
        }
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let text = "# first, a comment\na;b\n\n1;\"two\nlines\"\n# 9;9\n;\n3;4\n";
        let numbers: Vec<usize> = rows(text).iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [4, 7]);
        assert_eq!(table(text).unwrap().header_row, 2);
        let inches = "a;b\n5\" disk;x\n\"say \"\"hi\"\"\nthere\";y\nz;z\n";
        let numbers: Vec<usize> = rows(inches).iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [2, 3, 4]);
        let old = "a;b\r1;2\r3;4\r";
        let numbers: Vec<usize> = rows(old).iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [2, 3]);
    }

    #[test]
    fn a_mistyped_header_is_told_with_what_was_meant() {
        let mut problems = Vec::new();
        let table = table("titre_fr;debu;note\n").unwrap();
        Columns::of(&table, super::super::columns::EVENTS, |_| None, &mut problems);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "row 1, column debu: expected a column of the template (did you mean \"debut\"?), found \"debu\"",
                "row 1, column note: expected a column of the template, found \"note\"",
            ]
        );
    }

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was_and_begins_no_formula(cell in "('|=|-|\\+|@|\\PC){0,8}") {
            let written = as_text(cell.clone());
            prop_assert!(!written.starts_with(['=', '+', '-', '@']));
            prop_assert_eq!(unquoted(&written), cell);
        }

        #[test]
        fn any_text_is_a_table_or_none(text in "(\"|;|,|\n|\r|#|\\PC){0,80}") {
            table(&text).ok();
        }
    }
}

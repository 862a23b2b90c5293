//! Bench: what each page downloads.

use std::cell::Cell;

use serde_json::{Value, json};

use crate::contender::SCRIPTED;
use crate::session::Session;
use crate::site::Site;

/// Files that are only weighed, each with what it is.
const ALONE: [(&str, &str); 2] = [
    ("add-to-calendar-button", "/peers/add-to-calendar-button.js"),
    (
        "FullCalendar 7, as published for a `<script>`",
        "/peers/fullcalendar7-all.js",
    ),
];

/// What one page downloads: its files, each with its octets on the wire.
pub struct Weight {
    /// The page's title.
    pub title: &'static str,
    /// Path and octets; the page itself first, the feed last.
    pub files: Vec<(String, usize)>,
}

impl Weight {
    /// The sum of scripts, styles and wasm: what stands in no page and no feed.
    pub fn code(&self) -> usize {
        self.sum(|path| !path.ends_with(".html") && !path.ends_with(".json"))
    }

    /// The same and the page itself, with what a site's author writes around a calendar.
    pub fn with_page(&self) -> usize {
        self.sum(|path| !path.ends_with(".json"))
    }

    fn sum(&self, counts: fn(&str) -> bool) -> usize {
        let counted = self.files.iter().filter(|(path, _)| counts(path));
        counted.map(|(_, octets)| octets).sum()
    }
}

/// What the pages ask the server for, by visiting them, and the files that no page has.
///
/// # Errors
/// Where a page shows no list.
pub fn weigh(site: &Site) -> Result<Vec<Weight>, String> {
    let visits = Cell::new(1_000_000);
    let session = Session::start(site, &visits);
    let mut weights = Vec::new();
    for contender in SCRIPTED {
        site.asked();
        session.visit(&contender, 100)?;
        session.settle()?;
        let mut files: Vec<(String, usize)> = site
            .asked()
            .into_iter()
            .filter_map(|path| site.weight(&path).map(|octets| (path, octets)))
            .collect();
        let rank = |path: &str| (path.ends_with(".json"), !path.ends_with(".html"));
        files.sort_by_key(|(path, _)| rank(path));
        weights.push(Weight {
            title: contender.title,
            files,
        });
    }
    for (title, path) in ALONE {
        let octets = site.weight(path).unwrap_or_default();
        weights.push(Weight {
            title,
            files: vec![(path.to_owned(), octets)],
        });
    }
    Ok(weights)
}

/// All of it, as it is kept.
pub fn json(weights: &[Weight]) -> Value {
    let pages: Vec<Value> = weights
        .iter()
        .map(|weight| json!({"page": weight.title, "code": weight.code(), "files": weight.files}))
        .collect();
    Value::from(pages)
}

/// A table of files and sums.
pub fn markdown(weights: &[Weight]) -> String {
    let own = weights.first();
    let ratio = |own: Option<usize>, other: usize| match own {
        Some(own) if other > 0 => format!("{other} | {:.2}", own as f64 / other as f64),
        _ => "– | –".to_owned(),
    };
    let mut text = "| page | files, octets | scripts, styles and wasm | ratio | with the page | ratio |\n\
        | --- | --- | ---: | ---: | ---: | ---: |\n"
        .to_owned();
    for weight in weights {
        let files: Vec<String> = weight
            .files
            .iter()
            .map(|(path, octets)| format!("`{}` {octets}", path.rsplit('/').next().unwrap_or(path)))
            .collect();
        let code = ratio(own.map(Weight::code), weight.code());
        // What is only weighed has no page.
        let has_page = weight.code() != weight.with_page();
        let page = ratio(own.map(Weight::with_page).filter(|_| has_page), weight.with_page());
        text.push_str(&format!(
            "| {} | {} | {code} | {page} |\n",
            weight.title,
            files.join(", ")
        ));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_the_page_nor_the_feed_counts_as_code() {
        let files = [
            ("/a/100.html", 5),
            ("/a.js", 20),
            ("/b.css", 10),
            ("/feeds/100.json", 100),
        ];
        let files = files.map(|(path, octets)| (path.to_owned(), octets)).to_vec();
        let weight = Weight { title: "own", files };
        assert_eq!(weight.code(), 30);
        let table = markdown(&[weight]);
        assert!(
            table.ends_with("| own | `100.html` 5, `a.js` 20, `b.css` 10, `100.json` 100 | 30 | 1.00 | 35 | 1.00 |\n"),
            "{table}"
        );
    }
}

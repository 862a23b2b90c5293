//! Bench: the pages, of their parts in `bench/pages`, the snippet that a site embeds, and the publisher's list.

use std::fs;

use anyhow::{Context, Result, bail};
use joint_events_model::read::read;
use joint_events_model::time::DateTime;
use joint_events_publish::list::list;
use joint_events_words::strings::Language;

use crate::contender::Contender;
use crate::feed::feed;
use crate::root;

/// How many events stand in a page's own list.
pub const LISTED: usize = 100;
/// When a page's own list was written: its prices are those of that moment.
const NOW: &str = "2026-11-26T12:00:00Z";

/// A page, with what it includes.
///
/// # Errors
/// Where a part is missing, or the snippet is of another shape.
pub fn page(contender: &Contender, count: usize, snippet: &str, list: &str) -> Result<String> {
    let folder = root().join("bench/pages");
    let feed = format!("/feeds/{count}.json");
    let mut page = fs::read_to_string(folder.join(contender.page))?;
    for part in ["filters.html", "events.js", "handwritten.js", "handwritten.css"] {
        let mark = format!("{{{{{part}}}}}");
        if page.contains(&mark) {
            page = page.replace(&mark, fs::read_to_string(folder.join(part))?.trim_end());
        }
    }
    let page = page.replace("{{embed}}", &embed(snippet, list)?);
    Ok(page
        .replace("{{feed}}", &feed)
        .replace("{{view}}", contender.view)
        .replace("{{list}}", list))
}

/// The snippet as a site uses it: its own addresses, its own language, and the list in place of the link.
fn embed(snippet: &str, list: &str) -> Result<String> {
    let inner = snippet.split_once("<a ").and_then(|(_, rest)| rest.split_once("</a>"));
    let (link, _) = inner.context("dist/embed.html: expected a link inside the tag, found none")?;
    let link = format!("<a {link}</a>");
    let mut made = snippet.to_owned();
    for (from, to) in [
        (link.as_str(), if list.is_empty() { &link } else { list }),
        ("https://feeds.example/joint-events/v1/feed.json", "{{feed}}"),
        ("href=\"https://feeds.example\"", "href=\"/\""),
        ("\"joint-events.wasm\"", "\"/dist/joint-events.wasm\""),
        ("\"joint-events.js\"", "\"/dist/joint-events.js\""),
        ("lang=\"fr-CA\"", "lang=\"en\""),
    ] {
        if !made.contains(from) {
            bail!("dist/embed.html: expected {from}, found none");
        }
        made = made.replace(from, to);
    }
    Ok(made)
}

/// The list that the publisher's tool writes for the smallest feed.
///
/// # Errors
/// Where the feed can't be read.
pub fn own_list() -> Result<String> {
    let reading = read(&feed(LISTED).to_string()).context("expected a feed")?;
    let now = DateTime::parse(NOW).context("expected a time")?;
    Ok(list(&reading.feed, Language::English, now.instant()))
}

#[cfg(test)]
mod tests {
    use super::embed;

    const SNIPPET: &str = "<link href=\"https://feeds.example\"><link href=\"joint-events.wasm\">\
        <joint-events feed=\"https://feeds.example/joint-events/v1/feed.json\" lang=\"fr-CA\"><a href=\"x\">All</a></joint-events>\
        <script src=\"joint-events.js\" integrity=\"sha384-x\"></script>";

    #[test]
    fn the_snippet_keeps_its_hash_and_asks_no_other_server() {
        let made = embed(SNIPPET, "").expect("a snippet");
        assert!(made.contains("integrity=\"sha384-x\"") && made.contains("<a href=\"x\">All</a>"));
        assert!(!made.contains("feeds.example"), "{made}");
    }

    #[test]
    fn the_list_stands_in_place_of_the_link() {
        let made = embed(SNIPPET, "<ul></ul>").expect("a snippet");
        assert!(made.contains("lang=\"en\"><ul></ul></joint-events>"), "{made}");
    }

    #[test]
    fn a_snippet_of_another_shape_is_refused_with_what_is_missing() {
        let error = embed("<a x>y</a>", "").expect_err("a refusal");
        assert!(error.to_string().contains("feeds.example"), "{error}");
    }
}

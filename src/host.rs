//! Element (Rust): the host element: options in, events out, and the one thing that may be stored.

use joint_events_model::decimal::{decimal, whole};
use joint_events_model::problem::Problem;
use joint_events_model::rates::Memberships;
use joint_events_model::record::{List, Record};
use joint_events_model::select::{ByFacet, Facet, Past};
use joint_events_model::text::split_off;
use joint_events_model::time::When;
use web_sys::HtmlElement;

use crate::Page;
use crate::load::Failure;
use crate::view::node::{paint, set};
use crate::view::state::{Options, Registered, Verdict, Widget};
use crate::view::strings::Language;
use crate::view::switch::View;
use crate::view::words;

/// The options that JavaScript made of the attributes: a line for each, its name and its words parted by spaces. None of
/// the words can hold a space or a line's end.
pub struct Lines(String);

impl Lines {
    /// The lines of a text.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The words of an option, or `None` where there is none.
    fn words(&self, name: &str) -> Option<Vec<String>> {
        let mut lines = Some(self.0.as_str());
        while let Some(text) = lines {
            let (line, more) = split_off(text, b'\n');
            let (own, mut words) = split_off(line, b' ');
            if own == name {
                let mut kept = Vec::new();
                while let Some(text) = words {
                    let (word, more) = split_off(text, b' ');
                    if !word.is_empty() {
                        kept.push(word.to_owned());
                    }
                    words = more;
                }
                return Some(kept);
            }
            lines = more;
        }
        None
    }

    /// A list option.
    pub fn list(&self, name: &str) -> Vec<String> {
        self.words(name).unwrap_or_default()
    }

    /// An option of one word; empty where there is none.
    pub fn word(&self, name: &str) -> String {
        self.list(name).pop().unwrap_or_default()
    }

    /// A boolean option.
    pub fn flag(&self, name: &str) -> bool {
        self.words(name).is_some()
    }

    fn number(&self, name: &str) -> u8 {
        whole(&self.word(name))
            .and_then(|number| u8::try_from(number).ok())
            .unwrap_or_default()
    }

    /// What the view is asked for.
    pub fn options(&self) -> Options {
        let mut first = ByFacet::default();
        for facet in Facet::ALL {
            *first.get_mut(facet) = self.list(member(facet));
        }
        Options {
            language: Language::of(&self.word("lang")),
            association: self.list("association").pop(),
            member_of: self.words("memberOf"),
            first,
            locked: self.list("locked"),
            filters: self.list("filters"),
            view: View::of(&self.word("view")).unwrap_or(View::List),
            limit: usize::from(self.number("limit").clamp(1, 50)),
            past: if self.flag("past") { Past::Shown } else { Past::Hidden },
            heading_level: self.number("headingLevel").clamp(3, 6),
            json_ld: self.flag("jsonLd"),
            campaign: ["utmSource", "utmMedium", "utmCampaign"].map(|name| self.word(name)),
        }
    }
}

/// Sets an attribute on the base, for the sheet to read.
pub fn mark(base: &HtmlElement, name: &str, value: &str) {
    set(base, name, Some(value));
}

/// Sets the association's colour, through the style object: a strict policy forbids the attribute.
pub fn color(base: &HtmlElement, color: &str) {
    paint(base, "--je-color", color);
}

/// All that match, for the host, as JSON text.
pub fn events(widget: &Widget) -> String {
    let mut events = List::new();
    let language = *widget.language.get();
    let loaded = widget.loaded();
    for (place, _) in &widget.selection().events {
        let Some(event) = loaded.as_ref().and_then(|loaded| loaded.feed.events.get(*place)) else {
            continue;
        };
        let (title, start) = (words::plain(&event.title, language), event.start.written());
        let end = event.end.map(When::written);
        let url = event.url.pick(language.tag()).map(|(_, link)| link.as_str());
        let record = Record::new()
            .text("id", Some(&event.id))
            .text("title", Some(&title))
            .text("start", Some(&start))
            .text("end", end.as_deref())
            .text("status", Some(event.status.token()))
            .text("url", url);
        events.add(&record.written());
    }
    events.written()
}

/// The option's and the detail's name of a facet.
fn member(facet: Facet) -> &'static str {
    match facet {
        Facet::EventLanguage => "eventLanguage",
        Facet::Province
        | Facet::Theme
        | Facet::Format
        | Facet::Organizer
        | Facet::Month
        | Facet::Price
        | Facet::Rate => facet.name(),
    }
}

/// What reaches the page: JavaScript's part of the element.
pub struct Host(Page);

impl Host {
    /// The host of a widget.
    pub fn new(page: Page) -> Self {
        Self(page)
    }

    fn dispatch(&self, name: &str, detail: Record, cancelable: bool) -> Verdict {
        if self.0.tell(name, &detail.written(), cancelable) {
            Verdict::Proceed
        } else {
            Verdict::Prevented
        }
    }

    /// The page's address, after it was given another, in an entry of the history of its own if that `adds` one; nothing
    /// leaves it as it is.
    pub fn address(&self, next: &str, adds: bool) -> String {
        self.0.address(next, adds)
    }

    /// Puts data for search engines into the page, or takes them out: nothing.
    pub fn describe(&self, json_ld: &str) {
        self.0.describe(json_ld);
    }

    /// A line in the console, for those who made the page.
    pub fn warn(&self, words: &[&str]) {
        self.0.log("warn", &words.concat());
    }

    /// The visitor wants the feed to be asked for again.
    pub fn retry(&self) {
        self.0.retry();
    }

    /// The visitor wants what the second part of the wasm does.
    pub fn later(&self) {
        self.0.later();
    }

    /// What the visitor said earlier in this tab.
    pub fn remembered(&self) -> Memberships {
        self.0.remembered().map_or(Memberships::Unknown, |word| {
            let lines = Lines::new(["memberOf ", &word].concat());
            Memberships::Known(lines.list("memberOf"))
        })
    }

    /// Keeps what the visitor said, for this tab.
    pub fn remember(&self, memberships: &Memberships) {
        let word = match memberships {
            Memberships::Unknown => None,
            Memberships::Known(ids) => Some(words::row(ids, " ")),
        };
        self.0.remember(word);
    }

    /// A load ended.
    pub fn loaded(&self, widget: &Widget, told: &Result<Vec<Problem>, Failure>) {
        match told {
            Ok(problems) => self.ready(widget, problems),
            Err(failure) => self.failed(failure),
        }
    }

    fn ready(&self, widget: &Widget, problems: &[Problem]) {
        let (total, skipped) = widget
            .loaded()
            .map(|loaded| (loaded.total, loaded.skipped))
            .unwrap_or_default();
        let detail = Record::new()
            .count("shown", widget.selection().events.len())
            .count("total", total)
            .count("skipped", skipped);
        self.dispatch("ready", detail, false);
        let Some(first) = problems.first() else { return };
        let number = decimal(problems.len());
        self.warn(&[&number, " problems in the feed; the first: ", &first.sentence()]);
        let mut told = List::new();
        for problem in problems {
            let record = Record::new()
                .text("path", Some(&problem.path))
                .text("message", Some(&problem.message()));
            told.add(&record.written());
        }
        self.dispatch("problem", Record::new().value("problems", &told.written()), false);
    }

    fn failed(&self, failure: &Failure) {
        self.0.log("error", &failure.message);
        let detail = Record::new()
            .value("status", &failure.status)
            .text("message", Some(&failure.message));
        self.dispatch("error", detail, false);
    }

    /// The visitor's selection settled.
    pub fn filter(&self, widget: &Widget) {
        let filter = widget.filter.get();
        let mut detail = Record::new()
            .text("search", Some(&filter.search))
            .count("shown", widget.selection().events.len());
        for facet in Facet::ALL {
            detail = detail.list(member(facet), filter.chosen(facet));
        }
        self.dispatch("filter", detail, false);
    }

    /// The visitor said whose member they are.
    pub fn member(&self, memberships: &Memberships) -> Verdict {
        let detail = match memberships {
            Memberships::Unknown => Record::new().text("memberOf", None),
            Memberships::Known(ids) => Record::new().list("memberOf", ids),
        };
        self.dispatch("member", detail, false)
    }

    /// Register was activated.
    pub fn register(&self, registered: &Registered) -> Verdict {
        let (price, currency) = match &registered.price {
            Some((price, currency)) => (Some(price.as_str()), Some(currency.as_str())),
            None => (None, None),
        };
        let detail = Record::new()
            .text("id", Some(&registered.id))
            .text("url", Some(registered.url.as_str()))
            .text("audience", registered.audience.as_deref())
            .text("price", price)
            .text("currency", currency);
        self.dispatch("register", detail, true)
    }

    /// A calendar was asked for; a file is handed over.
    pub fn calendar(&self, id: Option<&str>, target: &str, file: Option<&str>) -> Verdict {
        let detail = Record::new().text("id", id).text("target", Some(target));
        let verdict = self.dispatch("calendar", detail, false);
        if let Some(file) = file {
            self.0.save(&[id.unwrap_or("joint-events"), ".ics"].concat(), file);
        }
        verdict
    }
}

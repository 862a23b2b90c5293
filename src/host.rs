//! Element (Rust): the host element: options in, events out, and the one thing that may be stored.

use joint_events_model::decimal::{decimal, whole};
use joint_events_model::problem::Problem;
use joint_events_model::rates::Memberships;
use joint_events_model::select::{ByFacet, Facet, Past};
use joint_events_model::time::When;
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, CustomEvent, CustomEventInit, HtmlAnchorElement, HtmlElement, Storage, Url};

use crate::load::Failure;
use crate::view::state::{Options, Registered, Verdict, Widget};
use crate::view::strings::Language;
use crate::view::words;

/// Where `remember` keeps the visitor's word, for the tab's life.
const REMEMBERED: &str = "joint-events:member-of";

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
        for line in self.0.split('\n') {
            let mut words = line.split(' ');
            if words.next() == Some(name) {
                let mut kept = Vec::new();
                for word in words {
                    if !word.is_empty() {
                        kept.push(word.to_owned());
                    }
                }
                return Some(kept);
            }
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
            limit: usize::from(self.number("limit").clamp(1, 50)),
            past: if self.flag("past") { Past::Shown } else { Past::Hidden },
            heading_level: self.number("headingLevel").clamp(3, 6),
        }
    }
}

/// Sets an attribute on the base, for the sheet to read.
pub fn mark(base: &HtmlElement, name: &str, value: &str) {
    // An attribute with a valid name can be set.
    let _ = base.set_attribute(name, value);
}

/// Sets the association's colour, through the style object: a strict policy forbids the attribute.
pub fn color(base: &HtmlElement, color: &str) {
    // An empty value takes the property away; neither fails for a name like this.
    let _ = base.style().set_property("--je-color", color);
}

/// One console line for ids in `member-of` that are no association's.
pub fn warn_of_unknown_memberships(widget: &Widget) {
    let (options, Some(loaded)) = (widget.options.get(), widget.loaded()) else {
        return;
    };
    let mut unknown = String::new();
    for id in options.member_of.iter().flatten() {
        if loaded.feed.association(id).is_none() {
            unknown.push(' ');
            unknown.push_str(id);
        }
    }
    if !unknown.is_empty() {
        warn(&["member-of: expected ids of the feed's associations, found", &unknown]);
    }
}

fn warn(words: &[&str]) {
    web_sys::console::warn_1(&["<joint-events> ", &words.concat()].concat().into());
}

/// What the visitor said earlier in this tab.
pub fn remembered() -> Memberships {
    let word = storage().and_then(|storage| storage.get_item(REMEMBERED).ok().flatten());
    word.map_or(Memberships::Unknown, |word| {
        let lines = Lines::new(["memberOf ", &word].concat());
        Memberships::Known(lines.list("memberOf"))
    })
}

/// Keeps what the visitor said, for this tab.
pub fn remember(memberships: &Memberships) {
    let Some(storage) = storage() else { return };
    // A storage that is full or forbidden remembers nothing, which is what it says by itself.
    let _ = match memberships {
        Memberships::Unknown => storage.remove_item(REMEMBERED),
        Memberships::Known(ids) => storage.set_item(REMEMBERED, &words::row(ids, " ")),
    };
}

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

/// All that match, for the host.
pub fn events(widget: &Widget) -> Array {
    let events = Array::new();
    let language = *widget.language.get();
    let Some(loaded) = widget.loaded() else {
        return events;
    };
    for (place, _) in &widget.selection().events {
        let Some(event) = loaded.feed.events.get(*place) else {
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
        events.push(&record.0);
    }
    events
}

/// An object for the host in the making.
struct Record(Object);

impl Record {
    fn new() -> Self {
        Self(Object::new())
    }

    fn value(self, name: &str, value: &JsValue) -> Self {
        // A new, extensible object takes every member.
        let _ = Reflect::set(&self.0, &name.into(), value);
        self
    }

    /// A string, or null.
    fn text(self, name: &str, text: Option<&str>) -> Self {
        self.value(name, &text.map_or(JsValue::NULL, JsValue::from))
    }

    fn count(self, name: &str, count: usize) -> Self {
        self.value(name, &u32::try_from(count).unwrap_or(u32::MAX).into())
    }

    fn list(self, name: &str, items: &[String]) -> Self {
        let list = Array::new();
        for item in items {
            list.push(&item.into());
        }
        self.value(name, &list)
    }
}

/// The option's and the detail's name of a facet.
fn member(facet: Facet) -> &'static str {
    match facet {
        Facet::EventLanguage => "eventLanguage",
        Facet::Province | Facet::Theme | Facet::Format | Facet::Organizer | Facet::Month => facet.name(),
    }
}

/// The element on which the widget's events are dispatched.
pub struct Host(HtmlElement);

impl Host {
    /// The host of a widget.
    pub fn new(element: HtmlElement) -> Self {
        Self(element)
    }

    fn dispatch(&self, name: &str, detail: Record, cancelable: bool) -> Verdict {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(cancelable);
        init.set_detail(&detail.0);
        let event = CustomEvent::new_with_event_init_dict(&["joint-events:", name].concat(), &init);
        let proceeds = event.and_then(|event| self.0.dispatch_event(&event)).unwrap_or(true);
        if proceeds { Verdict::Proceed } else { Verdict::Prevented }
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
            .map(|loaded| (loaded.feed.events.len(), loaded.skipped))
            .unwrap_or_default();
        let detail = Record::new()
            .count("shown", widget.selection().events.len())
            .count("total", total)
            .count("skipped", skipped);
        self.dispatch("ready", detail, false);
        let Some(first) = problems.first() else { return };
        let number = decimal(problems.len());
        warn(&[&number, " problems in the feed; the first: ", &first.sentence()]);
        let told = Array::new();
        for problem in problems {
            let record = Record::new()
                .text("path", Some(&problem.path))
                .text("message", Some(&problem.message()));
            told.push(&record.0);
        }
        self.dispatch("problem", Record::new().value("problems", &told), false);
    }

    fn failed(&self, failure: &Failure) {
        web_sys::console::error_1(&["<joint-events> ", &failure.message].concat().into());
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
            // Without it nothing is downloaded, which the visitor sees.
            let _ = self.download(&[id.unwrap_or("joint-events"), ".ics"].concat(), file);
        }
        verdict
    }

    /// Hands a file over through a link that stands in no document.
    fn download(&self, name: &str, text: &str) -> Result<(), JsValue> {
        // Without a prototype, so that what a page adds to every object is no option of the file.
        let kind: Object = Object::create(JsValue::NULL.unchecked_ref());
        let kind: BlobPropertyBag = kind.unchecked_into();
        kind.set_type("text/calendar;charset=utf-8");
        let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &kind)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let document = self.0.owner_document().ok_or(JsValue::NULL)?;
        let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
        link.set_href(&address);
        link.set_download(name);
        link.click();
        Url::revoke_object_url(&address)
    }
}

//! Element (Rust): the host element: options in, events out, and the one thing that may be stored.

use joint_events_model::problem::Problem;
use joint_events_model::rates::Memberships;
use joint_events_model::select::{ByFacet, Facet, Past};
use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, CustomEvent, CustomEventInit, HtmlAnchorElement, HtmlElement, Storage, Url};

use crate::load::{Failure, Status};
use crate::view::state::{Options, Registered, Verdict, Widget};
use crate::view::strings::Language;
use crate::view::words;

/// Where `remember` keeps the visitor's word, for the tab's life.
const REMEMBERED: &str = "joint-events:member-of";

/// The options that JavaScript made of the attributes.
pub fn options(options: &Object) -> Options {
    let list = |name| strings(options, name);
    let mut first = ByFacet::default();
    for facet in Facet::ALL {
        *first.get_mut(facet) = list(member(facet));
    }
    let member_of = Some(get(options, "memberOf"))
        .filter(Array::is_array)
        .map(|_| list("memberOf"));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "1 to 50 and 3 to 6: checked with the attribute"
    )]
    let number = |name| get(options, name).as_f64().unwrap_or_default() as u8;
    Options {
        language: Language::of(&string(options, "lang")),
        association: get(options, "association").as_string(),
        member_of,
        first,
        locked: list("locked"),
        filters: list("filters"),
        limit: usize::from(number("limit").clamp(1, 50)),
        past: if flag(options, "past") {
            Past::Shown
        } else {
            Past::Hidden
        },
        heading_level: number("headingLevel").clamp(3, 6),
    }
}

fn get(object: &Object, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::NULL)
}

/// A string option; empty where there is none.
pub fn string(options: &Object, name: &str) -> String {
    get(options, name).as_string().unwrap_or_default()
}

/// A boolean option.
pub fn flag(options: &Object, name: &str) -> bool {
    get(options, name).is_truthy()
}

/// A list option.
pub fn strings(options: &Object, name: &str) -> Vec<String> {
    let list = get(options, name);
    if !Array::is_array(&list) {
        return Vec::new();
    }
    Array::from(&list).iter().filter_map(|item| item.as_string()).collect()
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
    let ids = options.member_of.iter().flatten();
    let unknown: Vec<&str> = ids
        .filter(|id| loaded.feed.association(id).is_none())
        .map(String::as_str)
        .collect();
    if !unknown.is_empty() {
        warn(&[
            "member-of: expected ids of the feed's associations, found ",
            &unknown.join(" "),
        ]);
    }
}

fn warn(words: &[&str]) {
    web_sys::console::warn_1(&["<joint-events> ", &words.concat()].concat().into());
}

/// What the visitor said earlier in this tab.
pub fn remembered() -> Memberships {
    let word = storage().and_then(|storage| storage.get_item(REMEMBERED).ok().flatten());
    word.map_or(Memberships::Unknown, |word| {
        Memberships::Known(word.split_ascii_whitespace().map(str::to_owned).collect())
    })
}

/// Keeps what the visitor said, for this tab.
pub fn remember(memberships: &Memberships) {
    let Some(storage) = storage() else { return };
    // A storage that is full or forbidden remembers nothing, which is what it says by itself.
    let _ = match memberships {
        Memberships::Unknown => storage.remove_item(REMEMBERED),
        Memberships::Known(ids) => storage.set_item(REMEMBERED, &ids.join(" ")),
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
        let url = event.url.pick(language.tag()).map(|(_, link)| link.as_str());
        let end = event.end.map(|end| end.to_string());
        events.push(&object(&[
            ("id", event.id.as_str().into()),
            ("title", words::plain(&event.title, language).into()),
            ("start", event.start.to_string().into()),
            ("end", nullable(end.as_deref())),
            ("status", event.status.token().into()),
            ("url", nullable(url)),
        ]));
    }
    events
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // A new, extensible object takes every member.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn nullable(text: Option<&str>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from)
}

fn list(items: &[String]) -> JsValue {
    let list = Array::new();
    for item in items {
        list.push(&item.into());
    }
    list.into()
}

fn count(count: usize) -> JsValue {
    u32::try_from(count).unwrap_or(u32::MAX).into()
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

    fn dispatch(&self, name: &str, detail: &[(&str, JsValue)], cancelable: bool) -> Verdict {
        let init = CustomEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(cancelable);
        init.set_detail(&object(detail));
        let event = CustomEvent::new_with_event_init_dict(&["joint-events:", name].concat(), &init);
        let proceeds = event.and_then(|event| self.0.dispatch_event(&event)).unwrap_or(true);
        if proceeds { Verdict::Proceed } else { Verdict::Prevented }
    }

    /// A load succeeded.
    pub fn ready(&self, widget: &Widget, problems: &[Problem]) {
        let (total, skipped) = widget
            .loaded()
            .map(|loaded| (loaded.feed.events.len(), loaded.skipped))
            .unwrap_or_default();
        let detail = [
            ("shown", count(widget.selection().events.len())),
            ("total", count(total)),
            ("skipped", count(skipped)),
        ];
        self.dispatch("ready", &detail, false);
        let Some(first) = problems.first() else { return };
        let number = problems.len().to_string();
        warn(&[&number, " problems in the feed; the first: ", &first.to_string()]);
        let told = Array::new();
        for problem in problems {
            let message = problem.message();
            told.push(&object(&[
                ("path", problem.path.as_str().into()),
                ("message", message.into()),
            ]));
        }
        self.dispatch("problem", &[("problems", told.into())], false);
    }

    /// A load failed.
    pub fn failed(&self, failure: &Failure) {
        web_sys::console::error_1(&["<joint-events> ", &failure.message].concat().into());
        let status = match failure.status {
            Status::Http(number) => JsValue::from(number),
            Status::Network => "network".into(),
            Status::Timeout => "timeout".into(),
            Status::Format => "format".into(),
            Status::Version => "version".into(),
        };
        self.dispatch(
            "error",
            &[("status", status), ("message", failure.message.as_str().into())],
            false,
        );
    }

    /// The visitor's selection settled.
    pub fn filter(&self, widget: &Widget) {
        let filter = widget.filter.get();
        let mut detail = vec![
            ("search", filter.search.as_str().into()),
            ("shown", count(widget.selection().events.len())),
        ];
        for facet in Facet::ALL {
            detail.push((member(facet), list(filter.chosen(facet))));
        }
        self.dispatch("filter", &detail, false);
    }

    /// The visitor said whose member they are.
    pub fn member(&self, memberships: &Memberships) -> Verdict {
        let ids = match memberships {
            Memberships::Unknown => JsValue::NULL,
            Memberships::Known(ids) => list(ids),
        };
        self.dispatch("member", &[("memberOf", ids)], false)
    }

    /// Register was activated.
    pub fn register(&self, registered: &Registered) -> Verdict {
        let (price, currency) = match &registered.price {
            Some((price, currency)) => (Some(price.as_str()), Some(currency.as_str())),
            None => (None, None),
        };
        let detail = [
            ("id", registered.id.as_str().into()),
            ("url", registered.url.as_str().into()),
            ("audience", nullable(registered.audience.as_deref())),
            ("price", nullable(price)),
            ("currency", nullable(currency)),
        ];
        self.dispatch("register", &detail, true)
    }

    /// A calendar was asked for; a file is handed over.
    pub fn calendar(&self, id: Option<&str>, target: &str, file: Option<&str>) -> Verdict {
        let detail = [("id", nullable(id)), ("target", target.into())];
        let verdict = self.dispatch("calendar", &detail, false);
        if let Some(file) = file {
            // Without it nothing is downloaded, which the visitor sees.
            let _ = self.download(&[id.unwrap_or("joint-events"), ".ics"].concat(), file);
        }
        verdict
    }

    /// Hands a file over through a link that stands in no document.
    fn download(&self, name: &str, text: &str) -> Result<(), JsValue> {
        let kind = BlobPropertyBag::new();
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

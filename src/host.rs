//! Element (Rust): the host element: options in, events out, and the one thing that may be stored.

use joint_events_model::problem::Problem;
use joint_events_model::rates::Memberships;
use joint_events_model::select::{ByFacet, Facet, Past};
use js_sys::{Array, Object, Reflect};
use leptos::prelude::{GetUntracked, WithUntracked};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, CustomEvent, CustomEventInit, HtmlAnchorElement, HtmlElement, Storage, Url};

use crate::load::{Failure, Status};
use crate::view::state::{Options, Registered, Verdict, Widget};
use crate::view::strings::Language;

/// Where `remember` keeps the visitor's word, for the tab's life.
const REMEMBERED: &str = "joint-events:member-of";

/// The options that JavaScript made of the attributes.
pub fn options(options: &Object) -> Options {
    let list = |name| strings(options, name);
    let mut first = ByFacet::default();
    for facet in Facet::ALL {
        let name = if facet == Facet::EventLanguage {
            "eventLanguage"
        } else {
            facet.name()
        };
        *first.get_mut(facet) = list(name);
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

/// Sets on the base what the sheet needs to know.
pub fn dress(base: &HtmlElement, language: &str, scheme: &str, accent: Option<(String, String)>) {
    // Attributes with valid names can be set.
    let _ = base.set_attribute("lang", language);
    let _ = base.set_attribute("data-scheme", scheme);
    color(base, accent);
}

/// Sets the accent for light and for dark, through the style object: a strict policy forbids the attribute.
pub fn color(base: &HtmlElement, accent: Option<(String, String)>) {
    let (light, dark) = accent.unwrap_or_default();
    for (name, value) in [("--je-accent-light", light), ("--je-accent-dark", dark)] {
        // An empty value takes the property away; neither fails for a name like this.
        let _ = base.style().set_property(name, &value);
    }
}

/// One console line for ids in `member-of` that are no association's.
pub fn warn_of_unknown_memberships(widget: Widget) {
    let ids = widget
        .options
        .with_untracked(|options| options.member_of.clone())
        .unwrap_or_default();
    let Some(loaded) = widget.loaded_untracked() else {
        return;
    };
    let unknown: Vec<String> = ids
        .into_iter()
        .filter(|id| loaded.feed.association(id).is_none())
        .collect();
    if !unknown.is_empty() {
        let line = format!(
            "<joint-events> member-of: expected ids of the feed's associations, found {}",
            unknown.join(" ")
        );
        web_sys::console::warn_1(&line.into());
    }
}

/// What the visitor said earlier in this tab.
pub fn remembered() -> Memberships {
    let word = storage().and_then(|storage| storage.get_item(REMEMBERED).ok().flatten());
    word.map_or(Memberships::Unknown, |word| {
        Memberships::Known(word.split_whitespace().map(str::to_owned).collect())
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
pub fn events(widget: Widget) -> Array {
    let language = widget.language.get_untracked().tag();
    let Some(loaded) = widget.loaded_untracked() else {
        return Array::new();
    };
    let selection = widget.selection.get_untracked();
    let events = selection
        .events
        .iter()
        .filter_map(|(place, _)| loaded.feed.events.get(*place));
    events
        .map(|event| {
            let url = event.url.pick(language).map(|(_, link)| link.as_str().to_owned());
            JsValue::from(object(&[
                ("id", event.id.as_str().into()),
                (
                    "title",
                    event
                        .title
                        .pick(language)
                        .map(|(_, title)| title.as_str())
                        .unwrap_or_default()
                        .into(),
                ),
                ("start", event.start.to_string().into()),
                ("end", nullable(event.end.map(|end| end.to_string()))),
                ("status", event.status.token().into()),
                ("url", nullable(url)),
            ]))
        })
        .collect()
}

fn object(members: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in members {
        // A new, extensible object takes every member.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn nullable(text: Option<String>) -> JsValue {
    text.map_or(JsValue::NULL, JsValue::from)
}

fn list<'a>(items: impl IntoIterator<Item = &'a String>) -> JsValue {
    items.into_iter().map(JsValue::from).collect::<Array>().into()
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
        let event = CustomEvent::new_with_event_init_dict(&format!("joint-events:{name}"), &init);
        let proceeds = event.and_then(|event| self.0.dispatch_event(&event)).unwrap_or(true);
        if proceeds { Verdict::Proceed } else { Verdict::Prevented }
    }

    /// A load succeeded.
    pub fn ready(&self, widget: Widget, problems: &[Problem]) {
        let shown = widget.selection.with_untracked(|selection| selection.events.len());
        let (total, skipped) = widget
            .loaded_untracked()
            .map(|loaded| (loaded.feed.events.len(), loaded.skipped))
            .unwrap_or_default();
        let count = |count: usize| JsValue::from(u32::try_from(count).unwrap_or(u32::MAX));
        self.dispatch(
            "ready",
            &[
                ("shown", count(shown)),
                ("total", count(total)),
                ("skipped", count(skipped)),
            ],
            false,
        );
        let Some(first) = problems.first() else { return };
        web_sys::console::warn_1(
            &format!(
                "<joint-events> {} problems in the feed; the first: {first}",
                problems.len()
            )
            .into(),
        );
        let problems: Array = problems
            .iter()
            .map(|problem| {
                JsValue::from(object(&[
                    ("path", problem.path.as_str().into()),
                    ("message", problem.message().into()),
                ]))
            })
            .collect();
        self.dispatch("problem", &[("problems", problems.into())], false);
    }

    /// A load failed.
    pub fn failed(&self, failure: &Failure) {
        web_sys::console::error_1(&format!("<joint-events> {}", failure.message).into());
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
    pub fn filter(&self, widget: Widget) {
        let filter = widget.filter.get_untracked();
        let shown = widget.selection.with_untracked(|selection| selection.events.len());
        let mut detail: Vec<(&str, JsValue)> = Facet::ALL
            .into_iter()
            .map(|facet| {
                let name = if facet == Facet::EventLanguage {
                    "eventLanguage"
                } else {
                    facet.name()
                };
                (name, list(filter.chosen(facet)))
            })
            .collect();
        detail.push(("search", filter.search.as_str().into()));
        detail.push(("shown", JsValue::from(u32::try_from(shown).unwrap_or(u32::MAX))));
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
        let (price, currency) = registered.price.clone().unzip();
        let detail = [
            ("id", registered.id.as_str().into()),
            ("url", registered.url.as_str().into()),
            ("audience", nullable(registered.audience.clone())),
            ("price", nullable(price)),
            ("currency", nullable(currency)),
        ];
        self.dispatch("register", &detail, true)
    }

    /// A calendar was asked for; a file is handed over unless the host stops it.
    pub fn calendar(&self, id: Option<&str>, target: &str, file: Option<&str>) -> Verdict {
        let detail = [("id", nullable(id.map(str::to_owned))), ("target", target.into())];
        let verdict = self.dispatch("calendar", &detail, true);
        if let (Verdict::Proceed, Some(file)) = (verdict, file) {
            // Without it nothing is downloaded, which the visitor sees.
            let _ = self.download(&format!("{}.ics", id.unwrap_or("joint-events")), file);
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

//! End-to-end: pages with feeds that want to be more than data, and the traps that tell if they are.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::{Page, SCRIPT, document, html_answer, json_answer};

/// What a text may do is noted in `ran`: it calls `pwn`, opens a dialog or a window, or sets what the lists set.
const TRAPS: &str = "<script>window.ran = []; window.pwn = () => ran.push('pwn');
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'eval', 'a', 'xss', 'XSS']) window[name] = () => ran.push(name);
window.mark = () => [ran, faults, document.vulnerable ?? null, window.PWN ?? null, location.pathname, document.title,
  performance.getEntriesByType('resource').map(({name}) => name).filter((name) => !/\\/(feed-\\w+\\.json|joint-events\\.(later\\.)?\\w+|favicon\\.ico)$/.test(name))];</script>";

/// What the traps noted.
pub const UNHARMED: &str = "mark()";

/// What they note where nothing happened.
pub fn unharmed() -> Value {
    json!([[], [], null, null, "/", "Events", []])
}

/// A list of `tests/e2e/hostile`.
///
/// # Panics
/// Where there is none.
#[track_caller]
pub fn list(name: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A page with feeds by number: `/feed-0.json` is what is shown first.
pub fn page(attributes: &str, feeds: Vec<Value>) -> Page {
    let tag = format!(
        "<joint-events feed=\"/feed-0.json\" lang=\"en\" limit=\"50\" {attributes}><a href=\"/events\">All events</a></joint-events>"
    );
    let html = document(TRAPS, &format!("<main>{tag}</main>{SCRIPT}"));
    let feeds: Vec<String> = feeds.iter().map(Value::to_string).collect();
    Page::open_site(move |request| {
        let number = request
            .path
            .strip_prefix("/feed-")
            .and_then(|rest| rest.strip_suffix(".json"));
        match number {
            Some(number) => number
                .parse()
                .ok()
                .and_then(|number: usize| feeds.get(number))
                .map(|feed| json_answer(feed.clone())),
            None => (request.path == "/").then(|| html_answer(html.clone())),
        }
    })
}

/// Shows another of the page's feeds.
#[track_caller]
pub fn show(page: &Page, number: usize) {
    if number > 0 {
        page.set_attribute("feed", &format!("/feed-{number}.json"));
    }
    page.shows("heard.filter(([name]) => name === 'ready').length", json!(number + 1));
}

/// A feed with one event a text, which stands in every field that is text. Ids are of one length: events of one day are
/// shown in their order.
pub fn feed_of(texts: &[String]) -> Value {
    let each = |make: &dyn Fn(usize, &str) -> Value| -> Vec<Value> {
        texts
            .iter()
            .enumerate()
            .map(|(number, text)| make(number, text))
            .collect()
    };
    // Two signs of a region's code.
    let region = |number: usize| format!("CA-{}", number + 10);
    json!({
        "format": "joint-events", "version": "1.0", "title": {"en": texts[0]},
        "associations": each(&|number, text| if number % 2 == 0 {
            json!({"id": format!("a{number}"), "name": {"en": text}, "logo": {"url": "https://logo.example/l.png", "alt": {"en": text}}})
        } else {
            json!({"id": format!("a{number}"), "name": {"en": "Name"}, "shortName": text})
        }),
        "provinces": each(&|number, text| json!({"id": region(number), "label": {"en": text}})),
        "themes": each(&|number, text| json!({"id": format!("t{number}"), "label": {"en": text}})),
        "audiences": each(&|number, text| json!({"id": format!("x{number}"), "label": {"en": text}})),
        "events": each(&|number, text| json!({
            "id": format!("e{}", number + 100), "title": {"en": text}, "summary": {"en": text}, "description": {"en": text},
            "start": "2099-06-01", "timeZone": "America/Toronto", "status": "cancelled", "statusNote": {"en": text},
            "organizers": [format!("a{number}")], "themes": [format!("t{number}")],
            "venue": {"name": text, "street": text, "locality": text, "region": region(number), "postalCode": text, "country": text},
            "online": if number % 2 == 0 { json!({"platform": text}) } else { json!({"label": {"en": text}}) },
            "partners": [{"name": text}, {"name": text, "url": "https://partner.example/"}],
            "image": {"url": "https://image.example/i.png", "alt": {"en": text}},
            "offers": [
                {"id": "m", "audience": "member", "memberOf": [format!("a{number}")], "price": "594.00", "name": {"en": text}, "note": {"en": text}},
                {"id": "n", "audience": "nonMember", "price": "695.00", "name": {"en": text}, "note": {"en": text}},
                {"id": "p", "audience": "public", "price": "795.00", "name": {"en": text}},
                {"id": "x", "audience": format!("x{number}"), "price": "10.00", "note": {"en": text}}],
        })),
    })
}

/// Every text that stands somewhere for itself or within others, of every card, with details opened.
pub const TEXTS: &str = "(() => { root.querySelectorAll('[part~=toggle][aria-expanded=false]').forEach((button) => button.click()); \
    return [...root.querySelectorAll('[part~=card]')].map((card) => { \
      const text = (selector) => [...card.querySelectorAll(selector)].map((node) => node.textContent); \
      return {id: card.id, title: text('[part~=title] > span'), summary: text('.summary'), note: text('.event > [part~=note]'), organizers: text('.organizers'), \
        tag: text('[part~=tag] > span'), where: text('[part~=where]'), description: text('[part~=details] > p[dir=auto]:not(.address):not(h3 ~ *):not(h4 ~ *)'), \
        address: text('.address'), online: text('[part~=details] p:not(.address) > span'), partners: text('[part~=details] li > *'), \
        audience: text('[part~=audience]'), amount: text('[part~=amount]'), \
        rates: [...card.querySelectorAll('tr')].map((row) => [...row.cells].map((cell) => cell.textContent))}; }); })()";

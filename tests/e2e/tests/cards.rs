//! End-to-end: what stands on the card of an event, and in its details.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed};
use serde_json::json;

#[track_caller]
fn english() -> Page {
    let page = Page::open(ENGLISH, &feed("cards"));
    page.is_ready();
    page
}

#[test]
fn a_card_says_what_when_where_by_whom_and_about_what() {
    let page = english();
    page.shows("within('forum', 'title')", json!(["Capital forum"]));
    page.shows("within('forum', 'badge')", json!(["Joint event"]));
    page.shows(
        "within('forum', 'when')[0].replace(/\\s/g, ' ')",
        json!("Monday, March 9–Tuesday, March 10, 2099"),
    );
    page.shows(
        "within('forum', 'where')",
        json!(["Shaw Centre, Ottawa (Ontario) · Hybrid"]),
    );
    page.shows(
        "card('forum').querySelector('.organizers').textContent",
        json!("BIOQuébec and LSO"),
    );
    page.shows("within('forum', 'tag')", json!(["Financing"]));
    page.shows(
        "card('forum').querySelector('.summary').textContent",
        json!("Two days of capital."),
    );
    page.shows(
        "root.getElementById(card('forum').getAttribute('aria-labelledby')).textContent",
        json!("Capital forum"),
    );
}

#[test]
fn a_timed_event_shows_its_own_wall_clock_with_its_zone() {
    let page = english();
    page.shows(
        "within('timed', 'when')[0].replace(/\\s/g, ' ')",
        json!("Thursday, July 9, 2099, 2:30–5:00 p.m. EDT"),
    );
    page.set_attribute("lang", "fr");
    page.shows(
        "within('timed', 'when')[0].replace(/\\s/g, ' ')",
        json!("jeudi 9 juillet 2099, 14 h 30 – 17 h HAE"),
    );
    page.shows(
        "card('timed').querySelector('time').getAttribute('datetime')",
        json!("2099-07-09T14:30:00-04:00"),
    );
}

#[test]
fn every_status_has_its_badge_in_both_languages() {
    let page = english();
    let badges =
        "['cancelled', 'postponed', 'rescheduled', 'moved', 'unknown'].map((id) => within(id, 'badge').join())";
    page.shows(
        badges,
        json!([
            "Cancelled",
            "Postponed",
            "Rescheduled",
            "Now online",
            "Check the event’s page"
        ]),
    );
    page.set_attribute("lang", "fr");
    page.shows(
        badges,
        json!([
            "Annulé",
            "Reporté",
            "Nouvelle date",
            "Maintenant en ligne",
            "À vérifier sur la page de l’événement"
        ]),
    );
}

#[test]
fn former_dates_are_struck_and_a_note_says_why() {
    let page = english();
    page.shows(
        "card('cancelled').querySelector('[part=note]').textContent",
        json!("The hall is flooded."),
    );
    page.shows(
        "['postponed', 'rescheduled', 'moved'].map((id) => card(id).querySelector('del time')?.getAttribute('datetime') ?? null)",
        json!(["2099-08-02", "2099-07-02", null]),
    );
    page.shows(
        "card('rescheduled').querySelector('time').getAttribute('datetime')",
        json!("2099-08-03"),
    );
}

#[test]
fn a_text_in_the_other_language_carries_its_own_and_its_own_direction() {
    let page = english();
    page.shows("within('timed', 'badge')", json!(["In French"]));
    let title =
        "(() => { const span = card('timed').querySelector('[part=title] span'); return [span.lang, span.dir]; })()";
    page.shows(title, json!(["fr", "auto"]));
    page.shows("card('timed').querySelector('.summary').lang", json!("fr"));
    page.shows(
        "card('forum').querySelector('[part=title] span').getAttribute('lang')",
        json!(null),
    );
    page.set_attribute("lang", "fr");
    page.shows(title, json!(["", "auto"]));
    page.shows("within('timed', 'badge')", json!([]));
    page.shows("card('forum').querySelector('.summary').lang", json!("en"));
}

#[test]
fn details_open_in_place_with_all_that_is_known() {
    let page = english();
    let toggle = "card('forum').querySelector('[part=toggle]')";
    page.shows("seen('details')", json!([]));
    page.shows(&format!("{toggle}.getAttribute('aria-expanded')"), json!("false"));
    page.click("#je-forum [part=toggle]");
    page.shows(&format!("{toggle}.getAttribute('aria-expanded')"), json!("true"));
    page.shows(
        "[...root.querySelectorAll('[part=details] > p')].slice(0, 2).map((p) => p.textContent)",
        json!(["First paragraph.", "Second paragraph."]),
    );
    page.shows(
        "[...root.querySelectorAll('[part=details] h4')].map((heading) => heading.textContent)",
        json!(["All rates", "Venue", "Online", "Partners"]),
    );
    page.shows(
        "[...root.querySelectorAll('.all-rates tr')].map((row) => [...row.children].map((cell) => cell.textContent.replace(/\\s/g, ' ')))",
        json!([
            ["LSO members", "Early members · until January 31 · Lunch included", "$10"],
            ["Non-members", "", "$20"],
            ["At the door", "from March 9 at 7:00 a.m.", "$30"]
        ]),
    );
    page.shows(
        "root.querySelector('.address').textContent",
        json!("Shaw Centre, 55 Colonel By Dr, Ottawa, Ontario, K1N 9J2 View map"),
    );
    page.shows(
        "[...root.querySelectorAll('[part=details] a')].map((a) => a.href)",
        json!([
            "https://map.example/shaw",
            "https://zoom.example/forum",
            "https://partner.example/",
            "https://lso.example/forum",
            // Its own, to be copied.
            format!("{}/#je-forum", page.origin())
        ]),
    );
    page.shows(
        "[...root.querySelectorAll('[part=details] li')].map((item) => item.textContent)",
        json!(["Partner One", "Partner Two"]),
    );
    page.click("#je-forum [part=toggle]");
    page.shows("seen('details')", json!([]));
}

#[test]
fn hostile_texts_stay_text() {
    let hostile = [
        "<script>window.hit = 1</script>",
        "<img src=x onerror='window.hit = 1'>",
        "\"><svg onload=window.hit=1>",
        "{{constructor.constructor('window.hit=1')()}}",
        "&lt;b&gt;bold&lt;/b&gt;",
        "</article></div></template><style>*{display:none}</style>",
    ];
    let events: Vec<_> = hostile
        .iter()
        .enumerate()
        .map(|(place, text)| {
            json!({"id": format!("e{place}"), "title": {"en": text}, "summary": {"en": text}, "description": {"en": text}, "statusNote": {"en": text},
                   "start": format!("2099-01-{:02}", place + 10), "timeZone": "America/Toronto", "organizers": ["x"], "themes": ["x"],
                   "venue": {"name": text, "locality": text}, "partners": [{"name": text}],
                   "offers": [{"id": "a", "audience": "public", "name": {"en": text}, "note": {"en": text}, "price": "1.00"}]})
        })
        .collect();
    let feed = json!({"format": "joint-events", "version": "1.0", "currency": "CAD", "associations": [{"id": "x", "name": {"en": hostile[0]}}],
                      "themes": [{"id": "x", "label": {"en": hostile[1]}}], "events": events});
    let page = Page::open(ENGLISH, &feed.to_string());
    page.is_ready();
    page.ask("root.querySelectorAll('.card [part=toggle]').forEach((toggle) => toggle.click())");
    page.shows("seen('details').length", json!(hostile.len()));
    page.sees(&hostile);
    page.shows("root.querySelectorAll('script, img, svg, style, b').length", json!(0));
    page.shows(
        "[...root.querySelectorAll('.summary')].map((p) => p.textContent)",
        json!(hostile),
    );
    page.shows("[window.hit ?? null, faults]", json!([null, []]));
}

#[test]
fn a_french_card_is_as_complete_as_an_english_one() {
    let page = Page::open(FRENCH, &feed("cards"));
    page.is_ready();
    page.shows("within('forum', 'badge')", json!(["Événement conjoint"]));
    page.shows(
        "within('forum', 'where')",
        json!(["Shaw Centre, Ottawa (Ontario) · Hybride"]),
    );
    page.shows(
        "within('forum', 'when')[0].replace(/\\s/g, ' ')",
        page.french(
            "lundi 9 mars – mardi 10 mars 2099",
            "new Intl.DateTimeFormat('fr-CA', {dateStyle: 'full', timeZone: 'UTC'}) \
             .formatRange(Date.UTC(2099, 2, 9), Date.UTC(2099, 2, 10)).replace(/\\s/g, ' ')",
        ),
    );
    page.shows(
        "card('forum').querySelector('.organizers').textContent",
        json!("BIOQuébec et LSO"),
    );
    page.click("#je-forum [part=toggle]");
    page.shows(
        "[...root.querySelectorAll('[part=details] h4')].map((heading) => heading.textContent)",
        json!(["Tous les tarifs", "Lieu", "En ligne", "Partenaires"]),
    );
}

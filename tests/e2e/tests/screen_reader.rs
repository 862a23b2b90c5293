//! End-to-end: what a visitor hears who can't see how it is set.
#![allow(missing_docs)]

use joint_events_e2e::{ENGLISH, FRENCH, Page, feed, keeps};
use serde_json::{Value, json};

/// The price block of a card as it is read, line by line.
fn read_prices(id: &str) -> String {
    format!("[...card('{id}').querySelectorAll('[part~=rate]')].map((rate) => rate.textContent.replace(/\\s+/g, ' '))")
}

#[test]
fn a_members_price_is_heard_with_the_regular_one_and_what_is_saved() {
    for (tag, heard) in [
        (ENGLISH, "Your rate $595, regular $695, You save $100 (14%)"),
        (
            FRENCH,
            "Votre tarif 595 $, prix courant 695 $, Vous économisez 100 $ (14 %)",
        ),
    ] {
        let page = Page::open(tag, &feed("prices"));
        page.is_ready();
        page.say_member_of("lso");
        page.shows(&format!("{}[0]", read_prices("gala")), json!(heard));
    }
}

#[test]
fn headings_lead_from_section_to_event_without_a_step_left_out() {
    let page = Page::open(ENGLISH, &feed("filters"));
    page.is_ready();
    let levels = "[...document.querySelectorAll('h1'), ...root.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => Number(heading.localName[1]))";
    let levels = page.ask(levels);
    let levels: Vec<i64> = levels
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_i64)
        .collect();
    assert!(levels.len() > 6, "{levels:?}");
    for pair in levels.windows(2) {
        assert!(pair[1] <= pair[0] + 1, "{levels:?}");
    }
}

#[test]
fn every_control_has_a_name_of_its_own() {
    // Two buttons of one name that do two things can't be told apart in a list of buttons.
    for tag in [FRENCH, ENGLISH] {
        let page = Page::open(tag, &feed("registration"));
        page.is_ready();
        page.ask("[...root.querySelectorAll('.card [part=toggle]')].map((button) => button.click())");
        page.shows(
            "seen('details').length === root.querySelectorAll('.card [part=toggle]').length",
            json!(true),
        );
        let names = "(() => { const by = {}; for (const node of root.querySelectorAll('button, a[href], input')) { \
            if (!node.checkVisibility()) continue; \
            const label = node.getAttribute('aria-label') ?? node.closest('label')?.textContent ?? node.textContent; \
            const described = (node.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => root.getElementById(id)?.textContent ?? '').join(' ').trim(); \
            (by[(described || label).trim()] ??= new Set()).add(node.href ?? node); } \
            return Object.entries(by).filter(([name, does]) => !name || does.size > 1).map(([name, does]) => [name, does.size]); })()";
        assert_eq!(page.ask(names), json!([]));
    }
}

#[test]
fn every_text_in_another_language_says_so() {
    // A feed in one language on a page in the other: each of its texts is read by the right voice.
    for (tag, other) in [(FRENCH, "en"), (ENGLISH, "fr")] {
        let feed = r#"{"format": "joint-events", "version": "1.0", "languages": ["LL"], "currency": "CAD",
            "associations": [{"id": "lso", "name": {"LL": "Foreign association"}, "joinUrl": {"LL": "https://lso.example/join"}}],
            "provinces": [{"id": "CA-QC", "label": {"LL": "Foreign province"}}],
            "themes": [{"id": "talent", "label": {"LL": "Foreign theme"}}],
            "events": [
              {"id": "one", "title": {"LL": "Foreign title"}, "summary": {"LL": "Foreign summary"}, "description": {"LL": "Foreign description"},
               "start": "2099-03-09", "timeZone": "America/Toronto", "organizers": ["lso"], "themes": ["talent"], "provinces": ["CA-QC"],
               "status": "postponed", "statusNote": {"LL": "Foreign status"},
               "venue": {"name": {"LL": "Foreign venue"}, "street": "Foreign street", "locality": "Foreign town", "region": "QC", "country": "CA"},
               "registration": {"url": {"LL": "https://lso.example/r"}, "note": {"LL": "Foreign registration"}},
               "offers": [{"id": "m", "audience": "member", "memberOf": ["lso"], "name": {"LL": "Foreign offer"}, "price": "10.00", "note": {"LL": "Foreign note"}},
                          {"id": "n", "audience": "nonMember", "price": "20.00"}, {"id": "p", "audience": "public", "name": {"LL": "Foreign evening"}, "price": "5.00"},
                          {"id": "s", "audience": "startup", "name": {"LL": "Foreign founders"}, "price": "6.00"}]},
              {"id": "two", "title": {"LL": "Foreign second"}, "start": "2099-03-10", "timeZone": "America/Toronto", "organizers": ["lso"]}]}"#
            .replace("LL", other);
        let page = Page::open(tag, &feed);
        page.is_ready();
        page.choose("theme", "talent");
        page.ask("[...root.querySelectorAll('.card [part=toggle], .filters-toggle, .facet-button')].map((button) => button.click())");
        page.shows("seen('details').length", json!(1));
        // A street has no language, and a name of an association is the same in every sentence (WCAG 2.2, 3.1.2).
        let wrong = format!(
            "(() => {{ const walker = document.createTreeWalker(root, 4); const wrong = []; while (walker.nextNode()) {{ \
             const text = walker.currentNode; const own = text.parentElement.closest('[lang]').lang.slice(0, 2); \
             if (/Foreign (?!street|town|association)/.test(text.data) && own !== '{other}') wrong.push([text.parentElement.outerHTML.slice(0, 160), own]); \
             }} return wrong; }})()"
        );
        assert_eq!(page.ask(&wrong), json!([]), "{other}");
        page.shows("root.textContent.match(/Foreign/g).length > 10", json!(true));
    }
    keeps("language", "0 texts without their language");
}

//! View and element in Rust, in a browser: what `Intl` says, and what the view makes of it.
#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use joint_events::intl;
use joint_events::view;
use joint_events::view::node::Mount;
use joint_events::view::state::{Lack, Loaded, Options, Said, State, Verdict, Widget};
use joint_events::view::strings::{Language, Plural, Strings, fill};
use joint_events::view::switch::View;
use joint_events::view::words::later as words;
use joint_events_model::rates::Memberships;
use joint_events_model::read::read;
use joint_events_model::select::{ByFacet, Facet, Index, Past};
use joint_events_model::time::{Date, DateTime, Instant, When};
use joint_events_model::{Currency, Money};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

const FR: Language = Language::French;
const EN: Language = Language::English;

/// A text in which every space is the same.
fn spaced(text: &str) -> String {
    text.chars()
        .map(|letter| if letter.is_whitespace() { ' ' } else { letter })
        .collect()
}

#[track_caller]
fn money(language: Language, amount: &str, currency: &str) -> String {
    let currency = Currency::new(currency).expect("a currency");
    spaced(&intl::money(
        language,
        Money::parse(amount, currency).expect("an amount"),
    ))
}

#[track_caller]
fn span(language: Language, start: &str, end: Option<&str>, zone: &str) -> String {
    let when = |text| When::parse(text).expect("a day or a moment");
    spaced(&intl::span(language, when(start), end.map(when), zone))
}

#[track_caller]
fn deadline(language: Language, until: &str, zone: &str) -> String {
    spaced(&intl::deadline(
        language,
        DateTime::parse(until).expect("a moment"),
        zone,
    ))
}

#[wasm_bindgen_test]
fn whole_canadian_dollars_have_no_cents_and_others_two() {
    for (amount, french, english) in [
        ("495.00", "495 $", "$495"),
        ("49.50", "49,50 $", "$49.50"),
        ("0.05", "0,05 $", "$0.05"),
        ("0.00", "0 $", "$0"),
        ("1495.00", "1 495 $", "$1,495"),
        ("1234567.89", "1 234 567,89 $", "$1,234,567.89"),
    ] {
        assert_eq!(money(FR, amount, "CAD"), french);
        assert_eq!(money(EN, amount, "CAD"), english);
    }
}

#[wasm_bindgen_test]
fn the_spaces_in_an_amount_do_not_break() {
    assert_eq!(
        intl::money(FR, Money::parse("1495.00", Currency::CAD).expect("an amount")),
        "1\u{a0}495\u{a0}$"
    );
}

#[wasm_bindgen_test]
fn a_french_hour_is_not_parted_from_its_number() {
    let [start, end] =
        ["2027-03-09T09:00:00-05:00", "2027-03-09T16:30:00-05:00"].map(|text| When::parse(text).expect("a time"));
    let written = intl::span(FR, start, Some(end), "America/Toronto");
    assert!(
        written.contains("9\u{a0}h") && written.contains("16\u{a0}h\u{a0}30"),
        "{written}"
    );
}

#[wasm_bindgen_test]
fn other_currencies_are_told_from_canadian_dollars() {
    assert_eq!(money(FR, "100.00", "USD"), "100 $ US");
    assert_eq!(money(EN, "100.00", "USD"), "US$100");
    assert_eq!(money(FR, "99.90", "EUR"), "99,90 €");
    assert_eq!(money(EN, "99.90", "EUR"), "€99.90");
}

#[wasm_bindgen_test]
fn a_number_is_parted_from_a_thousand_on() {
    for (number, french, english) in [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "1 000", "1,000"),
        (10_000, "10 000", "10,000"),
    ] {
        assert_eq!(spaced(&intl::number(FR, number)), french);
        assert_eq!(spaced(&intl::number(EN, number)), english);
    }
}

#[wasm_bindgen_test]
fn a_timed_day_is_written_in_its_own_zone() {
    let toronto = "America/Toronto";
    let (start, end) = ("2027-03-09T14:30:00-05:00", "2027-03-09T17:00:00-05:00");
    assert_eq!(
        span(FR, start, Some(end), toronto),
        "mardi 9 mars 2027, 14 h 30 – 17 h HNE"
    );
    assert_eq!(
        span(EN, start, Some(end), toronto),
        "Tuesday, March 9, 2027, 2:30–5:00 p.m. EST"
    );
    assert_eq!(span(FR, start, None, toronto), "mardi 9 mars 2027 à 14 h 30 HNE");
    assert_eq!(
        span(EN, start, None, toronto),
        "Tuesday, March 9, 2027 at 2:30 p.m. EST"
    );
    assert_eq!(
        span(FR, "2027-07-09T14:30:00-04:00", None, toronto),
        "vendredi 9 juillet 2027 à 14 h 30 HAE"
    );
    assert_eq!(
        span(EN, "2027-07-09T14:30:00-04:00", None, toronto),
        "Friday, July 9, 2027 at 2:30 p.m. EDT"
    );
}

#[wasm_bindgen_test]
fn every_zone_has_its_own_name_and_an_unknown_one_its_offset() {
    for (moment, zone, french, english) in [
        ("2027-07-09T14:30:00-04:00", "America/Toronto", "HAE", "EDT"),
        ("2027-07-09T14:30:00-07:00", "America/Vancouver", "HAP", "PDT"),
        ("2027-07-09T14:30:00-02:30", "America/St_Johns", "HAT", "NDT"),
        ("2027-07-09T14:30:00+05:45", "Nowhere/Land", "UTC+05:45", "UTC+05:45"),
    ] {
        let (fr, en) = (span(FR, moment, None, zone), span(EN, moment, None, zone));
        assert_eq!(fr, ["vendredi 9 juillet 2027 à 14 h 30 ", french].concat());
        assert_eq!(en, ["Friday, July 9, 2027 at 2:30 p.m. ", english].concat());
    }
}

#[wasm_bindgen_test]
fn whole_hours_have_no_minutes_in_french() {
    let toronto = "America/Toronto";
    assert_eq!(
        span(FR, "2027-03-09T14:00:00-05:00", None, toronto),
        "mardi 9 mars 2027 à 14 h HNE"
    );
    let (start, end) = ("2027-03-09T09:00:00-05:00", "2027-03-09T10:00:00-05:00");
    let text = span(FR, start, Some(end), toronto);
    assert!(!text.contains("00"), "{text}");
    assert!(!span(FR, "2027-03-09T00:00:00-05:00", None, toronto).contains("h 00"));
}

#[wasm_bindgen_test]
fn the_first_of_a_month_is_1er_in_french_and_no_other_day_is() {
    assert_eq!(span(FR, "2027-03-01", None, "America/Toronto"), "lundi 1er mars 2027");
    assert_eq!(span(FR, "2027-03-11", None, "America/Toronto"), "jeudi 11 mars 2027");
    assert_eq!(span(FR, "2027-03-21", None, "America/Toronto"), "dimanche 21 mars 2027");
    let text = span(FR, "2027-03-31", Some("2027-04-01"), "America/Toronto");
    assert!(text.contains("1er avril") && text.contains("31 mars"), "{text}");
    let text = span(FR, "2027-04-01", Some("2027-04-02"), "America/Toronto");
    assert!(text.contains("1er"), "{text}");
    assert_eq!(
        deadline(FR, "2027-02-01T23:59:59-05:00", "America/Toronto"),
        "1er février"
    );
    assert!(!span(FR, "2027-03-09T01:00:00-05:00", None, "America/Toronto").contains("1er"));
}

#[wasm_bindgen_test]
fn several_days_name_both_ends_within_and_across_months_and_years() {
    for (start, end, parts) in [
        ("2027-03-09", "2027-03-10", ["9", "10", "March", "2027"]),
        ("2027-03-30", "2027-04-02", ["30", "2", "April", "2027"]),
        ("2026-12-30", "2027-01-02", ["30", "2", "2026", "2027"]),
        (
            "2027-03-09T09:00:00-05:00",
            "2027-03-11T17:00:00-05:00",
            ["9", "11", "9:00", "5:00"],
        ),
    ] {
        let text = span(EN, start, Some(end), "America/Toronto");
        for part in parts {
            assert!(text.contains(part), "{text}: expected {part}");
        }
        assert!(text.contains('–'), "{text}");
    }
}

#[wasm_bindgen_test]
fn a_day_that_ends_on_itself_is_one_day() {
    assert_eq!(
        span(EN, "2027-03-09", Some("2027-03-09"), "America/Toronto"),
        "Tuesday, March 9, 2027"
    );
    assert_eq!(
        span(FR, "2027-03-09", Some("2027-03-09"), "America/Toronto"),
        "mardi 9 mars 2027"
    );
}

#[wasm_bindgen_test]
fn an_end_that_the_clock_puts_before_its_start_is_still_written() {
    // The hour that comes twice, on 7 November 2027: 1:50 EDT to 1:10 EST is twenty minutes.
    let text = span(
        EN,
        "2027-11-07T01:50:00-04:00",
        Some("2027-11-07T01:10:00-05:00"),
        "America/Toronto",
    );
    assert!(text.contains("1:50") && text.contains("1:10"), "{text}");
}

#[wasm_bindgen_test]
fn a_deadline_at_the_days_end_shows_the_day_alone() {
    let toronto = "America/Toronto";
    assert_eq!(deadline(FR, "2027-01-31T23:59:59-05:00", toronto), "31 janvier");
    assert_eq!(deadline(EN, "2027-01-31T23:59:59-05:00", toronto), "January 31");
    assert_eq!(deadline(EN, "2027-02-01T04:59:59Z", toronto), "January 31");
    assert_eq!(deadline(FR, "2027-01-31T12:00:00-05:00", toronto), "31 janvier à 12 h");
    assert_eq!(
        deadline(EN, "2027-01-31T12:00:00-05:00", toronto),
        "January 31 at 12:00 p.m."
    );
    assert_eq!(
        deadline(EN, "2027-06-30T23:59:59-04:00", "America/Vancouver"),
        "June 30 at 8:59 p.m."
    );
}

#[wasm_bindgen_test]
fn a_month_that_heads_a_list_has_a_capital() {
    assert_eq!(intl::month(FR, 2027, 3), "Mars 2027");
    assert_eq!(intl::month(FR, 2027, 12), "Décembre 2027");
    assert_eq!(intl::month(EN, 2027, 3), "March 2027");
    let day = Date {
        year: 2027,
        month: 2,
        day: 9,
    };
    assert_eq!(intl::short_month(FR, day), "févr.");
    assert_eq!(intl::short_weekday(FR, day), "mar.");
    assert_eq!(intl::language_name(FR, "en"), "anglais");
    assert_eq!(intl::language_name(EN, "fr"), "French");
}

#[wasm_bindgen_test]
fn values_take_the_place_of_braces_in_order() {
    assert_eq!(fill("until {}, then {}", &["May 1", "$5"]), "until May 1, then $5");
    assert_eq!(fill("{}", &["{}"]), "{}");
    assert_eq!(fill("no value", &["unused"]), "no value");
}

macro_rules! patterns {
    ($strings:expr; $($name:ident)*) => { [$((stringify!($name), $strings.$name)),*] };
}

/// Every sentence by its name.
fn sentences(language: Language) -> Vec<(&'static str, &'static str)> {
    let (strings, later) = (language.strings(), words(language));
    let later = patterns!(later; previous_month next_month today next_event previous_event ics_file all_rates valid_from
        valid_through place map online_access partners event_page copy_link copy_selection link_copied not_in_filters is_over
        back_to_list subscribe subscribe_with more_to_come part_missing part_old);
    let singles = patterns!(strings; loading failed retry not_downloaded stale empty all_events nothing_matches i_am_a_member_of not_a_member
        search filters filters_chosen province theme format organizer event_language month online other in_person hybrid
        remove_choice clear show_more view list running past joint_event in_language cancelled postponed rescheduled moved_online
        check_the_page sold_out waiting_list few_places pre_sale registration_closed registration_opens former_date your_rate
        members members_of and non_members public regular free to_be_announced incomplete plus_taxes you_save save_up_to
        percent until_then register details more_details about add_to_calendar add_all_to_calendar);
    let plurals: [(&str, Plural); 2] = patterns!(strings; skipped results);
    let plurals = plurals
        .into_iter()
        .flat_map(|(name, forms)| forms.map(|form| (name, form)));
    singles.into_iter().chain(later).chain(plurals).collect()
}

#[wasm_bindgen_test]
fn every_sentence_takes_as_many_values_in_french_as_in_english() {
    let (french, english) = (sentences(FR), sentences(EN));
    for ((name, french), (_, english)) in french.iter().zip(&english) {
        assert_eq!(french.matches("{}").count(), english.matches("{}").count(), "{name}");
        assert!(!french.is_empty() && !english.is_empty(), "{name}");
    }
    let ids = |strings: &Strings| strings.provinces.map(|(id, _)| id);
    assert_eq!(ids(FR.strings()), ids(EN.strings()));
}

#[wasm_bindgen_test]
fn french_has_no_break_spaces_where_quebec_wants_them() {
    for (name, sentence) in sentences(FR) {
        for mark in [" :", " $", " %", " »", "« ", "'"] {
            assert!(!sentence.contains(mark), "{name}: {sentence}");
        }
    }
}

#[wasm_bindgen_test]
fn none_is_one_in_french_and_many_in_english() {
    let is_one = |language: Language, count| (language.strings().is_one)(count);
    assert_eq!([0, 1, 2].map(|count| is_one(FR, count)), [true, true, false]);
    assert_eq!([0, 1, 2].map(|count| is_one(EN, count)), [false, true, false]);
}

const FEED: &str = r#"{"format": "joint-events", "version": "1.0", "currency": "CAD",
    "associations": [{"id": "lso", "name": {"en": "LSO"}}, {"id": "bioquebec", "name": {"fr": "BIOQuébec"}}],
    "provinces": [{"id": "CA-QC", "label": {"fr": "Québec"}}, {"id": "CA-ON", "label": {"fr": "Ontario"}}],
    "themes": [{"id": "talent", "label": {"en": "Talent"}}],
    "events": [
      {"id": "a", "title": {"en": "A"}, "start": "2099-01-10", "timeZone": "America/Toronto", "organizers": ["lso"], "provinces": ["CA-QC"], "themes": ["talent"],
       "registration": {"url": {"en": "https://lso.example/a"}},
       "offers": [{"id": "m", "audience": "member", "memberOf": ["lso"], "price": "10.00"}, {"id": "n", "audience": "nonMember", "price": "20.00"}]},
      {"id": "b", "title": {"en": "B"}, "start": "2099-01-11", "timeZone": "America/Toronto", "organizers": ["lso"], "provinces": ["CA-ON"]},
      {"id": "c", "title": {"en": "C"}, "start": "2099-02-11", "timeZone": "America/Toronto", "organizers": ["bioquebec"], "provinces": ["CA-ON"], "themes": ["talent"]}]}"#;

fn options() -> Options {
    Options {
        language: EN,
        association: None,
        member_of: None,
        first: ByFacet::default(),
        locked: Vec::new(),
        filters: ["search", "province", "theme"].map(str::to_owned).to_vec(),
        view: View::List,
        limit: 20,
        past: Past::Hidden,
        heading_level: 3,
        json_ld: false,
        campaign: Default::default(),
    }
}

/// A widget in the page, gone with its end.
struct Shown {
    widget: Rc<Widget>,
    said: Rc<RefCell<Vec<&'static str>>>,
    base: HtmlElement,
    view: Option<Mount>,
}

impl Shown {
    async fn new(options: Options) -> Self {
        let said = Rc::new(RefCell::new(Vec::new()));
        let heard = Rc::clone(&said);
        let tell = Box::new(move |said| {
            heard.borrow_mut().push(match said {
                Said::Selection | Said::Search => "selection",
                Said::Member(_) => "member",
                Said::Register(_) => "register",
                Said::Calendar { .. } => "calendar",
                Said::Retry => "retry",
                Said::View => "view",
                Said::Later => "later",
            });
            Verdict::Prevented
        });
        let widget = Rc::new(Widget::new(options, Instant(1_800_000_000_000), tell));
        let document = web_sys::window().and_then(|window| window.document()).expect("a page");
        let base: HtmlElement = document.create_element("div").expect("an element").unchecked_into();
        document.body().expect("a body").append_child(&base).expect("a child");
        let view = Mount::new(&base, || view::view(&widget));
        let shown = Self {
            widget,
            said,
            base,
            view: Some(view),
        };
        shown.load();
        shown.settle().await;
        shown
    }

    fn load(&self) {
        let reading = read(FEED).expect("a feed");
        let loaded = Loaded {
            index: RefCell::new(Index::new(&reading.feed)),
            total: reading.feed.events.len(),
            feed: reading.feed,
            skipped: reading.skipped,
            lack: Lack::Nothing,
            at: Instant(1_800_000_000_000),
        };
        self.widget.state.set(State::Ready(Rc::new(loaded)));
        self.widget.made.settle(usize::MAX);
    }

    /// Until all effects have run.
    async fn settle(&self) {
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            Timeout::new(0, move || drop(resolve.call0(&JsValue::NULL))).forget();
        });
        JsFuture::from(promise).await.expect("a moment later");
    }

    #[track_caller]
    fn find(&self, selector: &str) -> Element {
        let found = self.base.query_selector(selector).expect("a selector");
        found.unwrap_or_else(|| panic!("{selector}: expected an element, found none"))
    }

    fn titles(&self) -> Vec<String> {
        let titles = self.base.query_selector_all("[part=title]").expect("a selector");
        (0..titles.length())
            .filter_map(|place| titles.get(place)?.text_content())
            .collect()
    }

    #[track_caller]
    fn focus(&self, selector: &str) {
        self.find(selector)
            .unchecked_into::<HtmlElement>()
            .focus()
            .expect("a focus");
    }

    fn focused(&self) -> Option<Element> {
        self.base.query_selector(":focus").ok().flatten()
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        drop(self.view.take());
        self.base.remove();
    }
}

#[wasm_bindgen_test]
async fn a_card_that_stays_is_the_same_element() {
    let shown = Shown::new(options()).await;
    assert_eq!(shown.titles(), ["A", "B", "C"]);
    let (card, heading) = (shown.find("#je-b"), shown.find("[part=heading]"));
    shown.widget.select(|filter| filter.toggle(Facet::Province, "CA-ON"));
    shown.settle().await;
    assert_eq!(shown.titles(), ["B", "C"]);
    assert!(shown.find("#je-b").is_same_node(Some(&card)));
    assert!(shown.find("[part=heading]").is_same_node(Some(&heading)));
    shown.widget.select(|filter| filter.toggle(Facet::Province, "CA-ON"));
    shown.settle().await;
    assert_eq!(shown.titles(), ["A", "B", "C"]);
    assert!(shown.find("#je-b").is_same_node(Some(&card)));
}

#[wasm_bindgen_test]
async fn a_card_of_another_copy_of_the_feed_is_another_element() {
    let shown = Shown::new(options()).await;
    let card = shown.find("#je-b");
    shown.load();
    shown.settle().await;
    assert_eq!(shown.titles(), ["A", "B", "C"]);
    assert!(!shown.find("#je-b").is_same_node(Some(&card)));
}

#[wasm_bindgen_test]
async fn a_part_that_is_made_anew_gives_the_focus_to_its_counterpart() {
    let shown = Shown::new(options()).await;
    shown.focus("#je-a [part=register]");
    let before = shown.find("#je-a [part=register]");
    shown.widget.say(Memberships::Known(vec!["lso".to_owned()]));
    shown.settle().await;
    let after = shown.find("#je-a [part=register]");
    assert!(!after.is_same_node(Some(&before)));
    assert!(
        shown
            .focused()
            .is_some_and(|focused| focused.is_same_node(Some(&after)))
    );
}

#[wasm_bindgen_test]
async fn a_part_that_goes_for_good_gives_the_focus_to_a_control_around_it() {
    let shown = Shown::new(options()).await;
    shown.widget.select(|filter| filter.toggle(Facet::Province, "CA-ON"));
    shown.settle().await;
    shown.focus("[part=clear]");
    shown.widget.clear();
    shown.settle().await;
    assert!(shown.base.query_selector("[part=clear]").expect("a selector").is_none());
    assert!(shown.focused().is_some());
}

#[wasm_bindgen_test]
async fn a_text_of_the_visitor_is_not_set_while_it_is_the_same() {
    let shown = Shown::new(options()).await;
    let search: HtmlInputElement = shown.find("[part=search]").unchecked_into();
    shown.widget.select(|filter| "b".clone_into(&mut filter.search));
    shown.settle().await;
    assert_eq!(search.value(), "b");
    search.set_selection_range(0, 0).expect("a caret");
    shown.widget.select(|filter| "b".clone_into(&mut filter.search));
    shown.settle().await;
    assert_eq!(search.selection_start().expect("a caret"), Some(0));
}

#[wasm_bindgen_test]
async fn what_is_freed_leaves_nothing_in_the_page() {
    let mut shown = Shown::new(options()).await;
    drop(shown.view.take());
    shown.settle().await;
    assert_eq!(shown.base.child_element_count(), 0);
    shown.widget.select(|filter| filter.toggle(Facet::Province, "CA-ON"));
    shown.settle().await;
    assert_eq!(shown.base.child_element_count(), 0);
}

#[wasm_bindgen_test]
async fn another_value_of_an_attribute_resets_its_facet_alone() {
    let shown = Shown::new(options()).await;
    let widget = &shown.widget;
    widget.select(|filter| {
        filter.toggle(Facet::Province, "CA-ON");
        filter.toggle(Facet::Theme, "talent");
    });
    let mut changed = options();
    *changed.first.get_mut(Facet::Province) = vec!["CA-QC".to_owned()];
    widget.update(changed.clone());
    assert_eq!(widget.filter.get().chosen(Facet::Province), ["CA-QC"]);
    assert_eq!(widget.filter.get().chosen(Facet::Theme), ["talent"]);
    widget.select(|filter| filter.toggle(Facet::Province, "CA-ON"));
    changed.limit = 5;
    widget.update(changed);
    assert_eq!(widget.filter.get().chosen(Facet::Province), ["CA-QC", "CA-ON"]);
    assert_eq!(*widget.shown.get(), 5);
}

#[wasm_bindgen_test]
async fn clearing_keeps_what_is_locked_or_not_offered() {
    let mut given = options();
    *given.first.get_mut(Facet::Province) = vec!["CA-ON".to_owned()];
    *given.first.get_mut(Facet::Organizer) = vec!["bioquebec".to_owned()];
    given.locked = vec!["province".to_owned()];
    let shown = Shown::new(given).await;
    let widget = &shown.widget;
    assert!(!widget.is_narrowed());
    widget.select(|filter| {
        filter.toggle(Facet::Theme, "talent");
        "c".clone_into(&mut filter.search);
    });
    assert_eq!(widget.chosen(), [(Facet::Theme, "talent".to_owned())]);
    widget.clear();
    let filter = widget.filter.get();
    assert_eq!(filter.chosen(Facet::Province), ["CA-ON"]);
    assert_eq!(filter.chosen(Facet::Organizer), ["bioquebec"]);
    assert!(filter.chosen(Facet::Theme).is_empty() && filter.search.is_empty());
    assert_eq!(*shown.said.borrow(), ["selection", "selection"]);
}

#[wasm_bindgen_test]
async fn a_host_that_knows_the_visitor_is_believed_and_unknown_ids_are_not() {
    let shown = Shown::new(options()).await;
    let widget = &shown.widget;
    for (given, memberships) in [
        (Some(vec![]), Memberships::Known(vec![])),
        (Some(vec!["nobody"]), Memberships::Unknown),
        (Some(vec!["nobody", "lso"]), Memberships::Known(vec!["lso".to_owned()])),
        (None, Memberships::Unknown),
    ] {
        let member_of = given.map(|ids| ids.into_iter().map(str::to_owned).collect());
        widget.update(Options { member_of, ..options() });
        assert_eq!(widget.memberships(), memberships);
    }
}

#[wasm_bindgen_test]
async fn the_same_sentence_twice_is_another_text() {
    let shown = Shown::new(options()).await;
    shown.widget.announce();
    let first = String::clone(&shown.widget.announced.get());
    shown.widget.announce();
    let second = String::clone(&shown.widget.announced.get());
    assert_eq!(first, "3 events");
    assert_ne!(first, second);
    assert_eq!(second.trim(), first);
}

#[wasm_bindgen_test]
async fn a_registration_that_the_host_stops_leads_nowhere() {
    let shown = Shown::new(options()).await;
    shown
        .find("#je-a [part=register]")
        .unchecked_into::<HtmlElement>()
        .click();
    assert_eq!(*shown.said.borrow(), ["register"]);
}

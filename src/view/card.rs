//! View: one event.

use std::cell::RefCell;
use std::rc::Rc;

use joint_events_model::Event;
use joint_events_model::rates::{Rates, rates as rates_of};
use joint_events_model::registration::{Admission, Destination, admission, destination};
use joint_events_model::select::format;
use joint_events_model::time::{Date, Span, When};
use joint_events_model::web_calendar::{google, outlook};
use joint_events_model::{Audience, Money, Status, same_language};

use super::live::Live;
use super::node::{Node, node};
use super::state::{Loaded, Registered, Said, Verdict, Widget};
use super::status::outward;
use super::strings::{Language, fill};
use super::words::EventWords;
use super::{details, heading, rates, words};
use crate::intl;

/// An event that is shown: the feed that has it, and its place there.
pub struct Shown {
    /// The widget that shows it.
    pub widget: Rc<Widget>,
    /// The feed.
    pub loaded: Rc<Loaded>,
    /// Where it stands in the feed's events.
    pub place: usize,
    /// Its rates, and the versions of what they were made of: worked out once for all parts of the card.
    priced: RefCell<Option<([u32; 4], Rc<Rates>)>>,
}

impl Shown {
    /// An event of a feed.
    pub fn new(widget: &Rc<Widget>, loaded: &Rc<Loaded>, place: usize) -> Rc<Self> {
        Rc::new(Self {
            widget: Rc::clone(widget),
            loaded: Rc::clone(loaded),
            place,
            priced: RefCell::default(),
        })
    }

    /// The event.
    pub fn event(&self) -> Option<&Event> {
        self.loaded.feed.events.get(self.place)
    }

    fn language(&self) -> Language {
        *self.widget.language.get()
    }

    fn is_past(&self) -> bool {
        let now = *self.widget.now.get();
        self.event().is_some_and(|event| span(event).is_past(now))
    }

    fn rates(&self, event: &Event) -> Rc<Rates> {
        let widget = &self.widget;
        let of = [
            widget.options.version(),
            widget.state.version(),
            widget.said.version(),
            widget.now.version(),
        ];
        if let Some((made_of, rates)) = &*self.priced.borrow() {
            if *made_of == of {
                return Rc::clone(rates);
            }
        }
        let options = widget.options.get();
        let association = options.association.as_deref();
        let rates = rates_of(
            event,
            &self.loaded.feed,
            &widget.memberships(),
            association,
            *widget.now.get(),
        );
        let rates = Rc::new(rates);
        *self.priced.borrow_mut() = Some((of, Rc::clone(&rates)));
        rates
    }
}

fn span(event: &Event) -> Span {
    Span {
        start: event.start,
        end: event.end,
    }
}

/// The card of an event.
pub fn card(shown: &Rc<Shown>) -> Option<Node> {
    let event = shown.event()?;
    let id = ["je-", &event.key].concat();
    let title = [&id, "-title"].concat();
    let (past, badged, priced, detailed) = (Rc::clone(shown), Rc::clone(shown), Rc::clone(shown), Rc::clone(shown));
    let about = node("div|class=event").live(move || badges(&badged));
    let card = node("article|part=card")
        .attr("id", &id)
        .attr("aria-labelledby", &title)
        .attr("data-status", event.status.token())
        .flag("data-past", move || past.is_past())
        .child(date_block(event, shown.language()))
        .child(describe(about, shown, event, &title))
        .live(move || price(&priced))
        .live(move || details::details(&detailed));
    Some(card)
}

fn date_block(event: &Event, language: Language) -> Node {
    let (start, end) = (event.start.date(), event.end.unwrap_or(event.start).date());
    let month = |date: Date| intl::short_month(language, date);
    let day = |date: Date| intl::number(language, u32::from(date.day));
    let block = node("div|class=date-block|aria-hidden=true");
    let (block, days) = if start == end {
        let weekday = node("span|class=date-weekday").text(&intl::short_weekday(language, start));
        (block.child(weekday), day(start))
    } else if (start.year, start.month) == (end.year, end.month) {
        (block, [&day(start), "–", &day(end)].concat())
    } else {
        (block, day(start))
    };
    let block = block
        .child(node("span|class=date-day").text(&days))
        .child(node("span|class=date-month").text(&month(start)));
    if (start.year, start.month) == (end.year, end.month) {
        return block;
    }
    block.child(node("span|class=date-until").text(&["– ", &day(end), " ", &month(end)].concat()))
}

/// What it is, when and where.
fn describe(about: Node, shown: &Shown, event: &Event, id: &str) -> Node {
    let (feed, language) = (&shown.loaded.feed, shown.language());
    let level = shown.widget.options.get().heading_level;
    let title = heading(level, "part=title")
        .attr("id", id)
        .maybe(words::text("span", &event.title, language));
    let mut names = Vec::new();
    for id in event.organizers.iter().filter(|id| feed.association(id).is_some()) {
        names.push(id.clone());
    }
    let organizers = node("p|class=organizers").text(&words::association_names(feed, &names, language));
    let mut tags = node("ul|class=tags|role=list");
    for term in event
        .themes
        .iter()
        .filter_map(|id| feed.themes.iter().find(|term| term.id == *id))
    {
        tags = tags.child(node("li|part=tag").maybe(words::text("span", &term.label, language)));
    }
    about
        .child(title)
        .child(dates(event, language))
        .maybe(location(shown, event))
        .maybe((!names.is_empty()).then_some(organizers))
        .maybe(words::text("p|class=summary", &event.summary, language))
        .maybe((!event.themes.is_empty()).then_some(tags))
        .maybe(words::text("p|part=note", &event.status_note, language))
}

fn dates(event: &Event, language: Language) -> Node {
    let time = |when: When, end: Option<When>| {
        node("time")
            .attr("datetime", &when.to_string())
            .text(&intl::span(language, when, end, &event.time_zone))
    };
    let mut dates = node("p|part=when");
    let current = time(event.start, event.end);
    if event.status == Status::Postponed {
        return dates.child(node("del|class=previous").child(current));
    }
    dates = dates.child(current);
    if event.status == Status::Rescheduled {
        for former in &event.previous_start {
            let said = [" (", language.strings().former_date, " "].concat();
            dates = dates
                .child(node("span|class=visually-hidden").text(&said))
                .child(node("del|class=previous").child(time(*former, None)))
                .child(node("span|class=visually-hidden").text(")"));
        }
    }
    dates
}

fn location(shown: &Shown, event: &Event) -> Option<Node> {
    let language = shown.language();
    let mut parts = Vec::new();
    if let Some(venue) = &event.venue {
        parts.push(words::place(&shown.loaded.feed, venue, language));
    }
    if let Some(way) = format(event) {
        parts.push(words::format(way, language).to_owned());
    }
    parts.retain(|part| !part.is_empty());
    (!parts.is_empty()).then(|| node("p|part=where|dir=auto").text(&parts.join(" · ")))
}

fn badges(shown: &Shown) -> Option<Node> {
    let (event, language) = (shown.event()?, shown.language());
    let strings = language.strings();
    let mut badges: Vec<(&str, String)> = Vec::new();
    let mut add = |class, words: &str| badges.push((class, words.to_owned()));
    if event.organizers.len() > 1 {
        add("badge badge-joint", strings.joint_event);
    }
    match event.status {
        Status::Scheduled => {}
        Status::Cancelled => add("badge badge-cancelled", strings.cancelled),
        Status::Postponed => add("badge badge-postponed", strings.postponed),
        Status::Rescheduled => add("badge badge-rescheduled", strings.rescheduled),
        Status::MovedOnline => add("badge badge-online", strings.moved_online),
        Status::Unrecognized => add("badge badge-check", strings.check_the_page),
    }
    let rates = shown.rates(event);
    match admission(event, &rates, *shown.widget.now.get()) {
        Admission::Closed => add("badge badge-closed", strings.registration_closed),
        Admission::NotYet(opens) => {
            let date = intl::deadline(language, opens, &event.time_zone);
            add("badge badge-closed", &fill(strings.registration_opens, &[&date]));
        }
        Admission::Open | Admission::Waitlist | Admission::SoldOut => {
            if let Some((class, words)) = rates::places(rates.places, language) {
                add(class, words);
            }
        }
        Admission::Cancelled | Admission::Ended => {}
    }
    let spoken = &event.languages;
    if !spoken.is_empty() && !spoken.iter().any(|tag| same_language(tag, language.tag())) {
        let names: Vec<String> = spoken.iter().map(|tag| intl::language_name(language, tag)).collect();
        add("badge badge-language", &words::joined(&names, language));
    }
    if badges.is_empty() {
        return None;
    }
    let mut list = node("p|class=badges");
    for (class, words) in badges {
        list = list
            .child(node("span|part=badge").attr("class", class).text(&words))
            .text(" ");
    }
    Some(list)
}

/// The rates, and what a visitor can do.
fn price(shown: &Rc<Shown>) -> Option<Node> {
    let event = shown.event()?;
    let rates = shown.rates(event);
    let lines = rates::rates(event, &shown.loaded.feed, &rates, shown.language());
    let block = node("div|class=price").children(lines);
    Some(block.child(actions(shown, event, &rates)))
}

fn actions(shown: &Rc<Shown>, event: &Event, rates: &Rates) -> Node {
    let strings = shown.language().strings();
    let title = words::plain(&event.title, shown.language());
    let (is_open, toggled) = (Rc::clone(shown), Rc::clone(shown));
    let toggle = node("button|part=toggle")
        .attr("aria-label", &fill(strings.about, &[strings.details, &title]))
        .expanded(move || is_open.is_open())
        .text(strings.details)
        .on("click", move |_| toggled.toggle());
    let mut actions = node("div|class=actions").maybe(register(shown, event, rates, &title));
    if event.status != Status::Cancelled && !shown.is_past() {
        actions = calendar(actions, shown, event, &title);
    }
    actions.child(toggle)
}

impl Shown {
    /// Whether its details are open.
    pub fn is_open(&self) -> bool {
        let open = self.widget.open.get();
        self.event().is_some_and(|event| open.contains(&event.key))
    }

    fn toggle(&self) {
        let Some(event) = self.event() else { return };
        let is_open = self.is_open();
        self.widget.open.update(|open| {
            if is_open {
                open.retain(|key| *key != event.key);
            } else {
                open.push(event.key.clone());
            }
        });
    }

    /// Has the host hear of a link before it leads away.
    fn tell(&self, event: &web_sys::Event, said: Said) {
        if self.widget.tell(said) == Verdict::Prevented {
            event.prevent_default();
        }
    }
}

fn register(shown: &Rc<Shown>, event: &Event, rates: &Rates, title: &str) -> Option<Node> {
    let (widget, language) = (&shown.widget, shown.language());
    let strings = language.strings();
    let word = match admission(event, rates, *widget.now.get()) {
        Admission::Open => strings.register,
        Admission::Waitlist => strings.waiting_list,
        Admission::NotYet(_) | Admission::Closed | Admission::SoldOut | Admission::Cancelled | Admission::Ended => {
            return None;
        }
    };
    let options = widget.options.get();
    let association = options.association.as_deref();
    let (word, link) = match destination(event, rates, &widget.memberships(), association, language.tag())? {
        Destination::Registration(link) => (word, link),
        Destination::Details(link) => (strings.details, link),
    };
    let offer = rates.own.or(rates.regular);
    let told = Rc::clone(shown);
    let link = outward("a|part=register", &link)
        .attr("aria-label", &fill(strings.about, &[word, title]))
        .text(word)
        .on("click", move |click| {
            let Some(event) = told.event() else { return };
            let offer = offer.and_then(|place| event.offers.get(place));
            let price = offer.and_then(|offer| offer.price);
            let registered = Registered {
                id: event.id.clone(),
                url: link.clone(),
                audience: offer.map(|offer| Audience::token(&offer.audience).to_owned()),
                price: price.map(|price| (Money::decimal(&price), price.currency.as_str().to_owned())),
            };
            told.tell(&click, Said::Register(registered));
        });
    Some(link)
}

/// The button, and the ways that it opens.
fn calendar(actions: Node, shown: &Rc<Shown>, event: &Event, title: &str) -> Node {
    let language = shown.language();
    let strings = language.strings();
    let open = Rc::new(Live::new(false));
    let (is_open, is_shown, filed) = (Rc::clone(&open), Rc::clone(&open), Rc::clone(shown));
    let button = node("button|part=calendar")
        .attr("aria-label", &fill(strings.about, &[strings.add_to_calendar, title]))
        .expanded(move || *is_open.get())
        .text(strings.add_to_calendar)
        .on("click", move |_| open.set(!*open.get()));
    let file = node("button").text(strings.ics_file).on("click", move |_| {
        let file = words::calendar_file(&filed.widget, &filed.loaded, &[filed.place]);
        filed.widget.tell(Said::Calendar {
            id: filed.event().map(|event| event.id.clone()),
            target: "ics",
            file: Some(file),
        });
    });
    let words = EventWords::new(event, &shown.loaded.feed, language);
    let entry = words.entry(event, language);
    let mut menu = node("ul|class=calendar-menu|role=list")
        .flag("hidden", move || !*is_shown.get())
        .child(node("li").child(file));
    // The names of the two services are the same in every language.
    let services = [
        ("google", "Google", google(&entry)),
        ("outlook", "Outlook", outlook(&entry)),
    ];
    for (target, name, link) in services {
        let Some(link) = link else { continue };
        let told = Rc::clone(shown);
        let link = outward("a", &link).text(name).on("click", move |click| {
            let said = Said::Calendar {
                id: told.event().map(|event| event.id.clone()),
                target,
                file: None,
            };
            told.tell(&click, said);
        });
        menu = menu.child(node("li").child(link));
    }
    actions.child(button).child(menu)
}

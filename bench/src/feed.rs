//! Bench: generated feeds, the same at any time and on any machine.

use joint_events_model::time::Date;
use serde_json::{Value, json};

/// Days from 1970-01-01 to 2099-01-01: no clock makes these events past.
const FIRST_DAY: i64 = 47_117;
/// All events are of one year.
const DAYS: usize = 365;

/// Ids and towns, in the order in which events have them.
const PROVINCES: [(&str, &str); 10] = [
    ("CA-ON", "Toronto"),
    ("CA-QC", "Montréal"),
    ("CA-BC", "Vancouver"),
    ("CA-AB", "Calgary"),
    ("CA-ON", "Ottawa"),
    ("CA-QC", "Québec"),
    ("CA-MB", "Winnipeg"),
    ("CA-NS", "Halifax"),
    ("CA-ON", "London"),
    ("CA-QC", "Laval"),
];
const TOPICS: [(&str, &str); 3] = [
    ("Essais cliniques", "Clinical trials"),
    ("Financement", "Financing"),
    ("Horizon", "Horizon"),
];
const THEMES: [(&str, &str, &str); 4] = [
    ("policy", "Politiques publiques", "Public policy"),
    ("talent", "Relève", "Talent"),
    ("financing", "Capital", "Capital"),
    ("research", "Recherche", "Research"),
];

/// What texts are made of, so that a feed is no easier to compress than one that people wrote.
const WORDS_FR: &str = "accès adhésion affaires alliance analyse appel atelier avenir biologie brevet cellule centre chaîne \
    clinique collaboration conférence conseil culture dépistage données dossier échange essai étude expertise financement \
    formation génome gestion hôpital immunité impact innovation invité laboratoire marché médicament membre mentor molécule \
    numérique partenaire patient plateforme politique procédé produit projet protéine qualité recherche relève réseau santé \
    soutien stratégie table tendance thérapie vaccin vision";
const WORDS_EN: &str = "access advice agenda alliance antibody assay biology board briefing capital care cell clinic cohort \
    company counsel culture data design device discovery drug early exchange expert export founder genome grant growth guest \
    health hospital impact innovation insight investor keynote lab launch market member mentor model molecule network outlook \
    panel partner patent patient pipeline policy process product protein quality region research safety sample scale screening \
    session strategy study support team therapy trial vaccine vision workshop";

/// What a visitor does with a feed, and the title that stands first then.
pub struct Visit {
    /// The province that is chosen.
    pub province: &'static str,
    /// The letter that is typed: a third of the events have it.
    pub letter: &'static str,
    /// The first of all events.
    pub all: String,
    /// The first of the province.
    pub chosen: String,
    /// The first that has the letter.
    pub typed: String,
}

/// The visit of every feed.
pub fn visit() -> Visit {
    Visit {
        province: "CA-QC",
        letter: "z",
        all: title(0).1,
        chosen: title(1).1,
        typed: title(2).1,
    }
}

/// A feed of so many events, in the order of their starts, in French and English, with four offers each.
pub fn feed(count: usize) -> Value {
    let provinces = [
        ("CA-QC", "Québec", "Quebec"),
        ("CA-ON", "Ontario", "Ontario"),
        ("CA-BC", "Colombie-Britannique", "British Columbia"),
        ("CA-AB", "Alberta", "Alberta"),
        ("CA-MB", "Manitoba", "Manitoba"),
        ("CA-NS", "Nouvelle-Écosse", "Nova Scotia"),
    ];
    json!({
        "format": "joint-events",
        "version": "1.0",
        "title": {"fr": "Événements conjoints", "en": "Joint events"},
        "url": {"fr": "https://bioquebec.example/evenements", "en": "https://lso.example/events"},
        "timeZone": "America/Toronto",
        "currency": "CAD",
        "languages": ["fr", "en"],
        "associations": [
            {"id": "bioquebec", "name": {"fr": "BIOQuébec", "en": "BIOQuébec"}, "region": "CA-QC", "color": "#00587C",
             "joinUrl": {"fr": "https://bioquebec.example/adhesion"}},
            {"id": "lso", "name": {"fr": "Life Sciences Ontario", "en": "Life Sciences Ontario"}, "shortName": "LSO",
             "region": "CA-ON", "color": "#7A1F5C", "joinUrl": {"en": "https://lso.example/join"}},
        ],
        "provinces": terms(&provinces),
        "themes": terms(&THEMES),
        "audiences": [],
        "events": (0..count).map(|number| event(number, count)).collect::<Vec<_>>(),
    })
}

fn terms(terms: &[(&str, &str, &str)]) -> Vec<Value> {
    let terms = terms.iter();
    terms
        .map(|(id, fr, en)| json!({"id": id, "label": {"fr": fr, "en": en}}))
        .collect()
}

fn title(number: usize) -> (String, String) {
    let (fr, en) = TOPICS[number % TOPICS.len()];
    (format!("{fr} : forum {number:05}"), format!("{en} forum {number:05}"))
}

/// So many words of a row of them, the same for the same seed.
fn words(row: &str, seed: usize, count: usize) -> String {
    let row: Vec<&str> = row.split_whitespace().collect();
    let mut state = (seed as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = || {
        // SplitMix64.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        row[usize::try_from((mixed ^ (mixed >> 31)) % row.len() as u64).unwrap_or(0)]
    };
    (0..count).map(|_| next()).collect::<Vec<_>>().join(" ")
}

fn event(number: usize, count: usize) -> Value {
    let day = number * DAYS / count;
    // Those of a day begin in the order of their numbers, from 8 o'clock on.
    let first_of_day = (day * count).div_ceil(DAYS);
    let minute = 8 * 60 + (number - first_of_day) * 10 % (10 * 60);
    let date = Date::from_days(FIRST_DAY + i64::try_from(day).unwrap_or(0))
        .map(|date| date.to_string())
        .unwrap_or_default();
    let (province, town) = PROVINCES[number % PROVINCES.len()];
    let organizers: &[&str] = [&["bioquebec"][..], &["lso"], &["bioquebec", "lso"]][number % 3];
    let (fr, en) = title(number);
    let price = 20 + number % 40;
    let offer = |id: &str, audience: &str, price: usize, through: Option<&str>| {
        let mut offer = json!({"id": id, "audience": audience, "price": format!("{price}.00"), "taxIncluded": false});
        if audience == "member" {
            offer["memberOf"] = json!(["bioquebec", "lso"]);
        }
        if let Some(through) = through {
            offer["validThrough"] = json!(through);
        }
        offer
    };
    let early = Some("2098-12-15T23:59:59-05:00");
    json!({
        "id": format!("event-{number:05}"),
        "title": {"fr": fr, "en": en},
        "summary": {"fr": words(WORDS_FR, number, 16), "en": words(WORDS_EN, number, 16)},
        "start": format!("{date}T{:02}:{:02}:00-05:00", minute / 60, minute % 60),
        "end": format!("{date}T{:02}:{:02}:00-05:00", minute / 60 + 2, minute % 60),
        "timeZone": "America/Toronto",
        "status": "scheduled",
        "attendance": if number % 4 == 3 { "hybrid" } else { "inPerson" },
        "venue": {"name": format!("Centre {}", words(WORDS_FR, number + 1_000_000, 2)), "streetAddress": format!("{}, rue Principale", 10 + number * 7 % 990), "locality": town, "region": province, "country": "CA"},
        "provinces": [province],
        "organizers": organizers,
        "themes": [THEMES[number % THEMES.len()].0],
        "languages": [if number.is_multiple_of(2) { "en" } else { "fr" }],
        "url": {"fr": format!("https://bioquebec.example/e/{number}"), "en": format!("https://lso.example/e/{number}")},
        "registration": {"url": {"fr": format!("https://bioquebec.example/i/{number}"), "en": format!("https://lso.example/r/{number}")}},
        "offers": [
            offer("early-member", "member", price, early),
            offer("member", "member", price + 10, None),
            offer("early", "nonMember", price + 40, early),
            offer("other", "nonMember", price + 60, None),
        ],
    })
}

#[cfg(test)]
mod tests {
    use joint_events_model::read::read;
    use joint_events_model::select::search::search;
    use joint_events_model::select::{Facet, Filter, Index, Past};
    use joint_events_model::time::Instant;

    use super::*;

    #[test]
    fn a_generated_feed_is_read_without_a_problem_and_fits_where_the_largest_does() {
        let text = feed(10_000).to_string();
        let reading = read(&text).expect("a feed");
        assert_eq!((reading.feed.events.len(), &reading.problems[..]), (10_000, &[][..]));
    }

    #[test]
    fn the_titles_of_the_visit_are_those_that_the_model_finds() {
        for count in [100, 1000] {
            let feed = read(&feed(count).to_string()).expect("a feed").feed;
            let visit = visit();
            let first = |filter: &Filter| {
                let mut index = Index::new(&feed);
                search(&mut index, &feed, &filter.search);
                let selection = index.select(filter, Instant(0), Past::Hidden);
                let (place, _) = selection.events[0];
                let (_, title) = feed.events[place].title.pick("en").expect("a title");
                (title.clone(), selection.events.len())
            };
            let mut province = Filter::default();
            province.toggle(Facet::Province, visit.province);
            let letter = Filter {
                search: visit.letter.to_owned(),
                ..Filter::default()
            };
            assert_eq!(first(&Filter::default()), (visit.all, count));
            assert_eq!(first(&province), (visit.chosen, count * 3 / 10));
            assert_eq!(first(&letter), (visit.typed, count / 3));
        }
    }
}

//! Publish: what all sources of a configuration give, completed, merged and priced.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use joint_events_model::Currency;
use joint_events_model::time::Instant;
use serde_json::Value;

use crate::config::{Config, DateOrderName, Source, beside};
use crate::draft::{Draft, Loss, Problem, put, strings};
use crate::finding::Finding;
use crate::import::date::DateOrder;
use crate::import::{Settings, Unreadable, decoded, import};
use crate::input;
use crate::merge::{complete, merge};
use crate::overlay::Overlay;
use crate::town::Towns;
use crate::zone::Zone;

/// All that the sources gave.
pub(super) struct Gathered {
    pub(super) drafts: Vec<Draft>,
    pub(super) sources: Vec<Given>,
    pub(super) findings: Vec<Finding>,
}

/// One source.
pub(super) struct Given {
    pub(super) id: String,
    /// Its file or address, as the configuration names it.
    pub(super) name: String,
    pub(super) read: bool,
    pub(super) events: usize,
    /// The events that could not be read, by their ids where these are known.
    pub(super) lost: Vec<Option<String>>,
    pub(super) previous_kept: usize,
}

/// Reads all sources and overlays.
///
/// # Errors
/// Where an overlay can't be read at all: prices are never left out in silence.
pub(super) fn gather(
    path: &Path,
    config: &Config,
    header: &Value,
    now: Instant,
    progress: &mut dyn FnMut(&str),
) -> Result<Gathered, (String, Unreadable)> {
    let mut gathered = Gathered {
        drafts: Vec::new(),
        sources: Vec::new(),
        findings: Vec::new(),
    };
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    let currency = text("currency").and_then(Currency::new).unwrap_or(Currency::CAD);
    let towns = Towns::with(&config.provinces);
    for source in &config.sources {
        progress(&format!("reading {}", source.id));
        let settings = settings(source, config, header, currency, now);
        read(path, source, config, &towns, &settings, &mut gathered);
    }
    refuse_repeated(&mut gathered);
    let problems = merge(&mut gathered.drafts, config);
    note(problems, &path.display().to_string(), &mut gathered.findings);
    for overlay in &config.overlays {
        let name = overlay.display().to_string();
        progress(&format!("reading {name}"));
        let told = |error| (name.clone(), error);
        let bytes = input::bytes(&beside(path, overlay).display().to_string()).map_err(told)?;
        let (overlay, mut problems) = Overlay::of(&decoded(&bytes), None).map_err(told)?;
        problems.extend(overlay.apply(&mut gathered.drafts, currency));
        note(problems, &name, &mut gathered.findings);
    }
    Ok(gathered)
}

fn settings(source: &Source, config: &Config, header: &Value, currency: Currency, now: Instant) -> Settings {
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    let language = header.get("languages").and_then(|languages| languages.get(0)?.as_str());
    let zone = source.time_zone.as_deref().or_else(|| text("timeZone"));
    Settings {
        organizer: source.organizer.clone(),
        language: source.lang.clone().or_else(|| language.map(str::to_owned)),
        time_zone: zone.and_then(Zone::named),
        date_order: source.date_order.map(|order| match order {
            DateOrderName::Dmy => DateOrder::Dmy,
            DateOrderName::Mdy => DateOrder::Mdy,
            DateOrderName::Ymd => DateOrder::Ymd,
        }),
        currency,
        now,
        horizon_months: config.horizon_months,
    }
}

fn read(path: &Path, source: &Source, config: &Config, towns: &Towns, settings: &Settings, gathered: &mut Gathered) {
    let (name, place) = match (&source.path, &source.url) {
        (Some(file), _) => (file.display().to_string(), beside(path, file).display().to_string()),
        (None, Some(address)) => (address.clone(), address.clone()),
        (None, None) => return,
    };
    let mut given = Given {
        id: source.id.clone(),
        name: name.clone(),
        read: true,
        events: 0,
        lost: Vec::new(),
        previous_kept: 0,
    };
    let drafts = input::bytes(&place).and_then(|bytes| import(&bytes, source.kind, settings));
    match drafts {
        Err(error) => {
            given.read = false;
            let finding = Finding::warning("source", "", error.expected, error.found);
            gathered.findings.push(finding.of(&name));
        }
        Ok(drafts) => {
            given.events = drafts.events.len();
            given.lost = drafts.lost;
            // What a source does not say is completed next, or is an error of the event itself.
            let told = drafts.problems.into_iter().filter(|problem| {
                let completed = [".organizers", ".timeZone", ".audience"]
                    .iter()
                    .any(|end| problem.path.ends_with(end));
                problem.loss != Loss::None || !completed || problem.found != "nothing"
            });
            note(told.collect(), &name, &mut gathered.findings);
            let zone = settings.time_zone.as_ref().map(Zone::canonical);
            for mut draft in drafts.events {
                let id = draft.id().to_owned();
                let problems = complete(&mut draft, config, towns, zone.as_deref());
                let problems = problems.into_iter().map(|problem| Problem {
                    path: format!("{id}.{}", problem.path),
                    ..problem
                });
                note(problems.collect(), &name, &mut gathered.findings);
                put(&mut draft.event, "x-source", vec![source.id.clone()]);
                gathered.drafts.push(draft);
            }
        }
    }
    gathered.sources.push(given);
}

/// Takes out the second event of an id, whichever of them starts first: an id that changed hands from one build to the
/// next would move calendar entries and links from one event to another.
fn refuse_repeated(gathered: &mut Gathered) {
    let mut first: HashMap<String, String> = HashMap::new();
    let source = |draft: &Draft| strings(&draft.event, "x-source").next().unwrap_or_default().to_owned();
    let drafts = std::mem::take(&mut gathered.drafts);
    for draft in drafts {
        match first.entry(draft.id().to_owned()) {
            Entry::Vacant(slot) => {
                slot.insert(source(&draft));
                gathered.drafts.push(draft);
            }
            Entry::Occupied(slot) => {
                let id = slot.key();
                let found = format!("\"{id}\" a second time, after the source \"{}\"", slot.get());
                let finding = Finding::error("repeated", format!("{id}.id"), "an id of its own", found);
                let own = source(&draft);
                let file = gathered.sources.iter().find(|given| given.id == own);
                gathered
                    .findings
                    .push(finding.of(file.map_or("", |given| given.name.as_str())));
            }
        }
    }
}

/// Problems as findings: what an event must not be published without is an error.
fn note(problems: Vec<Problem>, file: &str, findings: &mut Vec<Finding>) {
    findings.extend(problems.into_iter().map(|problem| {
        let place = problem.place();
        let finding = match problem.loss {
            Loss::Grave => Finding::error("source", place, problem.expected, problem.found),
            Loss::Slight | Loss::None => Finding::warning("source", place, problem.expected, problem.found),
        };
        finding.of(file)
    }));
}

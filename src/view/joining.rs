//! View: what joining an association would save, on one event and on all that match. It comes later.

use std::rc::Rc;

use joint_events_model::rates::joinings;
use joint_events_model::season::seasons;

use super::node::{Node, node};
use super::status::outward;
use super::strings::fill;
use super::subject::Subject;
use super::words;
use crate::intl;

/// Links to the pages for new members of the associations whose members save on an event.
pub fn of_event(subject: &Rc<Subject>) -> Vec<Node> {
    let (widget, language) = (&subject.widget, subject.language());
    let Some((event, loaded)) = subject.event() else {
        return Vec::new();
    };
    let options = widget.options.get();
    let mut links = Vec::new();
    for joining in joinings(event, &loaded.feed, options.association.as_deref(), *widget.now.get()) {
        let association = loaded.feed.association(&joining.association);
        if let Some((_, link)) = association.and_then(|association| association.join_url.pick(language.tag())) {
            let name = words::association_name(&loaded.feed, &joining.association, language);
            let saving = intl::money(language, joining.saving.amount);
            let text = fill(words::later(language).join, &[&name, &saving]);
            links.push(outward("a|part=join", link).text(&text));
        }
    }
    links
}

/// A link to each association's page for new members, with what they save; nothing where nobody would save.
pub fn season(subject: &Rc<Subject>) -> Option<Node> {
    let (widget, language) = (&subject.widget, subject.language());
    let loaded = widget.loaded()?;
    let mut places = Vec::new();
    for (place, _) in &widget.selection().events {
        places.push(*place);
    }
    let options = widget.options.get();
    let now = *widget.now.get();
    let mut links = Vec::new();
    for season in seasons(&loaded.feed, &places, options.association.as_deref(), now) {
        let association = loaded.feed.association(&season.association)?;
        if let Some((_, link)) = association.join_url.pick(language.tag()) {
            let name = words::association_name(&loaded.feed, &season.association, language);
            let saving = intl::money(language, season.saving);
            let events = words::count(language, language.strings().results, season.events);
            let text = fill(words::later(language).join_for_season, &[&name, &saving, &events]);
            links.push(node("li").child(outward("a|part=join", link).text(&text)));
        }
    }
    let list = node("ul|class=season|role=list");
    (!links.is_empty()).then(|| list.children(links))
}

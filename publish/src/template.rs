//! Publish: tables and configurations to fill in, each with an example in comments.

use crate::command::{Kind, Tongue};
use crate::import::columns::{EVENTS, OVERLAY};
use crate::import::table::Column;

/// The text of a template.
pub fn template(kind: Kind, language: Tongue) -> String {
    match (kind, language) {
        (Kind::Csv, Tongue::Fr) => table(EVENTS, language, include_str!("template/events.fr.csv")),
        (Kind::Csv, Tongue::En) => table(EVENTS, language, include_str!("template/events.en.csv")),
        (Kind::Overlay, Tongue::Fr) => table(OVERLAY, language, include_str!("template/overlay.fr.csv")),
        (Kind::Overlay, Tongue::En) => table(OVERLAY, language, include_str!("template/overlay.en.csv")),
        (Kind::Config, Tongue::Fr) => include_str!("template/config.fr.toml").to_owned(),
        (Kind::Config, Tongue::En) => include_str!("template/config.en.toml").to_owned(),
    }
}

/// The header, which is the importer's own list of columns, and the comments under it.
fn table(columns: &[Column], language: Tongue, comments: &str) -> String {
    let names: Vec<&str> = columns
        .iter()
        .map(|(english, french)| match language {
            Tongue::Fr => *french,
            Tongue::En => *english,
        })
        .collect();
    let separator = match language {
        Tongue::Fr => ";",
        Tongue::En => ",",
    };
    format!("{}\n{comments}", names.join(separator))
}

//! Publish: what a build found and wrote, as `report.json` says it.

use serde::Serialize;

use super::gather::Given;
use crate::finding::Finding;

/// What a build found, and wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// How many events are published.
    pub events: usize,
    /// Each source, in the configuration's order.
    pub sources: Vec<SourceReport>,
    /// All that was found, in the order in which it was met.
    pub findings: Vec<Finding>,
}

/// What one source gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceReport {
    /// Its id.
    pub id: String,
    /// Whether it could be read.
    pub read: bool,
    /// How many events it gave.
    pub events: usize,
    /// How many findings are its own.
    pub findings: usize,
    /// How many events stand as they were published before.
    pub previous_kept: usize,
}

impl Report {
    /// The report of a build that publishes so many events, with all that was found.
    pub(super) fn of(sources: Vec<Given>, findings: Vec<Finding>, events: usize) -> Self {
        let sources = sources.into_iter().map(|source| SourceReport {
            findings: findings.iter().filter(|finding| finding.file == source.name).count(),
            id: source.id,
            read: source.read,
            events: source.events,
            previous_kept: source.previous_kept,
        });
        Self {
            events,
            sources: sources.collect(),
            findings,
        }
    }
}

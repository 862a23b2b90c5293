//! Publish: what can be asked of `joint-events`, as its command line says it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use joint_events_model::time::{DateTime, Instant};

use crate::import::Format;
use crate::import::date::DateOrder;

/// The publisher's tool: from what associations have to one checked feed.
#[derive(Debug, Parser)]
#[command(name = "joint-events", version, after_help = EXITS)]
pub struct Command {
    /// The moment that stands for the clock (RFC 3339), such as 2026-11-26T12:00:00Z
    #[arg(long, global = true, value_name = "T", value_parser = moment)]
    pub now: Option<Instant>,
    /// What is asked.
    #[command(subcommand)]
    pub verb: Verb,
}

const EXITS: &str = "Exit: 0 done (warnings alone too), 1 findings, a refusal, or done in part, 2 could not read, write \
or understand the command. Data goes to standard output, words to standard error.";

/// What is asked.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Make a feed of sources and price overlays
    #[command(
        after_help = "Examples:\n  joint-events build joint-events.toml\n  joint-events build joint-events.toml \
        --out public --previous https://feeds.example/joint-events/v1/feed.json"
    )]
    Build(Build),
    /// Find all that is wrong in a feed
    #[command(
        after_help = "Examples:\n  joint-events check public/feed.json\n  joint-events check --format json \
        --deny-warnings feed.json"
    )]
    Check(Check),
    /// Print what a source holds, as drafts of events
    #[command(
        after_help = "Examples:\n  joint-events import events.csv\n  joint-events import calendar.ics --organizer \
        lso --lang en --time-zone America/Toronto\n  joint-events import --fetch \
        https://lso.example/wp-json/tribe/events/v1/events --to csv"
    )]
    Import(Import),
    /// Write a feed as a calendar, JSON-LD, a table or a list
    #[command(
        after_help = "Examples:\n  joint-events export ics feed.json --lang fr -o events.fr.ics\n  joint-events \
        export html feed.json --lang en"
    )]
    Export(Export),
    /// Say what changed from one feed to another
    #[command(after_help = "Example:\n  joint-events diff public/feed.json new/feed.json")]
    Diff {
        /// The older feed
        old: String,
        /// The newer feed
        new: String,
    },
    /// Print the JSON Schema of a feed
    #[command(after_help = "Example:\n  joint-events schema --strict > feed.schema.json")]
    Schema {
        /// The schema that producers follow: no unknown members, no unknown tokens
        #[arg(long)]
        strict: bool,
    },
    /// Print a table or a configuration to fill in, with an example
    #[command(
        after_help = "Examples:\n  joint-events template csv --lang fr > evenements.csv\n  joint-events template \
        config > joint-events.toml"
    )]
    Template {
        /// Which one
        kind: Kind,
        /// The language of its headers and comments
        #[arg(long, default_value = "fr")]
        lang: Tongue,
    },
    /// Print a script that completes the command in a shell
    #[command(
        after_help = "Example:\n  joint-events completions bash > ~/.local/share/bash-completion/completions/joint-events"
    )]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What `build` takes.
#[derive(Args, Debug)]
pub struct Build {
    /// The configuration (TOML)
    pub config: PathBuf,
    /// The folder to write to, in place of the configuration's
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The feed that is published now, in place of the one in the folder
    #[arg(long, value_name = "FILE|URL")]
    pub previous: Option<String>,
    /// Write even where upcoming events are gone
    #[arg(long)]
    pub allow_removals: bool,
    /// Write nothing where any event has an error
    #[arg(long)]
    pub strict: bool,
}

/// What `check` takes.
#[derive(Args, Debug)]
pub struct Check {
    /// Feeds; `-` is standard input
    #[arg(required = true, value_name = "FEED")]
    pub feeds: Vec<String>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Shape::Text)]
    pub format: Shape,
    /// Exit with 1 for warnings too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// What `import` takes.
#[derive(Args, Debug)]
pub struct Import {
    /// Sources; `-` is standard input
    #[arg(value_name = "FILE", required_unless_present = "fetch", conflicts_with = "fetch")]
    pub files: Vec<String>,
    /// A source's address
    #[arg(long, value_name = "URL")]
    pub fetch: Option<String>,
    /// What the source is written in; found by content where it is not said
    #[arg(long, value_enum)]
    pub from: Option<Format>,
    /// How drafts are printed
    #[arg(long, value_enum, default_value_t = Drafts::Json)]
    pub to: Drafts,
    /// The association whose events these are
    #[arg(long, value_name = "ID", value_parser = id)]
    pub organizer: Option<String>,
    /// The language of texts that carry none
    #[arg(long, value_name = "L", value_parser = language)]
    pub lang: Option<String>,
    /// The zone of floating times and bad zones
    #[arg(long, value_name = "Z", value_parser = zone)]
    pub time_zone: Option<String>,
    /// The order of dates that are all digits
    #[arg(long, value_enum)]
    pub date_order: Option<DateOrder>,
}

/// What `export` takes.
#[derive(Args, Debug)]
pub struct Export {
    /// As what
    #[arg(value_enum)]
    pub kind: Written,
    /// The feed; `-` is standard input
    pub feed: String,
    /// The language of its words; the feed's first where it is not said
    #[arg(long, value_name = "L", value_parser = language)]
    pub lang: Option<String>,
    /// The file to write, in place of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// A line each.
    Text,
    /// One JSON document.
    Json,
}

/// How drafts are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Drafts {
    /// One JSON document with events and problems.
    Json,
    /// The template's table.
    Csv,
}

/// What a feed is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Written {
    /// iCalendar.
    Ics,
    /// schema.org JSON-LD.
    Jsonld,
    /// The template's table.
    Csv,
    /// The static list.
    Html,
}

/// What can be filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The table of events.
    Csv,
    /// The table of prices.
    Overlay,
    /// The configuration of a build.
    Config,
}

/// A language of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    /// French.
    Fr,
    /// English.
    En,
}

fn moment(text: &str) -> Result<Instant, String> {
    let moment = DateTime::parse(text).map(DateTime::instant);
    moment.ok_or_else(|| "expected a time with its offset such as 2026-11-26T12:00:00Z".to_owned())
}

fn id(text: &str) -> Result<String, String> {
    let id = Some(text.to_owned()).filter(|text| joint_events_model::read::is_id(text));
    id.ok_or_else(|| "expected an id of a-z, 0-9, \".\", \"_\", \"-\", at most 80 long".to_owned())
}

fn language(text: &str) -> Result<String, String> {
    let primary = joint_events_model::primary_language(text);
    let fits = (2..=3).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_lowercase());
    let tag = Some(text.to_owned()).filter(|_| fits);
    tag.ok_or_else(|| "expected a BCP 47 language tag such as fr".to_owned())
}

fn zone(text: &str) -> Result<String, String> {
    let zone = crate::zone::Zone::named(text).map(|_| text.to_owned());
    zone.ok_or_else(|| "expected a zone of the IANA database such as America/Toronto".to_owned())
}

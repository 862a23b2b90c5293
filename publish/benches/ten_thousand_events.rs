//! Publish: how long a build of 10,000 events from a table takes, and how much memory: under 2 s and 200 MB.
//!
//! `cargo bench -p joint-events-publish --profile tool`

#![allow(clippy::unwrap_used, reason = "a benchmark that meets the unexpected ends")]

use std::env;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use joint_events_model::time::DateTime;
use joint_events_publish::build::{Options, Profile, Removals, build};
use mimalloc::MiMalloc;

/// The tool's own.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Each build is a process of its own, as it is for those who run the command: what one held is not there in the next.
fn main() {
    let mut arguments = env::args().skip(1);
    if arguments.next().as_deref() == Some("build") {
        let [folder, kind] = [(); 2].map(|()| arguments.next().unwrap());
        return build_once(Path::new(&folder), &kind);
    }
    let folder = tempfile::tempdir().unwrap();
    write_sources(folder.path());
    for kind in ["first", "again, on what is published"] {
        let own = env::current_exe().unwrap();
        let ended = Command::new(own)
            .args(["build".as_ref(), folder.path().as_os_str(), kind.as_ref()])
            .status();
        assert!(ended.unwrap().success());
    }
}

fn build_once(folder: &Path, kind: &str) {
    let options = Options {
        out: None,
        previous: None,
        removals: Removals::Refused,
        profile: Profile::Strict,
        now: DateTime::parse("2026-11-26T12:00:00Z").unwrap().instant(),
    };
    let start = Instant::now();
    let (_, report, _) = build(&folder.join("joint-events.toml"), &options, &mut |_| {}).unwrap();
    let seconds = start.elapsed().as_secs_f64();
    println!(
        "{} events, {kind}: {seconds:.2} s, at most {} MB",
        report.events,
        peak()
    );
}

/// The most memory that this process has held, in megabytes, where the system says it.
fn peak() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kilobytes| (kilobytes / 1024).to_string())
}

fn write_sources(folder: &Path) {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("example");
    fs::copy(example.join("header.json"), folder.join("header.json")).unwrap();
    let config = "feed = \"header.json\"\nout = \"public\"\n[[sources]]\nid = \"table\"\nkind = \"csv\"\npath = \"events.csv\"\n";
    fs::write(folder.join("joint-events.toml"), config).unwrap();
    let mut table =
        "id;titre_fr;titre_en;resume_fr;resume_en;debut;fin;ville;organisateurs;themes;inscription_fr;membre_de;\
        prix_membre;prix_non_membre;prix_membre_hatif;hatif_jusquau;taxes_incluses\n"
            .to_owned();
    for number in 0..10_000_u32 {
        let (month, day, hour) = (number % 12, number % 28, number % 10);
        let town = if number.is_multiple_of(2) {
            "Montréal"
        } else {
            "Toronto"
        };
        writeln!(
            table,
            "event-{number};Événement {number} des sciences de la vie;Life sciences event {number};Un résumé de quelques mots.;\
             A summary of a few words.;2027-{:02}-{:02} {:02}:30;2027-{:02}-{:02} {:02}:30;{town};bioquebec lso;networking;\
             https://example.org/{number};bioquebec lso;{},00 $;{},00 $;{},00 $;2026-12-15;Non",
            month.saturating_add(1),
            day.saturating_add(1),
            hour.saturating_add(8),
            month.saturating_add(1),
            day.saturating_add(1),
            hour.saturating_add(9),
            number % 50,
            (number % 50).saturating_add(100),
            number % 20,
        )
        .unwrap();
    }
    fs::write(folder.join("events.csv"), table).unwrap();
}

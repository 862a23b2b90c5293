//! Hostile: what is kept holds, whatever it once broke.
#![allow(missing_docs)]

use joint_events_hostile::{TARGETS, corpus};

#[test]
fn every_body_holds_for_every_input_that_is_kept() {
    for target in TARGETS {
        for (name, bytes) in corpus::seeds(target.name).unwrap() {
            println!("{}: {name}: {}", target.name, bytes.escape_ascii());
            (target.body)(&bytes);
        }
    }
}

#[test]
fn every_entrance_has_a_fuzz_target_and_a_corpus() {
    let manifest = std::fs::read_to_string(corpus::root().join("fuzz/Cargo.toml")).unwrap();
    for target in TARGETS {
        let file = corpus::root()
            .join("fuzz/fuzz_targets")
            .join(format!("{}.rs", target.name.replace('-', "_")));
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let body = text.split("fuzz_target!(|bytes: &[u8]| ").nth(1);
        let name = body.and_then(|body| body.strip_suffix("(bytes));\n"));
        assert_eq!(name, Some(target.name.replace('-', "_").as_str()), "{text}");
        assert!(
            manifest.contains(&format!("name = \"{}\"\n", target.name)),
            "{manifest}"
        );
        assert!(corpus::seeds(target.name).unwrap().len() > 2, "{}", target.name);
    }
}

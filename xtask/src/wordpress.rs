//! xtask: the WordPress plugin, as it is installed and as it is tested.

mod site;
mod words;
mod zip;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::build::WASM;
use crate::tools::{install_browser, run_with, say};
use crate::{bundle, root};

/// What of `dist/` the plugin serves.
const ASSETS: &[&str] = &["joint-events.js", WASM[0], WASM[1]];

/// Builds `dist/` and of it `target/wordpress/joint-events.zip`.
pub fn wordpress() -> Result<()> {
    bundle::bundle(None)?;
    println!("{}", pack()?.display());
    Ok(())
}

/// Tests the plugin in Debian's WordPress, which it installs where it may.
///
/// # Errors
/// Where WordPress can't be had, with the line that says how, and where a test fails.
pub fn test_wordpress() -> Result<()> {
    site::install()?;
    install_browser()?;
    if !root().join("dist").join(WASM[1]).exists() {
        bundle::bundle(None)?;
    }
    let site = site::Site::start(&pack()?)?;
    say(&format!("WordPress {} at {}", site.version(), site.address()));
    run_with(
        "cargo",
        &["test", "-p", "joint-events-wordpress"],
        &[("JOINT_EVENTS_WORDPRESS", site.address())],
    )
}

/// The same as a part of all tests: one line where WordPress can't be had.
pub fn test_wordpress_if_possible() -> Result<()> {
    match site::install() {
        Ok(()) => test_wordpress(),
        Err(error) => {
            say(&format!("the WordPress plugin was not tested: {error:#}"));
            Ok(())
        }
    }
}

/// The archive that a site uploads, of the bundle that is there.
fn pack() -> Result<PathBuf> {
    let plugin = stage()?;
    let archive = plugin.with_extension("zip");
    fs::write(&archive, zip::zip(&files(&plugin)?)?)?;
    Ok(archive)
}

/// The plugin's folder as it is installed, in `target/wordpress/joint-events`: its source, the licence, the widget's
/// files and the words in the forms that WordPress reads.
fn stage() -> Result<PathBuf> {
    let (source, plugin) = (
        root().join("wordpress/joint-events"),
        root().join("target/wordpress/joint-events"),
    );
    fs::remove_dir_all(&plugin).or_else(|error| if plugin.exists() { Err(error) } else { Ok(()) })?;
    for (name, bytes) in files(&source)? {
        let name = name.strip_prefix("joint-events/").unwrap_or(&name);
        write(&plugin.join(name), &bytes)?;
    }
    write(&plugin.join("LICENSE"), &fs::read(root().join("LICENSE-MIT"))?)?;
    for name in ASSETS {
        let file = root().join("dist").join(name);
        let bytes = fs::read(&file).with_context(|| format!("{}: expected a bundle", file.display()))?;
        write(&plugin.join("assets").join(name), &bytes)?;
    }
    let version = env!("CARGO_PKG_VERSION");
    for (name, line) in [
        ("joint-events.php", format!(" * Version:           {version}\n")),
        ("joint-events.php", format!("const VERSION = '{version}';\n")),
        ("readme.txt", format!("Stable tag: {version}\n")),
        ("block/block.json", format!("\"version\": \"{version}\"")),
        ("block/editor.asset.php", format!("=> '{version}'")),
    ] {
        if !fs::read_to_string(plugin.join(name))?.contains(&line) {
            bail!(
                "wordpress/joint-events/{name}: expected {:?}, found another version",
                line.trim()
            );
        }
    }
    words::compile(&plugin)?;
    Ok(plugin)
}

fn write(file: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(file, bytes).with_context(|| file.display().to_string())
}

/// The files of a folder with their content, by names that begin with that of the folder, in order.
fn files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(
                files(&path)?
                    .into_iter()
                    .map(|(below, bytes)| (format!("{name}/{below}"), bytes)),
            );
        } else {
            let own = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            found.push((format!("{name}/{own}"), fs::read(&path)?));
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn source(name: &str) -> String {
        fs::read_to_string(root().join("wordpress/joint-events").join(name)).expect("a file of the plugin")
    }

    /// The names and types of the element's attributes, in order.
    fn manifest() -> Vec<(String, String)> {
        let text = fs::read_to_string(root().join("custom-elements.json")).expect("the manifest");
        let manifest: Value = serde_json::from_str(&text).expect("JSON");
        let attributes = manifest["modules"][0]["declarations"][0]["attributes"]
            .as_array()
            .expect("attributes");
        let kind = |attribute: &Value| match attribute["type"]["text"].as_str() {
            Some(kind @ ("number" | "boolean")) => kind.to_owned(),
            _ => "string".to_owned(),
        };
        attributes
            .iter()
            .map(|one| (one["name"].as_str().expect("a name").to_owned(), kind(one)))
            .collect()
    }

    /// The entries of an array of names and types in the plugin's source.
    fn listed(array: &str) -> Vec<(String, String)> {
        let source = source("includes/attributes.php");
        let (_, list) = source.split_once(&format!("const {array} = array(")).expect("the list");
        let (list, _) = list.split_once(");").expect("its end");
        let entries = list.lines().filter_map(|line| line.split_once("=>"));
        let plain = |text: &str| text.trim().trim_matches(['\'', ',']).to_owned();
        entries.map(|(name, kind)| (plain(name), plain(kind))).collect()
    }

    #[test]
    fn the_plugin_and_the_element_have_the_same_attributes() {
        assert_eq!(listed("ATTRIBUTES"), manifest());
    }

    #[test]
    fn the_block_and_the_element_have_the_same_attributes() {
        let block: Value = serde_json::from_str(&source("block/block.json")).expect("JSON");
        let attributes = block["attributes"].as_object().expect("attributes");
        let found: Vec<_> = attributes
            .iter()
            .map(|(name, one)| (name.clone(), one["type"].as_str().unwrap_or_default().to_owned()))
            .collect();
        assert_eq!(found, [manifest(), listed("OWN_ATTRIBUTES")].concat());
    }

    #[test]
    fn every_attribute_has_a_field_in_the_editor() {
        let editor = source("block/editor.js");
        for (name, _) in manifest().into_iter().chain(listed("OWN_ATTRIBUTES")) {
            assert_eq!(editor.matches(&format!("[ '{name}', __(")).count(), 1, "{name}");
        }
    }

    #[test]
    fn the_readme_tells_of_every_attribute() {
        let readme = source("readme.txt");
        for (name, _) in manifest().into_iter().chain(listed("OWN_ATTRIBUTES")) {
            assert!(readme.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn the_link_has_the_words_of_the_static_list() {
        use joint_events_words::strings::Language;
        for language in [Language::French, Language::English] {
            let word = format!("'all_events' => '{}'", language.strings().all_events);
            assert!(source("includes/language.php").contains(&word), "{word}");
        }
    }

    #[test]
    fn no_file_of_the_plugin_runs_by_its_own_address() {
        for (name, bytes) in files(&root().join("wordpress/joint-events")).expect("files") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let guard = if name.ends_with("uninstall.php") {
                "WP_UNINSTALL_PLUGIN"
            } else {
                "ABSPATH"
            };
            let guarded = text.contains(&format!("defined( '{guard}' ) || exit;"));
            assert!(guarded || !name.ends_with(".php"), "{name}");
        }
    }
}

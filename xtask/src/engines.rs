//! xtask: the engines that the end-to-end tests run in, what each of them needs, and what of them was not checked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::tools::{install_crate, install_packages, run, run_with, say};
use crate::{root, trust};

/// The driver of Firefox, from crates.io.
const GECKODRIVER: &str = "0.37.1";

/// An engine, as `ENGINE` names it in the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Chromium with ChromeDriver.
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
    /// WebKitGTK's MiniBrowser with WebKitWebDriver, on a screen of Xvfb's.
    WebKit,
}

const ALL: [Engine; 3] = [Engine::Chromium, Engine::Firefox, Engine::WebKit];

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Files that it needs, each with Debian's package that has it.
    fn needs(self) -> Vec<(String, &'static str)> {
        let file =
            |variable: &str, usual: &str, package| (env::var(variable).unwrap_or_else(|_| usual.to_owned()), package);
        match self {
            // The wasm tests need it whatever is named: it is there.
            Self::Chromium => Vec::new(),
            Self::Firefox => vec![file("FIREFOX", "/usr/bin/firefox-esr", "firefox-esr")],
            Self::WebKit => vec![
                file("WEBKITWEBDRIVER", "/usr/bin/WebKitWebDriver", "webkit2gtk-driver"),
                ("/usr/bin/Xvfb".to_owned(), "xvfb"),
                // What a desktop tells its programs, such as that it is dark, and the locales of visitors.
                ("/usr/bin/xsettingsd".to_owned(), "xsettingsd"),
                ("/usr/share/i18n/locales/fr_CA".to_owned(), "locales"),
            ],
        }
    }

    fn install(self) -> Result<()> {
        let mut missing = self.needs();
        missing.retain(|(file, _)| !Path::new(file).exists());
        let packages: Vec<&str> = missing.iter().map(|(_, package)| *package).collect();
        if !packages.is_empty() {
            say(&format!("installing {}", packages.join(" ")));
            install_packages(&packages)?;
        }
        if let Some((file, package)) = missing.iter().find(|(file, _)| !Path::new(file).exists()) {
            bail!("{file}: expected to be in the package {package}, found it is not");
        }
        if self == Self::Firefox && env::var_os("GECKODRIVER").is_none() {
            install_crate("geckodriver", "geckodriver", GECKODRIVER)?;
        }
        Ok(())
    }

    /// The lines that its tests leave, each a check that it lets nobody make.
    fn not_checked(self) -> std::path::PathBuf {
        root().join(format!("target/e2e/not-checked-{}.txt", self.name()))
    }
}

/// What became of the engines, in the order in which they run.
#[derive(Debug, Default)]
pub struct Engines {
    installed: Vec<Engine>,
    /// Those that can't be had here, each with the reason.
    absent: Vec<(Engine, String)>,
    told: RefCell<Vec<String>>,
}

/// Installs what the engines need that the environment variable `ENGINES` names, else all three: of those, Firefox and
/// WebKit may be missing where they can't be installed.
pub fn install() -> Result<Engines> {
    let named = env::var("ENGINES").ok();
    let mut engines = Engines::default();
    for engine in wanted(named.as_deref())? {
        let name = engine.name();
        match engine.install() {
            Ok(()) => engines.installed.push(engine),
            Err(error) if named.is_none() && engine != Engine::Chromium => {
                engines.absent.push((engine, format!("{error:#}")));
            }
            Err(error) => return Err(error.context(format!("{name} can't be tested here"))),
        }
    }
    Ok(engines)
}

/// The engines of a list such as `chromium firefox`.
fn wanted(named: Option<&str>) -> Result<Vec<Engine>> {
    let Some(named) = named else {
        return Ok(ALL.to_vec());
    };
    let engines: Result<Vec<Engine>> = named
        .split_whitespace()
        .map(|name| {
            let engine = ALL.into_iter().find(|engine| engine.name() == name);
            engine.with_context(|| format!("ENGINES: expected words among chromium firefox webkit, found {name:?}"))
        })
        .collect();
    let engines = engines?;
    if engines.is_empty() {
        bail!("ENGINES: expected at least one of chromium firefox webkit, found none");
    }
    Ok(engines)
}

impl Engines {
    /// Runs the end-to-end tests in each.
    pub fn test(&self) -> Result<()> {
        run("cargo", &["test", "-p", "joint-events-e2e", "--no-run"])?;
        for engine in &self.installed {
            let name = engine.name();
            say(&format!("end-to-end tests in {name}"));
            let start = std::time::Instant::now();
            if engine.not_checked().exists() {
                fs::remove_file(engine.not_checked())?;
            }
            trust::forget(name)?;
            run_with("cargo", &["test", "-p", "joint-events-e2e"], &[("ENGINE", name)])
                .with_context(|| format!("in {name}"))?;
            let mut told = self.told.borrow_mut();
            told.push(format!("{name}: ran, {} s", start.elapsed().as_secs()));
            let left_out = fs::read_to_string(engine.not_checked()).unwrap_or_default();
            told.extend(lines(&left_out));
        }
        Ok(())
    }

    /// Says which ran, how long, what was not checked in which, and which did not run.
    pub fn tell(&self) {
        self.told.borrow().iter().for_each(|line| say(line));
        for engine in ALL.into_iter().filter(|engine| !self.installed.contains(engine)) {
            let absent = self.absent.iter().find(|(absent, _)| *absent == engine);
            let why = absent.map_or("ENGINES does not name it", |(_, why)| why);
            say(&format!("{}: not run: {why}", engine.name()));
        }
    }
}

/// Each line once, in order; those that came more often with how often.
fn lines(text: &str) -> Vec<String> {
    let mut counts = BTreeMap::new();
    for line in text.lines() {
        *counts.entry(line).or_insert(0) += 1;
    }
    let lines = counts.into_iter();
    lines
        .map(|(line, count)| {
            if count == 1 {
                line.to_owned()
            } else {
                format!("{line} ({count} times)")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ALL, Engine, lines, wanted};

    #[test]
    fn all_are_tested_unless_some_are_named() {
        assert_eq!(wanted(None).expect("engines"), ALL);
        let named = wanted(Some("webkit chromium")).expect("engines");
        assert_eq!(named, [Engine::WebKit, Engine::Chromium]);
    }

    #[test]
    fn an_engine_that_nobody_knows_is_named() {
        let error = wanted(Some("chromium opera")).expect_err("no engine");
        assert_eq!(
            error.to_string(),
            "ENGINES: expected words among chromium firefox webkit, found \"opera\""
        );
        assert!(wanted(Some(" ")).is_err());
    }

    #[test]
    fn what_was_left_out_more_than_once_is_told_once_with_its_number() {
        assert_eq!(lines("b\na\nb\n"), ["a", "b (2 times)"]);
    }
}

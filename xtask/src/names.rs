//! xtask: what the embed is made of, as the code, the manifest and README each name it.
//!
//! Each is read as text, by the shape that it has in this project. A shape that changes is told as names that are
//! missing, never as silence.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde_json::Value;

/// What a page can name of the embed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Attribute,
    Property,
    Method,
    Event,
    Part,
    CustomProperty,
}

impl Kind {
    const ALL: [Self; 6] = [
        Self::Attribute,
        Self::Property,
        Self::Method,
        Self::Event,
        Self::Part,
        Self::CustomProperty,
    ];

    /// What it is called in a line for a developer, and in the head of a table of README.
    fn word(self) -> &'static str {
        match self {
            Self::Attribute => "attribute",
            Self::Property => "property",
            Self::Method => "method",
            Self::Event => "event",
            Self::Part => "part",
            Self::CustomProperty => "custom property",
        }
    }
}

/// All that a page can name of the embed, as one place tells it. Events and custom properties have their full names.
#[derive(Default)]
pub struct Api {
    names: BTreeSet<(Kind, String)>,
    /// Properties that any element has, and that need no telling.
    inherited: BTreeSet<(Kind, String)>,
}

impl Api {
    /// What the scripts, the Rust and the sheet in `src` and `style` make.
    pub fn of_code(scripts: &str, rust: &str, style: &str) -> Self {
        let (scripts, rust) = (without_comments(scripts), without_comments(rust));
        let tag = literals(&scripts, "TAG = ").next().unwrap_or_default();
        let mut api = Self::default();
        api.add_attributes(&scripts);
        api.add_members(&scripts);
        api.add_events(&scripts, &rust, tag);
        api.add_parts(&scripts, &rust);
        let prefix = format!("--{tag}-");
        for name in words_after(style, &format!("var({prefix}")) {
            api.add(Kind::CustomProperty, &[&prefix, name].concat());
        }
        api
    }

    /// What `custom-elements.json` declares of its custom element.
    pub fn of_manifest(text: &str) -> Result<Self> {
        let manifest: Value = serde_json::from_str(text).context("custom-elements.json")?;
        let element = list(&manifest, "modules")
            .flat_map(|module| list(module, "declarations"))
            .find(|declaration| declaration.get("customElement") == Some(&Value::Bool(true)))
            .context("custom-elements.json: expected a declaration with \"customElement\": true, found none")?;
        let mut api = Self::default();
        for (kind, key) in [
            (Kind::Attribute, "attributes"),
            (Kind::Event, "events"),
            (Kind::Part, "cssParts"),
            (Kind::CustomProperty, "cssProperties"),
        ] {
            for name in list(element, key).filter_map(|entry| text_of(entry, "name")) {
                api.add(kind, name);
            }
        }
        for entry in list(element, "members") {
            match (text_of(entry, "kind"), text_of(entry, "name")) {
                (Some("field"), Some(name)) => api.add(Kind::Property, name),
                (Some("method"), Some(name)) => api.add(Kind::Method, name),
                _ => {}
            }
        }
        Ok(api)
    }

    /// What README tells: in tables whose head begins with the kind, and in the paragraphs that begin with `Method`,
    /// `Read-only`, `Parts` and `Custom properties`. Each attribute has a property of its name in camelCase.
    pub fn of_readme(text: &str) -> Self {
        let prose = text.split("```").step_by(2).collect::<String>();
        let mut api = Self::default();
        for paragraph in prose.split("\n\n").map(str::trim) {
            if let Some(rows) = paragraph.strip_prefix('|') {
                api.add_table(rows);
            } else if paragraph.starts_with("Method") || paragraph.starts_with("Read-only") {
                for name in spans(paragraph).iter().filter(|span| !span.aside).map(|span| span.text) {
                    match name.split_once('(') {
                        Some((method, _)) => api.add(Kind::Method, method),
                        None => api.add(Kind::Property, name),
                    }
                }
            } else if paragraph.starts_with("Parts") {
                for name in enumerated(paragraph) {
                    api.add(Kind::Part, name);
                }
            } else if paragraph.starts_with("Custom properties") {
                let spans = spans(paragraph);
                let prefix = spans.iter().find(|span| span.text.starts_with("--"));
                let prefix = prefix.map(|span| span.text).unwrap_or_default();
                for name in enumerated(paragraph) {
                    api.add(Kind::CustomProperty, &[prefix, name].concat());
                }
            }
        }
        api
    }

    /// Where another place, `name`, tells something else than this one, `own`: a line for each name.
    pub fn differences(&self, own: &str, other: &Self, name: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for (kind, missing) in self.names.difference(&other.names) {
            let kind = kind.word();
            lines.push(format!(
                "{name}: expected the {kind} \"{missing}\", as in {own}, found none"
            ));
        }
        let surplus = other.names.difference(&self.names);
        for (kind, found) in surplus.filter(|told| !self.inherited.contains(told)) {
            let kind = kind.word();
            lines.push(format!(
                "{name}: expected no {kind} but those in {own}, found \"{found}\""
            ));
        }
        lines
    }

    fn add(&mut self, kind: Kind, name: &str) {
        self.names.insert((kind, name.to_owned()));
    }

    /// The keys of `ATTRIBUTES`, each with its property, and what is observed beside them: those are any element's.
    fn add_attributes(&mut self, scripts: &str) {
        let table = between(scripts, "ATTRIBUTES = {", "\n}");
        let keys = members(table).filter_map(|line| line.split_once(':'));
        for name in keys.map(|(key, _)| key.trim_matches('"')).filter(|key| is_name(key)) {
            self.add(Kind::Attribute, name);
            self.add(Kind::Property, &camel_case(name));
        }
        let observed = between(scripts, "observedAttributes = [", "]");
        for name in observed.split('"').skip(1).step_by(2) {
            self.add(Kind::Attribute, name);
            self.inherited.insert((Kind::Property, camel_case(name)));
        }
    }

    /// What the class of the element has for a page: not what is static, private, or called by the browser.
    fn add_members(&mut self, scripts: &str) {
        for line in members(between(scripts, "class JointEvents extends ", "\n}")) {
            let accessor = line.strip_prefix("get ").or_else(|| line.strip_prefix("set "));
            let member = accessor.unwrap_or(line.strip_prefix("async ").unwrap_or(line));
            let name = word(member);
            let rest = member.strip_prefix(name).unwrap_or_default();
            let called = name == "constructor" || name.ends_with("Callback");
            if name.is_empty() || called {
                continue;
            }
            if accessor.is_some() || rest.starts_with(" =") || rest.starts_with(';') {
                self.add(Kind::Property, name);
            } else if rest.starts_with('(') {
                self.add(Kind::Method, name);
            }
        }
    }

    /// The names that are given to `dispatch`, in Rust and in the script, which puts the tag and a colon before them. Keys
    /// of a storage begin as events do, so that the beginning alone makes no event.
    fn add_events(&mut self, scripts: &str, rust: &str, tag: &str) {
        for name in literals(rust, ".dispatch(").chain(literals(scripts, "dispatch(this.#host,")) {
            self.add(Kind::Event, &format!("{tag}:{name}"));
        }
    }

    /// `part=…` in markup, and `part` where an attribute is set. What is in brackets only selects.
    fn add_parts(&mut self, scripts: &str, rust: &str) {
        let markup = ["|part=", "\"part="].into_iter().flat_map(|mark| {
            let values = rust.split(mark).skip(1);
            values.filter_map(|rest| rest.split(['|', '"']).next())
        });
        let set = literals(scripts, "\"part\",").chain(literals(rust, "\"part\","));
        for name in markup.chain(set).flat_map(str::split_ascii_whitespace) {
            self.add(Kind::Part, name);
        }
    }

    /// The names in the first column of a table, if its head begins with a kind.
    fn add_table(&mut self, rows: &str) {
        let mut cells = rows.split("\n|").filter_map(|row| row.split('|').next());
        let head = cells.next().unwrap_or_default().trim();
        let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.word() == head) else {
            return;
        };
        for name in cells.flat_map(spans).map(|span| span.text) {
            self.add(kind, name);
            if kind == Kind::Attribute {
                self.add(Kind::Property, &camel_case(name));
            }
        }
    }
}

/// A text between backticks, and the words before it.
struct Span<'a> {
    before: &'a str,
    text: &'a str,
    /// Whether it stands in parentheses.
    aside: bool,
}

/// The texts between backticks.
fn spans(text: &str) -> Vec<Span<'_>> {
    let mut pieces = text.split('`');
    let (mut opened, mut closed) = (0_usize, 0_usize);
    let mut spans = Vec::new();
    while let (Some(before), Some(text)) = (pieces.next(), pieces.next()) {
        opened = opened.saturating_add(before.matches('(').count());
        closed = closed.saturating_add(before.matches(')').count());
        let aside = opened > closed;
        spans.push(Span { before, text, aside });
    }
    spans
}

/// The names between a colon and the end of its sentence.
fn enumerated(paragraph: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut listing = false;
    for span in spans(paragraph) {
        if listing && span.before.contains('.') {
            break;
        }
        listing |= span.before.trim_end().ends_with(':');
        if listing && !span.aside {
            names.extend(span.text.split_ascii_whitespace());
        }
    }
    names
}

/// The source without the lines that are a comment as a whole.
fn without_comments(source: &str) -> String {
    let is_comment = |line: &&str| {
        let line = line.trim_start();
        ["//", "/*", "* ", "*/"].iter().any(|mark| line.starts_with(mark))
    };
    let lines = source.lines().filter(|line| !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// What stands between two marks, or nothing.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let body = text.split_once(start).and_then(|(_, rest)| rest.split_once(end));
    body.map(|(body, _)| body).unwrap_or_default()
}

/// The lines of a block at the top of a script that begin something: those that are indented once.
fn members(block: &str) -> impl Iterator<Item = &str> {
    let lines = block.lines().filter_map(|line| line.strip_prefix("  "));
    lines.filter(|line| !line.starts_with(' '))
}

/// The string literals that follow a mark.
fn literals<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    let rests = text.split(mark).skip(1);
    rests.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next())
}

/// The words that follow a mark at once.
fn words_after<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(mark).skip(1).map(word).filter(|word| !word.is_empty())
}

/// The letters, digits and hyphens at the beginning.
fn word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_ascii_alphanumeric() && character != '-');
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && word(text) == text
}

/// `member-of` → `memberOf`.
fn camel_case(name: &str) -> String {
    let mut words = name.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |joined, word| {
        let mut letters = word.chars();
        let capital = letters.next().map(|letter| letter.to_ascii_uppercase());
        joined + &capital.into_iter().chain(letters).collect::<String>()
    })
}

/// The entries of a list in the manifest; none where there is no list.
fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn text_of<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;
    use std::fs;

    const SCRIPTS: &str = r#"
export const TAG = "joint-events";
// As in the detail of `joint-events:comment`; setAttribute("part", "comment").
export const ATTRIBUTES = {
  __proto__: null,
  feed: text(addresses, []),
  "member-of": text(
    memberships,
    { nested: null },
  ),
};
class JointEvents extends HTMLElement {
  static observedAttributes = [...Object.keys(ATTRIBUTES), "lang"];
  static version = __VERSION__;
  #embed = new Embed(this);

  connectedCallback() {
    this.#embed.connected();
  }

  get status() {
    return this.#embed.status;
  }

  refresh() {
    if (this) return this.#embed.refresh();
  }

  #upgrade(property) {}
}
base.setAttribute("part", "base");
dispatch(this.#host, "error", { status: "start" });
host.dispatchEvent(new CustomEvent(`${TAG}:${name}`, init));
"#;

    const RUST: &str = r#"
const REMEMBERED: &str = "joint-events:stored";
impl Host {
    fn dispatch(&self, name: &str) {}

    pub fn ready(&self) {
        self.dispatch(
            "ready",
            &detail,
        );
    }
}
/// An element, as in `button|part=example|disabled=`.
fn rate() {
    node("li|part=rate rate-own|class=rate rate-soldout").child(heading(3, "part=title"));
    focus_within(&view, "[part=list] > :last-child");
}
"#;

    const STYLE: &str = "/* --joint-events-* */ .base { --je-gap: var(--joint-events-gap, 1em); }";

    const MANIFEST: &str = r#"{"modules": [{"declarations": [{
  "kind": "class", "customElement": true,
  "attributes": [{"name": "feed", "fieldName": "feed"}, {"name": "lang"}, {"name": "member-of", "fieldName": "memberOf"}],
  "members": [
    {"kind": "field", "name": "feed"}, {"kind": "field", "name": "memberOf", "attribute": "member-of"},
    {"kind": "field", "name": "status"}, {"kind": "method", "name": "refresh"}
  ],
  "events": [{"name": "joint-events:ready"}, {"name": "joint-events:error"}],
  "cssParts": [{"name": "base"}, {"name": "rate"}, {"name": "rate-own"}, {"name": "title"}],
  "cssProperties": [{"name": "--joint-events-gap"}]
}]}]}"#;

    const README: &str = "# joint-events

```html
<joint-events `snippet`>
```

| command | does |
| --- | --- |
| `demo` | serves |

| attribute | values | default |
| --- | --- | --- |
| `feed`, `lang` | an address, `none` | required |
| `member-of` | ids | none |

Method `refresh()`. Read-only `status` (`loading
ready`).

| event | when | `detail` |
| --- | --- | --- |
| `joint-events:ready` | after a load; `preventDefault()` | `{shown}` |
| `joint-events:error` | once a failed load | `{status}` |

Parts, for `joint-events::part(…)`: `base` `rate` `rate-own`
`title`. Each is a class too, in `style`.

Custom properties, each with `--joint-events-` before it: `gap`.
";

    fn code() -> Api {
        Api::of_code(SCRIPTS, RUST, STYLE)
    }

    fn manifest_without(text: &str) -> Vec<String> {
        assert!(MANIFEST.contains(text));
        let manifest = Api::of_manifest(&MANIFEST.replace(text, "")).unwrap();
        code().differences("src", &manifest, "custom-elements.json")
    }

    fn readme_with(text: &str, instead: &str) -> Vec<String> {
        assert!(README.contains(text));
        code().differences("src", &Api::of_readme(&README.replace(text, instead)), "README.md")
    }

    #[test]
    fn the_same_names_in_all_places_give_no_line() {
        assert!(manifest_without("").is_empty(), "{:?}", manifest_without(""));
        assert!(readme_with("", "").is_empty(), "{:?}", readme_with("", ""));
    }

    #[test]
    fn a_part_that_only_the_code_has_is_found() {
        let expected = "expected the part \"rate-own\", as in src, found none";
        assert_eq!(
            manifest_without(", {\"name\": \"rate-own\"}"),
            [format!("custom-elements.json: {expected}")]
        );
        assert_eq!(readme_with("`rate-own`", ""), [format!("README.md: {expected}")]);
    }

    #[test]
    fn an_attribute_that_only_readme_names_is_found_with_its_property() {
        assert_eq!(
            readme_with("`feed`,", "`feed`, `url-state`,"),
            [
                "README.md: expected no attribute but those in src, found \"url-state\"",
                "README.md: expected no property but those in src, found \"urlState\"",
            ]
        );
    }

    #[test]
    fn an_event_that_the_manifest_misses_is_found() {
        assert_eq!(
            manifest_without("{\"name\": \"joint-events:ready\"}, "),
            ["custom-elements.json: expected the event \"joint-events:ready\", as in src, found none"]
        );
        assert_eq!(manifest_without(", {\"name\": \"joint-events:error\"}").len(), 1);
    }

    #[test]
    fn what_the_manifest_or_readme_leaves_out_is_found_even_if_its_counterpart_stands() {
        for (text, kind) in [
            (
                ", {\"name\": \"member-of\", \"fieldName\": \"memberOf\"}",
                "attribute \"member-of\"",
            ),
            (
                "{\"kind\": \"field\", \"name\": \"memberOf\", \"attribute\": \"member-of\"},",
                "property \"memberOf\"",
            ),
            ("{\"kind\": \"field\", \"name\": \"status\"}, ", "property \"status\""),
            (", {\"kind\": \"method\", \"name\": \"refresh\"}", "method \"refresh\""),
            (
                "{\"name\": \"--joint-events-gap\"}",
                "custom property \"--joint-events-gap\"",
            ),
        ] {
            assert_eq!(
                manifest_without(text),
                [format!(
                    "custom-elements.json: expected the {kind}, as in src, found none"
                )]
            );
        }
        assert_eq!(readme_with("Method `refresh()`. ", "").len(), 1);
        assert_eq!(readme_with("Read-only `status`", "").len(), 1);
        assert_eq!(readme_with("it: `gap`", "it").len(), 1);
    }

    #[test]
    fn a_property_of_any_element_need_not_be_told_but_its_attribute_must() {
        assert_eq!(
            manifest_without("{\"name\": \"lang\"}, "),
            ["custom-elements.json: expected the attribute \"lang\", as in src, found none"]
        );
        assert_eq!(readme_with(", `lang`", "").len(), 1);
    }

    #[test]
    fn a_custom_property_without_its_prefix_is_another_name() {
        let manifest = Api::of_manifest(&MANIFEST.replace("--joint-events-gap", "gap")).unwrap();
        assert_eq!(code().differences("src", &manifest, "custom-elements.json").len(), 2);
    }

    #[test]
    fn a_manifest_that_declares_no_element_is_an_error() {
        assert!(Api::of_manifest("{").is_err());
        assert!(Api::of_manifest("{\"modules\": []}").is_err());
    }

    #[test]
    fn the_real_files_name_at_least_these_of_each_kind() {
        let read = |path: &str| fs::read_to_string(root().join(path)).unwrap();
        let all = |paths: &[&str]| paths.iter().map(|path| read(path)).collect::<String>();
        let code = Api::of_code(
            &all(&["src/attributes.js", "src/element.js", "src/embed.js"]),
            &all(&["src/host.rs", "src/view.rs", "src/view/card.rs", "src/view/rates.rs"]),
            &read("style/joint-events.css"),
        );
        let manifest = Api::of_manifest(&read("custom-elements.json")).unwrap();
        let readme = Api::of_readme(&read("README.md"));
        for (place, api) in [("src", code), ("custom-elements.json", manifest), ("README.md", readme)] {
            for (kind, name) in [
                (Kind::Attribute, "lang"),
                (Kind::Attribute, "member-of"),
                (Kind::Attribute, "color-scheme"),
                (Kind::Property, "memberOf"),
                (Kind::Property, "status"),
                (Kind::Property, "events"),
                (Kind::Method, "refresh"),
                (Kind::Event, "joint-events:ready"),
                (Kind::Event, "joint-events:register"),
                (Kind::Event, "joint-events:error"),
                (Kind::Part, "base"),
                (Kind::Part, "rate-own"),
                (Kind::Part, "title"),
                (Kind::Part, "heading"),
                (Kind::CustomProperty, "--joint-events-accent"),
                (Kind::CustomProperty, "--joint-events-font-size"),
            ] {
                assert!(
                    api.names.contains(&(kind, name.to_owned())),
                    "{place}: expected the {} {name:?}, found {:?}",
                    kind.word(),
                    api.names
                );
            }
        }
    }
}

// Demo: the page of one name, which stands after the # of its address. It shows the effect, with and without.

import { EXAMPLES } from "./examples.js";
import { describe, readNames } from "./names.js";

const PAINT = "outline: 3px solid #c2185b; background: #ffe08a; color: #1b1f22;";
const stage = document.getElementById("stage");
const applied = document.getElementById("applied");
const log = document.getElementById("log");
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets = [sheet];
const names = await readNames();

let widget = null;

function show() {
  const [kind, name] = decodeURIComponent(location.hash.slice(1)).split("/");
  const example = EXAMPLES[kind]?.[name];
  const told = example && names(kind).find((entry) => entry.name === name);
  document.body.dataset.shown = told ? `${kind}/${name}` : "";
  document.getElementById("name").textContent = told ? name : "No such name";
  document.title = `${told ? name : "No such name"} | joint-events`;
  describe(document.getElementById("description"), told?.description ?? "");
  document.getElementById("act").textContent = example?.act ?? "";
  document.getElementById("code").textContent = told ? code(kind, name, example) : "";
  document.getElementById("switch").hidden = !told || kind === "event";
  document.getElementById("log-section").hidden = kind !== "event";
  log.replaceChildren();
  stage.replaceChildren();
  if (told) build(kind, name, example);
}

function code(kind, name, { value, with: others = {} }) {
  const written = Object.entries(kind === "attribute" ? { ...others, [name]: value } : others);
  const attributes = [["feed", "…"], ...written.filter(([name]) => name !== "feed")].map(([name, value]) => (value ? ` ${name}="${value}"` : ` ${name}`));
  const tag = `<joint-events${attributes.join("")}></joint-events>`;
  if (kind === "property") return `${tag}\n\njoint-events { ${name}: ${value}; }`;
  if (kind === "part") return `${tag}\n\njoint-events::part(${name}) { ${PAINT} }`;
  if (kind === "event") return `${tag}\n\nwidget.addEventListener("${name}", (event) => console.log(event.detail));`;
  return tag;
}

/** A new widget for each name: none has what another's reader did. */
function build(kind, name, example) {
  applied.checked = true;
  widget = document.createElement("joint-events");
  const link = document.createElement("a");
  link.href = "https://lso.example/events";
  link.textContent = "See all events";
  widget.append(link);
  const attributes = { feed: "feed.json", lang: "en-CA", limit: "8", ...example.with };
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  if (kind === "event") listen(name);
  apply(kind, name, example);
  applied.onchange = () => apply(kind, name, example);
  for (const name of ["ready", "error"]) {
    widget.addEventListener(`joint-events:${name}`, () => requestAnimationFrame(() => prepare(example)), { once: true });
  }
  widget.addEventListener("joint-events:register", (event) => kind === "event" && event.preventDefault());
  stage.append(widget);
}

function apply(kind, name, { value }) {
  const on = applied.checked;
  sheet.replaceSync(kind === "part" && on ? `joint-events::part(${name}) { ${PAINT} }` : "");
  if (kind === "property") widget.style.setProperty(name, on ? value : "");
  if (kind !== "attribute") return;
  if (on) widget.setAttribute(name, value);
  else widget.removeAttribute(name);
}

/** Brings the widget to where the name is seen. */
function prepare({ clicks = [], search }) {
  for (const selector of clicks) widget.shadowRoot.querySelector(selector)?.click();
  const field = search && widget.shadowRoot.querySelector("[part~=search]");
  if (field) {
    field.value = search;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  stage.dataset.prepared = document.body.dataset.shown;
}

function listen(name) {
  widget.addEventListener(name, ({ detail }) => {
    const item = document.createElement("li");
    item.textContent = JSON.stringify(detail);
    log.prepend(item);
  });
}

addEventListener("hashchange", show);
show();

// Builder: the form, the live preview, and the snippets that follow it. The words stand in the page, in its language.

import { attributesOf, inBothSchemes, originOf, propertiesOf, wholeAddress, wholeAddresses } from "./choices.js";
import { weakPairs } from "./contrast.js";
import { listenForCopies } from "./copy.js";
import { htmlSnippet, iframeSnippet, sheet, shortcode } from "./snippets.js";
import { inLanguage, offer, readVocabulary, united } from "./vocabulary.js";

const DIST = new URL("dist/", document.baseURI);
const form = document.getElementById("choices");
const preview = document.getElementById("preview");
const pageLanguage = document.documentElement.lang.slice(0, 2);

let vocabulary = null;
let reading = null;
/** The published files and their hashes, as the bundle's own snippets name them. */
let scripts = null;

/** What the form says, for the preview and the snippets alike. */
function readChoices() {
  const lang = (form.elements.lang.value || pageLanguage).slice(0, 2);
  const site = form.elements.site.value.trim();
  return {
    attributes: attributesOf(form),
    properties: inBothSchemes(propertiesOf(form), form.elements["color-scheme"].value),
    link: wholeAddress(form.elements.link.value.trim()) || suggestedLink(lang),
    linkText: form.dataset[lang === "fr" ? "linkFr" : "linkEn"],
    site: originOf(site) || form.elements.site.placeholder,
    title: form.dataset[lang === "fr" ? "titleFr" : "titleEn"],
    language: lang === "fr" ? "fr-CA" : "en-CA",
  };
}

/** The association's own page in the feed, else the feed's. */
function suggestedLink(lang) {
  const association = vocabulary?.associations.find(({ id }) => id === form.elements.association.value);
  return wholeAddress(inLanguage(association?.url ?? vocabulary?.url, lang).words);
}

function show() {
  const choices = readChoices();
  dress(choices);
  form.elements.link.placeholder = suggestedLink(pageLanguage);
  write("html", scripts ? htmlSnippet(choices, scripts.element) : "");
  write("shortcode", shortcode(choices));
  write("iframe", scripts ? iframeSnippet(choices, new URL("frame.html", DIST).href, scripts.frameHost) : "");
  write("css", sheet(choices));
  document.getElementById("css-section").hidden = !choices.properties.length;
  sayContrast(propertiesOf(form), choices.properties);
}

/** The preview is the tag as it would stand in a site: only what differs is set, so that it keeps what a visitor chose. */
function dress({ attributes, properties }) {
  const wanted = new Map(attributes);
  for (const name of preview.getAttributeNames()) {
    if (!wanted.has(name) && !["id", "style"].includes(name)) preview.removeAttribute(name);
  }
  for (const [name, value] of wanted) {
    if (preview.getAttribute(name) !== value) preview.setAttribute(name, value);
  }
  for (const name of [...preview.style]) preview.style.removeProperty(name);
  for (const [name, value] of properties) preview.style.setProperty(name, value);
}

function write(id, text) {
  const place = document.getElementById(id);
  if (place.textContent !== text) place.textContent = text;
}

function sayContrast(chosen, written) {
  const place = document.getElementById("contrast");
  const number = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  // What is written otherwise than it was chosen is what the dark asks for.
  const scheme = String(chosen) === String(written) ? form.elements["color-scheme"].value : "light";
  const sentences = weakPairs(chosen, scheme).map(({ scheme, text, ground, ratio }) => {
    // Never rounded up to what is asked for.
    const said = number.format(Math.floor(ratio * 10) / 10);
    return place.dataset.weak
      .replace("{pair}", place.getAttribute(`data-${text}-on-${ground}`))
      .replace("{scheme}", place.dataset[scheme])
      .replace("{ratio}", said);
  });
  write("contrast", sentences.join(" "));
}

/** Another feed brings other associations, provinces and themes. */
async function followFeed() {
  reading?.abort();
  reading = new AbortController();
  const { signal } = reading;
  const addresses = wholeAddresses(form.elements.feed.value).split(" ");
  const outcomes = await Promise.allSettled(addresses.map((address) => readVocabulary(address, signal)));
  if (signal.aborted) return;
  const found = outcomes.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
  if (!found.length) return write("feed-status", form.dataset.unreadable);
  write("feed-status", found.length < addresses.length ? form.dataset.partly : "");
  vocabulary = united(found);
  offer(form, vocabulary, pageLanguage);
  show();
}

async function readScripts() {
  const [element, frameHost] = await Promise.all(["embed.html", "embed-frame.html"].map(readScript));
  scripts = { element, frameHost };
  show();
}

/** The script of a published snippet: its address and its hash. */
async function readScript(name) {
  const snippet = await (await fetch(new URL(name, DIST))).text();
  const [, address, integrity] = /<script [^>]*src="([^"]+)" integrity="([^"]+)"/.exec(snippet);
  return { address: new URL(address, DIST).href, integrity };
}

/** A colour counts once its box is ticked. */
function followSwitches() {
  for (const box of form.querySelectorAll("[data-switch]")) {
    const control = form.elements.namedItem(box.dataset.switch);
    control.disabled = !box.checked;
  }
}

function start() {
  followSwitches();
  show();
  followFeed();
}

form.addEventListener("input", (event) => {
  followSwitches();
  if (event.target === form.elements.feed) return;
  show();
});
form.addEventListener("change", (event) => {
  if (event.target !== form.elements.feed) return;
  show();
  followFeed();
});
form.addEventListener("submit", (event) => event.preventDefault());
// The controls have their first values once the event is over, and a visitor's click runs microtasks before that.
form.addEventListener("reset", () => setTimeout(start));
listenForCopies();
start();
readScripts().catch(() => write("feed-status", form.dataset.unbuilt));

// Element (JS): takes each <div data-joint-events> as a twin of the tag, where a CMS strips the tags it does not know.

import { ATTRIBUTES } from "./attributes.js";
import { Embed } from "./embed.js";

const SELECTOR = "div[data-joint-events]";
const embeds = new WeakMap();

/** Takes the twins of a document: those that are there, and those that come and go later. */
export function adoptTwins(document) {
  take(Document.prototype.querySelectorAll.call(document, SELECTOR));
  const observer = new MutationObserver((records) => {
    for (const { addedNodes, removedNodes } of records) {
      for (const node of removedNodes) for (const div of twinsIn(node)) embeds.get(div)?.disconnected();
      for (const node of addedNodes) take(twinsIn(node));
    }
  });
  observer.observe(document, { __proto__: null, childList: true, subtree: true });
}

function twinsIn(node) {
  if (!(node instanceof Element)) return [];
  const within = [...Element.prototype.querySelectorAll.call(node, SELECTOR)];
  return Element.prototype.matches.call(node, SELECTOR) ? [node, ...within] : within;
}

function take(divs) {
  for (const div of divs) {
    if (!div.isConnected) continue;
    if (!embeds.has(div)) embeds.set(div, embed(div));
    embeds.get(div)?.connected();
  }
}

/** `null` for a div that has another script's shadow root. */
function embed(div) {
  if (div.shadowRoot) return null;
  const embed = new Embed(div, (name) => div.getAttribute(`data-${name}`));
  const observer = new MutationObserver((records) => {
    for (const { attributeName } of records) embed.changed(attributeName.replace("data-", ""));
  });
  const attributeFilter = [...Object.keys(ATTRIBUTES), "lang"].map((name) => `data-${name}`);
  observer.observe(div, { __proto__: null, attributeFilter: [...attributeFilter, "lang"] });
  return embed;
}

// Frame (JS): what the query of frame.html says. It is anybody's text: each word of it is read here, or not at all.

import { ATTRIBUTES, readOption } from "../attributes.js";
import { originOf } from "./origin.js";

const PREFIX = "--joint-events-";

/** The custom properties that a query may set, without their prefix, and the CSS property whose values they take. */
const PROPERTIES = {
  __proto__: null,
  accent: "color",
  "accent-text": "color",
  surface: "background-color",
  "surface-raised": "background-color",
  text: "color",
  muted: "color",
  border: "border-color",
  focus: "color",
  danger: "color",
  success: "color",
  radius: "border-top-left-radius",
  gap: "padding-top",
  font: "font-family",
  "font-size": "font-size",
};

/**
 * The attributes that a query names, each with its text. What they mean, and what is bad about them, is the element's own
 * affair, as for any tag.
 * @param {URLSearchParams} query
 * @returns {[string, string][]}
 */
export function attributesOf(query) {
  const names = [...Object.keys(ATTRIBUTES), "lang"];
  return names.filter((name) => query.has(name)).map((name) => [name, query.get(name)]);
}

/**
 * The custom properties that a query names, each with its value. A value that is none of its CSS property is left out, and
 * so no query makes the page ask for a file.
 * @param {URLSearchParams} query
 * @param {(property: string, value: string) => boolean} supports `CSS.supports`
 * @returns {[string, string][]}
 */
export function propertiesOf(query, supports) {
  const given = Object.keys(PROPERTIES).filter((name) => query.has(name));
  const values = given.map((name) => [name, query.get(name).trim()]);
  // A fallback or a function of the page could bring in what the check does not see.
  const plain = values.filter(([, value]) => !/(?:var|env|attr|url|image(?:-set)?)\(/i.test(value));
  const known = plain.filter(([name, value]) => supports(PROPERTIES[name], value));
  return known.map(([name, value]) => [PREFIX + name, value]);
}

/**
 * The one scheme that the query asks for, as the element reads it; `null` for the visitor's own. The page is in it too.
 * @param {URLSearchParams} query
 */
export function schemeOf(query) {
  const scheme = readOption("color-scheme", query.get("color-scheme"), undefined, () => {});
  return scheme === "auto" ? null : scheme;
}

/**
 * The page of all events, or `null` where the query names no web address.
 * @param {URLSearchParams} query
 */
export function linkOf(query) {
  try {
    const link = new URL(query.get("link"));
    return /^https?:$/.test(link.protocol) ? link.href : null;
  } catch {
    return null;
  }
}

/**
 * The origin of the page around the frame: the one that the query names, if nothing that the browser tells speaks against
 * it; else `null`, and nothing is said to anybody.
 * @param {URLSearchParams} query
 * @param {string | undefined} ancestor the first of `location.ancestorOrigins`, where there is such a list
 * @param {string} referrer `document.referrer`
 */
export function parentOrigin(query, ancestor, referrer) {
  const named = query.get("origin");
  if (!named || originOf(named) !== named) return null;
  // A frame with `referrerpolicy="no-referrer"` tells neither: the exact target of each message is then what guards it.
  const told = [ancestor, originOf(referrer)].find((origin) => origin && origin !== "null");
  return told && told !== named ? null : named;
}

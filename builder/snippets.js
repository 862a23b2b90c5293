// Builder: what is pasted into a site, from what was chosen. Text in, text out.

/**
 * @typedef {object} Choices
 * @property {[string, string][]} attributes in the order in which they are written; the feed's addresses are whole ones
 * @property {[string, string][]} properties custom properties, by their full names
 * @property {string} link the page of all events, or nothing
 * @property {string} linkText what its link says
 * @property {string} site the origin of the page around an iframe
 * @property {string} title what an iframe is called
 * @property {string} language what `lang` comes to: an iframe has no page around it to take it from
 */

/**
 * @typedef {object} Script
 * @property {string} address
 * @property {string} integrity
 */

/** Off attributes are absent, and these are on by being there. */
const FLAGS = ["past", "remember"];

/** What the iframe may do: `src/frame/` says why. */
const SANDBOX =
  "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation allow-downloads";

/**
 * The tag in a `<div>`, on one line as WordPress needs it, and the script.
 * @param {Choices} choices
 * @param {Script} script
 */
export function htmlSnippet({ attributes, link, linkText }, script) {
  const given = attributes.map(([name, value]) => (FLAGS.includes(name) ? ` ${name}` : attribute(name, value)));
  const content = link ? `<a${attribute("href", link)}>${text(linkText)}</a>` : "";
  return `<div><joint-events${given.join("")}>${content}</joint-events></div>\n${scriptTag('type="module" ', script)}`;
}

/**
 * WordPress: a value holds no bracket, which would end the shortcode, and no quote.
 * @param {Choices} choices
 */
export function shortcode({ attributes, link }) {
  const given = [...attributes, ...(link ? [["link", link]] : [])];
  const written = given.map(([name, value]) => (FLAGS.includes(name) ? name : `${name}="${bare(value)}"`));
  return `[joint_events ${written.join(" ")}]`;
}

/**
 * An iframe with the same options in its query, and the script that gives it the height of its list.
 * @param {Choices} choices
 * @param {string} frame the address of frame.html
 * @param {Script} host
 */
export function iframeSnippet({ attributes, properties, link, site, title, language }, frame, host) {
  const address = new URL(frame);
  address.searchParams.set("lang", language);
  for (const [name, value] of attributes) address.searchParams.set(name, value);
  for (const [name, value] of properties) address.searchParams.set(name.replace("--joint-events-", ""), value);
  if (link) address.searchParams.set("link", link);
  if (site) address.searchParams.set("origin", site);
  const given = [
    ["src", address.href],
    ["title", title],
    ["width", "100%"],
    ["height", "900"],
    ["loading", "lazy"],
    ["sandbox", SANDBOX],
  ];
  const written = given.map(([name, value]) => attribute(name, value)).join("");
  return `<iframe data-joint-events${written}></iframe>\n${scriptTag("", host)}`;
}

/**
 * The rule for the site's own sheet, or nothing where no property was chosen.
 * @param {Choices} choices
 */
export function sheet({ properties }) {
  const lines = properties.map(([name, value]) => `  ${name}: ${value};\n`);
  return lines.length ? `joint-events {\n${lines.join("")}}` : "";
}

function scriptTag(start, { address, integrity }) {
  return `<script ${start}src="${escaped(address)}"${attribute("integrity", integrity)} crossorigin async></script>`;
}

function attribute(name, value) {
  return ` ${name}="${escaped(value)}"`;
}

function text(words) {
  return escaped(words).replaceAll("&quot;", '"');
}

function escaped(words) {
  return words.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function bare(value) {
  return value.replace(/[[\]"'<>]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);
}

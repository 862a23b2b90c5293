// Builder: what is pasted into a site, and which colours are hard to read, without a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { htmlSnippet, iframeSnippet, sheet, shortcode } = await import("../builder/snippets.js");
const { DEFAULTS, inBothSchemes } = await import("../builder/choices.js");
const { contrast, weakPairs } = await import("../builder/contrast.js");
const { ATTRIBUTES } = await import("../src/attributes.js");

const SCRIPT = { address: "https://a.example/1/joint-events.js", integrity: "sha384-x" };
const CHOICES = {
  attributes: [["feed", "https://f.example/?a=1&b=2"], ["past", ""]],
  properties: [["--joint-events-accent", "#803300"]],
  link: "https://a.example/?q=%22&b",
  linkText: 'All <events> & "more"',
  site: "https://s.example",
  title: "L’Œuvre & \"co\"",
  language: "en-CA",
};

test("the builder knows the defaults of the element", () => {
  for (const [name, { absent }] of Object.entries(ATTRIBUTES)) {
    if (!(name in DEFAULTS)) continue;
    assert.equal([absent ?? ""].flat().join(" "), DEFAULTS[name] || (absent === false ? "false" : ""), name);
  }
  const written = Object.keys(DEFAULTS).filter((name) => name !== "lang");
  assert.deepEqual(written.filter((name) => !(name in ATTRIBUTES)), []);
});

test("text and attributes are escaped, each as it must be", () => {
  assert.equal(
    htmlSnippet(CHOICES, SCRIPT),
    '<div><joint-events feed="https://f.example/?a=1&amp;b=2" past><a href="https://a.example/?q=%22&amp;b">All &lt;events&gt; &amp; "more"</a></joint-events></div>\n' +
      '<script type="module" src="https://a.example/1/joint-events.js" integrity="sha384-x" crossorigin async></script>',
  );
  const iframe = iframeSnippet(CHOICES, "https://a.example/1/frame.html", SCRIPT);
  assert.match(iframe, / title="L’Œuvre &amp; &quot;co&quot;" /);
  assert.match(iframe, /src="https:\/\/a\.example\/1\/frame\.html\?lang=en-CA&amp;feed=https%3A%2F%2Ff\.example%2F%3Fa%3D1%26b%3D2&amp;past=&amp;accent=%23803300&amp;/);
});

test("without a page of all events there is no link", () => {
  assert.match(htmlSnippet({ ...CHOICES, link: "" }, SCRIPT), / past><\/joint-events>/);
  assert.equal(shortcode({ ...CHOICES, link: "" }), '[joint_events feed="https://f.example/?a=1&b=2" past]');
});

test("a shortcode holds no bracket and no quote of a value", () => {
  const attributes = [["feed", "https://f.example/?a=[1]&b='\"<x>"]];
  assert.equal(shortcode({ attributes, link: "" }), '[joint_events feed="https://f.example/?a=%5B1%5D&b=%27%22%3Cx%3E"]');
});

test("the sheet has the chosen properties, and there is none without them", () => {
  assert.equal(sheet(CHOICES), "joint-events {\n  --joint-events-accent: #803300;\n}");
  assert.equal(sheet({ properties: [] }), "");
});

test("an accent alone serves in light and in dark", () => {
  const dark = "light-dark(#803300, oklch(from #803300 max(l, .78) c h))";
  assert.deepEqual(inBothSchemes(CHOICES.properties, "auto"), [["--joint-events-accent", dark]]);
  assert.deepEqual(inBothSchemes(CHOICES.properties, "dark"), CHOICES.properties);
  const both = [...CHOICES.properties, ["--joint-events-surface", "#ffffff"]];
  assert.deepEqual(inBothSchemes(both, "auto"), both);
});

test("contrast is that of WCAG", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#767676", "#ffffff").toFixed(2), "4.54");
  assert.equal(contrast("#123456", "#123456"), 1);
});

test("only pairs in which a colour was chosen are told, in the schemes that are shown", () => {
  const found = (properties, scheme) => weakPairs(properties, scheme).map(({ scheme, text, ground }) => `${scheme}: ${text} on ${ground}`);
  assert.deepEqual(found([], "auto"), []);
  assert.deepEqual(found([["--joint-events-accent", "#00587c"]], "light"), []);
  assert.deepEqual(found([["--joint-events-accent", "#00587c"]], "auto"), ["dark: accent-text on accent", "dark: accent on surface"]);
  assert.deepEqual(found([["--joint-events-text", "#cccccc"]], "light"), ["light: text on surface"]);
  assert.deepEqual(found([["--joint-events-radius", "4px"]], "auto"), []);
});

// Frame (JS): what a query may say, and what a message, without a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const { attributesOf, linkOf, parentOrigin, propertiesOf, schemeOf } = await import("../src/frame/query.js");
const { EVENTS, heightOf } = await import("../src/frame/message.js");

const manifest = JSON.parse(readFileSync(new URL("../custom-elements.json", import.meta.url), "utf8"));
const [element] = manifest.modules[0].declarations;
const names = (list) => element[list].map(({ name }) => name).sort();

test("a query gives every attribute of the element and no other", () => {
  const query = new URLSearchParams([...names("attributes"), "onclick", "class", "style"].map((name) => [name, "x"]));
  assert.deepEqual(attributesOf(query).map(([name]) => name).sort(), names("attributes"));
});

test("a query gives every custom property of the element", () => {
  const query = new URLSearchParams(names("cssProperties").map((name) => [name.replace("--joint-events-", ""), "x"]));
  assert.deepEqual(propertiesOf(query, () => true).map(([name]) => name).sort(), names("cssProperties"));
});

test("a value that the property does not take or that could ask for a file is left out", () => {
  const given = (value) => propertiesOf(new URLSearchParams([["accent", value]]), (_, text) => text !== "no colour");
  assert.deepEqual(given(" #fff "), [["--joint-events-accent", "#fff"]]);
  for (const value of ["no colour", "url(x)", "var(--x, url(x))", "URL( x )", "image-set('x')", "env(x, red)", "attr(x)"])
    assert.deepEqual(given(value), [], value);
});

test("all the events of the element are told to the page around the frame", () => {
  assert.deepEqual([...EVENTS].sort(), names("events"));
});

test("the page has the scheme that the query asks for, else the visitor's own", () => {
  const scheme = (text) => schemeOf(new URLSearchParams({ "color-scheme": text }));
  assert.deepEqual(["dark", " Light ", "auto", "only", ""].map(scheme), ["dark", "light", null, null, null]);
  assert.equal(schemeOf(new URLSearchParams()), null);
});

test("a link is a web address or none", () => {
  const link = (text) => linkOf(new URLSearchParams([["link", text]]));
  assert.equal(link("https://a.example/?b=1&c"), "https://a.example/?b=1&c");
  for (const text of ["javascript:alert(1)", "data:text/html,x", "/path", "", "//a.example"]) assert.equal(link(text), null);
  assert.equal(linkOf(new URLSearchParams()), null);
});

test("the origin around the frame is the one named, exactly, if nothing speaks against it", () => {
  const origin = (named, ancestor, referrer = "") => parentOrigin(new URLSearchParams({ origin: named }), ancestor, referrer);
  const own = "https://a.example";
  assert.equal(origin(own, own), own);
  assert.equal(origin(own, undefined, "https://a.example/page"), own);
  assert.equal(origin(own, "null", ""), own);
  assert.equal(origin(own, undefined, ""), own);
  assert.equal(origin(own, "https://b.example", "https://a.example/"), null);
  assert.equal(origin(own, "null", "https://b.example/"), null);
  for (const named of ["", "*", "null", "https://a.example/", "https://A.example", "a.example", "javascript:1", "file:///a"])
    assert.equal(origin(named, undefined), null, named);
  assert.equal(parentOrigin(new URLSearchParams(), own, ""), null);
});

test("a height is a whole number from 1 to 100 000 of the right type of message", () => {
  const height = (height) => heightOf({ type: "joint-events:height", height });
  assert.equal(height(1), 1);
  assert.equal(height(100_000), 100_000);
  for (const bad of [0, -1, 1.5, 100_001, NaN, Infinity, "700", null, undefined, [700], 700n, { valueOf: () => 700 }])
    assert.equal(height(bad), null, String(bad));
  for (const data of [null, undefined, 700, "joint-events:height", { height: 700 }, { type: "height", height: 700 }])
    assert.equal(heightOf(data), null);
});

// Element (JS): attributes, language, the script's own address and the start of the wasm, without a browser.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { after, test } from "node:test";

// The little of a browser that the files under test ask for when they are read, and a glue that does as it is told.
class Node {
  static ELEMENT_NODE = 1;
  static DOCUMENT_FRAGMENT_NODE = 11;
  constructor(type, members) {
    this.members = { type, parent: null, slot: null, lang: null, ...members };
    if (members.host) this.host = members.host;
  }
  get nodeType() {
    return this.members.type;
  }
  get parentNode() {
    return this.members.parent;
  }
}
class Element extends Node {
  get assignedSlot() {
    return this.members.slot;
  }
  getAttribute(name) {
    return this.members[name];
  }
}
class Document {
  get currentScript() {
    return { src: "https://assets.example/1.0.0/joint-events.js" };
  }
}
const glue = { instantiate: async () => {}, extend: async () => {}, on_trap: () => {} };
Object.assign(globalThis, { Node, Element, Document, document: new Document(), glue, __WASM_BASE__: null });
Document.prototype.querySelectorAll = () => [];
globalThis.__WASM_INTEGRITY__ = "sha384-of-the-wasm";
globalThis.__LATER_INTEGRITY__ = "sha384-of-the-rest";
const source = `export const instantiate = (source) => glue.instantiate(source);
  export const extend = (source) => glue.extend(source);
  export const on_trap = (listener) => glue.on_trap(listener);
  export const mount = () => "mounted";`;
const hook = `export function resolve(name, context, next) {
  const url = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(source)}`)};
  if (name === "joint-events-glue") return { url, shortCircuit: true };
  return next(name === "joint-events-address" ? "./address.js" : name, context);
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

const { ATTRIBUTES, attributeText, camelCase, readOption, readOptions } = await import("../src/attributes.js");
const { findAddress } = await import("../src/address.js");
const { languageOf, warm } = await import("../src/language.js");

const PAGE = "https://bioquebec.example/fr/evenements/";

/** The options of these attributes, and the complaints about them. */
function read(attributes) {
  const complaints = [];
  const options = readOptions((name) => attributes[name] ?? null, PAGE, (_, complaint) => complaints.push(complaint));
  return { options, complaints };
}

function see(name, text) {
  const { options, complaints } = read({ [name]: text });
  return [options[camelCase(name)], ...complaints];
}

test("without attributes every option has its default, and nobody complains", () => {
  const { options, complaints } = read({});
  assert.deepEqual(complaints, []);
  assert.deepEqual({ ...options }, {
    feed: [], association: null, memberOf: null, province: [], theme: [], format: [], organizer: [], eventLanguage: [],
    price: [], rate: [], locked: [], filters: ["search", "province", "theme", "format", "organizer"], view: "list", limit: 20, past: false,
    headingLevel: 3, urlState: null, remember: false, colorScheme: "auto", jsonLd: false,
    utmSource: null, utmMedium: null, utmCampaign: null,
  });
});

test("options have no prototype, so that a polluted one adds none", () => {
  Object.prototype.columns = "two";
  Object.prototype.read = () => "polluted";
  try {
    const { options } = read({ theme: "financing" });
    assert.equal(options.columns, undefined);
    assert.deepEqual(options.theme, ["financing"]);
  } finally {
    delete Object.prototype.columns;
    delete Object.prototype.read;
  }
});

test("a list is split at any white space and names a thing once", () => {
  assert.deepEqual(see("theme", " financing\n talent\tfinancing "), [["financing", "talent"]]);
});

test("a feed is resolved against the page", () => {
  assert.deepEqual(see("feed", "/feed.json ../b.json https://a.example/v1#x"), [
    ["https://bioquebec.example/feed.json", "https://bioquebec.example/fr/b.json", "https://a.example/v1#x"],
  ]);
});

test("a feed is fetched from the web alone", () => {
  const found = "javascript:alert(1) data:,{} ftp://a.example/f https:// https://a.example/f";
  assert.deepEqual(see("feed", found), [
    ["https://a.example/f"],
    `feed: expected http: or https: addresses, found "${found}"`,
  ]);
});

test("a limit out of range, or of any other form, is the default", () => {
  for (const text of ["0", "51", "100", "-1", "2.5", "1e1", "0x10", "ten", "", "∞"]) {
    const complaint = `limit: expected a whole number from 1 to 50, found ${JSON.stringify(text)}`;
    assert.deepEqual(see("limit", text), [20, complaint]);
  }
  assert.deepEqual(see("limit", " 50 "), [50]);
  assert.deepEqual(see("limit", "1"), [1]);
});

test("headings stand from level 3 to 6", () => {
  assert.deepEqual(see("heading-level", "6"), [6]);
  assert.deepEqual(see("heading-level", "2"), [3, 'heading-level: expected a whole number from 3 to 6, found "2"']);
});

test("filters keep their order and lose what is no filter", () => {
  assert.deepEqual(see("filters", "month theme search"), [["month", "theme", "search"]]);
  assert.deepEqual(see("filters", "theme colour"), [
    ["theme"],
    'filters: expected words among search province theme format organizer event-language month price rate, found "theme colour"',
  ]);
  assert.deepEqual(see("filters", "colour")[0], ["search", "province", "theme", "format", "organizer"]);
  assert.deepEqual(see("filters", ""), [[]]);
});

test("a filter and the membership can be locked", () => {
  assert.deepEqual(see("locked", "province member"), [["province", "member"]]);
  assert.equal(see("locked", "limit").length, 2);
});

test("a visitor of no association is not a visitor nobody knows", () => {
  assert.deepEqual(see("member-of", "none"), [[]]);
  assert.deepEqual(see("member-of", " "), [null]);
  assert.deepEqual(see("member-of", "bioquebec lso"), [["bioquebec", "lso"]]);
  assert.deepEqual(see("member-of", "none lso"), [null, 'member-of: expected ids, or none alone, found "none lso"']);
});

test("one association is whose site this is", () => {
  assert.deepEqual(see("association", " lso "), ["lso"]);
  assert.deepEqual(see("association", ""), [null]);
  assert.deepEqual(see("association", "lso bioquebec"), [null, 'association: expected one id, found "lso bioquebec"']);
});

test("a boolean attribute that is there is on, unless it says false", () => {
  assert.deepEqual(see("past", ""), [true]);
  assert.deepEqual(see("past", "past"), [true]);
  assert.deepEqual(see("past", "false"), [false]);
});

test("a colour scheme is one of three", () => {
  assert.deepEqual(see("color-scheme", "Dark"), ["dark"]);
  const complaint = 'color-scheme: expected one of auto light dark, found "sepia"';
  assert.deepEqual(see("color-scheme", "sepia"), ["auto", complaint]);
});

test("a prefix is a letter, then letters, digits, _ and -", () => {
  for (const prefix of ["je", "J", "a-b_9"]) assert.deepEqual(see("url-state", prefix), [prefix]);
  for (const text of ["", "9a", "-a", "a.b", "a b", "a=b", "é", "a&b", "a\nb"]) {
    const complaint = `url-state: expected a letter, then letters, digits, _ and -, found ${JSON.stringify(text)}`;
    assert.deepEqual(see("url-state", text), [null, complaint]);
  }
});

test("a property becomes the text of its attribute", () => {
  assert.equal(attributeText("theme", ["financing", "talent"]), "financing talent");
  assert.equal(attributeText("member-of", []), "none");
  assert.equal(attributeText("member-of", null), null);
  assert.equal(attributeText("filters", []), "");
  assert.equal(attributeText("limit", 5), "5");
  assert.equal(attributeText("past", true), "");
  assert.equal(attributeText("past", false), null);
  assert.equal(readOption("limit", "5", PAGE, assert.fail), 5);
});

const page = (lang) => new Element(1, { lang, parent: new Node(9, {}) });
const within = (parent, members = {}) => new Element(1, { parent, ...members });

test("the host's own language comes before the nearest above it", () => {
  assert.equal(languageOf(within(page("en")), "fr", []), "fr");
  assert.equal(languageOf(within(within(page("en"), { lang: "fr-FR" })), null, []), "fr-FR");
  assert.equal(languageOf(within(within(page("fr"), { lang: "" })), " ", []), "fr");
});

test("the language is looked for across slots and shadow roots", () => {
  const component = within(page("en"), { lang: "fr" });
  const root = new Node(11, { host: component });
  assert.equal(languageOf(within(root), null, []), "fr");
  const slot = within(within(root, { lang: "fr" }));
  assert.equal(languageOf(within(page("en"), { slot }), null, []), "fr");
});

test("an element whose name is a form's member does not lead the search astray", () => {
  const form = within(page("fr"));
  Object.defineProperty(form, "parentNode", { value: form });
  Object.defineProperty(form, "assignedSlot", { value: form });
  Object.defineProperty(form, "getAttribute", { value: form });
  assert.equal(languageOf(within(form), null, []), "fr");
});

test("the language is one tag with hyphens, whatever is written", () => {
  const asked = (tag) => languageOf(within(page(null)), tag, ["CA-QC"]);
  assert.deepEqual(["fr", " FR-be", "fr_CA", "en\nmemberOf lso", "de"].map(asked), ["fr", "FR-be", "fr-CA", "en", "de"]);
});

test("where no language is named, Québec alone suggests French", () => {
  assert.equal(languageOf(within(page(null)), null, ["CA-QC"]), "fr-CA");
  assert.equal(languageOf(within(page(null)), null, ["CA-QC", "CA-ON"]), "en-CA");
  assert.equal(languageOf(within(page(null)), null, []), "en-CA");
});

const SCRIPT = "https://cdn.example:8443/npm/joint-events@1.0.0/dist/joint-events.js?ver=6.1";

test("Chromium's trace tells the script's address", () => {
  assert.equal(findAddress(undefined, `Error\n    at ${SCRIPT}:1:2345\n    at ${SCRIPT}:9:1`, []), SCRIPT);
  assert.equal(findAddress(undefined, `Error\n    at Object.f (${SCRIPT}:1:2345)`, []), SCRIPT);
});

test("Firefox's trace tells the script's address", () => {
  assert.equal(findAddress(undefined, `@${SCRIPT}:1:2345\n@${SCRIPT}:9:1\n`, []), SCRIPT);
  assert.equal(findAddress(undefined, `f/<@${SCRIPT}:1:2345\n`, []), SCRIPT);
});

test("WebKit's trace tells the script's address", () => {
  assert.equal(findAddress(undefined, `module code@${SCRIPT}:1:2345`, []), SCRIPT);
  assert.equal(findAddress(undefined, `@${SCRIPT}:1:2345\nglobal code@${SCRIPT}:9:1`, []), SCRIPT);
});

test("the current script comes before the trace", () => {
  assert.equal(findAddress(SCRIPT, "@https://other.example/joint-events.js:1:2", []), SCRIPT);
});

test("in a combined or inlined script, the page's own tags and preload links tell", () => {
  const wasm = "https://assets.example/1.0.0/joint-events.wasm";
  const others = ["https://wp.example/jquery.js", "https://wp.example/my-joint-events.js", wasm];
  assert.equal(findAddress("https://wp.example/cache/all.js", undefined, others), wasm);
  assert.equal(findAddress("", `Error\n    at ${PAGE}:12:3`, others), wasm);
  const data = "data:text/javascript;base64,AA";
  assert.equal(findAddress(data, `Error\n    at ${data}:1:1`, others), wasm);
  const evaluated = "Error\n    at eval (eval at run (https://wp.example/delay.js:1:2), <anonymous>:1:1)";
  assert.equal(findAddress("", evaluated, [SCRIPT]), SCRIPT);
});

test("a renamed script is where it is", () => {
  assert.equal(findAddress("https://wp.example/assets/widget.js", undefined, []), "https://wp.example/assets/widget.js");
});

test("a page that tells nothing gives no address", () => {
  assert.equal(findAddress(undefined, undefined, ["https://wp.example/jquery.js"]), undefined);
  assert.equal(findAddress("blob:https://wp.example/1", [], ["https://wp.example/jquery.js"]), undefined);
});

let copies = 0;

/** A wasm with nothing but a custom section `style`. */
const STYLED = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 8, 5, ...Buffer.from("styleb{"));

/** A loader that has started nothing yet, the requests it makes, and what it hands to the glue. */
async function freshLoader(...answers) {
  const requests = [];
  const modules = [];
  globalThis.fetch = async (address, { cache = "default", integrity, credentials }) => {
    requests.push([address, cache, integrity, credentials].join(" "));
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  glue.instantiate = async (source) => modules.push(source);
  glue.extend = async (source) => {
    modules.push(source);
    return { module: new WebAssembly.Module(STYLED) };
  };
  const loader = await import(`../src/loader.js?copy=${(copies += 1)}`);
  return { ...loader, requests, modules };
}

function answer(type, status = 200) {
  return new Response(status === 200 ? new Uint8Array([1]) : "", { status, headers: { "content-type": type } });
}

const WASM = "https://assets.example/1.0.0/joint-events.wasm";

test("one wasm is started for all, checked against its hash, without credentials", async () => {
  const { start, requests, modules } = await freshLoader(answer("application/wasm"));
  const [first, second] = await Promise.all([start(() => {}), start(() => {})]);
  assert.equal(first(), "mounted");
  assert.equal(first, second);
  assert.deepEqual(requests, [`${WASM} default sha384-of-the-wasm omit`]);
  assert.ok(modules[0] instanceof Response);
});

test("the second part is added once, after the first, checked against its own hash", async () => {
  const { start, startLater, requests, modules } = await freshLoader(...Array(2).fill(0).map(() => answer("application/wasm")));
  start(() => {});
  assert.deepEqual(await Promise.all([startLater(), startLater()]), ["b{", "b{"]);
  const rest = WASM.replace(".wasm", ".later.wasm");
  assert.deepEqual(requests, [`${WASM} default sha384-of-the-wasm omit`, `${rest} default sha384-of-the-rest omit`]);
  assert.equal(modules.length, 2);
});

test("a second part that could not be had is asked for again", async () => {
  const wasm = answer("application/wasm");
  const { start, startLater, requests } = await freshLoader(wasm, answer("text/html", 404), answer("application/wasm"));
  await start(() => {});
  await assert.rejects(startLater(), /expected the wasm, found HTTP 404/);
  await startLater();
  assert.equal(requests.length, 3);
});

test("where the build says where the wasm is, it is looked for there and checked against its hash too", async () => {
  globalThis.__WASM_BASE__ = "https://base.example/2.0.0/";
  try {
    const { start, requests } = await freshLoader(answer("application/wasm"));
    await start(() => {});
    assert.deepEqual(requests, ["https://base.example/2.0.0/joint-events.wasm default sha384-of-the-wasm omit"]);
  } finally {
    globalThis.__WASM_BASE__ = null;
  }
});

test("a server that does not know the type of wasm gets its bytes compiled", async () => {
  for (const type of ["application/octet-stream", "application/wasm; charset=utf-8"]) {
    const { start, modules } = await freshLoader(answer(type));
    await start(() => {});
    assert.ok(modules[0] instanceof ArrayBuffer);
  }
});

test("a download that broke is tried once more, past the cache", async () => {
  const { start, requests } = await freshLoader(new TypeError("cut"), answer("application/wasm"));
  await start(() => {});
  assert.equal(requests[1], `${WASM} reload sha384-of-the-wasm omit`);
});

test("a start that failed is told, and the next one tries again", async () => {
  const { start } = await freshLoader(answer("text/html", 404), answer("application/wasm"));
  await assert.rejects(start(() => {}), { message: `${WASM}: expected the wasm, found HTTP 404` });
  assert.equal((await start(() => {}))(), "mounted");
});

test("where WebAssembly is forbidden that is known before anything is downloaded", async () => {
  const { expectWebAssembly, requests } = await freshLoader();
  expectWebAssembly();
  const { Module } = WebAssembly;
  WebAssembly.Module = class {
    constructor() {
      throw new Error("refused by the policy");
    }
  };
  try {
    const message = "wasm: expected a browser and a policy that allow WebAssembly, found Error: refused by the policy";
    assert.throws(expectWebAssembly, { message });
  } finally {
    WebAssembly.Module = Module;
  }
  assert.deepEqual(requests, []);
});

test("a wasm that stopped is not started again", async () => {
  const { start, poison, requests } = await freshLoader(answer("application/wasm"));
  let trapped;
  glue.on_trap = (listener) => (trapped = listener);
  await start(poison);
  trapped("index out of bounds");
  assert.equal(trapped, undefined, "no listener or timer gets into it again");
  poison("unreachable");
  await assert.rejects(start(poison), { message: "index out of bounds" });
  assert.equal(requests.length, 1);
});

const FEED = "https://feeds.example/v1/feed.json";

/** A fresh `ask`, and what it asked for; answers come in turn, the last one stays. */
async function freshFeed(...answers) {
  const requests = [];
  globalThis.fetch = async (address, request) => {
    requests.push({ address, ...request, prototype: Object.getPrototypeOf(request) });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer.clone() : answer(request);
  };
  const { ask } = await import(`../src/feed.js?copy=${(copies += 1)}`);
  return { ask, requests };
}

const leaving = [];
after(() => leaving.forEach((controller) => controller.abort()));

function needed() {
  const controller = new AbortController();
  leaving.push(controller);
  return controller;
}

const found = async (asked) => (await asked).text;

test("octets that are no UTF-8 are replaced as a browser replaces them, and a byte order mark goes", async () => {
  for (const octets of [[0xef, 0xbb, 0xbf, 0x7b, 0x7d], [0x63, 0xe9, 0x20, 0xff], [0xe2, 0x82], [0xed, 0xa0, 0x80, 0x7a], [0xf0, 0x9f, 0x98], []]) {
    const { ask, requests } = await freshFeed(new Response(Uint8Array.from(octets)));
    const text = new TextDecoder().decode(Uint8Array.from(octets));
    assert.equal(await found(ask(FEED, false, needed().signal)), text);
    assert.equal(await found(ask(FEED, false, needed().signal)), text);
    assert.equal(requests.length, 1);
  }
});

test("ten widgets that want the same feed share one request without credentials", async () => {
  const { ask, requests } = await freshFeed(new Response("{}"));
  const { signal } = needed();
  const asked = Array.from({ length: 10 }, () => ask(FEED, false, needed().signal));
  for (const text of await Promise.all(asked.map(found))) assert.equal(text, "{}");
  assert.equal(await found(ask(FEED, false, signal)), "{}");
  assert.equal(requests.length, 1);
  assert.equal(requests[0].credentials, "omit");
});

test("a feed is had again by who asks for that, once for all who ask at the same time", async () => {
  const { ask, requests } = await freshFeed(new Response("old"), new Response("new"));
  const { signal } = needed();
  await ask(FEED, false, signal);
  assert.deepEqual(await Promise.all([ask(FEED, true, signal), ask(FEED, true, signal)].map(found)), ["new", "new"]);
  assert.equal(requests.length, 2);
});

test("a request ends when the last who needs it leaves", async () => {
  const never = ({ signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const { ask, requests } = await freshFeed(never);
  const [first, second] = [needed(), needed()];
  const asked = [ask(FEED, false, first.signal), ask(FEED, false, second.signal)];
  first.abort();
  assert.equal(requests[0].signal.aborted, false);
  second.abort();
  assert.equal(requests[0].signal.aborted, true);
  await Promise.all(asked);
  assert.equal(requests.length, 1);
});

test("what a page adds to Object.prototype is no option of a request", async () => {
  const { ask, requests } = await freshFeed(new Response("{}"));
  Object.prototype.method = "POST";
  try {
    await ask(FEED, false, needed().signal);
    assert.equal(requests[0].prototype, null);
  } finally {
    delete Object.prototype.method;
  }
});

test("bad luck is tried up to three times, and what is no luck once", async () => {
  const random = Math.random;
  Math.random = () => 0;
  try {
    for (const [answer, status, tries] of [
      [new TypeError("cut"), "network", 3],
      [new Response("", { status: 503 }), 503, 3],
      [new Response("", { status: 404 }), 404, 1],
    ]) {
      const { ask, requests } = await freshFeed(answer);
      assert.equal((await ask(FEED, false, needed().signal)).status, status);
      assert.equal(requests.length, tries);
    }
    const { ask } = await freshFeed(new TypeError("cut"), new Response("{}"));
    assert.equal(await found(ask(FEED, false, needed().signal)), "{}");
  } finally {
    Math.random = random;
  }
});

test("a failure is not kept: who asks later asks the server", async () => {
  const { ask, requests } = await freshFeed(new Response("", { status: 404 }), new Response("{}"));
  const { signal } = needed();
  assert.equal((await ask(FEED, false, signal)).message, "expected the feed, found HTTP 404");
  assert.equal(await found(ask(FEED, false, signal)), "{}");
  assert.equal(requests.length, 2);
});

test("a feed without an end is given up after 16 MiB", async () => {
  const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1 << 20)) });
  const { ask } = await freshFeed(() => new Response(endless));
  assert.deepEqual({ ...(await ask(FEED, false, needed().signal)) }, {
    status: "format",
    message: "expected at most 16 MiB, found more",
  });
});

const types = readFileSync(new URL("../src/joint-events.d.ts", import.meta.url), "utf8");
const { modules } = JSON.parse(readFileSync(new URL("../custom-elements.json", import.meta.url), "utf8"));
const [manifest] = modules[0].declarations;

test("the manifest names the attributes and properties that the code reads", () => {
  const names = Object.keys(ATTRIBUTES);
  assert.deepEqual(manifest.attributes.map(({ name }) => name).sort(), [...names, "lang"].sort());
  const reflected = manifest.members.filter(({ reflects }) => reflects);
  assert.deepEqual(reflected.map(({ name }) => name).sort(), names.map(camelCase).sort());
  for (const { name, attribute } of reflected) assert.equal(camelCase(attribute), name);
});

test("the types name the properties that the code has", () => {
  const settable = [...types.matchAll(/^ {2}set (\w+)\(/gm)].map(([, name]) => name);
  assert.deepEqual(settable.sort(), Object.keys(ATTRIBUTES).map(camelCase).sort());
});

test("the types and the manifest name the same events", () => {
  const typed = [...types.matchAll(/^ {2}"(joint-events:\w+)":/gm)].map(([, name]) => name);
  assert.deepEqual(typed.sort(), manifest.events.map(({ name }) => name).sort());
});

test("the script lets no more of a feed through than the model reads", () => {
  const longest = (file) => /LONGEST(?:_FEED: usize)? = (\d+ << \d+);/.exec(readFileSync(new URL(file, import.meta.url)))[1];
  assert.equal(longest("../src/feed.js"), longest("../model/src/read.rs"));
});

test("what a browser knows of languages is read in four tasks, each in a turn of its own", async (context) => {
  let turns = 0;
  const seen = [];
  const note = (object, name) => {
    const own = object[name];
    context.mock.method(object, name, function (...given) {
      seen.push([name, turns]);
      return new.target ? new own(...given) : own.apply(this, given);
    });
  };
  for (const name of ["Locale", "DateTimeFormat"]) note(Intl, name);
  note(Intl.Collator, "supportedLocalesOf");
  note(Number.prototype, "toLocaleString");
  const { setTimeout } = globalThis;
  context.mock.method(globalThis, "setTimeout", (...given) => {
    turns += 1;
    return setTimeout(...given);
  });
  const read = warm("fr-CA");
  assert.deepEqual(seen, []);
  await read;
  assert.deepEqual(seen, [["supportedLocalesOf", 1], ["Locale", 2], ["toLocaleString", 3], ["DateTimeFormat", 4]]);
});

test("a language that is none is no error of the page", async () => {
  assert.equal(await warm("not a tag"), undefined);
});

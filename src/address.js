// Element (JS): finds where this script came from, since the wasm lies beside it. A module of the package asks
// module-address.js.

/* global __WASM_BASE__ -- a constant of the build: the folder of the wasm, or null */

// A module has no current script, and this file may not name import.meta, since it must be valid as a classic script
// too: the trace of an error tells. An <img name=currentScript> hides the document's own member, not the prototype's.
const current = Reflect.get(Document.prototype, "currentScript", document)?.src;
const trace = new Error().stack;

/** The address of the wasm; an error where neither the build nor the page tells. */
export const wasmAddress = () => addressOf("joint-events.wasm");

/** The address of its second part. */
export const laterAddress = () => addressOf("joint-events.later.wasm");

function addressOf(file) {
  const beside = __WASM_BASE__ ?? ownAddress();
  if (!beside) throw new Error("wasm: expected this script's own address, found none (a build with --base needs none)");
  return new URL(file, beside).href;
}

/** The address of this script, or of what lies beside it; `undefined` if the page tells nothing. */
function ownAddress() {
  const elements = Document.prototype.querySelectorAll.call(document, "script[src], link[href]");
  return findAddress(current, trace, [...elements].map((element) => element.src ?? element.href));
}

/**
 * The first address that has our name; inlined or combined with other scripts, the page's other scripts and preload
 * links tell; renamed, the script's own address is all there is.
 * @param {string | undefined} current the address of the current script
 * @param {string | undefined} trace the stack of an error, as any of the three engines writes it
 * @param {string[]} others the addresses that the page names
 */
export function findAddress(current, trace, others) {
  const own = [current, traceAddress(trace)].filter((address) => /^https?:/.test(address));
  const isNamed = (address) => /\/joint-events\.(?:[\w-]+\.)*(?:js|wasm)(?:[?#]|$)/.test(address);
  return [...own, ...others].find(isNamed) ?? own[0];
}

/** `at f (URL:1:2)` in Chromium, `f@URL:1:2` in Firefox and WebKit; the URL may hold an `@` and a port. */
function traceAddress(trace) {
  return /https?:\/\/\S+?(?=(?::\d+){1,2}\)?$)/m.exec(String(trace))?.[0];
}

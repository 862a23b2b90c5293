// Element (JS): downloads, checks and starts the wasm, once for all elements of a page.

import { extend, instantiate, mount, on_trap } from "joint-events-glue";
import { laterAddress, wasmAddress } from "joint-events-address";

/* global __WASM_INTEGRITY__, __LATER_INTEGRITY__ -- constants of the build: the SRI hashes of the wasm's two parts */

/** How long the second part may take, in milliseconds: a list may wait for it. */
const LONGEST = 8000;

let starting = null;
let extending = null;
let poisoned = false;

/**
 * Starts the wasm, or waits for the start that is under way, and gives its `mount`. A start that failed is forgotten:
 * the next call tries again.
 * @param {(error: Error) => void} trapped told what stopped the wasm inside a listener or a promise of its own
 */
export function start(trapped) {
  starting ??= load(trapped).catch((error) => {
    starting = null;
    throw error;
  });
  return starting;
}

/**
 * Adds the second part of the wasm, once for all elements of a page, and gives its style sheet, a section of the file; what
 * failed is tried again by the next call. Rejects where it can't be had, or the first is not there.
 */
export function startLater() {
  extending ??= Promise.all([download(laterAddress(), __LATER_INTEGRITY__, AbortSignal.timeout?.(LONGEST)), starting])
    .then(([source]) => extend(source))
    .then(({ module }) => new TextDecoder().decode(WebAssembly.Module.customSections(module, "style")[0]))
    .catch((error) => {
      extending = null;
      throw error;
    });
  return extending;
}

/**
 * The wasm stopped: it can't be trusted again, nor can the glue start a second one. Later starts fail, and no timer or
 * listener of its own gets into it any more.
 */
export function poison(message) {
  if (poisoned) return;
  poisoned = true;
  on_trap();
  starting = Promise.reject(new Error(message));
  starting.catch(() => {});
}

async function load(trapped) {
  await instantiate(await download(wasmAddress(), __WASM_INTEGRITY__));
  on_trap(trapped);
  return mount;
}

/**
 * Throws where a policy or a browser refuses WebAssembly: that is known before anything is downloaded, from the smallest
 * module there is.
 */
export function expectWebAssembly() {
  try {
    const smallest = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    // A policy lets WebKit make a module and no instance.
    new WebAssembly.Instance(smallest);
  } catch (error) {
    throw new Error(`wasm: expected a browser and a policy that allow WebAssembly, found ${error}`);
  }
}

async function download(address, integrity, signal) {
  const request = { __proto__: null, integrity, credentials: "omit", mode: "cors", signal };
  const response = await fetch(address, request)
    // Once more, past a cache that may hold a broken copy or another version's.
    .catch(() => fetch(address, { __proto__: null, ...request, cache: "reload" }))
    .catch((error) => {
      throw new Error(`${address}: expected the wasm that this script was built with, found ${error}`);
    });
  if (!response.ok) throw new Error(`${address}: expected the wasm, found HTTP ${response.status}`);
  // Compiling while it streams is only allowed with this very type: of a server that doesn't know it, the bytes are.
  const type = response.headers.get("content-type");
  return type?.trim().toLowerCase() === "application/wasm" ? response : response.arrayBuffer();
}

// Element (JS): where the wasm of the package's modules is. Bundlers know these very expressions, and bring the files along.

/** The address of the wasm. */
export function wasmAddress() {
  return new URL("./joint-events.wasm", import.meta.url).href;
}

/** The address of its second part. */
export function laterAddress() {
  return new URL("./joint-events.later.wasm", import.meta.url).href;
}

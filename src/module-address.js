// Element (JS): where the wasm of the package's modules is. Bundlers know this very expression, and bring the file along.

/** The address of the wasm. */
export function wasmAddress() {
  return new URL("./joint-events.wasm", import.meta.url).href;
}

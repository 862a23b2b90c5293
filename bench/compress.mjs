// Brotli of quality 11 beside each file that is named, unless it is there and newer.
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

for (const file of process.argv.slice(2)) {
  const made = `${file}.br`;
  if (existsSync(made) && statSync(made).mtimeMs >= statSync(file).mtimeMs) continue;
  const octets = readFileSync(file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: octets.length };
  writeFileSync(made, brotliCompressSync(octets, { params }));
}

// Packs dist/ as npm would, and makes a page for each way to use the package: plain HTML, React, Vue and Svelte.
// node tests/package/build.mjs OUT

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "svelte/compiler";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2];
const home = join(out, "node_modules/joint-events");
rmSync(out, { recursive: true, force: true });
mkdirSync(home, { recursive: true });

// What is not among the package's files is not there, as for anyone who installs it.
const packed = execFileSync("npm", ["pack", join(here, "../../dist"), "--pack-destination", out, "--json"]);
const [{ filename }] = JSON.parse(packed);
execFileSync("tar", ["-xzf", join(out, filename), "-C", home, "--strip-components=1"]);

const { exports } = JSON.parse(readFileSync(join(home, "package.json")));
const imports = {};
for (const [name, entry] of Object.entries(exports)) {
  const file = entry.default ?? entry;
  if (file.endsWith(".mjs")) imports[join("joint-events", name)] = `/node_modules/${join("joint-events", file)}`;
}

const svelte = {
  name: "svelte",
  setup({ onLoad }) {
    onLoad({ filter: /\.svelte$/ }, ({ path }) => ({ contents: compile(readFileSync(path, "utf8"), {}).js.code }));
  },
};

for (const page of readdirSync(here).filter((file) => /^page-/.test(file))) {
  const [, name] = /^page-(\w+)/.exec(page);
  await build({
    entryPoints: [join(here, page)],
    outfile: join(out, `${name}.js`),
    bundle: true,
    format: "esm",
    conditions: ["browser"],
    define: { "process.env.NODE_ENV": '"production"' },
    // The browser asks for the package's own files.
    external: ["joint-events", "joint-events/*"],
    plugins: [svelte],
    logLevel: "warning",
  });
  writeFileSync(
    join(out, `${name}.html`),
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title>
<script type="importmap">${JSON.stringify({ imports })}</script>
<body><main><h1>${name}</h1><div id="root"></div></main><script type="module" src="${name}.js"></script></body></html>\n`,
  );
}

// The types, as a project that imports the package sees them.
cpSync(join(here, "types.ts"), join(out, "types.ts"));
const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"];
const tsc = join(here, "../../node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [tsc, ...options, join(out, "types.ts")], { stdio: "inherit" });

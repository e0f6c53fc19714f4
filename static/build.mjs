// Builds what the pages load, from static/{scss,js,icons} into static/built:
// one style sheet and one script per side (patient, clinic), the script of the page that leads a
// session, the worker that answers without a network, what stands in the page that patients keep,
// and one icon sprite.
// Run it with `npm run build`.
import { copyFile, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import * as esbuild from "esbuild";
import * as sass from "sass";

const HERE = dirname(fileURLToPath(import.meta.url));
const BUILT = join(HERE, "built");
const SIDES = ["patient", "clinic"];
const KEEPSAKE = "keepsake"; // stands in the page that patients keep: programmes/keepsake.py
const SCRIPTS = [...SIDES, "session"];
// Of the parts of Bootstrap that we load (_framework.scss), what no page uses.
const UNUSED =
  /\.(btn-(check|link)|col-form-label|form-control-(color|plaintext|sm|lg)|form-select-(sm|lg))\b/;
const WORKERS = ["worker", "worker-off"]; // no modules: some browsers start a worker from a plain script only

/** Write beside the old file, then swap, so that a running server never reads half of one. */
async function put(name, text) {
  const path = join(BUILT, name);
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
}

/** Without the rules of what no page uses; ":not(.btn-check)" is about all that is used. */
function used(css) {
  const isUsed = (selector) => !UNUSED.test(selector.replaceAll(/:not\([^)]*\)/g, ""));
  return css
    .replaceAll(/([^{}]+)(\{[^{}]*\})/g, (rule, selectors, body) => {
      if (!UNUSED.test(selectors)) return rule;
      const kept = selectors.split(",").filter(isUsed);
      return kept.length > 0 ? kept.join(",") + body : "";
    })
    .replaceAll(/@media[^{}]*\{\}/g, "");
}

async function style(side) {
  const { css } = await sass.compileAsync(join(HERE, "scss", `${side}.scss`), {
    style: "compressed",
    loadPaths: [join(HERE, "..", "node_modules")],
    quietDeps: true, // Bootstrap's own deprecations are Bootstrap's to mend
    silenceDeprecations: ["import"], // its parts can only be chosen through @import
  });
  await put(`${side}.css`, used(css));
}

async function script(name, format = "esm") {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(HERE, "js", `${name}.js`)],
    bundle: true,
    minify: true,
    format,
    target: "es2022",
    legalComments: "inline",
    write: false,
  });
  await put(`${name}.js`, outputFiles[0].contents);
}

/** The icons of the installed app: drawn by tools/app_icons.py, copied as they are. */
async function appIcons() {
  const from = join(HERE, "app-icons");
  const names = (await readdir(from)).filter((name) => !name.endsWith(".svg"));
  await Promise.all(names.map((name) => copyFile(join(from, name), join(BUILT, name))));
}

/** One drawing as a symbol: its view box and colours stay, its size is the page's business. */
async function symbol(file) {
  const text = await readFile(join(HERE, "icons", file), "utf8");
  const [, attributes, body] = text.match(/<svg\b([^>]*)>([\s\S]*)<\/svg>/);
  const kept = attributes.replaceAll(/\s(xmlns|width|height|class|role|aria-\w+)="[^"]*"/g, "");
  return `<symbol id="${basename(file, ".svg")}"${kept.trimEnd()}>${body.trim()}</symbol>`;
}

async function sprite() {
  const files = (await readdir(join(HERE, "icons"))).filter((file) => file.endsWith(".svg"));
  const icons = files.filter((file) => file !== "favicon.svg").sort();
  const symbols = await Promise.all(icons.map(symbol));
  await put("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
  await copyFile(join(HERE, "icons", "favicon.svg"), join(BUILT, "favicon.svg"));
}

await mkdir(BUILT, { recursive: true });
await Promise.all([
  ...SIDES.map(style),
  ...SCRIPTS.map((name) => script(name)),
  ...WORKERS.map((name) => script(name, "iife")),
  style(KEEPSAKE),
  script(KEEPSAKE, "iife"),
  sprite(),
  appIcons(),
]);
for (const name of (await readdir(BUILT)).sort()) {
  const { size } = await stat(join(BUILT, name));
  console.log(`${name.padEnd(24)}${(size / 1024).toFixed(1).padStart(7)} KB`);
}

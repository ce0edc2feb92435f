// Builds build/static: hashed files, a .gz beside each, and manifest.json (name → file).
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = import.meta.dirname ?? new URL(".", import.meta.url).pathname;
const root = join(here, "../../..");
const out = join(root, "build/static");
const PAGES_SCRIPTS = ["page.js", "map-view.js", "map-edit.js"];
const SYSTEM_SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif';

// The GDS Transport typeface and the crest belong to GOV.UK alone, so neither leaves this building.
function withoutGovUkIdentity(css) {
  return css
    .replace(/@font-face\{[^}]*\}/g, "")
    .replace(/GDS Transport,arial,sans-serif/g, SYSTEM_SANS)
    .replace(/[^{}]*\{[^{}]*url\(\/assets\/images\/govuk-crest\.svg\)[^{}]*\}/g, "")
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, "");
}

// Both style sheets say left and right; in a language that is written from the right the page is the other way round.
// The colour of one side alone is how triangles are drawn, and css/languages.css turns those round.
const SIDES = { left: "inline-start", right: "inline-end" };
const FOUR = /(^|[;{])(margin|padding):([^\s;}]+) ([^\s;}]+) ([^\s;}]+) ([^\s;}!]+)(?=[;}])/g;
function logical(css) {
  return css
    .replace(/(^|[;{])(margin|padding)-(left|right):/g, (_, before, what, side) => `${before}${what}-${SIDES[side]}:`)
    .replace(/(^|[;{])border-(left|right)(-width|-style)?:/g, (_, before, side, more = "") => `${before}border-${SIDES[side]}${more}:`)
    .replace(/(^|[;{])(left|right):/g, (_, before, side) => `${before}inset-${SIDES[side]}:`)
    .replace(/(^|[;{])text-align:(left|right)/g, (_, before, side) => `${before}text-align:${side === "left" ? "start" : "end"}`)
    // Browsers that do not know the second keep the first.
    .replace(/(^|[;{])float:(left|right)/g, (_, before, side) => `${before}float:${side};float:${SIDES[side]}`)
    .replace(FOUR, (whole, before, what, top, right, bottom, left) =>
      right === left ? whole : `${before}${what}-block:${top} ${bottom};${what}-inline:${left} ${right}`);
}

async function styleSheet() {
  const govuk = withoutGovUkIdentity(
    readFileSync(join(root, "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css"), "utf8"),
  );
  if (/GDS|crest|url\(\/assets/.test(govuk)) throw new Error("GOV.UK's typeface or crest is still in the style sheet");
  const ours = await build({ entryPoints: [join(here, "css/site.css")], bundle: true, minify: true, write: false });
  return Buffer.from(logical(govuk + ours.outputFiles[0].text));
}

// Drawing an area or a site is for members: residents, who come once and on a phone, do not load its style.
async function editorStyle() {
  const ours = await build({ entryPoints: [join(here, "css/editor.css")], bundle: true, minify: true, write: false });
  return Buffer.from(logical(ours.outputFiles[0].text));
}

async function scripts() {
  const built = await build({
    entryPoints: PAGES_SCRIPTS.map((name) => join(here, "js", name)),
    bundle: true, minify: true, splitting: true, write: false, metafile: true,
    format: "esm", target: "es2020", legalComments: "linked",
    outdir: out, entryNames: "[name]-[hash]", chunkNames: "part-[hash]", absWorkingDir: root,
  });
  return { files: built.outputFiles, outputs: built.metafile.outputs };
}

const manifest = {};
function keep(file, contents) {
  writeFileSync(join(out, file), contents);
  writeFileSync(join(out, `${file}.gz`), gzipSync(contents, { level: 9 }));
}
function keepHashed(name, contents) {
  const hash = createHash("sha256").update(contents).digest("hex").slice(0, 8).toUpperCase();
  const file = `${basename(name, extname(name))}-${hash}${extname(name)}`;
  keep(file, contents);
  manifest[name] = file;
}

mkdirSync(out, { recursive: true });
keepHashed("site.css", await styleSheet());
keepHashed("editor.css", await editorStyle());
keepHashed("mark.svg", readFileSync(join(here, "images/mark.svg")));
const { files, outputs } = await scripts();
for (const file of files) keep(basename(file.path), file.contents);
for (const [path, output] of Object.entries(outputs)) {
  const name = basename(output.entryPoint ?? "");
  if (PAGES_SCRIPTS.includes(name)) manifest[name] = basename(path);
}
const draft = join(out, `manifest.${process.pid}`);
writeFileSync(draft, JSON.stringify(manifest, null, 2) + "\n");
renameSync(draft, join(out, "manifest.json"));

// In comes src/; out goes one line per broken rule of ARCHITECTURE.md (import order, only-importers, cycles), and exit code 1.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const src = join(root, "src");

/** Which rooms a room may import, itself aside. */
const allowed = {
  model: [],
  config: ["model"],
  posts: ["model"],
  feeds: ["model"],
  formats: ["model"],
  output: ["model"],
  net: ["model"],
  build: ["model", "config", "posts", "feeds", "formats", "output"],
  check: ["model", "config", "posts", "feeds", "formats", "output", "build", "net"],
  publish: ["model", "config", "posts", "feeds", "formats", "output", "build", "net", "check"],
  watch: ["model", "config", "build", "output"],
  serve: ["model", "config", "build", "watch", "output"],
  index: ["model", "config", "posts", "formats", "build", "check", "publish", "watch", "serve", "output"],
  cli: [
    "model",
    "config",
    "posts",
    "feeds",
    "formats",
    "output",
    "build",
    "check",
    "publish",
    "watch",
    "serve",
  ],
};

/** The one file (or files) that may import a package for its values. */
const onlyImporter = {
  "gray-matter": ["posts/lazy-packages.ts"],
  "date-fns": ["posts/dates.ts"],
  "@date-fns/tz": ["posts/zone-offsets.ts"],
  chokidar: ["watch/folder-watcher.ts"],
  feed: ["formats/document.ts"],
};

/** Source text that may stand in these files only. */
const onlyPlace = [
  {
    pattern: /\bconsole\.|process\.(stdout|stderr)\.write/,
    files: ["cli/print.ts"],
    what: "writes to the console",
  },
  {
    pattern: /URL\.canParse\(/,
    files: [],
    what: "asks URL.canParse, which is wrong in Node 20 (see model/url.ts)",
  },
  { pattern: /process\.exit\(/, files: ["cli/main.ts"], what: "ends the process" },
];

/** Top-level files that belong to a room of the order. */
const topLevel = { "index.ts": "index", "build.ts": "build", "watch.ts": "watch" };

const files = readdirSync(src, { recursive: true })
  .map((name) => String(name).replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"));
const problems = [];

const roomOf = (file) => (file.includes("/") ? file.split("/")[0] : (topLevel[file] ?? "build"));

const imports = new Map();
for (const file of files) {
  const text = readFileSync(join(src, file), "utf8");
  if (!text.replace(/^#!.*\n/, "").startsWith("// "))
    problems.push(`${file}: the first line must say what comes in and what goes out`);
  for (const rule of onlyPlace) {
    if (!rule.files.includes(file) && rule.pattern.test(text.replace(/^\s*(\/\/|\*).*$/gm, "")))
      problems.push(`${file}: ${rule.what}; only ${rule.files.join(", ")} may`);
  }
  const found = [];
  for (const match of text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?[^"';]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g,
  )) {
    const target = match[3] ?? match[4];
    const inType = match[4] !== undefined && /(:|\|)\s*(readonly\s+)?$/.test(text.slice(0, match.index));
    found.push({ target, typeOnly: match[2] !== undefined || inType, lazy: match[4] !== undefined });
  }
  imports.set(file, found);
}

for (const [file, found] of imports) {
  const room = roomOf(file);
  for (const { target, typeOnly } of found) {
    if (target.startsWith(".")) {
      const to = relative(src, resolve(dirname(join(src, file)), target)).replaceAll("\\", "/");
      const toRoom = roomOf(to);
      if (toRoom !== room && !(allowed[room] ?? []).includes(toRoom))
        problems.push(`${file}: ${room} may not import ${toRoom} (${to})`);
    } else if (!typeOnly) {
      const name = target.startsWith("@") ? target.split("/").slice(0, 2).join("/") : target.split("/")[0];
      if (onlyImporter[name] && !onlyImporter[name].includes(file))
        problems.push(`${file}: only ${onlyImporter[name].join(", ")} may import ${name}`);
    }
  }
}

const state = new Map();
function visit(file, path) {
  if (state.get(file) === "done") return;
  if (state.get(file) === "open") {
    problems.push(`cycle: ${[...path.slice(path.indexOf(file)), file].join(" -> ")}`);
    return;
  }
  state.set(file, "open");
  for (const { target, typeOnly } of imports.get(file) ?? []) {
    if (!target.startsWith(".") || typeOnly) continue;
    visit(relative(src, resolve(dirname(join(src, file)), target)).replaceAll("\\", "/"), [...path, file]);
  }
  state.set(file, "done");
}
for (const file of files) visit(file, []);

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
else console.log(`layout: ${files.length} files keep the order`);

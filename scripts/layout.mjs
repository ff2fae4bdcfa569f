// The rules of ARCHITECTURE.md that a program can check. One line per broken rule, and exit code 1. `--map` prints a line per file.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const src = join(root, "src");

/** The rooms, lowest first, and which of those before it each may import. `build.ts` and `index.ts` are rooms of one file. */
const rooms = {
  model: [],
  posts: ["model"],
  config: ["model", "posts"],
  feeds: ["model"],
  pages: ["model"],
  formats: ["model"],
  output: ["model"],
  net: ["model"],
  files: ["model", "posts"],
  cache: ["model", "feeds", "output", "files"],
  site: ["model", "config", "posts", "feeds", "formats", "output", "files", "cache"],
  build: ["model", "site"],
  check: ["model", "config", "posts", "feeds", "formats", "output", "net", "site", "build"],
  publish: ["model", "config", "posts", "feeds", "formats", "output", "net", "site", "build", "check"],
  watch: ["model", "config", "output", "files", "site", "build"],
  index: ["model", "config", "posts", "formats", "output", "build", "check", "publish", "watch"],
  cli: [
    "model",
    "config",
    "posts",
    "feeds",
    "formats",
    "output",
    "site",
    "build",
    "check",
    "publish",
    "watch",
  ],
};

/** The one file that may import a package for its values. */
const onlyImporter = {
  "gray-matter": "posts/front-matter/lazy-packages.ts",
  "date-fns": "posts/fields/dates.ts",
  "@date-fns/tz": "posts/fields/zone-offsets.ts",
  chokidar: "watch/folder-watcher.ts",
  feed: "formats/document.ts",
};

/** Folders that others may import only by these files. */
const doors = { "posts/fast/": ["posts/fast/plain-front-matter.ts", "posts/fast/plain-markdown.ts"] };

/** Source text that may be in one file only, or in none. */
const onlyPlace = [
  { pattern: /\bconsole\.|process\.(stdout|stderr)\.write/, file: "cli/print.ts" },
  { pattern: /process\.exit\(/, file: "cli/main.ts" },
  // Wrong in Node 20 once it is optimised, see model/url.ts.
  { pattern: /URL\.canParse\(/, file: undefined },
];

const problems = [];
const files = readdirSync(src, { recursive: true })
  .map((name) => String(name).replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".ts"))
  .sort();
const sources = new Map(files.map((file) => [file, readFileSync(join(src, file), "utf8")]));
const imports = new Map(files.map((file) => [file, findImports(file)]));

if (process.argv.includes("--map")) printMap();
else {
  checkRooms();
  for (const file of files) checkFile(file);
  checkCircles();
  checkNames();
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`layout: ${files.length} files keep the order`);
}

function roomOf(file) {
  return file.split("/")[0].replace(/\.ts$/, "");
}

/** Every import of a file, `import("…")` in types and at run time included. */
function findImports(file) {
  const statement =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?[^"';]*?from\s+"([^"]+)"|import\(\s*"([^"]+)"\s*\)/g;
  return [...sources.get(file).matchAll(statement)].map(([, type, from, called]) => {
    const target = from ?? called;
    const to = target.startsWith(".")
      ? relative(src, resolve(dirname(join(src, file)), target)).replaceAll("\\", "/")
      : undefined;
    return { target, to, isType: type !== undefined };
  });
}

function checkRooms() {
  for (const room of Object.keys(rooms))
    if (!existsSync(join(src, room)) && !existsSync(join(src, `${room}.ts`)))
      problems.push(`scripts/layout.mjs names the room ${room}, which does not exist`);
  for (const name of readdirSync(src)) {
    const isFolder = statSync(join(src, name)).isDirectory();
    if (!isFolder && name !== "index.ts" && name !== "build.ts")
      problems.push(`${name}: only index.ts and build.ts may lie loose in src/`);
    if (!Object.hasOwn(rooms, roomOf(name)))
      problems.push(`${name}: scripts/layout.mjs does not know this room`);
  }
}

function checkFile(file) {
  const code = sources.get(file).replace(/^\s*(\/\/|\*).*$/gm, "");
  for (const { pattern, file: only } of onlyPlace)
    if (only !== file && pattern.test(code))
      problems.push(`${file}: ${pattern} may be in ${only ?? "no file"} only`);
  const room = roomOf(file);
  for (const { target, to, isType } of imports.get(file)) {
    if (to !== undefined) {
      if (roomOf(to) !== room && !rooms[room]?.includes(roomOf(to)))
        problems.push(`${file}: ${room} may not import ${roomOf(to)} (${to})`);
      for (const [folder, open] of Object.entries(doors))
        if (to.startsWith(folder) && !file.startsWith(folder) && !open.includes(to))
          problems.push(`${file}: ${folder} is imported only by ${open.join(" and ")}, not ${to}`);
      continue;
    }
    const name = target.split("/", target.startsWith("@") ? 2 : 1).join("/");
    const only = onlyImporter[name];
    if (!isType && only !== undefined && only !== file)
      problems.push(`${file}: only ${only} may import ${name}`);
  }
}

/** Files that import one another in a circle, types included. */
function checkCircles() {
  const done = new Set();
  const visit = (file, path) => {
    const start = path.indexOf(file);
    if (start >= 0) problems.push(`circle: ${[...path.slice(start), file].join(" -> ")}`);
    if (start >= 0 || done.has(file)) return;
    for (const { to } of imports.get(file) ?? []) if (to !== undefined) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
}

/** Names that two files export: one name means one thing in the whole of src/. */
function checkNames() {
  const owners = new Map();
  for (const file of files)
    for (const name of exportedNames(file)) owners.set(name, [...(owners.get(name) ?? []), file]);
  for (const [name, all] of owners)
    if (all.length > 1) problems.push(`${name} is exported by ${all.join(" and ")}: one name, one thing`);
}

/** One line a file: its path, its lines, and what it exports. */
function printMap() {
  for (const file of files) {
    const lines = sources.get(file).split("\n").length - 1;
    console.log(`${file.padEnd(48)} ${String(lines).padStart(4)}  ${[...exportedNames(file)].join(" ")}`);
  }
}

/** The names that a file declares and exports; overloads count once. */
function exportedNames(file) {
  const declaration =
    /^export (?:default )?(?:async )?(?:abstract )?(?:function\*?|class|const|interface|type) (\w+)/gm;
  return new Set([...sources.get(file).matchAll(declaration)].map(([, name]) => name));
}

// Bundles the command line into a few files in lib/, so that it starts in half the time.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Packages that are loaded only when a post or a target needs them, or that cannot be bundled. */
const external = ["@aws-sdk/*", "gray-matter", "jiti", "music-metadata", "picomatch", "smol-toml", "yaml"];

const chunks = join(root, "lib/cli/chunks");

/** The XML library of the package `feed`: only the model of that package is used, not its writers. */
const withoutWriters = {
  name: "without-writers",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^xml-js$/ }, ({ path }) => ({ path, namespace: "without-writers" }));
    onLoad({ filter: /./, namespace: "without-writers" }, () => ({ contents: "export default {};" }));
  },
};

/**
 * esbuild makes a file for each set of commands that share code, and each file takes a quarter of a millisecond to load.
 * Commands that need a part of what every build loads, or of what every change loads, therefore import all of it: five
 * files instead of twenty-five.
 */
const readers = ["check", "ids", "links", "outbox", "publish", "watch", "why"].map(
  (name) => `src/cli/commands/${name}.ts`,
);
const givenWhole = {
  "src/cli/commands/build.ts": [...readers, "src/cli/commands/init.ts", "src/site/update.ts"],
  "src/site/update.ts": [...readers, "src/posts/body/clean-html.ts", "src/posts/body/markdown.ts"],
};

const inFewFiles = {
  name: "in-few-files",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
      const file = relative(root, path).replaceAll("\\", "/");
      const added = Object.keys(givenWhole).filter((whole) => givenWhole[whole].includes(file));
      if (added.length === 0) return undefined;
      const imports = added.map((whole) => `import ${JSON.stringify(join(root, whole))};\n`).join("");
      return { contents: `${readFileSync(path, "utf8")}\n${imports}`, loader: "ts" };
    });
  },
};

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { main: "src/cli/main.ts" },
  outdir: "lib/cli",
  chunkNames: "chunks/[name]-[hash]",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20.19",
  external,
  plugins: [withoutWriters, inFewFiles],
  metafile: true,
  legalComments: "none",
  // Half of the code is white space. Names are kept for error reports.
  minifyWhitespace: true,
  minifySyntax: true,
  lineLimit: 200,
  logLevel: "warning",
  // Packages written for `require` need it for Node's own modules.
  banner: {
    js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
  },
});

const made = new Set(Object.keys(metafile.outputs).map((output) => join(root, output)));
for (const name of readdirSync(chunks)) if (!made.has(join(chunks, name))) rmSync(join(chunks, name));
writeLicences(Object.keys(metafile.inputs));

/** The bundled packages' licences travel with their code. */
function writeLicences(inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []),
  );
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
    const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text =
      file && existsSync(join(root, folder, file)) ? readFileSync(join(root, folder, file), "utf8") : "";
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  writeFileSync(join(root, "lib/cli/third-party-licences.txt"), texts.join(`\n${"-".repeat(80)}\n\n`));
}

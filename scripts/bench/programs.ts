// The programs that can be measured: how each is run, watched and reset.
import { join } from "node:path";
import { configOf } from "./sites.ts";

export interface Place {
  /** Folder of one corpus. */
  readonly root: string;
  /** Folder of the installed peers. */
  readonly peers: string;
  /** The command that starts feedwright, such as `["node", "lib/cli/main.js"]`. */
  readonly feedwright: readonly string[];
}

export interface Program {
  readonly name: string;
  /** Folder below the corpus in which it runs. */
  readonly cwd: string;
  readonly run: readonly string[];
  /** Keeps its feeds in step until it is killed; absent where it has no such mode. */
  readonly watch?: readonly string[];
  /** Output and caches, below the corpus. */
  readonly clean: readonly string[];
  /** Output folder below the corpus; absent for what writes nothing. */
  readonly out?: string;
  /** Its first feed, below `out`. */
  readonly feed: string;
  /** It is left out above this many posts: it takes minutes, or more memory than there is. */
  readonly largest: number;
}

function makeSite(
  name: string,
  run: readonly string[],
  options: Partial<Program> & { readonly caches?: readonly string[] },
): Program {
  const site = `sites/${name}`;
  const { caches = [], ...rest } = options;
  const clean = [`${site}/dist`, ...caches.map((path) => `${site}/${path}`)];
  return { name, cwd: site, run, out: `${site}/dist`, feed: "rss.xml", largest: 10_000, ...rest, clean };
}

function makeFeedwright(variant: string, command: readonly string[]): Program {
  const flags = ["--config", configOf(variant)];
  const out = `sites/${variant}/dist`;
  return {
    name: variant,
    cwd: ".",
    run: [...command, "build", ...flags, "--quiet"],
    watch: [...command, "watch", ...flags, "--json"],
    clean: [out, ".feedwright"],
    out,
    feed: "rss.xml",
    largest: Number.POSITIVE_INFINITY,
  };
}

function makeFloor(name: string, run: readonly string[]): Program {
  return { name, cwd: ".", run, clean: [], feed: "", largest: Number.POSITIVE_INFINITY };
}

/** `hugo --watch`, and the server without these flags, take a save in and leave the home page's feeds as they were. */
const hugoServer =
  "--disableFastRender --renderToDisk --disableLiveReload --bind 127.0.0.1 --port 18313 --baseURL https://bench.example/ --appendPort=false".split(
    " ",
  );

function makeHugo(name: string, largest: number): Program {
  const command = ["hugo", "--noBuildLock", "--config", `sites/${name}/hugo.toml`];
  return makeSite(name, [...command, "--quiet"], {
    // From the corpus: neither Hugo nor Eleventy takes in changes of posts above the folder it runs in.
    cwd: ".",
    watch: ["hugo", "server", ...command.slice(1), ...hugoServer],
    largest,
  });
}

function makeScripts(peers: string): Program[] {
  const script = (name: string) => join(peers, "programs", name);
  const folders = (name: string) => ["posts", `sites/${name}/dist`];
  return [
    makeSite("lazy", ["node", script("lazy.mjs"), ...folders("lazy")], {
      cwd: ".",
      watch: ["node", script("lazy.mjs"), ...folders("lazy"), "--watch"],
      largest: 1_000_000,
    }),
    makeSite("usual", ["node", script("usual.mjs"), ...folders("usual")], { cwd: ".", largest: 100_000 }),
    makeSite("usual-all", ["node", script("usual.mjs"), ...folders("usual-all"), "--all"], { cwd: "." }),
    makeFloor("floor: stat every file", ["node", script("floor.mjs"), "stat", "posts"]),
    makeFloor("floor: read every file", ["node", script("floor.mjs"), "read", "posts"]),
  ];
}

function makeGenerators(peers: string): Program[] {
  const bin = (path: string) => join(peers, "node_modules", path);
  const eleventy = ["node", bin("@11ty/eleventy/cmd.cjs"), "--config=sites/eleventy/eleventy.config.cjs"];
  const hexo = ["node", bin("hexo/bin/hexo"), "generate"];
  const pelican = ["pelican", "-s", "pelicanconf.py", "--quiet"];
  return [
    makeSite("eleventy", eleventy, { cwd: ".", watch: [...eleventy, "--watch"] }),
    makeSite("hexo", [...hexo, "--silent"], { watch: [...hexo, "--watch"], caches: ["db.json"] }),
    makeSite("pelican", pelican, { watch: [...pelican, "--autoreload"], caches: ["cache", "__pycache__"] }),
    makeSite("jekyll", ["jekyll", "build", "--quiet"], {
      watch: ["jekyll", "build", "--watch"],
      caches: [".jekyll-cache"],
      feed: "feed.xml",
    }),
    makeSite("astro", ["node", bin("astro/astro.js"), "build", "--silent"], { caches: [".cache", ".astro"] }),
  ];
}

/** Every program by its name. */
export function listPrograms({ peers, feedwright }: Place): ReadonlyMap<string, Program> {
  const variants = ["feedwright", "feedwright-tags", "feedwright-tags3", "feedwright-archives"];
  const programs = [
    ...variants.map((variant) => makeFeedwright(variant, feedwright)),
    makeFloor("feedwright --version", [...feedwright, "--version"]),
    makeFloor("node -e 0", ["node", "-e", "0"]),
    makeHugo("hugo", 100_000),
    makeHugo("hugo-tags", 100_000),
    makeHugo("hugo-tags3", 100_000),
    makeHugo("hugo-all", 10_000),
    ...makeScripts(peers),
    ...makeGenerators(peers),
  ];
  return new Map(programs.map((program) => [program.name, program]));
}

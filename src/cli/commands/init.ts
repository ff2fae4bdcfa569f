import { existsSync } from "node:fs";
import { appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { configNames, loadConfig } from "../../config/load-config.ts";
import { Failure } from "../../model/failure.ts";
import { discoverPosts } from "../../posts/folder/discover.ts";
import { datedFolder } from "../../posts/presets/dated-sections.ts";
import { lookAround, type Surroundings } from "../../posts/presets/look-around.ts";
import { Project } from "../../posts/presets/project.ts";
import { print } from "../print.ts";
import {
  type InitAnswers,
  type InitFile,
  type InitQuestion,
  initQuestions,
  writeInitConfig,
  writeInitPost,
} from "./init-files.ts";

export interface InitOptions extends Partial<InitAnswers> {
  /** The folder of the new project. Default: the current one. */
  root?: string;
  /** Asks nothing: takes the flags and the defaults. */
  yes?: boolean;
}

/** Somebody who answers, and the clock. */
export interface InitIo {
  /** Shows a question, gives the line typed in answer. */
  ask(question: string): Promise<string>;
  /** Shows one line. */
  print(line: string): void;
  /** True when somebody can answer. */
  readonly isTerminal: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The terminal and the clock of this process. Questions go to standard error, so that standard output has results only. */
export function terminal(): InitIo {
  return {
    ask,
    print,
    isTerminal: process.stdin.isTTY === true && process.stderr.isTTY === true,
    now: Date.now(),
  };
}

/** The end of input is an empty answer. */
async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // Without a listener, a terminal in raw mode takes Ctrl-C for a key.
  lines.once("SIGINT", () => {
    lines.close();
    process.kill(process.pid, "SIGINT");
  });
  try {
    return await Promise.race([
      lines.question(question),
      new Promise<string>((resolve) => lines.once("close", () => resolve(""))),
    ]);
  } finally {
    lines.close();
  }
}

/**
 * Begins a site; returns the paths written, from its root.
 * @throws {Failure} `usage` when an answer is missing or wrong, or a configuration exists already;
 * `output-unwritable` when the folder cannot be written.
 */
export async function runInit(options: InitOptions, io: InitIo): Promise<string[]> {
  const root = resolve(options.root ?? ".");
  const names = await listFolder(root);
  const existing = configNames.filter((name) => names.includes(name));
  if (existing.length > 0)
    throw new Failure("usage", `There is a configuration already: ${existing.join(", ")}`, {
      hint: "init never overwrites. Edit that file, or name another folder with --root.",
    });
  const around = lookAround(root);
  const hasPosts =
    around.preset !== undefined ||
    around.findings.get("posts.dir") !== undefined ||
    (await listFolder(join(root, "posts"))).length > 0;
  if (hasPosts) showFindings(around, io);
  const answers = await collectAnswers(options, io, hasPosts ? around : undefined);
  const files = [
    writeInitConfig(answers, hasPosts ? around : undefined),
    ...(hasPosts ? [] : [writeInitPost(answers, io.now)]),
  ];
  for (const file of files) await writeNew(root, file);
  for (const file of files) io.print(`wrote ${file.path}`);
  if (await ignoreOwnFolder(root)) io.print("added .feedwright/ to .gitignore");
  await showNext(root, hasPosts, io);
  return files.map((file) => file.path);
}

/** What was found, with the file that says so, before anything is asked. */
function showFindings({ preset, folder, findings }: Surroundings, io: InitIo): void {
  if (preset !== undefined)
    io.print(`This is a site of ${preset.title}${folder === "" ? "" : `, in ${folder}`}.`);
  const found = findings.list();
  const width = Math.max(0, ...found.map(({ key }) => key.length));
  for (const { key, value, source } of found) {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    io.print(`  ${key.padEnd(width)}  ${text.length > 70 ? `${text.slice(0, 69)}…` : text}  (${source})`);
  }
  for (const note of findings.notes) io.print(`  not read: ${note}`);
  if (found.length > 0) io.print("");
}

/** Says how many posts the configuration finds, and what to run. */
async function showNext(root: string, hasPosts: boolean, io: InitIo): Promise<void> {
  const config = await loadConfig({ root });
  const shown = (path: string) => relative(root, path) || ".";
  if (hasPosts) {
    const files = existsSync(config.posts.dir) ? discoverPosts(config).files : [];
    const dir = shown(config.posts.dir);
    if (files.length === 0) showNone(root, dir, io);
    else
      io.print(`${files.length} ${files.length === 1 ? "file looks" : "files look"} like posts in ${dir}/`);
  }
  io.print("");
  io.print(
    `Next: npx feedwright build writes the feeds to ${shown(config.out)}/. Do not commit .feedwright/.`,
  );
}

/** Where no file is a post by the configuration: where files with a date are. */
function showNone(root: string, dir: string, io: InitIo): void {
  const other = datedFolder(new Project(root), ".", []);
  io.print(`No file looks like a post in ${dir}/.`);
  io.print(
    other === undefined
      ? "No other folder has files with a date either: name the folder of your posts in posts.dir."
      : `Most files with a date are in ${other}/: if these are your posts, write dir: ${JSON.stringify(other)} and no include in posts.`,
  );
}

/** The folder of the cache is for no repository. */
async function ignoreOwnFolder(root: string): Promise<boolean> {
  const path = join(root, ".gitignore");
  const isRepository = (await listFolder(root)).includes(".git");
  const text = await readFile(path, "utf8").catch(() => undefined);
  if ((text === undefined && !isRepository) || /^\/?\.feedwright\/?\s*$/m.test(text ?? "")) return false;
  const end = text === undefined || text === "" || text.endsWith("\n") ? "" : "\n";
  try {
    await appendFile(path, `${end}.feedwright/\n`);
    return true;
  } catch {
    return false;
  }
}

/** Asks what neither a flag nor the project says. */
async function collectAnswers(
  options: InitOptions,
  io: InitIo,
  around: Surroundings | undefined,
): Promise<InitAnswers> {
  checkFlags(options);
  const asks = io.isTerminal && options.yes !== true;
  const known: Partial<InitAnswers> = {};
  const missing: string[] = [];
  for (const question of initQuestions) {
    const given = options[question.key];
    const found = around && foundAnswer(question, around);
    if (given === undefined && found !== undefined) {
      known[question.key] = found;
      continue;
    }
    const suggested = question.suggest(known, io.now);
    const answer =
      given !== undefined
        ? question.parse(given)
        : asks
          ? await askUntilGood(question, suggested, io)
          : suggested;
    if (answer === undefined) missing.push(question.flag);
    else known[question.key] = answer;
  }
  if (missing.length > 0)
    throw new Failure("usage", `init needs ${missing.join(" and ")}`, {
      hint: 'Such as: feedwright init --site-url https://example.org/ --title "My site"',
    });
  const { siteUrl = "", title = "", language = "", timeZone = "", authority = "", author = "" } = known;
  return { siteUrl, title, language, timeZone, authority, author };
}

/** An answer that the project gives itself; a guess at the address is only offered. */
function foundAnswer({ key, parse }: InitQuestion, { preset, findings }: Surroundings): string | undefined {
  if (key === "author") return findings.get("site.authors") === undefined ? undefined : "";
  if (key === "timeZone" && findings.get("site.timeZone") === undefined)
    return preset?.config.dates?.zoneless === "utc" ? "UTC" : undefined;
  const name = {
    siteUrl: "site.url",
    title: "site.title",
    language: "site.language",
    timeZone: "site.timeZone",
    authority: "site.authority",
  }[key];
  return parse(findings.get(name));
}

function checkFlags(options: InitOptions): void {
  const wrong = initQuestions.filter(
    ({ key, parse }) => options[key] !== undefined && parse(options[key]) === undefined,
  );
  if (wrong.length === 0) return;
  const found = wrong.map(({ key, flag }) => `${flag} is ${JSON.stringify(options[key])}`).join("; ");
  const wanted = wrong.map(({ flag, expected }) => `${flag} takes ${expected}`).join("; ");
  throw new Failure("usage", found, { hint: `${wanted}.` });
}

async function askUntilGood(
  { question, parse, expected }: InitQuestion,
  suggested: string | undefined,
  io: InitIo,
): Promise<string> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const typed = (await io.ask(`${question}${suggested ? ` [${suggested}]` : ""}: `)).trim();
    const answer = typed === "" ? suggested : parse(typed);
    if (answer !== undefined) return answer;
    io.print(`Write ${expected}.`);
  }
  throw new Failure("usage", "init got no answer that it can use", { hint: `Write ${expected}.` });
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new Failure("output-unwritable", `${folder} cannot be read (${codeOf(error)})`, {
      hint: "Name a folder that you can write to with --root.",
      cause: error,
    });
  }
}

async function writeNew(root: string, { path, content }: InitFile): Promise<void> {
  const target = join(root, path);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { flag: "wx" });
  } catch (error) {
    if (codeOf(error) === "EEXIST")
      throw new Failure("usage", `${path} exists already`, {
        hint: "init never overwrites.",
        cause: error,
      });
    throw new Failure("output-unwritable", `${path} cannot be written (${codeOf(error)})`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown error";
}

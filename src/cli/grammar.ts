// Every command with its flags and their words. A command's code is loaded when the command is chosen.
import { Command, CommanderError } from "commander";

type Option = readonly [flags: string, what: string];
type Action = (...given: Parameters<Parameters<Command["action"]>[0]>) => number | Promise<number>;

interface CommandSpec {
  /** The words that call it, such as `ids pin`. */
  readonly name: string;
  readonly argument?: Option;
  readonly summary?: string;
  readonly description: string;
  readonly options: readonly Option[];
  /** Gets the argument, if there is one, and the flags; gives the exit code. */
  readonly run: Action;
}

/** Where a site is and what it is called: the flags of every command that reads a site. */
export const siteOptions: readonly Option[] = [
  ["--root <folder>", "project folder (default: the current one)"],
  ["--config <file>", "configuration file (default: feedwright.config.* in the project folder)"],
  ["--posts <folder>", "folder of the posts (default: posts)"],
  ["--site-url <url>", "address of the site, as site.url"],
  ["--title <text>", "title of the site, as site.title"],
];
const out: Option = ["--out <folder>", "output folder (default: dist)"];
const now: Option = ["--now <instant>", "work as if it were this time, such as 2026-11-23T09:00:00Z"];
const strict: Option = ["--strict", "treat warnings as errors"];
const allowEmpty: Option = ["--allow-empty", "let a feed that had posts become empty"];
const json: Option = ["--json", "print the result as one JSON object"];
const quiet: Option = ["--quiet", "print errors only"];
const all: Option = ["--all", "show every finding, however many lines that takes"];
const allowPrivate: Option = ["--allow-private", "allow requests to private addresses"];
const dryRun: Option = ["--dry-run", "say what would be written, and write nothing"];

const publishOptions: readonly Option[] = [
  ...siteOptions,
  out,
  now,
  json,
  ["--markdown", "print the summary for a pull request"],
  ["--summary <file>", "add the Markdown summary to a file"],
  allowPrivate,
  ["--allow-id-changes", "let readers see old entries as new ones"],
  ["--allow-many-new", "publish more new entries at once than publish.guard.maxNew"],
  ["--allow-shrink", "let a feed lose most of its entries, or disappear"],
  ["--allow-date-changes", "let a date move backwards"],
  ["--allow-large", "let a document be larger than its limit"],
  ["--allow-check-errors", "publish documents in which check finds errors"],
  ["--allow-hidden", "publish text of posts that nobody may see yet"],
  ["--allow-removals", "remove more files than publish.guard.maxRemoved"],
  ["--allow-overwrite", "replace files that feedwright did not write"],
  ["--allow-older", "publish an older set over a newer one"],
  ["--allow-unreadable", "publish although the public feeds cannot be read"],
];

const commands: readonly CommandSpec[] = [
  {
    name: "build",
    summary: "write the feeds",
    description:
      "Reads the posts and writes their feeds. A post with an error stops the build, and nothing is written.",
    options: [
      ...siteOptions,
      out,
      now,
      ["--drafts", "publish drafts as well"],
      ["--keep-going", "write though readers lose a broken post by it; still exits 1"],
      strict,
      allowEmpty,
      ["--allow-id-changes", "accept ids that differ from those that readers know"],
      ["--overwrite", "replace files of other programs where documents go, except a home page"],
      json,
      all,
      quiet,
    ],
    run: async (flags) => (await import("./commands/build.ts")).runBuild(flags),
  },
  {
    name: "watch",
    summary: "keep the feeds up to date as posts change",
    description:
      "Builds, then watches the posts and the configuration. A broken post keeps its last good version. Ends with Ctrl-C.",
    options: [
      ...siteOptions,
      out,
      now,
      ["--drafts", "publish drafts as well"],
      ["--keep-going", "write though readers lose a broken post by it"],
      strict,
      allowEmpty,
      ["--poll [ms]", "look at all files at this interval (default: 2000), for network drives"],
      [
        "--exec <command>",
        "run a shell command after each change; FEEDWRIGHT_WRITTEN lists the files written",
      ],
      ["--json", "print one JSON object per line: ready, built, problem, recovered, stopped"],
      all,
      quiet,
    ],
    run: async (flags) => (await import("./commands/watch.ts")).runWatch(flags),
  },
  {
    name: "check",
    argument: ["[input...]", "posts, feeds, folders, addresses, or - for standard input (default: the site)"],
    summary: "find what is wrong with posts and feeds before readers do",
    description:
      "Builds in memory and checks the posts, each feed, and the feeds together; or checks the posts, feeds, folders and addresses given, whoever made them. Writes nothing.",
    options: [
      ...siteOptions,
      out,
      now,
      ["--drafts", "check drafts as if they were published"],
      strict,
      ["--format <name>", "human, json, sarif, github, junit or tap (default: human)"],
      ["--json", "the same as --format json"],
      ["--profile <names>", "also check the rules of consumers, such as google,msn"],
      ["--compare <old>", "say what changes for subscribers of an old feed, folder or address"],
      allowPrivate,
      all,
      quiet,
    ],
    run: async (inputs, flags) => (await import("./commands/check.ts")).runCheck(inputs, flags),
  },
  {
    name: "explain",
    argument: ["[code]", "a code such as rss/guid-missing (default: list all)"],
    summary: "explain the code of a finding",
    description: "Prints what a code means, why it matters, how to fix it, and which specification says so.",
    options: [["--json", "print the page, or the list, as JSON"]],
    run: async (code, flags) => (await import("./commands/explain.ts")).runExplain(code, flags),
  },
  {
    name: "publish",
    summary: "publish what was built: plan, check, deploy, verify, notify",
    description:
      "Publishes the output folder to publish.target, waits until the public addresses serve it, and then notifies hubs and search engines.",
    options: [["--dry-run", "say what would happen, and change nothing"], ...publishOptions],
    run: async (flags) => (await import("./commands/publish.ts")).runPublish(flags),
  },
  {
    name: "plan",
    summary: "say what subscribers would see if this were published",
    description:
      "Compares what was built with what is public: entries that are new, edited, retracted or dropped, and those that readers would see again as new.",
    options: publishOptions,
    run: async (flags) => (await import("./commands/publish.ts")).runPlan(flags),
  },
  {
    name: "ids pin",
    description: "Writes into every post the id it has now, so that nothing can change it any more.",
    options: [...siteOptions, dryRun, json],
    run: async (flags) => (await import("./commands/ids.ts")).runIdsPin(flags),
  },
  {
    name: "ids import",
    argument: ["<feed>", "the old feed: a file or an address"],
    description: "Writes into posts the ids that readers know from an old feed.",
    options: [...siteOptions, dryRun, json, allowPrivate],
    run: async (feed, flags) => (await import("./commands/ids.ts")).runIdsImport(feed, flags),
  },
  {
    name: "outbox",
    summary: "list or send the notifications that wait",
    description:
      "Lists the notifications that hubs and search engines did not get yet; with --flush sends them now.",
    options: [...siteOptions, ["--flush", "send everything that waits"], json, allowPrivate],
    run: async (flags) => (await import("./commands/outbox.ts")).runOutbox(flags),
  },
  {
    name: "init",
    summary: "write a configuration and a first post",
    description:
      "Writes feedwright.config.ts: for the site that is there, as its generator's files describe it, or for a new one with a first post. Asks on a terminal; takes flags elsewhere. Overwrites nothing.",
    options: [
      ["--root <folder>", "project folder (default: the current one)"],
      ["--site-url <url>", "address of the site"],
      ["--title <text>", "title of the site"],
      ["--language <tag>", "language of the site, such as id or en-GB"],
      ["--time-zone <name>", "time zone of the site, such as Asia/Jakarta"],
      ["--authority <name,date>", "domain and year for permanent ids, such as example.org,2026"],
      ["--author <name>", "name of the author"],
      ["--yes", "ask nothing: take the flags, what was found, and the defaults"],
    ],
    run: async (options) => {
      const { runInit, terminal } = await import("./commands/init.ts");
      await runInit(options, terminal());
      return 0;
    },
  },
  {
    name: "why",
    argument: ["<post>", "path of a post"],
    summary: "say why a post is in the feeds or not",
    description:
      "Says whether a path is in the feeds and why, which key decides it, and which line gave each value.",
    options: [
      ...siteOptions,
      now,
      ["--drafts", "as if drafts were published"],
      ["--json", "print the answer as one JSON object"],
    ],
    run: async (post, flags) => (await import("./commands/why.ts")).runWhy(post, flags),
  },
  {
    name: "links",
    summary: "print the <link> tags for the head of the site's pages",
    description: "Prints an autodiscovery <link> tag for every feed, for the head of the site's pages.",
    options: [...siteOptions, now, ["--json", "print the feeds as JSON"]],
    run: async (flags) => (await import("./commands/links.ts")).runLinks(flags),
  },
];

const examples = `
Examples:
  feedwright init                       write a configuration and a first post
  feedwright build                      read posts/, write the feeds to dist/
  feedwright watch                      keep them up to date while you write
  feedwright build --drafts --out tmp   see how drafts would look
  feedwright why posts/hello.md         why is this post in (or not in) the feeds?

Exit codes: 0 done, 1 problems found, 2 could not run.`;

/**
 * The program with its commands, or with those alone whose first word is `only`: declaring all takes 2 ms of a start.
 * Wrong arguments are explained on standard error and thrown as CommanderError.
 */
export function createProgram(version: string, finish: (exitCode: number) => void, only?: string): Command {
  const program = setUp(new Command("feedwright"))
    .description("Turns a folder of front-mattered posts into RSS 2.0, Atom 1.0 and JSON Feed documents.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", examples);
  const chosen = commands.filter(({ name }) => name.split(" ")[0] === only);
  for (const command of chosen.length > 0 ? chosen : commands) declare(command, program, finish);
  return program;
}

function declare(
  { name, argument, summary, description, options, run }: CommandSpec,
  program: Command,
  finish: (exitCode: number) => void,
): void {
  const [first = "", second] = name.split(" ");
  const known = program.commands.find((command) => command.name() === first);
  const parent = known ?? setUp(program.command(first));
  if (second !== undefined) parent.summary("keep the ids that readers know");
  const command = second === undefined ? parent : setUp(parent.command(second));
  command.description(description).action(async (...given) => finish(await run(...given)));
  if (summary !== undefined) command.summary(summary);
  if (argument) command.argument(...argument);
  for (const option of options) command.option(...option);
}

function setUp(command: Command): Command {
  return command.exitOverride().showHelpAfterError("(run with --help for the options)");
}

/** Runs the command that the arguments name; gives its exit code. Throws what the command throws. */
export async function runCommand(args: readonly string[], version: string): Promise<number> {
  let exitCode = 0;
  const program = createProgram(version, (code) => (exitCode = code), args[0]);
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

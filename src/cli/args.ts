// In comes nothing; out goes the command line's grammar. A command's own code is loaded only when it is chosen.
import { Command } from "commander";
import { print } from "./print.ts";

const examples = `
Examples:
  feedwright init                       write a configuration and a first post
  feedwright build                      posts/ in, feeds in dist/ out
  feedwright watch                      keep them in step while you write
  feedwright build --drafts --out tmp   see how drafts would look
  feedwright why posts/hello.md         why is this post in (or out of) the feeds?

Exit codes: 0 done, 1 findings in posts, 2 could not run.`;

/** What each command reports its exit code to. */
type Finish = (exitCode: number) => void;

/** The whole grammar. Parsing errors are thrown as CommanderError after commander has explained them. */
export function createProgram(version: string, finish: Finish): Command {
  const program = new Command("feedwright")
    .description("Turns a folder of front-mattered posts into RSS 2.0, Atom 1.0 and JSON Feed documents.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", examples)
    .showHelpAfterError("(run with --help for the options)")
    .exitOverride();
  addBuild(program, finish);
  addWatch(program, finish);
  addCheck(program, finish);
  addExplain(program, finish);
  addPublish(program, finish);
  addIds(program, finish);
  addOutbox(program, finish);
  addInit(program, finish);
  addWhy(program, finish);
  addLinks(program, finish);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands]))
    command.exitOverride().showHelpAfterError("(run with --help for the options)");
  return program;
}

/** The options that say where a site is and what it is called; every command that reads a site takes them. */
export function addSiteOptions(command: Command): Command {
  return command
    .option("--root <folder>", "project folder (default: the current one)")
    .option("--config <file>", "configuration file (default: feedwright.config.* in the project folder)")
    .option("--posts <folder>", "folder of the posts (default: posts)")
    .option("--site-url <url>", "address of the site, as site.url")
    .option("--title <text>", "title of the site, as site.title");
}

function addBuild(program: Command, finish: Finish): void {
  addSiteOptions(program.command("build"))
    .summary("write the feeds")
    .description(
      "Reads the posts and writes their feeds. A post with an error stops the build, and nothing is written.",
    )
    .option("--out <folder>", "output folder (default: dist)")
    .option("--now <instant>", "build as if it were then, such as 2026-11-23T09:00:00Z")
    .option("--drafts", "publish drafts as well")
    .option("--keep-going", "leave broken posts out and write the rest; still exits 1")
    .option("--strict", "treat warnings as errors")
    .option("--allow-empty", "let a feed that had posts become empty")
    .option("--json", "print the result as one JSON object")
    .option("--quiet", "print problems only")
    .action(async (options) => finish(await (await import("./commands/build.ts")).runBuild(options)));
}

function addWatch(program: Command, finish: Finish): void {
  addSiteOptions(program.command("watch"))
    .summary("keep the feeds in step as posts change")
    .description(
      "Builds, then watches the posts and the configuration. A broken post keeps its last good version. Ends with Ctrl-C.",
    )
    .option("--out <folder>", "output folder (default: dist)")
    .option("--now <instant>", "fix the clock, such as 2026-11-23T09:00:00Z (for tests)")
    .option("--drafts", "publish drafts as well")
    .option("--keep-going", "at the start, leave broken posts out instead of waiting for them to be mended")
    .option("--strict", "treat warnings as errors")
    .option("--allow-empty", "let a feed that had posts become empty")
    .option("--poll [ms]", "look at all files every so often (default: 2000), for network drives")
    .option(
      "--exec <command>",
      "run a shell command after each change; FEEDWRIGHT_WRITTEN names what was written",
    )
    .option("--json", "print one JSON object a line: ready, built, problem, stopped")
    .option("--quiet", "print problems only")
    .action(async (options) => finish(await (await import("./commands/watch.ts")).runWatch(options)));
}

function addCheck(program: Command, finish: Finish): void {
  addSiteOptions(program.command("check"))
    .argument("[input...]", "posts, feeds, folders, addresses, or - for standard input (default: the site)")
    .summary("say what is wrong with posts and feeds before readers do")
    .description(
      "Builds in memory and checks posts, feeds and their set; or checks the posts, feeds, folders and addresses named, whoever made them. Writes nothing.",
    )
    .option("--out <folder>", "output folder (default: dist)")
    .option("--now <instant>", "as if it were then, such as 2026-11-23T09:00:00Z")
    .option("--drafts", "check drafts as if they were published")
    .option("--strict", "treat warnings as errors")
    .option("--format <name>", "human, json, sarif, github, junit or tap (default: human)")
    .option("--json", "the same as --format json")
    .option("--profile <names>", "check the wishes of consumers too, such as google,msn")
    .option("--compare <old>", "say what subscribers of an old feed, folder or address would experience")
    .option("--allow-private", "let requests go to private addresses")
    .action(async (inputs, options) =>
      finish(await (await import("./commands/check.ts")).runCheck(inputs, options)),
    );
}

function addExplain(program: Command, finish: Finish): void {
  program
    .command("explain")
    .argument("[code]", "a code such as rss/guid-missing (default: list all)")
    .summary("explain the code of a finding")
    .description("Prints what a code means, why it matters, how to mend it, and where it is written.")
    .option("--json", "print the page, or the list, as JSON")
    .action(async (code, options) =>
      finish((await import("./commands/explain.ts")).runExplain(code, options)),
    );
}

/** What the guard of `publish` refuses unless it is allowed; the flags of src/publish/guard.ts. */
const allowances = [
  ["--allow-id-changes", "let entries come back to readers as new"],
  ["--allow-many-new", "announce more new entries at once than publish.guard.maxNew"],
  ["--allow-shrink", "let a feed lose most of its entries, or go"],
  ["--allow-date-changes", "let a date move backwards"],
  ["--allow-large", "let a document be larger than its limit"],
  ["--allow-check-errors", "publish documents in which check finds errors"],
  ["--allow-hidden", "publish text of posts that nobody may see yet"],
  ["--allow-removals", "remove more files than publish.guard allows"],
  ["--allow-overwrite", "take the place of files that feedwright did not write"],
  ["--allow-older", "publish an older set over a newer one"],
  ["--allow-unreadable", "publish though what is public cannot be read"],
] as const;

function addPublish(program: Command, finish: Finish): void {
  const publish = addSiteOptions(program.command("publish"))
    .summary("publish what was built: plan, guard, deploy, prove, tell")
    .description(
      "Publishes the output folder to publish.target, waits until the public addresses serve it, and only then tells hubs and search engines.",
    )
    .option("--dry-run", "say what would happen and change nothing");
  const plan = addSiteOptions(program.command("plan"))
    .summary("say what subscribers would see if this were published")
    .description(
      "Compares what was built with what is public: new, edited, retracted, dropped, and would reappear.",
    );
  for (const command of [publish, plan]) {
    command
      .option("--out <folder>", "output folder (default: dist)")
      .option("--now <instant>", "as if it were then, such as 2026-11-23T09:00:00Z")
      .option("--json", "print the receipt as one JSON object")
      .option("--markdown", "print the summary for a pull request")
      .option("--summary <file>", "add the Markdown summary to a file")
      .option("--allow-private", "let requests go to private addresses");
    for (const [flag, what] of allowances) command.option(flag, what);
  }
  publish.action(async (options) =>
    finish(await (await import("./commands/publish.ts")).runPublish(options)),
  );
  plan.action(async (options) => finish(await (await import("./commands/publish.ts")).runPlan(options)));
}

function addIds(program: Command, finish: Finish): void {
  const ids = program.command("ids").summary("keep the ids that readers know");
  const pin = ids
    .command("pin")
    .description("Writes into every post the id it has now, so that nothing can change it any more.");
  const take = ids
    .command("import")
    .argument("<feed>", "the old feed: a file or an address")
    .description("Writes into posts the ids under which readers know them from an old feed.");
  for (const command of [pin, take]) {
    addSiteOptions(command)
      .option("--dry-run", "say what would be written and write nothing")
      .option("--json", "print the result as one JSON object");
  }
  take.option("--allow-private", "let the request go to a private address");
  pin.action(async (options) => finish(await (await import("./commands/ids.ts")).runIdsPin(options)));
  take.action(async (feed, options) =>
    finish(await (await import("./commands/ids.ts")).runIdsImport(feed, options)),
  );
}

function addOutbox(program: Command, finish: Finish): void {
  addSiteOptions(program.command("outbox"))
    .summary("list or send the announcements that wait")
    .description("Lists what hubs and search engines have not been told yet; with --flush tells them now.")
    .option("--flush", "send everything that waits")
    .option("--json", "print the result as one JSON object")
    .option("--allow-private", "let requests go to private addresses")
    .action(async (options) => finish(await (await import("./commands/outbox.ts")).runOutbox(options)));
}

function addLinks(program: Command, finish: Finish): void {
  addSiteOptions(program.command("links"))
    .summary("print the <link> tags for the head of the site's pages")
    .description(
      "Prints an autodiscovery <link> tag for every feed, to be put into the head of the site's pages.",
    )
    .option("--now <instant>", "as if it were then, such as 2026-11-23T09:00:00Z")
    .option("--json", "print the feeds as JSON")
    .action(async (options) => finish(await (await import("./commands/links.ts")).runLinks(options)));
}

function addInit(program: Command, finish: Finish): void {
  program
    .command("init")
    .summary("write a configuration and a first post")
    .description(
      "Writes feedwright.config.ts and a first post. Asks on a terminal; takes flags elsewhere. Overwrites nothing.",
    )
    .option("--root <folder>", "project folder (default: the current one)")
    .option("--site-url <url>", "address of the site")
    .option("--title <text>", "title of the site")
    .option("--language <tag>", "language of the site, such as id or en-GB")
    .option("--time-zone <name>", "time zone of the site, such as Asia/Jakarta")
    .option("--authority <name,date>", "who mints the ids and since when, such as example.org,2026")
    .option("--author <name>", "who writes")
    .option("--yes", "ask nothing: take the flags and the defaults")
    .action(async (options) => {
      const [{ runInit }, { ask, canAsk }] = await Promise.all([
        import("./commands/init.ts"),
        import("./ask.ts"),
      ]);
      await runInit(options, { ask, print, isTerminal: canAsk(), now: Date.now() });
      finish(0);
    });
}

function addWhy(program: Command, finish: Finish): void {
  addSiteOptions(program.command("why"))
    .argument("<post>", "path of a post")
    .summary("tell why a post is in the feeds or not")
    .description("Prints where a post stands and which line of its front matter gave each value.")
    .option("--now <instant>", "as if it were then, such as 2026-11-23T09:00:00Z")
    .option("--drafts", "as if drafts were published")
    .option("--json", "print the answer as one JSON object")
    .action(async (post, options) => finish(await (await import("./commands/why.ts")).runWhy(post, options)));
}

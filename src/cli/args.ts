// In comes nothing; out goes the command line's grammar. A command's own code is loaded only when it is chosen.
import { Command, CommanderError } from "commander";
import { addSiteOptions, buildOptions, type Finish } from "./build-options.ts";
import { print } from "./print.ts";
import { addIds, addOutbox, addPublish } from "./publish-args.ts";

export { addSiteOptions } from "./build-options.ts";

const examples = `
Examples:
  feedwright init                       write a configuration and a first post
  feedwright build                      posts/ in, feeds in dist/ out
  feedwright watch                      keep them in step while you write
  feedwright build --drafts --out tmp   see how drafts would look
  feedwright why posts/hello.md         why is this post in (or out of) the feeds?

Exit codes: 0 done, 1 findings in posts, 2 could not run.`;

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

function addBuild(program: Command, finish: Finish): void {
  const build = addSiteOptions(program.command("build"))
    .summary("write the feeds")
    .description(
      "Reads the posts and writes their feeds. A post with an error stops the build, and nothing is written.",
    )
    .action(async (options) => finish(await (await import("./commands/build.ts")).runBuild(options)));
  for (const [flag, what] of buildOptions) build.option(flag, what);
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

/** Runs one command. Throws what the command throws. */
export async function runProgram(args: readonly string[], version: string): Promise<number> {
  let exitCode = 0;
  const program = createProgram(version, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (error) {
    // It has said on the console what is wrong with the arguments.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

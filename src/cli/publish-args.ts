// In comes the program; out it goes with the commands that publish: publish, plan, ids and outbox.
import type { Command } from "commander";
import { addSiteOptions, type Finish } from "./build-options.ts";

/** What the guard of `publish` refuses unless it is allowed; the flags of src/publish/guard/guard.ts. */
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

export function addPublish(program: Command, finish: Finish): void {
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

export function addIds(program: Command, finish: Finish): void {
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

export function addOutbox(program: Command, finish: Finish): void {
  addSiteOptions(program.command("outbox"))
    .summary("list or send the announcements that wait")
    .description("Lists what hubs and search engines have not been told yet; with --flush tells them now.")
    .option("--flush", "send everything that waits")
    .option("--json", "print the result as one JSON object")
    .option("--allow-private", "let requests go to private addresses")
    .action(async (options) => finish(await (await import("./commands/outbox.ts")).runOutbox(options)));
}

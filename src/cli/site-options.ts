// In comes a command; out it goes with the options that every command takes which reads a site.
import type { Command } from "commander";

/** What each command reports its exit code to. */
export type Finish = (exitCode: number) => void;

/** The options that say where a site is and what it is called; every command that reads a site takes them. */
export function addSiteOptions(command: Command): Command {
  return command
    .option("--root <folder>", "project folder (default: the current one)")
    .option("--config <file>", "configuration file (default: feedwright.config.* in the project folder)")
    .option("--posts <folder>", "folder of the posts (default: posts)")
    .option("--site-url <url>", "address of the site, as site.url")
    .option("--title <text>", "title of the site, as site.title");
}

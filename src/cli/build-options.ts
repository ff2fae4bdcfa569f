// In comes nothing; out go the options of `build`, those that every command takes which reads a site first, and what they do.
import type { Command } from "commander";

/** Where a site is and what it is called. */
export const siteOptions = [
  ["--root <folder>", "project folder (default: the current one)"],
  ["--config <file>", "configuration file (default: feedwright.config.* in the project folder)"],
  ["--posts <folder>", "folder of the posts (default: posts)"],
  ["--site-url <url>", "address of the site, as site.url"],
  ["--title <text>", "title of the site, as site.title"],
] as const;

export const buildOptions = [
  ["--out <folder>", "output folder (default: dist)"],
  ["--now <instant>", "build as if it were then, such as 2026-11-23T09:00:00Z"],
  ["--drafts", "publish drafts as well"],
  ["--keep-going", "leave broken posts out and write the rest; still exits 1"],
  ["--strict", "treat warnings as errors"],
  ["--allow-empty", "let a feed that had posts become empty"],
  ["--allow-id-changes", "take the ids that posts have now for those that readers know"],
  ["--json", "print the result as one JSON object"],
  ["--quiet", "print problems only"],
] as const;

/** What each command reports its exit code to. */
export type Finish = (exitCode: number) => void;

/** The options that say where a site is and what it is called; every command that reads a site takes them. */
export function addSiteOptions(command: Command): Command {
  for (const [flag, what] of siteOptions) command.option(flag, what);
  return command;
}

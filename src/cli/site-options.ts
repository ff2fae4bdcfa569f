// In comes a command; out it goes with the options that every command takes which reads a site.
import type { Command } from "commander";
import { siteOptions } from "./build-options.ts";

/** What each command reports its exit code to. */
export type Finish = (exitCode: number) => void;

/** The options that say where a site is and what it is called; every command that reads a site takes them. */
export function addSiteOptions(command: Command): Command {
  for (const [flag, what] of siteOptions) command.option(flag, what);
  return command;
}

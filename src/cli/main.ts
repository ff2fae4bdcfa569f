#!/usr/bin/env node
// In come the arguments of the command line; out goes an exit code: 0 done, 1 findings, 2 could not run.
import { readVersion } from "../package-file.ts";
import { print } from "./print.ts";

const args = process.argv.slice(2);

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) print(readVersion());
else {
  const { run } = await import("./run.ts");
  // Set, not called: what is still being written to a pipe gets there.
  process.exitCode = await run(args, readVersion());
}

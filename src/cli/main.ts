#!/usr/bin/env node
// In come the arguments of the command line; out goes an exit code: 0 done, 1 findings, 2 could not run.
import nodeModule from "node:module";
import { join } from "node:path";
import { findPackageRoot, readVersion } from "../model/package-file.ts";
import { print } from "./print.ts";

const args = process.argv.slice(2);

// From Node 22.1 on, the next start finds the program compiled: in its own folder, where only those can write who can
// change the program itself. Where that is nobody, as in an image, nothing is kept.
const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
enableCompileCache?.(join(findPackageRoot(), "node_modules", ".cache", "compiled"));

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) print(readVersion());
else {
  const { run } = await import("./run.ts");
  // Set, not called: what is still being written to a pipe gets there.
  process.exitCode = await run(args, readVersion());
}

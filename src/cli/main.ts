#!/usr/bin/env node
import nodeModule from "node:module";
import { join } from "node:path";
import { findPackageRoot, readVersion } from "../model/package-file.ts";
import { print } from "./print.ts";

const args = process.argv.slice(2);

// From Node 22.1 on, the compiled program is cached for the next start: in the package's own folder, so that only those
// who can change the program can change the cache. If the folder is read-only, nothing is cached.
const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
enableCompileCache?.(join(findPackageRoot(), "node_modules", ".cache", "compiled"));

if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) print(readVersion());
else {
  const { run } = await import("./run.ts");
  // Not process.exit(): output may still be on its way into a pipe.
  process.exitCode = await run(args, readVersion());
}

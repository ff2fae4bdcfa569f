// Compiles and bundles src/ to lib/ once before the tests (types are the linter's work), so that whole processes run what users run.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export function setup(): void {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  run("node_modules/typescript/bin/tsc", "-p", "tsconfig.json", "--noCheck");
  run("scripts/bundle.mjs");
}

// Compiles src/ to lib/ once before the tests (types are the linter's work), so that tests of whole processes run what users run.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export function setup(): void {
  const root = fileURLToPath(new URL("..", import.meta.url));
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.json", "--noCheck"], {
    cwd: root,
    stdio: "inherit",
  });
}

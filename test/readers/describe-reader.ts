import { spawnSync } from "node:child_process";
import { describe, test } from "vitest";
import type { Reader } from "./reader.ts";

/** Tests that need a reader: skipped with a line where it is missing, failing where CI says that it has to be there. */
export function describeReader(reader: Reader, tests: () => void): void {
  const [program, ...args] = reader.present;
  if (spawnSync(program, args, { stdio: "ignore" }).status === 0) describe(reader.name, tests);
  else if (process.env.CI === "true") {
    test(reader.name, () => {
      throw new Error(`${reader.name} is missing; install Debian's ${reader.package}.`);
    });
  } else {
    process.stdout.write(`skipped: ${reader.name} (Debian's ${reader.package} is not installed)\n`);
    // A file without any suite would be an error of its own.
    describe.skip(reader.name, tests);
  }
}

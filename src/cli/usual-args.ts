// In come arguments; out go the flags of a build that is asked for in plain words, or undefined where the whole grammar is needed.
//
// The grammar's parser and its ten commands take a tenth of the time that an unchanged site takes. A property test
// holds both equal.
import { buildOptions, siteOptions } from "./build-options.ts";
import type { BuildFlags } from "./commands/build.ts";

/** Reads `build` and its options as `--name` and `--name value`; all else, and all that is wrong, is the grammar's. */
export function readBuildFlags(args: readonly string[]): BuildFlags | undefined {
  if (args[0] !== "build") return undefined;
  const flags: Record<string, string | true> = {};
  for (let at = 1; at < args.length; at += 1) {
    const name = args[at] ?? "";
    const option = [...siteOptions, ...buildOptions].find(([spelled]) => spelled.split(" ", 1)[0] === name);
    if (option === undefined) return undefined;
    let value: string | true = true;
    if (option[0] !== name) {
      at += 1;
      const next = args[at];
      if (next === undefined || next.startsWith("-")) return undefined;
      value = next;
    }
    flags[name.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())] = value;
  }
  return flags;
}

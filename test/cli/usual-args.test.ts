import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/args.ts";
import { buildOptions, siteOptions } from "../../src/cli/build-options.ts";
import { readBuildFlags } from "../../src/cli/usual-args.ts";

/** What the whole grammar makes of the same arguments: the flags that `build` would be run with, if it would. */
async function readWholly(args: readonly string[]): Promise<unknown> {
  const program = createProgram("0.0.0", () => {});
  let flags: unknown;
  const build = program.commands.find((command) => command.name() === "build");
  build?.action((options) => {
    flags = options;
  });
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeOut: () => {}, writeErr: () => {} });
  await program.parseAsync([...args], { from: "user" }).catch(() => {});
  return flags;
}

const names = [...siteOptions, ...buildOptions].map(([spelled]) => spelled.split(" ")[0] ?? "");
const word = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...names) },
  {
    weight: 3,
    arbitrary: fc.constantFrom("a", "dist", "", " ", "-", "--", "-q", "--json=x", "--out=a", "--outt"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("build", "--help", "-h", "--version", "--no-json", "2026-11-23T09:00:00Z"),
  },
);

describe("the short way from arguments to the flags of a build", () => {
  test("whenever it gives flags, the whole grammar gives the same", async () => {
    let given = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 5 }), async (words) => {
        const flags = readBuildFlags(["build", ...words]);
        if (flags === undefined) return;
        given += 1;
        expect(flags).toEqual(await readWholly(["build", ...words]));
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 500) },
    );
    expect(given).toBeGreaterThan(20);
  });

  test("it reads every option", async () => {
    for (const [spelled] of [...siteOptions, ...buildOptions]) {
      const [name = "", value] = spelled.split(" ");
      const args = ["build", name, ...(value === undefined ? [] : ["x"])];
      const flags = readBuildFlags(args);
      expect(Object.keys(flags ?? {})).toHaveLength(1);
      expect(flags).toEqual(await readWholly(args));
    }
  });

  test.each([
    [["watch"]],
    [[]],
    [["build", "extra"]],
    [["build", "--out"]],
    [["build", "--out", "--json"]],
    [["build", "--help"]],
    [["build", "--outt", "x"]],
  ])("%j is left to the whole grammar", (args) => {
    expect(readBuildFlags(args)).toBeUndefined();
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Argument, Command } from "commander";
import { describe, expect, test } from "vitest";
import { createProgram, siteOptions } from "../../src/cli/grammar.ts";
import { repositoryRoot } from "../support/program.ts";
import { codesIn, readDocument, readRows, readSection } from "./snippets.ts";

const text = readDocument("docs/cli.md");
const program = createProgram("0.0.0", () => {});

/** Every command with the words that call it, such as `ids pin`. */
function listCommands(command: Command, above: readonly string[] = []): [string, Command][] {
  return command.commands.flatMap((one): [string, Command][] => {
    const words = [...above, one.name()];
    return one.commands.length > 0 ? listCommands(one, words) : [[words.join(" "), one]];
  });
}
const commands = listCommands(program);

test("every command has a section, and no section is left over", () => {
  const headings = [...text.matchAll(/^## `feedwright ([^`]+)`$/gm)].map((match) => match[1]);
  expect(headings.sort()).toEqual(commands.map(([words]) => words).sort());
});

function nameArgument(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}

const siteFlags = readRows(readSection(text, "## Which site")).flatMap(([flag = ""]) => codesIn(flag));

test("the flags that say which site are those that the commands share", () => {
  const shared = siteOptions.map(([flags]) => flags);
  expect(siteFlags).toEqual(shared);
  const build = commands.find(([words]) => words === "build")?.[1];
  expect(build?.options.map(({ flags }) => flags)).toEqual(expect.arrayContaining(shared));
});

describe.each(commands)("feedwright %s", (words, command) => {
  test("every flag and argument has a row, and no row is left over", () => {
    const rows = readRows(readSection(text, `## \`feedwright ${words}\``));
    const written = rows.flatMap(([flag = ""]) => codesIn(flag));
    const flags = command.options.map((one) => one.flags);
    const takesSite = siteFlags.every((flag) => flags.includes(flag));
    const known = [
      ...command.registeredArguments.map((one) => nameArgument(one)),
      ...flags.filter((flag) => !takesSite || !siteFlags.includes(flag)),
    ];
    expect(written.sort()).toEqual(known.sort());
  });
});

test("the README names every command", () => {
  const rows = readRows(readSection(readDocument("README.md"), "## Commands"));
  const named = rows.map(([command = ""]) => (codesIn(command)[0] ?? "").replace(/^feedwright /, ""));
  expect(named.map((name) => name.replace(/ [<[].*$/, "")).sort()).toEqual(
    commands.map(([words]) => words).sort(),
  );
});

test("every failure code is explained, and no other", () => {
  const source = readFileSync(join(repositoryRoot, "src/model/failure.ts"), "utf8");
  const union = /export type FailureCode =([^;]+);/.exec(source)?.[1] ?? "";
  const known = [...union.matchAll(/"([a-z-]+)"/g)].map((match) => match[1]);
  const rows = readRows(readSection(text, "## When it cannot run"));
  expect(known.length).toBeGreaterThan(5);
  expect(rows.map(([code = ""]) => codesIn(code)[0]).sort()).toEqual(known.sort());
});

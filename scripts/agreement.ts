// Compares `check` with the W3C feed validator's own cases (cases.json and files). Exit code 1 when a figure is lower than before.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkDocument } from "../src/check/check-document.ts";
import { w3cNames } from "./w3c-names.ts";

/** What is promised. Cases of docs/validator-differences.md count as disagreement all the same. */
const targets = { verdict: 0.98, falseAlarms: 0.01, rules: 0.9 };
/** Depends on where a file is served. */
const leftOut = new Set(["MissingSelf", "SelfDoesntMatchLocation"]);
interface Case {
  file: string;
  errors: string[];
  warnings: string[];
}

const folder = process.argv[2];
const verbose = process.argv.includes("--verbose");
if (folder === undefined) {
  process.stderr.write("usage: agreement DIR [--verbose]\n");
  process.exitCode = 2;
} else {
  process.exitCode = measure(folder) ? 0 : 1;
}

function measure(dir: string): boolean {
  const cases = JSON.parse(readFileSync(join(dir, "cases.json"), "utf8")) as Case[];
  const count = { verdict: 0, alarms: 0, pairs: 0, met: 0 };
  const unmet = new Map<string, string[]>();
  const out: string[] = [];
  for (const one of cases) {
    const { diagnostics } = checkDocument({ bytes: readFileSync(join(dir, one.file)), name: one.file });
    const names = new Set(diagnostics.flatMap(({ code }) => w3cNames[code]?.split(" ") ?? []));
    const expected = new Set([...one.errors, ...one.warnings].filter((name) => !leftOut.has(name)));
    const ours = diagnostics.filter(({ severity }) => severity === "error");
    const theirs = one.errors.filter((name) => !leftOut.has(name));
    const agrees = ours.length > 0 === theirs.length > 0;
    if (agrees) count.verdict += 1;
    else {
      if (ours.length > 0) count.alarms += 1;
      const said =
        ours.length > 0
          ? ours.map(({ code, line, message }) => `${code}@${line} ${message}`).join(" | ")
          : "nothing";
      out.push(`${one.file}: they say ${theirs.join(", ") || "nothing"}; we say ${said}`);
    }
    for (const name of expected) {
      count.pairs += 1;
      if (names.has(name)) count.met += 1;
      else unmet.set(name, [...(unmet.get(name) ?? []), one.file]);
    }
  }
  if (verbose) {
    for (const [name, files] of [...unmet].sort((a, b) => b[1].length - a[1].length)) {
      out.push(`${name} (${files.length}): ${files.slice(0, 6).join(" ")}`);
    }
    process.stdout.write(`${out.join("\n")}\n`);
  }
  return print(cases.length, count);
}

function print(
  total: number,
  count: { verdict: number; alarms: number; pairs: number; met: number },
): boolean {
  const verdict = count.verdict / total;
  const alarms = count.alarms / total;
  const share = count.pairs === 0 ? 1 : count.met / count.pairs;
  const lines = [
    [
      "verdict agreement",
      verdict,
      verdict >= targets.verdict,
      `of ${total} cases, at least ${targets.verdict * 100} %`,
    ],
    [
      "false alarms",
      alarms,
      alarms < targets.falseAlarms,
      `${count.alarms} cases, under ${targets.falseAlarms * 100} %`,
    ],
    [
      "rule agreement",
      share,
      share >= targets.rules,
      `of ${count.pairs} pairs, at least ${targets.rules * 100} %`,
    ],
  ] as const;
  for (const [name, value, good, what] of lines) {
    process.stdout.write(`${name}: ${(value * 100).toFixed(2)} % (${what})${good ? "" : " MISSED"}\n`);
  }
  return lines.every(([, , good]) => good);
}

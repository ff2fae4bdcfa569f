// Measures the time from a save to the feed for programs that watch, and prints a Markdown table.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type LatencyRow, measureLatency } from "./measure-latency.ts";
import { listPrograms } from "./programs.ts";
import { findMedian, findQuantile, putIntoDocument, writeFigure, writeTable } from "./table.ts";

const usage = `usage: npx jiti scripts/bench/latency.ts WORK [--sizes 1000,10000] [--programs feedwright,feedwright-tags]
         [--saves 40] [--pause 250] [--patience 60000] [--feedwright "node lib/cli/main.js"] [--write]
programs: feedwright, feedwright-tags, feedwright-tags3, lazy, hugo, hugo-tags, hexo, eleventy, jekyll, pelican
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "1000" },
    programs: { type: "string", default: "feedwright,feedwright-tags" },
    saves: { type: "string", default: "40" },
    pause: { type: "string", default: "250" },
    patience: { type: "string", default: "60000" },
    feedwright: { type: "string" },
    write: { type: "boolean", default: false },
  },
});
const work = positionals[0];
if (work === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else await measureAll(resolve(work));

async function measureAll(folder: string): Promise<void> {
  const main = fileURLToPath(new URL("../../lib/cli/main.js", import.meta.url));
  const results = join(folder, "results", "latency");
  const rows: LatencyRow[] = [];
  mkdirSync(results, { recursive: true });
  for (const size of values.sizes.split(",").map(Number)) {
    const place = {
      root: join(folder, String(size)),
      peers: join(folder, "peers"),
      feedwright: values.feedwright?.split(" ") ?? ["node", main],
    };
    for (const name of values.programs.split(",")) {
      const program = listPrograms(place).get(name);
      if (program?.watch === undefined) throw new Error(`${name} is no program that watches`);
      process.stderr.write(`${name}, ${size} posts\n`);
      try {
        const row = await measureLatency(program, size, place, {
          saves: Number(values.saves),
          pause: Number(values.pause),
          patience: Number(values.patience),
          say: (text) => process.stderr.write(`${text}\n`),
        });
        rows.push(row);
        const key = Number(values.saves) >= 1000 ? `${name}-${size}-long` : `${name}-${size}`;
        writeFileSync(join(results, `${key}.json`), JSON.stringify(row));
      } catch (error) {
        process.stderr.write(`  ${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
      }
    }
  }
  process.stdout.write(`${describeLatency(rows)}\n`);
  if (values.write) putIntoDocument("latency", describeLatency(readKept(results)));
}

/** What was measured in earlier runs too; JSON has null where a figure is missing. */
function readKept(folder: string): LatencyRow[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as LatencyRow)
    .sort((a, b) => a.size - b.size || a.times.length - b.times.length);
}

function describeLatency(rows: readonly LatencyRow[]): string {
  const head = [
    "program",
    "posts",
    "saves",
    "median ms",
    "p95 ms",
    "most ms",
    "in place",
    "atomic",
    "missed",
    "ready cold s",
    "ready kept s",
    "watches",
    "MB ready",
    "MB after",
  ];
  const table = writeTable(head, rows.map(describeRow));
  const long = rows.filter(({ times }) => times.length >= 1000);
  const series = long.map(
    ({ program, size, times, memory }) =>
      `- ${program}, ${size.toLocaleString("en")} posts, memory over ${times.length} saves, MB: ${memory.map((one) => one.toFixed(0)).join(", ")}`,
  );
  return [table, ...(series.length > 0 ? ["", ...series] : [])].join("\n");
}

function describeRow(row: LatencyRow): string[] {
  const { times, memory } = row;
  const seen = times.flatMap(({ ms }) => ms ?? []);
  const ofMode = (wanted: string) =>
    findMedian(times.flatMap(({ mode, ms }) => (mode === wanted ? (ms ?? []) : [])));
  return [
    row.program,
    row.size.toLocaleString("en"),
    String(times.length),
    ...[
      findMedian(seen),
      findQuantile(seen, 0.95),
      Math.max(...seen),
      ofMode("in-place"),
      ofMode("atomic"),
    ].map(writeFigure),
    String(times.length - seen.length),
    writeFigure(row.readyCold),
    writeFigure(row.readyKept ?? Number.NaN),
    String(row.watches),
    writeFigure(memory[0] ?? Number.NaN),
    writeFigure(memory.at(-1) ?? Number.NaN),
  ];
}

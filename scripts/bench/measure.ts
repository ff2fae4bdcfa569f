// Measures whole processes on the corpora in WORK and prints Markdown tables; `--write` puts them into docs/performance.md.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureScenario } from "./measure-scenario.ts";
import { describeAll, describeRows, keepRows } from "./results.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { putIntoDocument } from "./table.ts";

const usage = `usage: npx jiti scripts/bench/measure.ts WORK [--sizes 1000,10000] [--only cold,tags] [--runs 5]
         [--programs feedwright,hugo] [--slow 60] [--feedwright "node lib/cli/main.js"] [--write] [--tables]
scenarios: ${scenarios.map(({ key }) => key).join(", ")}
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sizes: { type: "string", default: "1000" },
    only: { type: "string" },
    runs: { type: "string", default: "5" },
    programs: { type: "string" },
    slow: { type: "string", default: "60" },
    feedwright: { type: "string" },
    write: { type: "boolean", default: false },
    tables: { type: "boolean", default: false },
  },
});
const work = positionals[0];
if (work === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else measureAll(resolve(work));

function measureAll(folder: string): void {
  const results = join(folder, "results");
  const chosen = values.only?.split(",");
  const sizes = values.sizes.split(",").map(Number);
  for (const scenario of scenarios) {
    if (chosen && !chosen.includes(scenario.key)) continue;
    // Start does not depend on how many posts there are.
    if (!values.tables)
      for (const size of scenario.key === "start" ? sizes.slice(0, 1) : sizes)
        measureOne(scenario, size, folder, results);
    if (values.tables) process.stdout.write(`\n## ${scenario.title}\n\n${describeAll(results, scenario)}\n`);
    if (values.write) putIntoDocument(scenario.key, describeAll(results, scenario));
  }
}

function measureOne(scenario: Scenario, size: number, folder: string, results: string): void {
  process.stderr.write(`${scenario.key}, ${size} posts\n`);
  const main = fileURLToPath(new URL("../../lib/cli/main.js", import.meta.url));
  const place = {
    root: join(folder, String(size)),
    peers: join(folder, "peers"),
    feedwright: values.feedwright?.split(" ") ?? ["node", main],
  };
  const rows = measureScenario(scenario, size, place, {
    runs: Number(values.runs),
    slow: Number(values.slow),
    ...(values.programs !== undefined && { programs: values.programs.split(",") }),
    say: (text) => process.stderr.write(`${text}\n`),
  });
  // Half a run is shown and not kept: its ratios would stand beside those of another run.
  if (values.programs === undefined) keepRows(results, scenario, size, rows);
  process.stdout.write(`\n## ${scenario.title}\n\n${describeRows(scenario, size, rows)}\n`);
}

// Runs the programs of a scenario in turn, each from the state that the scenario names.
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { countAllEntries, countEntries } from "./count-entries.ts";
import { prepareSave } from "./edit-post.ts";
import { listPrograms, type Place, type Program } from "./programs.ts";
import type { Scenario, Task } from "./scenarios.ts";
import { type Outcome, type Run, runTimed } from "./timed-run.ts";

export interface Options {
  readonly runs: number;
  /** A program whose first run takes longer than this (seconds) is not run again. */
  readonly slow: number;
  /** Restricts the programs by name. */
  readonly programs?: readonly string[];
  readonly say: (text: string) => void;
}

export interface Row {
  readonly label: string;
  readonly runs: readonly Run[];
  /** Why there are no runs. */
  readonly failed?: string;
  /** What it wrote. */
  readonly documents?: number;
  readonly entries?: number;
}

interface Lane {
  readonly task: Task;
  readonly program: Program;
  readonly label: string;
  readonly runs: Run[];
  failed?: string;
  slow: boolean;
}

const timeoutMs = 20 * 60_000;

/** Measures a scenario; the posts are afterwards what they were. */
export function measureScenario(scenario: Scenario, size: number, place: Place, options: Options): Row[] {
  const programs = listPrograms(place);
  const lanes: Lane[] = [];
  for (const task of scenario.tasks) {
    const program = programs.get(task.program);
    if (program === undefined || program.largest < size) continue;
    if (options.programs && !options.programs.includes(task.program)) continue;
    lanes.push({ task, program, label: task.label ?? task.program, runs: [], slow: false });
  }
  const newest = (JSON.parse(readFileSync(join(place.root, "recent.json"), "utf8")) as string[])[0] ?? "";
  const file = join(place.root, "posts", newest);
  const before = readFileSync(file);
  try {
    warmUp(lanes, size, scenario, place, options);
    for (let round = 1; round <= options.runs * (scenario.repeat ?? 1); round += 1)
      for (const lane of lanes)
        if (lane.failed === undefined && !lane.slow) measureOnce(lane, place, file, options, round);
  } finally {
    writeFileSync(file, before);
  }
  return lanes.map((lane) => describeLane(lane, place));
}

/** One cold run of each, not counted: it fills the page cache, shows what is broken and how slow each is. */
function warmUp(
  lanes: readonly Lane[],
  size: number,
  scenario: Scenario,
  place: Place,
  options: Options,
): void {
  const begun = new Map<Program, Outcome>();
  for (const lane of lanes) {
    const { program } = lane;
    let outcome = begun.get(program);
    if (outcome === undefined) {
      options.say(`  warm-up: ${program.name}`);
      clean(program, place);
      outcome = runTimed(program.run, join(place.root, program.cwd), timeoutMs);
      begun.set(program, outcome);
    }
    if ("failed" in outcome) lane.failed = outcome.failed;
    else if (outcome.run.wall > options.slow) {
      lane.slow = true;
      if (lane.task.state === "cold") lane.runs.push(outcome.run);
      else lane.failed = `first run took ${outcome.run.wall.toFixed(0)} s, not repeated`;
    }
    if (lane.failed === undefined && scenario.entries !== undefined)
      lane.failed = findShortfall(
        program,
        place,
        scenario.entries === "all" ? size : Math.min(50, size),
        scenario,
      );
  }
}

/** Says what is missing from a program's feeds; undefined when all of the work was done. */
function findShortfall(
  { out, feed, name }: Program,
  place: Place,
  expected: number,
  scenario: Scenario,
): string | undefined {
  if (out === undefined) return undefined;
  const path = join(place.root, out, feed);
  if (!existsSync(path)) return `${name} wrote no ${feed}`;
  const found =
    scenario.entries === "all" ? countAllEntries(join(place.root, out), feed).entries : countEntries(path);
  const right = scenario.entries === "all" ? found >= expected : found === expected;
  return right ? undefined : `${found} entries instead of ${expected}`;
}

function measureOnce(lane: Lane, place: Place, file: string, options: Options, round: number): void {
  const { program, task } = lane;
  const title = `Judul ${round} untuk ${program.name}`;
  // Every edit is of the same file, so that each program finds exactly one changed since its own last run.
  if (task.state === "cold") clean(program, place);
  else if (task.state === "edited") prepareSave(file, title, "in-place")();
  const outcome = runTimed(program.run, join(place.root, program.cwd), timeoutMs);
  if ("failed" in outcome) lane.failed = outcome.failed;
  else if (task.state === "edited" && !holdsTitle(program, place, title))
    lane.failed = "the new title is not in the feed";
  else lane.runs.push(outcome.run);
  const result = "failed" in outcome ? outcome.failed : `${outcome.run.wall.toFixed(3)} s`;
  options.say(`  ${round}: ${lane.label}: ${result}`);
}

function holdsTitle({ out, feed }: Program, place: Place, title: string): boolean {
  return out === undefined || readFileSync(join(place.root, out, feed)).includes(title);
}

function clean(program: Program, place: Place): void {
  for (const path of program.clean) rmSync(join(place.root, path), { recursive: true, force: true });
}

function describeLane({ program, label, runs, failed }: Lane, place: Place): Row {
  if (failed !== undefined) return { label, runs: [], failed };
  if (program.out === undefined) return { label, runs };
  return { label, runs, ...countAllEntries(join(place.root, program.out), program.feed) };
}

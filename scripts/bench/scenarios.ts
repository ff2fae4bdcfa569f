// What is measured: which programs, from which state, against which targets.

/** A program's state before each run. */
export type State = "cold" | "unchanged" | "edited";

export interface Task {
  readonly program: string;
  readonly state: State;
  /** Shown instead of the program's name. */
  readonly label?: string;
}

/** Median of a task's wall time (seconds) or memory (MB); NaN when it was not measured. */
export type Median = (label: string, figure?: "wall" | "memory") => number;

export interface Target {
  readonly text: string;
  readonly value: (median: Median) => number;
  /** Upper limit by size; undefined: no target at that size. */
  readonly limit: (size: number) => number | undefined;
}

export interface Scenario {
  readonly key: string;
  readonly title: string;
  /** The task that ratios are taken against. */
  readonly reference: string;
  readonly tasks: readonly Task[];
  /** How many entries the first feed, or all feeds together, must hold; absent: nothing is written. */
  readonly entries?: "newest" | "all";
  /** Runs are this many times as many: short processes vary more. */
  readonly repeat?: number;
  readonly targets: readonly Target[];
}

const at = (limits: Readonly<Record<number, number>>) => (size: number) => limits[size];
const always = (limit: number) => () => limit;
const cold = (...names: string[]): Task[] => names.map((program) => ({ program, state: "cold" }));
const unchanged = (...names: string[]): Task[] => names.map((program) => ({ program, state: "unchanged" }));

function wallAgainst(ours: string, theirs: string, limit: Target["limit"]): Target {
  return { text: `wall time against ${theirs}`, value: (of) => of(ours) / of(theirs), limit };
}

function memoryAgainst(ours: string, theirs: string, limit: Target["limit"]): Target {
  const value = (of: Median) => of(ours, "memory") / of(theirs, "memory");
  return { text: `peak memory against ${theirs}`, value, limit };
}

function memoryOf(ours: string, limit: Target["limit"]): Target {
  return { text: "peak memory, MB", value: (of) => of(ours, "memory"), limit };
}

export const scenarios: readonly Scenario[] = [
  {
    key: "start",
    title: "Start",
    reference: "node -e 0",
    tasks: cold("feedwright --version", "node -e 0"),
    repeat: 5,
    targets: [wallAgainst("feedwright --version", "node -e 0", always(1.6))],
  },
  {
    key: "cold",
    title: "Cold: the newest 50 in full, three formats",
    reference: "hugo",
    tasks: cold(
      "feedwright",
      "hugo",
      "lazy",
      "usual",
      "eleventy",
      "hexo",
      "pelican",
      "jekyll",
      "astro",
      "floor: stat every file",
      "floor: read every file",
      "node -e 0",
    ),
    entries: "newest",
    targets: [
      wallAgainst("feedwright", "hugo", at({ 10000: 0.4, 100000: 0.25 })),
      memoryAgainst("feedwright", "hugo", at({ 10000: 0.45, 100000: 0.2 })),
      memoryOf("feedwright", at({ 1000000: 2000 })),
    ],
  },
  {
    key: "unchanged",
    title: "Nothing changed since the last run",
    reference: "hugo",
    tasks: unchanged("feedwright", "hugo", "lazy", "hexo", "pelican", "astro", "floor: stat every file"),
    entries: "newest",
    targets: [
      wallAgainst("feedwright", "hugo", at({ 10000: 0.18, 100000: 0.1 })),
      wallAgainst("feedwright", "floor: stat every file", at({ 10000: 2, 100000: 2.5 })),
    ],
  },
  {
    key: "edited",
    title: "One post edited, then a build",
    reference: "hugo",
    tasks: [
      { program: "feedwright", state: "edited" },
      { program: "feedwright", state: "unchanged", label: "feedwright, nothing changed" },
      { program: "node -e 0", state: "cold" },
      ...["hugo", "lazy", "hexo", "pelican", "astro"].map((program): Task => ({ program, state: "edited" })),
    ],
    entries: "newest",
    targets: [
      {
        text: "what the edit adds to nothing changed, against node -e 0",
        value: (of) => (of("feedwright") - of("feedwright, nothing changed")) / of("node -e 0"),
        limit: always(3),
      },
    ],
  },
  {
    key: "tags",
    title: "Cold, and an RSS feed for each of 200 tags",
    reference: "hugo-tags",
    tasks: cold("feedwright-tags", "hugo-tags"),
    entries: "newest",
    targets: [
      wallAgainst("feedwright-tags", "hugo-tags", at({ 10000: 0.6 })),
      memoryOf("feedwright-tags", at({ 10000: 300 })),
    ],
  },
  {
    key: "tags3",
    title: "Cold, and feeds in three formats for each of 200 tags",
    reference: "hugo-tags3",
    tasks: cold("feedwright-tags3", "hugo-tags3"),
    entries: "newest",
    targets: [],
  },
  {
    key: "archives",
    title: "Cold, every post in full: archives by month, or one long feed",
    reference: "hugo-all",
    tasks: cold("feedwright-archives", "hugo-all", "usual-all"),
    entries: "all",
    targets: [
      wallAgainst("feedwright-archives", "hugo-all", at({ 10000: 0.5 })),
      memoryOf("feedwright-archives", at({ 10000: 300, 100000: 600 })),
    ],
  },
];

import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type WatchEvent, watch } from "../../src/watch/watch.ts";
import {
  type Draft,
  day,
  folderAt,
  ModelSite,
  nameAt,
  type Settings,
  start,
  writeDraft,
} from "./model-site.ts";

type Step =
  | { do: "save"; at: number; draft: Draft }
  | { do: "replace"; at: number; draft: Draft }
  | { do: "rename"; at: number; to: number }
  | { do: "move"; at: number; to: number }
  | { do: "delete"; at: number }
  | { do: "restore" }
  | { do: "break"; at: number; how: number }
  | { do: "mend" }
  | { do: "cover"; size: number }
  | { do: "clock"; days: number }
  | { do: "settings"; settings: Settings }
  | { do: "restart"; how: number; at: number };

/** `look` of a step: take in the files named, look at everything, or do nothing yet. */
type Move = { step: Step; look: "named" | "everything" | "later" };

const small = fc.nat({ max: 59 });
const draft: fc.Arbitrary<Draft> = fc.record({
  title: small,
  day: small,
  updated: small,
  expires: small,
  tag: small,
  kind: small,
});
const settings: fc.Arbitrary<Settings> = fc.record({
  limit: small,
  title: small,
  formats: small,
  extras: small,
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom("save", "replace"), at: small, draft }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("rename"), at: small, to: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("move"), at: small, to: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete"), at: small }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restore") }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("break"), at: small, how: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("mend") }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cover"), size: small }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("clock"), days: fc.integer({ min: -2, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("settings"), settings }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("restart"), how: small, at: fc.nat() }) },
) as fc.Arbitrary<Step>;
const move: fc.Arbitrary<Move> = fc.record({
  step,
  look: fc.oneof(
    { weight: 4, arbitrary: fc.constant("named" as const) },
    { weight: 2, arbitrary: fc.constant("everything" as const) },
    { weight: 1, arbitrary: fc.constant("later" as const) },
  ),
});

function take(model: ModelSite, step: Step): void {
  if (step.do === "save") model.write(nameAt(step.at), writeDraft(step.draft, nameAt(step.at)));
  else if (step.do === "replace") model.replace(nameAt(step.at), writeDraft(step.draft, nameAt(step.at)));
  else if (step.do === "rename") model.rename(nameAt(step.at), nameAt(step.to));
  else if (step.do === "move") model.moveFolder(folderAt(step.at), folderAt(step.to));
  else if (step.do === "delete") model.remove(nameAt(step.at));
  else if (step.do === "restore") model.restore();
  else if (step.do === "break") model.breakPost(nameAt(step.at), step.how);
  else if (step.do === "mend") model.mend();
  else if (step.do === "cover") model.replaceCover(step.size);
  else if (step.do === "clock") model.now += step.days * day;
  else if (step.do === "restart") model.restart(step.how, step.at);
  else {
    model.close();
    model.settings = step.settings;
    model.open();
  }
}

/** Whether a step is something that a person does to the files. */
function isOfFiles({ do: what }: Step): boolean {
  return what !== "clock" && what !== "settings" && what !== "restart";
}

/** When a document says it was last changed, and its entries, each with its text. */
function readDocument(text: string): { changed: number; entries: Map<string, string> } {
  const rss = /<lastBuildDate>(.*?)<\/lastBuildDate>/.exec(text)?.[1];
  const atom = /<updated>(.*?)<\/updated>/.exec(text)?.[1];
  const entries = [...text.matchAll(/<(item|entry)[ >].*?<\/\1>/gs)].map(([entry]): [string, string] => [
    entry,
    entry,
  ]);
  return { changed: Date.parse(rss ?? atom ?? ""), entries: new Map(entries) };
}

/** A document in which everything is that was in it before is not older than before. */
function expectNoWayBack(before: Record<string, string>, after: Record<string, string>): void {
  for (const [path, text] of Object.entries(after)) {
    const old = before[path];
    if (old === undefined || !/(rss|atom)\.xml$/.test(path)) continue;
    const [then, now] = [readDocument(old), readDocument(text)];
    if ([...then.entries.keys()].some((entry) => !now.entries.has(entry)) || Number.isNaN(then.changed))
      continue;
    if (now.changed < then.changed) console.log(old, text);
    expect(now.changed, path).toBeGreaterThanOrEqual(then.changed);
  }
}

const runs = Number(process.env.FC_RUNS ?? 30);
const seed = process.env.FC_SEED === undefined ? {} : { seed: Number(process.env.FC_SEED) };

test("rule 9, F56, F57: after any sequence of changes and restarts the output is a clean build's, byte for byte", {
  timeout: 60_000 + runs * 5000,
}, async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 3, maxLength: 16 }), async (moves) => {
      const model = new ModelSite();
      try {
        await model.update(true);
        let before = model.tree();
        for (const { step, look } of moves) {
          take(model, step);
          if (look === "later") continue;
          const result = await model.update(look === "everything");
          const after = model.tree();
          expectNoWayBack(before, after);
          before = after;
          if (!result.ok) continue;
          compared += 1;
          expect(after).toEqual(await model.cleanTree());
        }
        model.mend();
        const last = await model.update(false);
        if (last.ok) expect(model.tree()).toEqual(await model.cleanTree());
      } finally {
        model.site.close();
      }
    }),
    { numRuns: runs, ...seed },
  );
  expect(compared).toBeGreaterThan(runs);
});

test("rule 9: the same with real file events, as fast as they come", { timeout: 180_000 }, async () => {
  const pace = fc.constantFrom(0, 0, 3, 30, 120);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(step.filter(isOfFiles), pace), { minLength: 4, maxLength: 20 }),
      async (steps) => {
        const model = new ModelSite();
        const controller = new AbortController();
        const events: WatchEvent[] = [];
        const load = async () => model.config;
        const watching = (async () => {
          for await (const event of watch(load, { now: start, allowEmpty: true, signal: controller.signal }))
            events.push(event);
        })();
        const hasReady = async () => {
          while (!events.some(({ event }) => event === "ready")) await sleep(2);
        };
        const settle = async () => {
          for (let seen = -1; seen !== events.length; await sleep(700)) seen = events.length;
        };
        try {
          await Promise.race([watching, hasReady()]);
          for (const [one, wait] of steps) {
            take(model, one);
            await sleep(wait);
          }
          await settle();
          model.mend();
          await settle();
          const last = events.findLast((event) => event.event === "built");
          if (last?.result.ok) expect(model.tree()).toEqual(await model.cleanTree());
        } finally {
          controller.abort();
          await watching;
        }
      },
    ),
    { numRuns: Number(process.env.FC_EVENT_RUNS ?? 3), ...seed, endOnFailure: true },
  );
});

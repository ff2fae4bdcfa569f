import { expect } from "vitest";
import { groupByPublishOrder, type SetFile } from "../../src/publish/plan/file-set.ts";
import { treeOf } from "./sample-set.ts";

/** Every file old or new, no group new while one before it is still old, and nothing removed before all is new. */
export function expectOrderedStep(
  now: Readonly<Record<string, string>>,
  first: readonly SetFile[],
  second: readonly SetFile[],
): void {
  const [before, after] = [treeOf(first), treeOf(second)];
  for (const [path, text] of Object.entries(now)) expect([path, before[path], after[path]]).toContain(text);
  const changed = second.filter(({ path }) => before[path] !== after[path]);
  const groups = groupByPublishOrder(changed).map((group) =>
    group.map(({ path }) => now[path] === after[path]),
  );
  const firstOld = groups.findIndex((group) => group.includes(false));
  if (firstOld < 0) return;
  for (const group of groups.slice(firstOld + 1)) expect(group).not.toContain(true);
  for (const path of Object.keys(before)) expect(now).toHaveProperty([path]);
}

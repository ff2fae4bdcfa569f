import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { EntryLog, type LogPosition } from "../../src/cache/entry-log.ts";

let dir = "";
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "record-log-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function placeOf(place: LogPosition | undefined): LogPosition {
  if (place === undefined) throw new Error("the record was not taken");
  return place;
}

describe("the log of records", () => {
  test("gives back every record, written or not yet, in this process and in the next", () => {
    const part = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.nat(400_000).map((length) => "é".repeat(length)),
    );
    fc.assert(
      fc.property(fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), { maxLength: 12 }), (records) => {
        const log = new EntryLog(dir, "entries-a");
        const kept = records.map((parts, i) => {
          const place = placeOf(log.append(...parts));
          if (i % 3 === 0) expect(log.read(place)).toBe(parts.join(""));
          return [place, parts.join("")] as const;
        });
        for (const [place, text] of kept) expect(log.read(place)).toBe(text);
        log.close();
        const next = new EntryLog(dir, "entries-a");
        expect(next.size).toBe(statSync(join(dir, "entries-a")).size);
        for (const [place, text] of kept) expect(next.read(place)).toBe(text);
        next.close();
      }),
      { numRuns: 20 },
    );
  });

  test("writes many small records at once", () => {
    const log = new EntryLog(dir, "entries-a");
    for (let i = 0; i < 50; i += 1) log.append(`record ${i}`);
    expect(statSync(join(dir, "entries-a")).size).toBe(0);
    log.flush();
    expect(statSync(join(dir, "entries-a")).size).toBe(log.size);
    log.close();
  });

  test("a record that another process overwrote is no record", () => {
    const log = new EntryLog(dir, "entries-a");
    const place = placeOf(log.append("mine"));
    writeFileSync(join(dir, "entries-a"), "somebody else's bytes", { flag: "a" });
    log.flush();
    expect(log.read(place)).toBeUndefined();
    expect(log.read(placeOf(log.append("mine again")))).toBe("mine again");
    log.close();
  });
});

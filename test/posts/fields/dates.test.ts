import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { parseDate } from "../../../src/posts/fields/dates.ts";
import { calendarDay } from "../../../src/posts/fields/zone-offsets.ts";

const numRuns = Number(process.env.FC_RUNS ?? 300);
const zones = [
  "UTC",
  "Asia/Tokyo",
  "America/New_York",
  "Asia/Jakarta",
  "Europe/Berlin",
  "Australia/Lord_Howe",
];
const processZone = process.env.TZ;
afterEach(() => {
  if (processZone === undefined) delete process.env.TZ;
  else process.env.TZ = processZone;
});

/** The instant as ISO text, or the problem. */
function show(text: string, zone = "UTC"): string {
  const result = parseDate(text, zone);
  return "problem" in result ? result.problem : new Date(result.ms).toISOString();
}

describe("spellings", () => {
  test.each([
    ["2026-03-01T09:30:00+07:00", "2026-03-01T02:30:00.000Z"],
    ["2026-03-01 09:30:00 +0700", "2026-03-01T02:30:00.000Z"],
    ["2026-03-01T09:30:00.25Z", "2026-03-01T09:30:00.250Z"],
    ["2026-03-01T09:30:00,123456-05", "2026-03-01T14:30:00.123Z"],
    ["2026-03-01t09:30z", "2026-03-01T09:30:00.000Z"],
    ["2026-03-01 09:30", "2026-03-01T09:30:00.000Z"],
    ["2026-03-01 09:30 WIB", "2026-03-01T02:30:00.000Z"],
    ["2026-03-01 09:30 WITA", "2026-03-01T01:30:00.000Z"],
    ["2026-03-01 09:30 WIT", "2026-03-01T00:30:00.000Z"],
    ["2026-03-01 09:30 GMT", "2026-03-01T09:30:00.000Z"],
    ["Sun, 01 Mar 2026 09:30:00 +0700", "2026-03-01T02:30:00.000Z"],
    ["1 Mar 2026 09:30 EST", "2026-03-01T14:30:00.000Z"],
    ["2026-03-01", "2026-03-01T00:00:00.000Z"],
    ["Jul 08 2022", "2022-07-08T00:00:00.000Z"],
    ["July 8, 2022", "2022-07-08T00:00:00.000Z"],
    ["8 July 2022", "2022-07-08T00:00:00.000Z"],
    ["  2024-02-29 ", "2024-02-29T00:00:00.000Z"],
    ["2026-02-15 9:18:00", "2026-02-15T09:18:00.000Z"],
    ["2026-1-29", "2026-01-29T00:00:00.000Z"],
    ["2026-6-13 2:00:00", "2026-06-13T02:00:00.000Z"],
    ["2026-2-07T00:00:00.000Z", "2026-02-07T00:00:00.000Z"],
    ["2026-01-05 9:05", "2026-01-05T09:05:00.000Z"],
    ["2026-1-5T9:05", "2026-01-05T09:05:00.000Z"],
    ["2026/12/21", "2026-12-21T00:00:00.000Z"],
    ["2026/1/3 08:15", "2026-01-03T08:15:00.000Z"],
    ["2026-03-17 14:00:00 -4", "2026-03-17T18:00:00.000Z"],
    ["2026-03-17 14:00:00 +7", "2026-03-17T07:00:00.000Z"],
    ["2026-03-17 14:00:00 +5:30", "2026-03-17T08:30:00.000Z"],
    ["2026-03-17 14:00:00 -12", "2026-03-18T02:00:00.000Z"],
    ["January 4, 2026 08:30", "2026-01-04T08:30:00.000Z"],
    ["Sunday, January 4th 2026, 7:05:09 am", "2026-01-04T07:05:09.000Z"],
    ["Monday, January 5th 2026, 9:10:11 pm", "2026-01-05T21:10:11.000Z"],
    ["Jan 5 2026 12:00 am", "2026-01-05T00:00:00.000Z"],
    ["Thu Mar 05 2026 10:00:00 GMT+0700 (Western Indonesia Time)", "2026-03-05T03:00:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(show(text)).toBe(instant);
  });

  test.each([
    "2026-03-01 09:30 EST",
    "2026-03-01 09:30 IST",
    "2026-03-01 09:30 +25:00",
    "2026-03-01 09:30 +07:75",
    "2026/03-01",
    "2026-03-01 13 pm",
    "Jan 5 2026 13:00 pm",
    "01-03-2026",
    "3/1/2026",
    "tomorrow",
    "",
    "20260301",
    "1772357400",
    "2026-03-01T09",
    "2026-03-01T09:30:00Z[Asia/Jakarta]",
    "2026-03-01T09:30:00Z; x",
  ])("%j is an error with a hint", (text) => {
    const result = parseDate(text, "UTC");
    expect(result).toHaveProperty("problem");
    expect(result).toHaveProperty("hint");
  });
});

test.each([
  ["2026-01-05 10:00 PM", "Write 2026-01-05 22:00."],
  ["2026-1-5 10:00pm", "Write 2026-01-05 22:00."],
  ["2026/01/05 12:05:09 a.m.", "Write 2026-01-05 00:05:09."],
  ["31/12/2026", "Write 2026-12-31."],
  ["12/31/2026", "Write 2026-12-31."],
  ["31.12.2026", "Write 2026-12-31."],
  ["1-2-2026", "Write 2026-02-01 or 2026-01-02; which of the two it is cannot be told."],
  ["3/3/2026", "Write 2026-03-03."],
  ["20260301", "Write 2026-03-01."],
])("%s is an error that says what to write", (text, hint) => {
  expect(parseDate(text, "UTC")).toMatchObject({ problem: expect.any(String), hint });
});

describe("the calendar", () => {
  test.each([
    "2024-02-30",
    "2024-13-45",
    "2023-02-29",
    "2024-00-10",
    "2024-01-00",
    "2024-04-31T10:00Z",
    "31 Apr 2024",
    "Feb 30 2024",
    "2024-01-01T25:00Z",
    "2024-01-01T10:60Z",
    "2024-01-01T10:00:61Z",
  ])("F24: %s is an error, not a rollover", (text) => {
    expect(show(text)).toMatch(/calendar/);
  });

  test.each(["0000-01-01", "0024-01-01", "1969-12-31", "10000-01-01", "275760-09-13", "1 Jan 0001"])(
    "F25: the year of %s is an error",
    (text) => {
      expect(show(text)).toMatch(/1970 to 9999/);
    },
  );

  test("F25: the limits hold for the instant as well", () => {
    expect(show("1970-01-01T00:00+07:00")).toMatch(/1970 to 9999/);
    expect(show("9999-12-31T23:00-07:00")).toMatch(/1970 to 9999/);
    expect(show("1970-01-01T00:00Z")).toBe("1970-01-01T00:00:00.000Z");
    expect(show("9999-12-31T23:59:59Z")).toBe("9999-12-31T23:59:59.000Z");
  });

  test("F24, F30: any text is an instant in range or a problem", () => {
    const digits = fc.stringMatching(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/);
    fc.assert(
      fc.property(
        fc.oneof(digits, fc.string(), fc.date({ noInvalidDate: true }).map(String)),
        fc.constantFrom(...zones),
        (text, zone) => {
          const result = parseDate(text, zone);
          if ("problem" in result) return;
          expect(result.ms).toBeGreaterThanOrEqual(0);
          expect(result.ms).toBeLessThan(Date.UTC(10_000, 0, 1));
          const written = /^\s*(\d{4})-(\d{2})-(\d{2})/.exec(text);
          if (
            written &&
            zone === "UTC" &&
            !/[+-]\d{2}:?\d{2}$/.test(text.trim().slice(10)) &&
            !text.includes(" 24:") &&
            !text.includes("T24:")
          )
            expect(new Date(result.ms).toISOString().slice(0, 10)).toBe(written[0].trim());
        },
      ),
      { numRuns },
    );
  });
});

test("F24: every day of a leap year and of a common year is read, and no other", () => {
  for (const year of [2023, 2024]) {
    let days = 0;
    for (let month = 0; month <= 13; month += 1) {
      for (let day = 0; day <= 32; day += 1) {
        const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        const shown = show(`${text}T23:59:59.999Z`);
        if (shown === `${text}T23:59:59.999Z`) days += 1;
        else expect(shown).toMatch(/calendar/);
      }
    }
    expect(days).toBe(year === 2024 ? 366 : 365);
  }
});

describe("zones", () => {
  test("F26: without a zone the site's counts", () => {
    expect(show("2024-01-01 10:00", "America/New_York")).toBe("2024-01-01T15:00:00.000Z");
    expect(show("2024-07-01 10:00", "America/New_York")).toBe("2024-07-01T14:00:00.000Z");
    expect(show("2024-01-01", "Asia/Tokyo")).toBe("2023-12-31T15:00:00.000Z");
    expect(show("2024-01-01", "Asia/Jakarta")).toBe("2023-12-31T17:00:00.000Z");
  });

  test("F26: the process's own zone changes nothing", () => {
    const moment = fc.date({
      min: new Date(86_400_000 * 2),
      max: new Date("9990-01-01"),
      noInvalidDate: true,
    });
    const text = fc
      .tuple(moment, fc.constantFrom(10, 16, 19, 23), fc.constantFrom("", "Z", "+05:30"))
      .map(([date, length, zone]) => date.toISOString().slice(0, length) + (length === 10 ? "" : zone));
    fc.assert(
      fc.property(text, fc.constantFrom(...zones), (written, zone) => {
        const results = zones.map((own) => {
          process.env.TZ = own;
          const result = parseDate(written, zone);
          return "problem" in result ? result.problem : [result.ms, calendarDay(result.ms, zone)];
        });
        for (const result of results) expect(result).toEqual(results[0]);
      }),
      { numRuns: Math.ceil(numRuns / 3) },
    );
  });

  test("F27: a time that the clock skips moves forward by the gap", () => {
    expect(show("2024-03-10 02:30", "America/New_York")).toBe("2024-03-10T07:30:00.000Z");
    expect(show("2024-03-31 02:30", "Europe/Berlin")).toBe("2024-03-31T01:30:00.000Z");
    expect(show("2024-10-06 02:15", "Australia/Lord_Howe")).toBe("2024-10-05T15:45:00.000Z");
  });

  test("F27: a time that comes twice is the first of the two", () => {
    expect(show("2024-11-03 01:30", "America/New_York")).toBe("2024-11-03T05:30:00.000Z");
    expect(show("2024-10-27 02:30", "Europe/Berlin")).toBe("2024-10-27T00:30:00.000Z");
  });

  test("F27: a day whose midnight the clock skips starts after the gap", () => {
    expect(show("2018-11-04", "America/Sao_Paulo")).toBe("2018-11-04T03:00:00.000Z");
  });

  test("F27: times around a change are what the zone's clocks show", () => {
    const near = fc
      .integer({ min: -180, max: 180 })
      .map((minutes) => Date.UTC(2024, 2, 10, 7) + minutes * 60_000);
    fc.assert(
      fc.property(near, (ms) => {
        const zone = "America/New_York";
        const shown = new Intl.DateTimeFormat("sv-SE", {
          timeZone: zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(ms);
        expect(parseDate(shown, zone)).toEqual({ ms, bare: false });
      }),
      { numRuns },
    );
  });
});

test("a bare date says so", () => {
  expect(parseDate("2026-03-01", "UTC")).toMatchObject({ bare: true });
  expect(parseDate("2026-03-01 00:00", "UTC")).toMatchObject({ bare: false });
});

test("the calendar day of an instant is the zone's", () => {
  const ms = Date.UTC(2026, 11, 31, 20);
  expect(calendarDay(ms, "UTC")).toEqual({ year: "2026", month: "12", day: "31" });
  expect(calendarDay(ms, "Asia/Jakarta")).toEqual({ year: "2027", month: "01", day: "01" });
});

test("the calendar day is that of the Gregorian calendar, for every day of 8,000 years", () => {
  const days = fc.integer({ min: -365, max: 2_932_896 });
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 86_399_999 }), (day, rest) => {
      const ms = day * 86_400_000 + rest;
      const { year, month, day: written } = calendarDay(ms, "UTC");
      expect(`${year}-${month}-${written}`).toBe(new Date(ms).toISOString().slice(0, 10));
    }),
    {
      numRuns: numRuns * 10,
      examples: [
        [0, 0],
        [11_016, 0],
        [59, 0],
        [789, 0],
        [-1, 0],
        [47_540, 0],
        [2_932_896, 0],
      ],
    },
  );
});

test("F27: remembering a zone's offsets by the week changes no instant", () => {
  const zones = [
    "Asia/Jakarta",
    "Europe/Berlin",
    "America/New_York",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
  ];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: Date.UTC(2037, 0, 1) }),
      fc.constantFrom(...zones),
      (ms, timeZone) => {
        const { year, month, day } = calendarDay(ms, timeZone);
        const parts = new Intl.DateTimeFormat("en-CA", {
          timeZone,
          year: "numeric",
          month: "2-digit",
          day: "2-digit",
        });
        expect(`${year}-${month}-${day}`).toBe(parts.format(new Date(ms)));
      },
    ),
    { numRuns: Number(process.env.FC_RUNS ?? 400) },
  );
});

import { expect, test } from "vitest";
import type { FeedChange } from "../../src/publish/plan/feed-change.ts";
import {
  describePending,
  exitCodeOf,
  type Receipt,
  reportReceipt,
  summarizeReceipt,
} from "../../src/publish/receipt.ts";

const feed: FeedChange = {
  path: "rss.xml",
  standing: "changed",
  new: [{ id: "a", title: "Hello", url: "https://kabar.example/a/", post: "posts/a.md" }],
  edited: [],
  retracted: [],
  dropped: [],
  reappearing: [],
  movedBack: [],
  before: 1,
  after: 2,
  sizeBefore: 10,
  sizeAfter: 20,
};

const receipt: Receipt = {
  target: "branch gh-pages of /srv/site.git",
  dryRun: false,
  plan: [feed, { ...feed, path: "atom.xml" }, { ...feed, path: "tags/a/rss.xml", new: [] }],
  changes: { put: ["atom.xml", "rss.xml"], remove: [], unchanged: 3 },
  refused: [],
  deployed: [
    { path: "atom.xml", digest: "d" },
    { path: "rss.xml", digest: "e" },
  ],
  removed: [],
  proved: [{ url: "https://kabar.example/rss.xml", digest: "e", ms: 1234 }],
  unproved: [],
  pings: [
    {
      kind: "websub",
      to: "https://hub.example/",
      topic: "https://kabar.example/rss.xml",
      status: 204,
      outcome: "done",
      tries: 2,
    },
  ],
  pending: [],
  notices: [],
};

test("F117: titles and paths cannot command the terminal that shows a report", () => {
  const evil = "\u001b]0;x\u0007\u001b[2J\u202eabc\n::error::x";
  const note = { id: evil, title: evil, url: evil, post: `posts/${evil}.md` };
  const one = {
    ...feed,
    new: [note, { ...note, title: "", post: evil }],
    retracted: [{ id: evil, title: "", url: "" }],
  };
  for (const text of [
    reportReceipt({ ...receipt, plan: [one] }),
    summarizeReceipt({ ...receipt, plan: [one] }),
  ]) {
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    expect(text).not.toMatch(/^::/m);
  }
});

test("the report shows documents with the same changes together", () => {
  expect(reportReceipt(receipt)).toBe(`rss.xml, atom.xml: 1 new
  new: “Hello” (posts/a.md)
tags/a/rss.xml: its entries do not change
Deployed 2 files to branch gh-pages of /srv/site.git.
Seen in public: 1 feed document, the last after 1.2 s.
Notified websub https://hub.example/: https://kabar.example/rss.xml (204) after 2 tries.
`);
});

test("exit codes: 0 published, 1 refused, 2 could not", () => {
  const refused = [{ code: "publish/many-new", message: "m", hint: "h" } as const];
  expect(exitCodeOf(receipt)).toBe(0);
  expect(exitCodeOf({ ...receipt, refused })).toBe(1);
  expect(exitCodeOf({ ...receipt, unproved: [{ url: "u", reason: "r" }] })).toBe(2);
  expect(exitCodeOf({ ...receipt, refused, failed: { code: "target", message: "m" } })).toBe(2);
  expect(reportReceipt({ ...receipt, refused, deployed: [] })).toContain("Nothing was published.");
});

test("a hostile title is plain text in the summary of a pull request", () => {
  const title = "![x](https://evil.example/) <script>1</script> @everyone | `a` [l](j)\n# big";
  const text = summarizeReceipt({ ...receipt, plan: [{ ...feed, new: [{ id: "a", title, url: "" }] }] });
  const line = text.split("\n").find((each) => each.startsWith("- "));
  expect(line).toBe(
    "- “\\!\\[x\\]\\(https://evil.example/\\) &lt;script&gt;1&lt;/script&gt; &#64;everyone \\| \\`a\\` \\[l\\]\\(j\\) \\# big”",
  );
});

test("notifications with the same result are reported together; what is pending is reported by what it is about", () => {
  const ping = receipt.pings[0] as Receipt["pings"][number];
  const pings = ["a", "b", "c", "d"].map((name) => ({
    ...ping,
    topic: `https://kabar.example/${name}`,
    tries: 1,
  }));
  const pending = [{ kind: "websub", to: ping.to, topic: ping.topic, tries: 0, nextAt: 0 } as const];
  const report = reportReceipt({ ...receipt, pings, pending });
  expect(report).toContain(
    "Notified websub https://hub.example/: 4 feed documents, https://kabar.example/a and so on (204).\n",
  );
  expect(report).toContain("1 notification is pending; the next publish tries again.");
  const waiting = { kind: "indexnow", to: "https://i.example/", topic: ping.topic, digests: ["d"] } as const;
  const urls = ["https://kabar.example/a/", "https://kabar.example/b/"];
  const more = { id: "i", since: 0, tries: 3, nextAt: Date.UTC(2026, 0, 1), lastStatus: "503" };
  const due = more.nextAt;
  expect(describePending({ ...waiting, ...more, urls }, due - 1)).toBe(
    "Pending for indexnow https://i.example/: 2 pages (3 tries, the last: 503); not before 2026-01-01T00:00:00Z.",
  );
  expect(describePending({ ...waiting, ...more, urls, tries: 1 }, due)).toBe(
    "Pending for indexnow https://i.example/: 2 pages (1 try, the last: 503).",
  );
  expect(describePending({ ...waiting, ...more, tries: 0, lastStatus: "not public yet" }, due)).toBe(
    "Pending for indexnow https://i.example/: https://kabar.example/rss.xml (not public yet).",
  );
});

test("the summary shows documents with the same changes in one row", () => {
  expect(summarizeReceipt(receipt).split("\n").slice(2, 6)).toEqual([
    "| feed | new | edited | retracted | dropped | reappearing |",
    "| --- | --: | --: | --: | --: | --: |",
    "| rss.xml, atom.xml | 1 | 0 | 0 | 0 | 0 |",
    "| tags/a/rss.xml | 0 | 0 | 0 | 0 | 0 |",
  ]);
});

import { join } from "node:path";
import { systemClock } from "../../../src/net/clock.ts";
import { createGuardedFetch } from "../../../src/net/guarded-fetch.ts";
import { NotificationQueue } from "../../../src/publish/notify/queue.ts";
import { makeSetFile } from "../../../src/publish/plan/file-set.ts";
import { applyPublish } from "../../../src/publish/publish.ts";
import { openDirectory } from "../../../src/publish/targets/directory.ts";

const [folder = "", state = "", siteUrl = "", hub = "", count = "1"] = process.argv.slice(2);
const items = Array.from({ length: Number(count) }, (_, at) => ({
  id: `post-${at}`,
  url: `${siteUrl}${at}`,
  title: `Post ${at}`,
  content_html: `text ${at}`,
}));
const files = ["feed.json", "tags/a/feed.json", "tags/b/feed.json"].map((path) =>
  makeSetFile({
    path,
    mediaType: "application/feed+json",
    bytes: new TextEncoder().encode(
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        title: path,
        hubs: [{ type: "WebSub", url: hub }],
        items,
      }),
    ),
  }),
);
const { name, writes, session } = openDirectory({ path: folder });
const fetch = createGuardedFetch({ allowedHosts: "any", allowPrivate: true, retries: 0, timeoutMs: 5000 });
process.stdout.write("ready\n");
const receipt = await applyPublish(
  {
    files,
    edition: { source: 0, built: Number(count) },
    siteUrl,
    limit: 50,
    posts: [],
    limits: { maxNew: 1000, maxBytes: 1e9, maxRemoved: 10 },
    services: { hubs: [hub] },
    verify: { timeoutMs: 5000 },
  },
  {
    // A target that keeps no list of what is left to tell cannot make up for a queue that loses something.
    target: { name, writes, session },
    fetchSite: fetch,
    fetchServices: fetch,
    clock: systemClock,
    queue: new NotificationQueue(join(state, "outbox")),
    secrets: [],
  },
);
process.stdout.write(`${JSON.stringify(receipt)}\n`);

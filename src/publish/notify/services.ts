import type { FetchRequest } from "../../net/guarded-fetch.ts";
import { fileKindOf, publicUrl, type SetFile, type Topic } from "../plan/file-set.ts";
import type { Notification } from "./notification.ts";

/** Whom to tell. */
export interface Services {
  readonly hubs: readonly string[];
  readonly indexnow?: { readonly key: string; readonly endpoint: string } | undefined;
  readonly rsscloud?: { readonly ping: string };
}

/** IndexNow takes no more in one call. */
const maxUrls = 10_000;

/** The deliveries that follow from a plan. Archives never change for subscribers, so nobody is told of them. */
export function makeNotifications(
  plan: { readonly topics: readonly Topic[]; readonly urls: readonly string[] },
  files: readonly SetFile[],
  audience: Services,
  siteUrl: string,
): Notification[] {
  const topics = plan.topics.filter(({ path }) => fileKindOf(path) !== "archive");
  const byPath = new Map(files.map((file) => [file.path, file]));
  const told = topics.flatMap((topic) => [
    ...hubNotifications(topic, byPath.get(topic.path), audience.hubs),
    ...rssCloudNotifications(topic, audience.rsscloud),
  ]);
  const mainFeed = files.find(({ path }) => fileKindOf(path) === "feed");
  const standing = mainFeed && {
    path: mainFeed.path,
    url: publicUrl(siteUrl, mainFeed.path),
    digest: mainFeed.digest,
  };
  const proof = topics.find(({ path }) => fileKindOf(path) === "feed") ?? topics[0] ?? standing;
  return [...told, ...indexNowNotifications(proof, plan.urls, audience.indexnow, siteUrl)];
}

/** WebSub, section 3: a publisher tells every hub that the document names, and no other. */
function hubNotifications(topic: Topic, file: SetFile | undefined, hubs: readonly string[]): Notification[] {
  if (hubs.length === 0 || file === undefined) return [];
  const text = new TextDecoder().decode(file.read()).replaceAll("&amp;", "&").replaceAll("\\/", "/");
  return hubs
    .filter((hub) => text.includes(`"${hub}"`) || text.includes(`'${hub}'`))
    .map((hub) => ({ kind: "websub", to: hub, topic: topic.url, digests: [topic.digest] }));
}

function rssCloudNotifications(topic: Topic, cloud: Services["rsscloud"]): Notification[] {
  if (cloud === undefined || !topic.path.endsWith("rss.xml")) return [];
  return [{ kind: "rsscloud", to: cloud.ping, topic: topic.url, digests: [topic.digest] }];
}

/** Pages of the site's own host below the folder of the key file: IndexNow takes no others. */
function indexNowNotifications(
  proof: Topic | undefined,
  urls: readonly string[],
  indexnow: Services["indexnow"],
  siteUrl: string,
): Notification[] {
  if (indexnow === undefined || proof === undefined) return [];
  const key = indexNowKey({ indexnow }, siteUrl);
  const own = urls.filter((url) => url.startsWith(siteUrl));
  const calls = Array.from({ length: Math.ceil(own.length / maxUrls) }, (_, at) =>
    own.slice(at * maxUrls, (at + 1) * maxUrls),
  );
  return calls.map((some) => ({
    kind: "indexnow",
    to: indexnow.endpoint,
    topic: proof.url,
    digests: [proof.digest],
    urls: some,
    ...(key && { key }),
  }));
}

/** The key with its public address, as IndexNow wants to hear of it. */
export function indexNowKey(
  { indexnow }: Pick<Services, "indexnow">,
  siteUrl: string,
): Notification["key"] | undefined {
  if (indexnow === undefined) return undefined;
  return { value: indexnow.key, location: publicUrl(siteUrl, keyFileName(indexnow.key)) };
}

/** The file that proves to IndexNow who owns the site. */
export function keyFileName(key: string): string {
  return `${key}.txt`;
}

/** The request that makes a delivery. */
export function makeRequest(delivery: Notification): FetchRequest {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  if (delivery.kind === "websub") {
    const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": delivery.topic });
    // Some hubs read the topic from `hub.topic`; the recommendation leaves publishing open.
    body.append("hub.topic", delivery.topic);
    return { method: "POST", headers: form, body: body.toString() };
  }
  if (delivery.kind === "rsscloud")
    return { method: "POST", headers: form, body: new URLSearchParams({ url: delivery.topic }).toString() };
  return {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({
      host: new URL(delivery.topic).host,
      key: delivery.key?.value,
      keyLocation: delivery.key?.location,
      urlList: delivery.urls,
    }),
  };
}

/** What an answer means: done, to be tried again, or refused for good. */
export function judgeAnswer(
  kind: Notification["kind"],
  status: number,
  body: Uint8Array,
): "done" | "later" | "refused" {
  if (status >= 200 && status < 300) {
    const said = kind === "rsscloud" ? new TextDecoder().decode(body.subarray(0, 2000)) : "";
    return /success\s*=\s*["']false["']|"success"\s*:\s*false/i.test(said) ? "refused" : "done";
  }
  return status === 408 || status === 425 || status === 429 || status >= 500 ? "later" : "refused";
}

import type { FetchRequest } from "../../net/guarded-fetch.ts";
import { fileKindOf, publicUrl, type SetFile, type Topic, topicOf } from "../plan/file-set.ts";
import type { Notification } from "./notification.ts";

/** The services that are notified. */
export interface Services {
  readonly hubs: readonly string[];
  readonly indexnow?: { readonly key: string; readonly endpoint: string } | undefined;
  readonly rsscloud?: { readonly ping: string };
}

/** IndexNow takes no more in one call. */
const maxUrls = 10_000;

/** The notifications that a plan calls for. None for archives: they never change for subscribers. */
export function makeNotifications(
  plan: { readonly topics: readonly Topic[]; readonly urls: readonly string[] },
  files: readonly SetFile[],
  services: Services,
  siteUrl: string,
): Notification[] {
  const topics = plan.topics.filter(({ path }) => fileKindOf(path) !== "archive");
  const byPath = new Map(files.map((file) => [file.path, file]));
  const ofFeeds = topics.flatMap((topic) => [
    ...hubNotifications(topic, byPath.get(topic.path), services.hubs),
    ...rssCloudNotifications(topic, services.rsscloud),
  ]);
  const isMain = ({ path }: { path: string }) => fileKindOf(path) === "feed";
  const topic =
    topics.find(isMain) ?? topics[0] ?? files.filter(isMain).map((file) => topicOf(file, siteUrl))[0];
  return [...ofFeeds, ...indexNowNotifications(topic, plan.urls, services.indexnow, siteUrl)];
}

/** WebSub, section 3: a publisher notifies every hub that the document names, and no other. */
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

/** Only pages below the folder of the key file: IndexNow takes no others. */
function indexNowNotifications(
  topic: Topic | undefined,
  urls: readonly string[],
  indexnow: Services["indexnow"],
  siteUrl: string,
): Notification[] {
  if (indexnow === undefined || topic === undefined) return [];
  const key = indexNowKey({ indexnow }, siteUrl);
  const own = urls.filter((url) => url.startsWith(siteUrl));
  const calls = Array.from({ length: Math.ceil(own.length / maxUrls) }, (_, at) =>
    own.slice(at * maxUrls, (at + 1) * maxUrls),
  );
  return calls.map((part) => ({
    kind: "indexnow",
    to: indexnow.endpoint,
    topic: topic.url,
    digests: [topic.digest],
    urls: part,
    ...(key && { key }),
  }));
}

/** The key and the public address of its file. */
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

/** The request that sends a notification. */
export function makeRequest(notification: Notification): FetchRequest {
  const form = { "content-type": "application/x-www-form-urlencoded" };
  if (notification.kind === "websub") {
    const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": notification.topic });
    // Some hubs read the topic from `hub.topic`; the recommendation leaves publishing open.
    body.append("hub.topic", notification.topic);
    return { method: "POST", headers: form, body: body.toString() };
  }
  if (notification.kind === "rsscloud")
    return {
      method: "POST",
      headers: form,
      body: new URLSearchParams({ url: notification.topic }).toString(),
    };
  return {
    method: "POST",
    headers: { "content-type": "application/json; charset=utf-8" },
    body: JSON.stringify({
      host: new URL(notification.topic).host,
      key: notification.key?.value,
      keyLocation: notification.key?.location,
      urlList: notification.urls,
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
    const text = kind === "rsscloud" ? new TextDecoder().decode(body.subarray(0, 2000)) : "";
    return /success\s*=\s*["']false["']|"success"\s*:\s*false/i.test(text) ? "refused" : "done";
  }
  return status === 408 || status === 425 || status === 429 || status >= 500 ? "later" : "refused";
}

import type { Config, ProfileName } from "../../model/config.ts";
import type { FeedPlan } from "../../model/plan.ts";
import type { Attachment, Post, PostContent } from "../../model/post.ts";
import { type FeedProfile, feedProfiles, type Range } from "./profiles.ts";

/** Why a consumer would not take something, and what to do about it. */
export interface Rejection {
  /** Such as `msn/title-length`. */
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  /** The fields of front matter that are to blame, the likeliest first; none if the text of the post is. */
  readonly fields: readonly string[];
}

interface Subject {
  readonly post: Post;
  readonly content: PostContent;
  readonly profile: FeedProfile;
  readonly config: Config;
}

type Finding = Pick<Rejection, "message" | "hint"> & Partial<Pick<Rejection, "fields">>;

type Find = (subject: Subject) => Finding | undefined;

const address = ["permalink", "link", "slug"];

/** What consumers ask of a post. In order: the head of a post comes before its body. */
const postRules: Readonly<Record<string, Find>> = {
  "title-length": ({ post, profile }) =>
    outside([...post.title].length, profile.title, "Its title has", "characters", "Write a `title`"),
  author: ({ post, profile }) =>
    profile.author && post.authors.length === 0
      ? { message: "It names no author.", hint: "Write `author` into its front matter." }
      : undefined,
  https: ({ post, content, profile }) => {
    const addresses = [
      { url: post.url, fields: address },
      { url: content.image?.url, fields: ["image"] },
    ];
    const plain = addresses.find(({ url }) => url !== undefined && !url.startsWith("https:"));
    if (!profile.https || plain === undefined) return undefined;
    const hint = "Serve the site and its images by https.";
    return { message: `${plain.url} is not https.`, hint, fields: plain.fields };
  },
  host: ({ post, profile, config }) => {
    const host = new URL(config.site.url).host;
    return profile.ownHost && new URL(post.url).host !== host
      ? { message: `Its address ${post.url} is not on ${host}, where the feed is.`, hint: "Leave it out." }
      : undefined;
  },
  tracking: ({ post, profile }) =>
    profile.noTracking && /[?&]utm_/.test(post.url)
      ? { message: `Its address ${post.url} has a utm_ parameter.`, hint: "Write `permalink` without it." }
      : undefined,
  summary: ({ content, profile }) =>
    outside(
      [...content.summary].length,
      profile.summary,
      "Its summary has",
      "characters",
      "Write a `description`",
    ),
  "text-length": ({ content, profile }) =>
    profile.text &&
    outside(countText(content.html), profile.text, "Its text has", "characters", "Write a text"),
  "content-size": ({ content, profile }) => {
    const bytes = Buffer.byteLength(content.html);
    return outside(bytes, { most: profile.maxContent }, "Its HTML has", "bytes", "Split it: a post");
  },
  image: ({ content, profile }) =>
    profile.image?.required && content.image === undefined
      ? { message: "It has no image.", hint: "Write `image` into its front matter." }
      : undefined,
  "image-width": ({ content: { image: { width } = {} }, profile }) =>
    outside(width, { least: profile.image?.minWidth }, "Its image is", "pixels wide", "Use an image"),
  "image-side": ({ content: { image: { width, height } = {} }, profile }) => {
    const side = width === undefined || height === undefined ? undefined : Math.min(width, height);
    const range = { least: profile.image?.minSide };
    return outside(side, range, "The shorter side of its image has", "pixels", "Use an image");
  },
  "image-size": ({ content: { image: { length } = {} }, profile }) =>
    outside(length, { most: profile.image?.maxBytes }, "Its image has", "bytes", "Use an image"),
  "image-ratio": ({ content: { image: { width, height } = {} }, profile }) => {
    const ratio = width === undefined || !height ? undefined : Math.round((width / height) * 1000) / 1000;
    return outside(ratio, profile.image?.ratio, "Its image is", "times as wide as high", "Use an image");
  },
  attachment: ({ content, profile }) => findAttachment(content.attachments, profile.attachment),
};

/** The fields that are to blame, unless the finding says so itself. */
const blamed: Readonly<Record<string, readonly string[]>> = {
  "title-length": ["title"],
  author: ["authors"],
  host: address,
  tracking: address,
  summary: ["description"],
  image: ["image"],
  "image-width": ["image"],
  "image-side": ["image"],
  "image-size": ["image"],
  "image-ratio": ["image"],
  attachment: ["attachments", "enclosure", "audio", "video", "podcast"],
};

/** The first rule of a consumer that a post breaks. Facts that are unknown, such as a remote image's width, pass. */
export function judgePost(
  post: Post,
  content: PostContent,
  name: ProfileName,
  config: Config,
): Rejection | undefined {
  const subject = { post, content, profile: feedProfiles[name], config };
  for (const [rule, find] of Object.entries(postRules)) {
    const found = find(subject);
    if (found) return { rule: `${name}/${rule}`, fields: blamed[rule] ?? [], ...found };
  }
  return undefined;
}

function outside(
  value: number | undefined,
  { least, most }: Range = {},
  what: string,
  unit: string,
  fix: string,
): Finding | undefined {
  if (value === undefined || (value >= (least ?? value) && value <= (most ?? value))) return undefined;
  const bound = least === undefined ? `at most ${most}` : `at least ${least}`;
  const asked = least === undefined || most === undefined ? bound : `${least} to ${most}`;
  return {
    message: `${what} ${value} ${unit}; ${asked} are asked for.`,
    hint: `${fix} of ${asked} ${unit}.`,
  };
}

/** Characters that people read: tags count as nothing, runs of white space and entities as one. */
function countText(html: string): number {
  const text = html
    .replace(/<[^>]*>/g, " ")
    .replace(/&(?:#\w+|\w+);/g, "x")
    .replace(/\s+/g, " ")
    .trim();
  return [...text].length;
}

function findAttachment(
  attachments: readonly Attachment[],
  types: readonly string[] | undefined,
): Finding | undefined {
  if (types === undefined || attachments.some(({ type }) => types.includes(type))) return undefined;
  const given = attachments.map(({ type }) => type).join(", ");
  const has = given === "" ? "no attachment" : `attachments of ${given}`;
  return {
    message: `It has ${has}, and one of ${types.join(", ")} is asked for.`,
    hint: "Write the episode's file into its front matter, as in `audio: episode-1.mp3`.",
  };
}

/** What a consumer would not take about a feed as a whole. */
export function judgeFeed(plan: FeedPlan, name: ProfileName, config: Config): Omit<Rejection, "fields">[] {
  const { minEntries = 0, maxDescription, logo } = feedProfiles[name];
  const found: Omit<Rejection, "fields">[] = [];
  if (plan.posts.length < minEntries)
    found.push({
      rule: `${name}/entries`,
      message: `It has ${plan.posts.length} entries, and ${minEntries} are asked for.`,
      hint: "Let its `where` select more posts, or wait until there are as many.",
    });
  const length = [...plan.description].length;
  if (maxDescription !== undefined && (length > maxDescription || length === 0))
    found.push({
      rule: `${name}/description`,
      message: `Its description has ${length} characters, and 1 to ${maxDescription} are asked for.`,
      hint: "Write a short `description` for this feed in feeds.custom.",
    });
  if (logo && config.site.image === undefined)
    found.push({
      rule: `${name}/logo`,
      message: "It has no logo.",
      hint: "Write `site.image` into the configuration.",
    });
  return found;
}

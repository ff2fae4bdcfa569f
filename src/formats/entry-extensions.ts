// In come a post, its content and the variant of the feeds it goes to; out goes what it says in other vocabularies.
import type { Config } from "../model/config.ts";
import type { Variant } from "../model/plan.ts";
import type { Attachment, Post, PostContent } from "../model/post.ts";
import type { Extension } from "./extensions/extension.ts";
import { itunesEpisode } from "./extensions/itunes.ts";
import { msnEntry } from "./extensions/msn.ts";
import { podcastEpisode } from "./extensions/podcasting.ts";
import { fillElements, siteElements } from "./extensions/site-elements.ts";

const none: readonly Extension[] = Object.freeze([]);

/** Only what the post has and the variant asks for. */
export function entryExtensions(
  post: Post,
  content: PostContent,
  variant: Variant,
  config: Config,
): readonly Extension[] {
  const own = ownElements(post, content, config);
  if (!variant.podcast && variant.profile !== "msn") return own;
  return [
    ...own,
    ...(variant.profile === "msn" ? msnEntry(post) : none),
    ...(variant.podcast ? episodeOf(post, content) : none),
  ];
}

/** What the site's own function made of the post, or what its front matter has for the site's table. */
function ownElements(
  post: Post,
  content: PostContent,
  { feeds: { elements } }: Config,
): readonly Extension[] {
  if (typeof elements === "function") return content.elements ? siteElements(content.elements) : none;
  return Object.keys(elements).length === 0 ? none : siteElements(fillElements(elements, post.extra));
}

/** A post with a sound file is an episode whether or not it says more of itself. */
function episodeOf(post: Post, content: PostContent): readonly Extension[] {
  const sound = content.attachments.find(isSound);
  if (post.episode === undefined && sound === undefined) return none;
  const episode = post.episode ?? {};
  return [
    ...itunesEpisode(episode, sound, content.episode),
    ...podcastEpisode(episode, content.episode, post.place),
  ];
}

function isSound({ type }: Attachment): boolean {
  return type.startsWith("audio/") || type.startsWith("video/");
}

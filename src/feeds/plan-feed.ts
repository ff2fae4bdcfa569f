import type { Config } from "../model/config.ts";
import type { FeedPlan } from "../model/plan.ts";
import type { Post } from "../model/post.ts";
import type { FeedLocation } from "./feed-name.ts";
import { collectionOf, findCustom, settingsOf } from "./feed-settings.ts";
import { nameLanguage } from "./language-names.ts";

/** Gives a feed its title, its folder and its page. `name` is the newest post's spelling. */
export function planFeed(
  place: FeedLocation,
  posts: readonly Post[],
  config: Config,
  name: string = place.name.name,
): FeedPlan {
  const { site } = config;
  const { kind, key } = place.name;
  const { formats, content, maxBytes, profile } = settingsOf(place.name, config);
  const custom = kind === "custom" ? findCustom(key, config) : undefined;
  const podcast = custom?.podcast ?? (kind === "site" || kind === "archive" ? config.podcast : undefined);
  return {
    key: place.slug === "" ? key : `${kind}/${place.slug}`,
    folder: place.folder,
    title: custom?.title ?? titleOf(place, name, config),
    description: custom?.description ?? site.description,
    language: kind === "language" ? place.name.name : site.language,
    homePage: homePageOf(place, config),
    formats,
    content,
    posts,
    maxBytes,
    profile,
    podcast,
    history: place.history,
  };
}

/** Archives keep the title of the feed that they continue. */
function titleOf({ name: { kind } }: FeedLocation, name: string, { site }: Config): string {
  if (kind === "site" || kind === "archive") return site.title;
  return `${site.title} · ${kind === "language" ? nameLanguage(name) : name}`;
}

function homePageOf({ name, slug }: FeedLocation, config: Config): string {
  const collection = collectionOf(name.kind, config) || undefined;
  if (collection?.page === undefined) return config.site.url;
  const path = collection.page.slice(1).replaceAll(":slug", encodeURIComponent(slug));
  return new URL(`./${path}`, config.site.url).href;
}

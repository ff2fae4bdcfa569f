// In come a feed's name and the posts of its window; out goes the plan of its documents.
import type { Config } from "../model/config.ts";
import type { FeedPlan } from "../model/plan.ts";
import type { Post } from "../model/post.ts";
import type { FeedName } from "./post-row.ts";

/** Gives a feed its title, its folder and its page. */
export function planFeed(name: FeedName, posts: readonly Post[], config: Config): FeedPlan {
  const { site, feeds } = config;
  return {
    key: name.key,
    folder: "",
    title: site.title,
    description: site.description,
    language: site.language,
    homePage: site.url,
    formats: feeds.formats,
    content: feeds.content,
    posts,
  };
}

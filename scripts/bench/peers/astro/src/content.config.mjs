// In comes the posts folder; out goes Astro's collection of it.

import { defineCollection } from "astro:content";
import { glob } from "astro/loaders";

export const collections = {
  posts: defineCollection({ loader: glob({ base: "../../posts", pattern: "**/*.md" }) }),
};

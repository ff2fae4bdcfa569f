import { defineCollection, defineContentConfig } from "@nuxt/content";
import { z } from "zod";

export default defineContentConfig({
  collections: {
    blog: defineCollection({
      type: "page",
      source: "blog/**/*.md",
      schema: z.object({
        date: z.string().optional(),
        updatedAt: z.string().optional(),
        draft: z.boolean().optional(),
        published: z.boolean().optional(),
        author: z.string().optional(),
        category: z.string().optional(),
        tags: z.array(z.string()).optional(),
      }),
    }),
    pages: defineCollection({ type: "page", source: "*.md" }),
  },
});

import { getCollection } from "astro:content";
import rss from "@astrojs/rss";

export async function GET(context) {
  const posts = await getCollection("posts");
  posts.sort((a, b) => new Date(b.data.date) - new Date(a.data.date));
  return rss({
    title: "Bench",
    description: "Bench",
    site: context.site,
    items: posts.slice(0, 50).map(({ data, rendered }) => ({
      title: data.title,
      link: `/${String(data.date instanceof Date ? data.date.toISOString() : data.date)
        .slice(0, 7)
        .replace("-", "/")}/${data.slug}/`,
      pubDate: new Date(data.date),
      description: data.description,
      categories: data.tags,
      content: rendered.html,
    })),
  });
}

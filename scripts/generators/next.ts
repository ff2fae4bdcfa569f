import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import matter from "gray-matter";
import type { BuiltEntry, Workplace } from "./built-entry.ts";

interface FrontMatter {
  title: string;
  date?: string | Date;
  lastmod?: string;
  tags?: string[];
  authors?: string[];
  draft?: boolean;
}

type Component = (props: { children?: unknown }) => unknown;

/**
 * Next has no rule for posts: the site reads its folder by contentlayer, whose rules for paths and drafts are
 * followed here. The text is what the MDX compiler and React make of a post.
 */
export async function buildNext({ project, tools }: Workplace): Promise<BuiltEntry[]> {
  const render = await loadRenderer(tools);
  const names = readdirSync(join(project, "data/blog"), { recursive: true, encoding: "utf8" });
  const posts = names
    .filter((name) => /\.mdx?$/.test(name))
    .map(async (name) => {
      const file = `data/blog/${name}`;
      const { data, content } = matter(readFileSync(join(project, file), "utf8"));
      const { title, date, lastmod, tags = [], authors = ["default"], draft } = data as FrontMatter;
      if (draft === true || date === undefined) return [];
      const path = file.replace(/^data\//, "").replace(/(\/index)?\.mdx?$/, "");
      return {
        file,
        title,
        url: `https://dermaga.example/catatan/${path}`,
        date: new Date(date).toISOString(),
        updated: lastmod,
        authors: authors.map((key) => readName(project, key)),
        categories: tags,
        html: await render(
          content.replace(/^import .*$/gm, (line) => (line.includes("components/") ? "" : line)),
        ),
      };
    });
  return (await Promise.all(posts)).flat();
}

function readName(project: string, key: string): string {
  return (matter(readFileSync(join(project, `data/authors/${key}.mdx`), "utf8")).data as { name: string })
    .name;
}

async function loadRenderer(tools: string): Promise<(source: string) => Promise<string>> {
  const load = (path: string) => import(pathToFileURL(join(tools, "node_modules", path)).href);
  const { evaluate } = await load("@mdx-js/mdx/index.js");
  const { default: remarkGfm } = await load("remark-gfm/index.js");
  const runtime = await load("react/jsx-runtime.js");
  const { createElement } = await load("react/index.js");
  const { renderToStaticMarkup } = await load("react-dom/server.node.js");
  const components: Record<string, Component> = {
    Kotak: ({ children }) => createElement("div", null, children),
    Image: () => null,
  };
  return async (source) => {
    const { default: Content } = await evaluate(source, { ...runtime, remarkPlugins: [remarkGfm] });
    return renderToStaticMarkup(createElement(Content, { components })) as string;
  };
}

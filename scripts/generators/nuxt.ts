import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { nodeOf, run } from "./run.ts";

/** Prints the rows of the collection from the database that Nuxt Content makes of the folder. */
const readRows = `
const { DatabaseSync } = require("node:sqlite");
const rows = new DatabaseSync(".data/content/contents.sqlite").prepare("select * from _content_blog").all();
process.stdout.write(JSON.stringify(rows));
`;

interface Row {
  stem: string;
  title: string;
  path: string;
  date: string | null;
  updatedAt: string | null;
  author: string | null;
  category: string | null;
  tags: string | null;
  body: string;
}

/** Text, or tag, attributes and children. */
type Minimark = string | [string, Record<string, unknown>, ...Minimark[]];

export function buildNuxt({ project, tools }: Workplace): BuiltEntry[] {
  const node = nodeOf(tools);
  const env = { TZ: "UTC", NUXT_TELEMETRY_DISABLED: "1" };
  try {
    run(project, node, ["node_modules/@nuxt/cli/bin/nuxi.mjs", "generate"], env);
  } catch {
    // The content is in the database before the application is built, and that may fail in a borrowed node_modules.
  }
  const rows = JSON.parse(run(project, node, ["--no-warnings", "-e", readRows])) as Row[];
  return rows.map((row) => ({
    file: `content/${row.stem}.md`,
    title: row.title,
    url: new URL(row.path, "https://sawah.example").href,
    date: row.date ?? undefined,
    updated: row.updatedAt ?? undefined,
    authors: row.author === null ? [] : [row.author],
    categories: [row.category ?? [], row.tags === null ? [] : (JSON.parse(row.tags) as string[])].flat(),
    html: (JSON.parse(row.body) as { value: Minimark[] }).value.map(toHtml).join(""),
  }));
}

function toHtml(node: Minimark): string {
  if (typeof node === "string") return node.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const [tag, attributes, ...children] = node;
  if (tag === "binding") return "";
  const name = tag === "template" ? "div" : tag;
  const href = typeof attributes.href === "string" ? ` href="${attributes.href}"` : "";
  const id = attributes.id === "footnote-label" ? ' class="sr-only"' : "";
  return `<${name}${href}${id}>${children.map(toHtml).join("")}</${name}>`;
}

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BuiltEntry, Workplace } from "./built-entry.ts";
import { run } from "./run.ts";

/** Says of each post what the starter's feed says, and which file it is. */
const listing = `
const createSitePages = exports.createPages;
exports.createPages = async (api) => {
  await createSitePages(api);
  const { data, errors } = await api.graphql(\`{ allMarkdownRemark(limit: 1000) { nodes {
    html fileAbsolutePath fields { slug } frontmatter { title date updated author category tags } } } }\`);
  if (errors) throw new Error(JSON.stringify(errors));
  require("fs").writeFileSync("listing.json", JSON.stringify(data.allMarkdownRemark.nodes));
};
`;

interface Node {
  html: string;
  fileAbsolutePath: string;
  fields: { slug: string };
  frontmatter: {
    title: string | null;
    date: string | null;
    updated: string | null;
    author: string | null;
    category: string | null;
    tags: string[] | null;
  };
}

export function buildGatsby({ project, tools }: Workplace): BuiltEntry[] {
  writeFileSync(join(project, "gatsby-node.js"), listing, { flag: "a" });
  const env = { TZ: "UTC", CI: "true", GATSBY_TELEMETRY_DISABLED: "1" };
  run(project, process.execPath, [join(tools, "node_modules/gatsby/cli.js"), "build"], env);
  const nodes = JSON.parse(readFileSync(join(project, "listing.json"), "utf8")) as Node[];
  return nodes.map(({ html, fileAbsolutePath, fields, frontmatter }) => ({
    file: fileAbsolutePath.slice(fileAbsolutePath.indexOf("content/blog/")),
    title: frontmatter.title ?? "",
    url: `https://bukit.example/catatan${fields.slug}`,
    date: frontmatter.date ?? undefined,
    updated: frontmatter.updated ?? undefined,
    authors: [frontmatter.author ?? "Embun Bukit"],
    categories: [frontmatter.category ?? [], frontmatter.tags ?? []].flat(),
    html,
  }));
}

import { relative } from "node:path";
import type pc from "picocolors";
import type { BuildResult } from "../build.ts";
import { printable } from "../check/report/printable.ts";
import type { Config } from "../model/config.ts";

/** With more files than this the summary counts them instead of naming each. */
const mostNamedFiles = 8;

/** The object that `--json` prints; instants are RFC 3339, paths are below the output folder. */
export function toJson(result: BuildResult): Record<string, unknown> {
  const { posts, files, nextDue, diagnostics, ms } = result;
  return {
    posts,
    files,
    nextDue: nextDue === undefined ? null : new Date(nextDue).toISOString(),
    diagnostics,
    ms,
  };
}

/** The summary that people read. */
export function describeBuild(
  result: BuildResult,
  config: Config,
  colors: typeof pc,
  options: { readonly changedOnly?: boolean } = {},
): string {
  const out = relative(process.cwd(), config.out) || ".";
  const lines = [`${colors.bold(printable(config.site.title))}: ${describePosts(result)}`];
  const rows = [
    ...result.files.written.map((path) => `  ${colors.green("written")}    ${out}/${printable(path)}`),
    ...result.files.removed.map((path) => `  ${colors.yellow("removed")}    ${out}/${printable(path)}`),
  ];
  const { written, removed } = result.files;
  if (rows.length <= mostNamedFiles) lines.push(...rows);
  else {
    const counts = [
      `${written.length} written`,
      ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    ];
    lines.push(`  ${out}/: ${counts.join(", ")}`);
  }
  if (!options.changedOnly) lines.push(...describeRest(result, out, colors));
  if (result.nextDue !== undefined) {
    lines.push(`  next scheduled change: ${new Date(result.nextDue).toISOString().replace(".000Z", "Z")}`);
  }
  lines.push(colors.dim(`  ${result.ms} ms`));
  return lines.join("\n");
}

/** What was not written, so that nobody has to guess. */
function describeRest(
  { files: { written, unchanged, removed } }: BuildResult,
  out: string,
  colors: typeof pc,
) {
  const [all, same] = [written.length + removed.length + unchanged.length, unchanged.length];
  if (all === 0) return [colors.yellow(`  nothing was written; ${out}/ did not change`)];
  return same === 0
    ? []
    : [colors.dim(`  ${same} ${same === 1 ? "file" : "files"} in ${out}/ did not change`)];
}

function describePosts({ posts }: BuildResult): string {
  const parts = [
    [posts.published, "published"],
    [posts.draft, "draft"],
    [posts.future, "scheduled"],
    [posts.expired, "expired"],
    [posts.unlisted, "unlisted"],
    [posts.held.length, "held at the version that readers have"],
    [posts.leftOut.length, "left out because of errors"],
  ] as const;
  const shown = parts.filter(([count], i) => i === 0 || count > 0).map(([count, word]) => `${count} ${word}`);
  return `${posts.read} ${posts.read === 1 ? "post" : "posts"} read: ${shown.join(", ")}`;
}

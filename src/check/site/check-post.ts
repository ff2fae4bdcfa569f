import { readFileSync } from "node:fs";
import { join } from "node:path";
import { feedsOf } from "../../feeds/memberships.ts";
import { planFeed } from "../../feeds/plan-feed.ts";
import { serializeEntry, serializeFeed } from "../../formats/serialize.ts";
import type { Config } from "../../model/config.ts";
import { Failure } from "../../model/failure.ts";
import { type FeedPlan, nameVariant, type OutputFile, variantOf } from "../../model/plan.ts";
import type { Post, PostContent } from "../../model/post.ts";
import { locateField } from "../../posts/fields/trace-post.ts";
import { displayPath } from "../../posts/folder/posts-folder.ts";
import { locateBody } from "../../posts/front-matter/front-matter.ts";
import { readPost } from "../../posts/read-post.ts";
import { renderPost } from "../../posts/render-post.ts";
import { type CheckOptions, inspectDocument } from "../check-document.ts";
import type { Checked, Finding } from "../report/finding.ts";
import { PostAttribution, removeRepeats } from "./attribute-findings.ts";
import { nameOutput, urlOfOutput } from "./inspect-output.ts";

/**
 * Checks one post alone, as a feed of one entry, in every format and variant in which it would appear. What takes other
 * posts to see, such as an id that is used twice, is for {@link checkSite}.
 * @param file below the posts folder, with `/`
 * @throws Failure `usage` when the file cannot be read
 */
export async function checkPost(file: string, config: Config, options: CheckOptions = {}): Promise<Checked> {
  const bytes = readSource(file, config);
  const { post, diagnostics } = readPost({ file, bytes }, config);
  const sources = new Map([[displayPath(file, config), bytes.toString()]]);
  if (post === undefined) return { findings: diagnostics, sources };
  const { offset, line } = locateBody(bytes);
  const body = { text: bytes.toString("utf8", offset), line };
  const rendered = await renderPost(post, body, config, (field) =>
    locateField({ file, bytes }, [field], config),
  );
  const findings: Finding[] = [...diagnostics, ...rendered.diagnostics];
  if (!findings.some(({ severity }) => severity === "error")) {
    findings.push(...checkEntries(post, rendered.content, config, options));
  }
  return { findings: removeRepeats(findings), sources };
}

function readSource(file: string, config: Config): Buffer {
  try {
    return readFileSync(join(config.posts.dir, file));
  } catch (cause) {
    throw new Failure("usage", `${displayPath(file, config)} cannot be read.`, {
      hint: "Give the path of a post, such as posts/hello.md.",
      cause,
    });
  }
}

function checkEntries(post: Post, content: PostContent, config: Config, options: CheckOptions): Finding[] {
  const attribution = new PostAttribution(config);
  return makeDocuments(post, content, config).flatMap((document) => {
    const bytes = Buffer.from(document.content);
    const { mediaType, path } = document;
    const name = nameOutput(path, config);
    const about = { bytes, name, mediaType, url: urlOfOutput(path, config) };
    const { diagnostics, parsed } = inspectDocument(about, options);
    // Findings about the feed as a whole do not concern the post.
    return attribution
      .attribute({ parsed, posts: [post] }, diagnostics)
      .flatMap((finding) => (finding.document ? [{ ...finding, document: { file: name } }] : []));
  });
}

/** The post as the only entry of each kind of feed it would be in; tags and the like share one kind. */
function makeDocuments(post: Post, content: PostContent, config: Config): OutputFile[] {
  const plans = new Map<string, FeedPlan>();
  for (const name of feedsOf(post, config)) {
    if (name.kind === "news") continue;
    const plan = planFeed({ name, folder: "", slug: "" }, [post], config);
    const key = `${nameVariant(variantOf(plan))} ${plan.formats}`;
    if (!plans.has(key)) plans.set(key, plan);
  }
  return [...plans.values()].flatMap((plan) =>
    plan.formats.map((format) => {
      const fragment = serializeEntry(post, content, format, variantOf(plan), config);
      return serializeFeed(plan, format, [fragment], config);
    }),
  );
}

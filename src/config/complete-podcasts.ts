// In come the shows of a configuration as written; out go shows with absolute addresses, and what Apple would refuse.
import type { CustomFeed, Podcast } from "../model/config.ts";
import { describeProblem, nameKey, type Problem } from "./describe.ts";
import type { KeyPath } from "./find-key.ts";

/** Bytes of a show's description that Apple Podcasts takes. */
const longestDescription = 4000;

interface Shows {
  readonly podcast?: Podcast | undefined;
  readonly feeds: { readonly custom: readonly CustomFeed[] };
  readonly site: { readonly url: string; readonly description: string };
}

/** Completes the site's show and those of custom feeds. */
export function completePodcasts(
  { podcast, feeds, site }: Shows,
  problems: Problem[],
): { podcast?: Podcast; custom: readonly CustomFeed[] } {
  if (podcast) checkDescription(site.description, ["site", "description"], problems);
  const custom = feeds.custom.map((feed, index): CustomFeed => {
    const key = ["feeds", "custom", index];
    if (feed.profile === "apple-podcasts" && !feed.podcast && !podcast)
      problems.push({
        path: [...key, "profile"],
        code: "config/wrong-value",
        message: `${nameKey(key)}.profile is "apple-podcasts", but no podcast is described`,
        hint: "Write podcast: { image, category, explicit } beside it.",
      });
    // A feed with this profile and no show of its own is another selection of the site's show.
    const own = feed.podcast ?? (feed.profile === "apple-podcasts" ? podcast : undefined);
    if (own === undefined) return feed;
    if (feed.formats && !feed.formats.includes("rss"))
      problems.push(
        describeProblem([...key, "formats"], feed.formats, 'a list with "rss", which podcast apps read'),
      );
    const where = feed.description === undefined ? ["site", "description"] : [...key, "description"];
    checkDescription(feed.description ?? site.description, where, problems);
    return { ...feed, podcast: place(own, site.url) };
  });
  return { custom, ...(podcast && { podcast: place(podcast, site.url) }) };
}

function place(podcast: Podcast, siteUrl: string): Podcast {
  return { ...podcast, image: new URL(podcast.image, siteUrl).href };
}

function checkDescription(description: string, path: KeyPath, problems: Problem[]): void {
  const bytes = Buffer.byteLength(description);
  if (bytes > 0 && bytes <= longestDescription) return;
  const problem: Problem = {
    path,
    code: "config/wrong-value",
    message:
      bytes === 0
        ? `${nameKey(path)} is missing, and a podcast needs one`
        : `${nameKey(path)} has ${bytes} bytes; Apple Podcasts takes ${longestDescription}`,
    hint: `Write what the show is about, in 1 to ${longestDescription} bytes.`,
  };
  if (!problems.some(({ message }) => message === problem.message)) problems.push(problem);
}

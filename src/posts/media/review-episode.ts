import { join } from "node:path";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Attachment, Post, PostContent } from "../../model/post.ts";
import { defineProblem, diagnose, type Problem } from "../../model/problem.ts";
import { hasPodcast } from "../fields/read-episode.ts";
import { displayPath } from "../folder/posts-folder.ts";
import type { FieldLocator } from "./attachment-reader.ts";
import { readMediaFacts } from "./media-facts.ts";

const missingEnclosure = defineProblem("podcast/enclosure", {
  severity: "warning",
  title: "An episode without a sound file",
  why: "Podcast apps show no episode that they cannot play.",
  fix: "Add `audio:` or `attachments:` with a sound or video file.",
  spec: "https://podcasters.apple.com/support/823-podcast-requirements",
});

const missingTitle = defineProblem("podcast/title", {
  severity: "warning",
  title: "An episode without a title",
  why: "Apple Podcasts does not list an episode without a title.",
  fix: "Write `title:`.",
  spec: "https://podcasters.apple.com/support/823-podcast-requirements",
});

const refusedImage = defineProblem("podcast/image", {
  severity: "warning",
  title: "A picture that Apple Podcasts refuses",
  why: "Apple Podcasts shows no picture or a wrong one, and does not accept a new show without a proper one.",
  fix: "Use a square JPEG or PNG of 1400 to 3000 pixels.",
  spec: "https://podcasters.apple.com/support/823-podcast-requirements",
});

const insecureFile = defineProblem("podcast/insecure", {
  severity: "warning",
  title: "A file that podcast apps load only by https",
  why: "Podcast apps do not load the file, so listeners do not get the transcript or the chapters.",
  fix: "Serve the file by https, and write its https address.",
});

/** What Apple Podcasts plays: M4A, MP3, MOV, MP4, M4V and PDF. */
const playable: ReadonlySet<string> = new Set([
  "audio/mpeg",
  "audio/mp4",
  "audio/x-m4a",
  "video/mp4",
  "video/x-m4v",
  "video/quicktime",
  "application/pdf",
]);

/** Finds what podcast apps would miss in an episode. Posts that are not episodes are passed over. */
export function reviewEpisode(
  post: Post,
  content: PostContent,
  config: Config,
  locate: FieldLocator = () => undefined,
): Diagnostic[] {
  if (post.episode === undefined || !hasPodcast(config)) return [];
  const found: Diagnostic[] = [];
  const report = (problem: Problem, message: string, hint: string, field: string): void => {
    const at = locate(field);
    found.push(diagnose(problem, displayPath(post.file, config), message, { hint, ...(at && { at }) }));
  };
  const types = content.attachments.map(({ type }) => type);
  if (!types.some((type) => playable.has(type))) {
    const has = types.length === 0 ? "names no file" : `has ${[...new Set(types)].join(", ")} only`;
    const message = `The post is an episode, but it ${has}; Apple Podcasts plays MP3, M4A, MP4, MOV, M4V and PDF.`;
    report(missingEnclosure, message, "Write audio: episode.mp3 into its front matter.", "episode");
  }
  if (post.title === "")
    report(missingTitle, "The episode has no title.", "Write title: into its front matter.", "title");
  const { image, transcripts = [], chapters } = content.episode ?? {};
  const fault = image && findImageFault(image);
  if (fault !== undefined)
    report(
      refusedImage,
      `The episode's picture is ${image?.url}; ${fault}.`,
      "Use a square JPEG or PNG of 1400 to 3000 pixels.",
      "episode",
    );
  for (const file of [...transcripts, ...(chapters ? [chapters] : [])]) {
    if (file.url.startsWith("https:")) continue;
    const field = file === chapters ? "chapters" : "transcript";
    report(insecureFile, `${file.url} is not https.`, "Give it an https address.", field);
  }
  return found;
}

type Picture = Pick<Attachment, "type" | "width" | "height">;

/** Says why Apple Podcasts would refuse a picture; undefined where it would not, or the size is unknown. */
export function findImageFault({ type, width, height }: Picture): string | undefined {
  if (type !== "image/jpeg" && type !== "image/png") return `it is ${type}`;
  if (width === undefined || height === undefined) return undefined;
  if (width !== height) return `it is ${width} by ${height} pixels, not square`;
  return width < 1400 || width > 3000 ? `it is ${width} pixels wide` : undefined;
}

/** Checks the pictures of the site's shows that are below `assets.dir`. Nothing is fetched. */
export async function checkShowImages(config: Config): Promise<Diagnostic[]> {
  const shows = [config.podcast, ...config.feeds.custom.map((feed) => feed.podcast)];
  const images = new Set(shows.flatMap((show) => show?.image ?? []));
  const found = await Promise.all([...images].map((image) => checkShowImage(image, config)));
  return found.flat();
}

async function checkShowImage(image: string, config: Config): Promise<Diagnostic[]> {
  const { dir } = config.assets;
  const { site } = config;
  if (dir === undefined || !image.startsWith(site.url)) return [];
  const path = decodePath(new URL(image).pathname.slice(new URL(site.url).pathname.length));
  const { type, width, height } = await readMediaFacts(join(dir, path));
  // Another tool may put the picture there later.
  if (type === undefined || width === undefined) return [];
  const fault = findImageFault({ type, width, ...(height !== undefined && { height }) });
  if (fault === undefined) return [];
  const file = config.file === undefined ? "command line" : config.file.slice(config.root.length + 1);
  return [
    diagnose(refusedImage, file.replaceAll("\\", "/"), `podcast.image is ${image}; ${fault}.`, {
      hint: "Use a square JPEG or PNG of 1400 to 3000 pixels.",
    }),
  ];
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray per cent sign: the name is used as written.
    return path;
  }
}

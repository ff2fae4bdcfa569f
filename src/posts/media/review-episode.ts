import { join } from "node:path";
import { type Code, diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Attachment, Post, PostContent } from "../../model/post.ts";
import { hasPodcast } from "../fields/read-episode.ts";
import { displayPath } from "../folder/posts-folder.ts";
import type { LocateField } from "./attachment-reader.ts";
import { readMediaFacts } from "./media-facts.ts";

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

/** Only posts that say something as episodes count: a site may have other posts beside them. */
export function reviewEpisode(
  post: Post,
  content: PostContent,
  config: Config,
  locate: LocateField = () => undefined,
): Diagnostic[] {
  if (post.episode === undefined || !hasPodcast(config)) return [];
  const found: Diagnostic[] = [];
  const report = (code: Code, message: string, hint: string, field: string): void => {
    const at = locate(field);
    found.push(diagnose(code, displayPath(post.file, config), message, { hint, ...(at && { at }) }));
  };
  const types = content.attachments.map(({ type }) => type);
  if (!types.some((type) => playable.has(type))) {
    const has = types.length === 0 ? "names no file" : `has ${[...new Set(types)].join(", ")} alone`;
    const message = `The post is an episode, but it ${has}; Apple Podcasts plays MP3, M4A, MP4, MOV, M4V and PDF.`;
    report("podcast/enclosure", message, "Write audio: episode.mp3 into its front matter.", "episode");
  }
  if (post.title === "")
    report("podcast/title", "The episode has no title.", "Write title: into its front matter.", "title");
  const { image, transcripts = [], chapters } = content.episode ?? {};
  const fault = image && findImageFault(image);
  if (fault !== undefined)
    report(
      "podcast/image",
      `The episode's picture is ${image?.url}; ${fault}.`,
      "Use a square JPEG or PNG of 1400 to 3000 pixels.",
      "episode",
    );
  for (const file of [...transcripts, ...(chapters ? [chapters] : [])]) {
    if (file.url.startsWith("https:")) continue;
    const field = file === chapters ? "chapters" : "transcript";
    report("podcast/insecure", `${file.url} is not https.`, "Give it an https address.", field);
  }
  return found;
}

type Picture = Pick<Attachment, "type" | "width" | "height">;

/** Says what is wrong; what is unknown, such as the size of a picture elsewhere, is nothing wrong. */
export function findImageFault({ type, width, height }: Picture): string | undefined {
  if (type !== "image/jpeg" && type !== "image/png") return `it is ${type}`;
  if (width === undefined || height === undefined) return undefined;
  if (width !== height) return `it is ${width} by ${height} pixels, not square`;
  return width < 1400 || width > 3000 ? `it is ${width} pixels wide` : undefined;
}

/** Looks at the pictures of the site's shows that stand below `assets.dir`. Nothing is fetched. */
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
  // Another tool may put the picture there; what cannot be read is nothing to complain of.
  if (type === undefined || width === undefined) return [];
  const fault = findImageFault({ type, width, ...(height !== undefined && { height }) });
  if (fault === undefined) return [];
  const file = config.file === undefined ? "command line" : config.file.slice(config.root.length + 1);
  return [
    diagnose("podcast/image", file.replaceAll("\\", "/"), `podcast.image is ${image}; ${fault}.`, {
      hint: "Use a square JPEG or PNG of 1400 to 3000 pixels.",
    }),
  ];
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A stray per cent sign: the name is meant as written.
    return path;
  }
}

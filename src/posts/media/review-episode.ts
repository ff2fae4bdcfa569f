// In come a post and its content; out goes what podcast apps would miss in it, if it is an episode.
import { type Code, diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Post, PostContent } from "../../model/post.ts";
import { hasPodcast } from "../fields/read-episode.ts";
import { nameForPeople } from "../folder/people-name.ts";
import type { Locate } from "./attachment-reader.ts";
import { findImageFault } from "./episode-image.ts";

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
  locate: Locate = () => undefined,
): Diagnostic[] {
  if (post.episode === undefined || !hasPodcast(config)) return [];
  const found: Diagnostic[] = [];
  const report = (code: Code, message: string, hint: string, field: string): void => {
    const at = locate(field);
    found.push(diagnose(code, nameForPeople(post.file, config), message, { hint, ...(at && { at }) }));
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

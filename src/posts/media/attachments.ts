import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Attachment, Episode, EpisodeFiles, Post } from "../../model/post.ts";
import { AttachmentReader, type FieldLocator } from "./attachment-reader.ts";
import type { Asset } from "./local-files.ts";
import { findImageFault } from "./review-episode.ts";

export interface ResolvedAttachments {
  readonly image?: Attachment;
  readonly attachments: readonly Attachment[];
  readonly episode?: EpisodeFiles;
  readonly diagnostics: readonly Diagnostic[];
  readonly assets: readonly Asset[];
  /** Absolute paths where local files were looked for, whether they exist or not. */
  readonly places: readonly string[];
}

/** Reads what can be read of everything that front matter attaches to a post. Nothing is fetched. */
export async function resolveAttachments(
  post: Post,
  file: string,
  config: Config,
  locate: FieldLocator = () => undefined,
): Promise<ResolvedAttachments> {
  const reader = new AttachmentReader(post, file, config, locate);
  const image = post.image === undefined ? undefined : await reader.readImage(post.image);
  const attachments: Attachment[] = [];
  for (const [index, reference] of post.attachments.entries()) {
    const attachment = await reader.readAttachment(reference, index);
    if (attachment !== undefined) attachments.push(attachment);
  }
  const episode = post.episode && (await readEpisodeFiles(reader, post.episode, image));
  const { diagnostics, assets, places } = reader;
  return {
    attachments,
    diagnostics,
    assets,
    places,
    ...(image !== undefined && { image }),
    ...(episode !== undefined && { episode }),
  };
}

/** The files of an episode. The post's own image is used where the episode has none and Apple would accept it. */
async function readEpisodeFiles(
  reader: AttachmentReader,
  episode: Episode,
  image: Attachment | undefined,
): Promise<EpisodeFiles> {
  const transcripts: EpisodeFiles["transcripts"][number][] = [];
  for (const reference of episode.transcripts ?? []) {
    const file = await reader.readFile(reference, "transcript");
    const { language } = reference;
    if (file !== undefined) transcripts.push({ ...file, ...(language !== undefined && { language }) });
  }
  const chapters = episode.chapters && (await reader.readFile(episode.chapters, "chapters"));
  const own =
    episode.image === undefined ? undefined : await reader.readFile({ src: episode.image }, "episode");
  const shown = own ?? (image && findImageFault(image) === undefined && image.width ? image : undefined);
  return {
    transcripts,
    ...(chapters && { chapters: { ...chapters, type: chaptersType(chapters.type) } }),
    ...(shown && { image: shown }),
  };
}

/** The namespace's own type for chapters; a `.json` says no more than JSON. */
function chaptersType(type: string): string {
  return type === "application/json" ? "application/json+chapters" : type;
}

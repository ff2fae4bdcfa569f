// In comes a picture; out goes why Apple Podcasts would refuse it for a show or an episode.
import { join } from "node:path";
import { diagnose } from "../../model/codes.ts";
import type { Config } from "../../model/config.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Attachment } from "../../model/post.ts";
import { readMediaFacts } from "./media-facts.ts";

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

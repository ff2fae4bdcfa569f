import { escapeHtmlAttribute, escapeHtmlText } from "./characters.ts";
import { resolveLink } from "./web-address.ts";

/** Host and beginning of the path of players that feed readers show. */
const players: readonly (readonly [host: string, path: string])[] = [
  ["www.youtube.com", "/embed/"],
  ["youtube.com", "/embed/"],
  ["www.youtube-nocookie.com", "/embed/"],
  ["youtube-nocookie.com", "/embed/"],
  ["player.vimeo.com", "/video/"],
  ["open.spotify.com", "/embed"],
  ["w.soundcloud.com", "/player"],
  ["bandcamp.com", "/EmbeddedPlayer"],
  ["embed.podcasts.apple.com", "/"],
  ["embed.music.apple.com", "/"],
  ["www.dailymotion.com", "/embed/"],
  ["geo.dailymotion.com", "/player"],
  ["embed.ted.com", "/"],
  ["player.twitch.tv", "/"],
  ["clips.twitch.tv", "/embed"],
  ["codepen.io", "/"],
  ["www.google.com", "/maps/embed"],
  ["archive.org", "/embed/"],
];

/** Gives the frame's https URL when it is one of the players that readers keep. `url` is absolute. */
function knownPlayer(url: string): string | undefined {
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "" || parsed.port !== "") return undefined;
  const known = players.some(([host, path]) => parsed.host === host && parsed.pathname.startsWith(path));
  if (!known) return undefined;
  parsed.protocol = "https:";
  return parsed.href;
}

/**
 * Writes a frame as feeds can carry it; empty when it has no web address.
 * @param insideLink it is inside a link, so that only text can be written
 */
export function writeFrame(attributes: ReadonlyMap<string, string>, base: URL, insideLink: boolean): string {
  const source = attributes.get("data-src") ?? attributes.get("src") ?? "";
  const url = source.trim() === "" ? undefined : resolveLink(source, base);
  if (url === undefined || !/^https?:/.test(url)) return "";
  const title = (attributes.get("title") ?? "").trim();
  const player = knownPlayer(url);
  if (player === undefined) {
    const label = escapeHtmlText(title === "" ? new URL(url).host : title);
    return insideLink ? label : `<a href="${escapeHtmlAttribute(url)}">${label}</a>`;
  }
  let out = `<iframe src="${escapeHtmlAttribute(player)}"`;
  for (const key of ["width", "height"]) {
    const value = attributes.get(key) ?? "";
    if (/^\d{1,5}%?$/.test(value)) out += ` ${key}="${value}"`;
  }
  if (title !== "") out += ` title="${escapeHtmlAttribute(title)}"`;
  if (attributes.has("allowfullscreen")) out += ' allowfullscreen=""';
  return `${out}></iframe>`;
}

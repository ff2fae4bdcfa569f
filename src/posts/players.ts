// In comes the address of an embedded frame; out goes whether readers know the player behind it.

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
export function knownPlayer(url: string): string | undefined {
  const parsed = new URL(url);
  if (parsed.username !== "" || parsed.password !== "" || parsed.port !== "") return undefined;
  const known = players.some(([host, path]) => parsed.host === host && parsed.pathname.startsWith(path));
  if (!known) return undefined;
  parsed.protocol = "https:";
  return parsed.href;
}

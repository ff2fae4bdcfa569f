/**
 * Parses a URL as browsers do (WHATWG). Not by way of `URL.canParse`: in Node 20 it refuses some addresses with letters
 * beyond ASCII once V8 has optimised the call.
 */
export function parseUrl(text: string, base?: string | URL): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

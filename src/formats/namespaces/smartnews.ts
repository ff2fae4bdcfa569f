// In comes the site's logo; out go the channel elements of SmartFormat (publishers.smartnews.com, "SmartFormat specification").
import type { Extension } from "./any/extension.ts";
export function smartnewsChannel(logo: string | undefined): Extension[] {
  return logo === undefined ? [] : [{ name: "snf:logo", objects: { url: logo } }];
}

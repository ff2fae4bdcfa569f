import type { PresetName } from "../../model/config.ts";
import { astro } from "./astro.ts";
import { docusaurus } from "./docusaurus.ts";
import { eleventy } from "./eleventy.ts";
import { gatsby } from "./gatsby.ts";
import { hexo } from "./hexo.ts";
import { hugo } from "./hugo.ts";
import { jekyll } from "./jekyll.ts";
import { next } from "./next.ts";
import { nuxt } from "./nuxt.ts";
import { obsidian } from "./obsidian.ts";
import { pelican } from "./pelican.ts";
import type { Preset } from "./preset.ts";
import { quartz } from "./quartz.ts";
import { vitepress } from "./vitepress.ts";
import { zola } from "./zola.ts";

/** In the order of recognizing: those whose files no other program has come first. */
export const presets: readonly Preset[] = [
  ...[
    docusaurus,
    astro,
    gatsby,
    nuxt,
    pelican,
    quartz,
    vitepress,
    zola,
    hugo,
    hexo,
    jekyll,
    eleventy,
    next,
    obsidian,
  ],
];

export function findPreset(name: PresetName | undefined): Preset | undefined {
  return presets.find((preset) => preset.name === name);
}

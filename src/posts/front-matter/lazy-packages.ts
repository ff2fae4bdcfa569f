import { createRequire } from "node:module";
import type * as GrayMatter from "gray-matter";
import type * as Picomatch from "picomatch";
import type * as Toml from "smol-toml";
import type * as Yaml from "yaml";

// A hundred modules that ten thousand plain posts never call. `require`, because reading a post is synchronous.
const load = createRequire(import.meta.url);

let loadedMatter: typeof GrayMatter.default | undefined;
let loadedPicomatch: typeof Picomatch.default | undefined;
let loadedToml: typeof Toml | undefined;
let loadedYaml: typeof Yaml | undefined;

export function grayMatter(): typeof GrayMatter.default {
  loadedMatter ??= load("gray-matter") as typeof GrayMatter.default;
  return loadedMatter;
}

export function picomatch(): typeof Picomatch.default {
  loadedPicomatch ??= load("picomatch") as typeof Picomatch.default;
  return loadedPicomatch;
}

export function smolToml(): typeof Toml {
  loadedToml ??= load("smol-toml") as typeof Toml;
  return loadedToml;
}

export function yaml(): typeof Yaml {
  loadedYaml ??= load("yaml") as typeof Yaml;
  return loadedYaml;
}

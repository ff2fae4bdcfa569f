// Astro renders every post into its data store.
import { defineConfig } from "astro/config";

// biome-ignore lint/style/noDefaultExport: Astro reads it
export default defineConfig({
  site: "https://bench.example",
  outDir: "./dist",
  cacheDir: "./.cache",
  markdown: { syntaxHighlight: false },
});

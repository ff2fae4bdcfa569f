import mdx from "@astrojs/mdx";
import { defineConfig, passthroughImageService } from "astro/config";

export default defineConfig({
  site: "https://pasir.example",
  base: "/jejak",
  integrations: [mdx()],
  image: { service: passthroughImageService() },
});

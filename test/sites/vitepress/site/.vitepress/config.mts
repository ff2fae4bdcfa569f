import { defineConfig } from "vitepress";

export default defineConfig({
  title: "Lereng Gunung",
  description: "Kabar dari pos pendakian.",
  lang: "id-ID",
  base: "/lereng/",
  cleanUrls: true,
  srcExclude: ["**/README.md"],
  ignoreDeadLinks: true,
  sitemap: { hostname: "https://lereng.example/lereng/" },
  themeConfig: { nav: [{ text: "Kabar", link: "/posts/" }] },
});

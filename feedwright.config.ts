import { defineConfig } from "feedwright";

export default defineConfig({
  site: {
    url: "https://kabarmuara.example/",
    title: "Kabar Muara",
    description: "Berita dan catatan dari Muara Saga, kota pelabuhan kecil di teluk yang dangkal.",
    language: "id",
    timeZone: "Asia/Jakarta",
    authority: "kabarmuara.example,2026",
    authors: {
      redaksi: { name: "Redaksi Kabar Muara", email: "redaksi@kabarmuara.example" },
      ratna: {
        name: "Ratna Palupi",
        email: "ratna@kabarmuara.example",
        url: "https://kabarmuara.example/ratna/",
      },
      maya: { name: "Maya Linting", url: "https://kabarmuara.example/maya/" },
      yusuf: "Yusuf Hadad",
    },
    copyright: "© 2026 Kabar Muara",
    image: "/images/pasar-ikan-pasang.jpg",
    icon: "/icon.png",
  },
  permalink: "/:year/:month/:slug/",
  assets: { dir: "public" },
  feeds: {
    tags: true,
    authors: true,
    sections: true,
    languages: true,
    archives: "month",
    opml: true,
    links: true,
    custom: [
      {
        name: "suara-dermaga",
        title: "Suara Dermaga",
        description: "Bunyi-bunyi Muara Saga, satu bunyi setiap episode.",
        where: { section: "Podcast" },
        podcast: {
          image: "/images/suara-dermaga.jpg",
          category: "Society & Culture > Documentary",
          explicit: false,
          author: "Kabar Muara",
          owner: { name: "Redaksi Kabar Muara", email: "redaksi@kabarmuara.example" },
          locked: true,
        },
      },
    ],
  },
  news: { publication: "Kabar Muara" },
  sitemap: true,
  headers: true,
  websub: { hubs: ["https://hub.example/"] },
});

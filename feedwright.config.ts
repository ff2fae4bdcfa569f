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
  websub: { hubs: ["https://hub.example/"] },
});

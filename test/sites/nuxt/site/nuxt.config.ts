export default defineNuxtConfig({
  modules: ["@nuxt/content"],
  compatibilityDate: "2026-01-01",
  site: { url: "https://sawah.example", name: "Kabar Sawah" },
  app: { head: { htmlAttrs: { lang: "id" }, title: "Kabar Sawah" } },
  content: { experimental: { sqliteConnector: "native" } },
  telemetry: false,
});

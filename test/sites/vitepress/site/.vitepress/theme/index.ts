import DefaultTheme from "vitepress/theme";
import Kotak from "./Kotak.vue";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("Kotak", Kotak);
  },
};

/** Adds buttons that copy an address, and links to readers; without it the page has everything else. It writes text, never HTML. */
export const pageScript = `
(() => {
  const { base, copy, copied, open } = document.body.dataset;
  const said = document.querySelector("[role=status]");
  const main = document.querySelector(".readers");
  const addressOf = (a) => new URL(a.getAttribute("href"), base).href;
  const say = (text) => {
    said.textContent = "";
    setTimeout(() => { said.textContent = text; }, 50);
    clearTimeout(say.timer);
    say.timer = setTimeout(() => { said.textContent = ""; }, 6000);
  };
  const byHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  const copyText = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return byHand(text);
    }
  };
  for (const row of document.querySelectorAll(".doc, .feeds > li")) {
    const a = row.querySelector("a");
    const name = (row.closest(".site") || row).querySelector("bdi");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = copy;
    button.setAttribute("aria-label", copy + ": " + (name ? name.textContent + ", " : "") + a.textContent);
    button.addEventListener("click", async () => {
      const url = addressOf(a);
      const done = await copyText(url);
      button.focus();
      say(done ? copied + ": " + url : url);
    });
    row.insertBefore(button, row.querySelector("details"));
  }
  for (const row of main ? document.querySelectorAll(".feeds > li") : []) {
    if (row.querySelector(".readers")) continue;
    const old = main.dataset.u;
    const url = addressOf(row.querySelector("a"));
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    const readers = main.cloneNode(true);
    summary.textContent = open;
    readers.querySelector("span").remove();
    for (const a of readers.querySelectorAll("a")) {
      const href = a.getAttribute("href");
      a.href = href.replace(encodeURIComponent(old), () => encodeURIComponent(url)).replace(old, () => url);
    }
    details.append(summary, readers);
    row.append(details);
  }
})();
`;

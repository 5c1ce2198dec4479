// What the workbench adds to htmx: a page whose run has ended shows the plan; unsaved text is not lost by leaving.
(() => {
  "use strict";
  document.querySelectorAll(".tabs, .form-parts").forEach((strip) => {
    const here = strip.querySelector("[aria-current]");
    if (here) strip.scrollLeft += here.getBoundingClientRect().left - strip.getBoundingClientRect().left - 40;
  });
  // A sheet that is wider than the window shows its first faulty cell.
  document.querySelectorAll(".excerpt .scroll").forEach((sheet) => {
    const cell = sheet.querySelector(".faulty");
    if (!cell) return;
    const [here, seen] = [cell.getBoundingClientRect(), sheet.getBoundingClientRect()];
    if (here.right > seen.right) sheet.scrollLeft += here.right - seen.right + 24;
  });
  // On a map arrows go from tile to tile as they lie, and Home and End to the first and the last; Enter opens a tile.
  document.addEventListener("keydown", (event) => {
    const tile = event.target.closest(".tiles-map a");
    if (!tile || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const tiles = [...document.querySelectorAll(".tiles-map a")], at = tiles.indexOf(tile), from = tile.getBoundingClientRect();
    const rows = (way) => {
      const places = tiles.map((each) => [each, each.getBoundingClientRect()]).filter(([, to]) => way * (to.top - from.top) > 1);
      if (!places.length) return undefined;
      const next = way * Math.min(...places.map(([, to]) => way * to.top));
      const far = ([, to]) => Math.abs(to.left - from.left);
      return places.filter(([, to]) => Math.abs(to.top - next) <= 1).sort((one, other) => far(one) - far(other))[0][0];
    };
    const moves = { ArrowRight: () => tiles[at + 1], ArrowLeft: () => tiles[at - 1], ArrowDown: () => rows(1), ArrowUp: () => rows(-1), Home: () => tiles[0], End: () => tiles.at(-1) };
    const to = moves[event.key]?.();
    if (!to) return;
    event.preventDefault();
    to.focus();
  });
  // Where the address leads to a section that comes after its page, the browser goes there once it has come.
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const section = window.location.hash && document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    if (section && event.detail.elt.id === "whole" && event.detail.elt.contains(section)) section.scrollIntoView();
  });
  // After a reload the browser goes where one was; an answer that was waited for is to be seen.
  const waited = window.sessionStorage.getItem("waited");
  if (waited) {
    window.sessionStorage.removeItem("waited");
    window.addEventListener("load", () => window.setTimeout(() => document.getElementById(waited)?.scrollIntoView(), 60));
  }
  const live = document.querySelector("[data-live]");
  if (live) {
    document.body.addEventListener("htmx:sseClose", () => {
      if (window.location.hash) window.sessionStorage.setItem("waited", window.location.hash.slice(1));
      window.location.reload();
    });
    // The seconds go on between two news, however long nothing better is found.
    let told = "", toldAt = 0, written = "";
    window.setInterval(() => {
      const clock = live.querySelector("[data-clock]");
      if (!clock) return;
      if (clock.textContent !== written) [told, toldAt] = [clock.textContent, performance.now()];
      const passed = Math.floor((performance.now() - toldAt) / 1000);
      written = told.replace(/\d+/, (seconds) => String(Number(seconds) + passed));
      clock.textContent = written;
    }, 250);
  }
  document.addEventListener("change", (event) => {
    const name = event.target.matches("input[type=file]") && event.target.parentElement.querySelector(".file-name");
    if (!name) return;
    name.dataset.none ??= name.textContent;
    name.textContent = [...event.target.files].map((file) => file.name).join(", ") || name.dataset.none;
  });
  const editor = document.getElementById("editor");
  if (editor) {
    const text = editor.querySelector("#text");
    const before = text.value;
    let leaving = false;
    editor.addEventListener("submit", (event) => {
      const asked = event.submitter && event.submitter.dataset.confirm;
      if (asked && text.value !== before && !window.confirm(asked)) event.preventDefault();
      else leaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && text.value !== before) event.preventDefault();
    });
    editor.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        editor.requestSubmit();
      }
    });
  }
})();

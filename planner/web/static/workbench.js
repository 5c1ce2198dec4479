// What the workbench adds to htmx: a page whose run has ended shows the plan; unsaved text is not lost by leaving.
(() => {
  "use strict";
  const tab = document.querySelector(".tabs [aria-current]");
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 40;
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

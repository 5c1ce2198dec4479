// A file that is dropped on the page is sent by the form that takes files.
(() => {
  "use strict";
  const form = document.querySelector("form[data-drop]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  const holds = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  let inside = 0;
  const mark = (on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragenter", (event) => { if (holds(event)) { inside += 1; mark(true); } });
  document.addEventListener("dragleave", () => { inside = Math.max(0, inside - 1); if (!inside) mark(false); });
  document.addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    inside = 0;
    mark(false);
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
})();

// Forms of a scenario: what is wrong stands beside its field while typing; unsaved changes are not lost by leaving.
(() => {
  "use strict";
  const form = document.getElementById("scenario-form");
  if (!form) return;

  const told = (field, words) => {
    const fault = document.getElementById(`${field.id}-fault`);
    if (!fault) return;
    fault.textContent = words;
    fault.hidden = !words;
    if (words) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };

  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "findings") return;
    form.querySelectorAll("[aria-invalid]").forEach((field) => told(field, ""));
    const seen = new Set();
    event.detail.target.querySelectorAll("li[data-field]").forEach((found) => {
      const field = document.getElementById(found.dataset.field);
      if (field && !seen.has(field.id)) told(field, found.querySelector(".words").textContent);
      seen.add(found.dataset.field);
    });
  });

  form.addEventListener("click", (event) => {
    const link = event.target.closest('#findings a[href^="#"]');
    const field = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!field) return;
    event.preventDefault();
    for (let box = field.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const first = field.matches("fieldset") ? field.querySelector("input:not([type=hidden]), select") : field;
    (first || field).focus();
  });

  // Rows of names: one more blank field where the last of a row is filled in, and one more row.
  form.addEventListener("change", (event) => {
    const row = event.target.value && event.target.closest(".picked-row");
    if (!row) return;
    const blank = (field) => { field.value = ""; field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/[0-9]+$/, (n) => Number(n) + 1)); return field; };
    const fields = row.querySelectorAll("select, input:not([type=hidden])");
    const last = fields[fields.length - 1];
    const ceiling = row.matches(".ceiling-row");
    if (event.target === last && !ceiling) {
      const between = row.querySelector(".between"), more = blank(last.cloneNode(true));
      last.after(...(between ? [between.cloneNode(true)] : []), more);
    }
    if (row.querySelector("input[type=hidden]") && !row.nextElementSibling) {
      const next = row.cloneNode(true);
      next.querySelectorAll(".note").forEach((note) => note.remove());
      next.querySelectorAll("select, input:not([type=hidden])").forEach((field) => { if (!ceiling || field.localName === "input") field.value = ""; else field.value = row.querySelector("select").value; field.setAttribute("aria-label", field.getAttribute("aria-label").replace(/([0-9]+)\.([0-9]+)$/, (all, r, n) => `${Number(r) + 1}.${n}`)); });
      row.after(next);
      if (ceiling) window.htmx.process(next);
    }
  });

  const state = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken")).toString();
  const before = state();
  let leaving = false;
  form.addEventListener("submit", (event) => {
    const asked = event.submitter && event.submitter.dataset.confirm;
    if (asked && state() !== before && !window.confirm(asked)) event.preventDefault();
    else leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && state() !== before) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
})();

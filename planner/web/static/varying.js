// Sliders and switches of the what-if page: they write into the field beside them, which is what is sent.
(() => {
  "use strict";
  const form = document.getElementById("varying");
  if (!form) return;
  const rupiah = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "id", { maximumFractionDigits: 0 });

  const percentOf = (text, amount) => {
    const share = /^\s*(\d+(?:[.,]\d+)?)\s*%\s*$/.exec(text);
    if (share) return Number(share[1].replace(",", "."));
    const digits = /^\s*(?:[Rr]p)?\s*(\d+|\d{1,3}(?:\.\d{3})+)\s*$/.exec(text);
    return digits && amount ? (Number(digits[1].replaceAll(".", "")) / amount) * 100 : null;
  };

  const controls = [...form.querySelectorAll(".control")].map((box) => ({
    box,
    field: box.querySelector(".typed input"),
    meant: box.querySelector(".meant"),
    slide: box.querySelector(".slide"),
    flip: box.querySelector(".switch"),
    at: Number(box.dataset.at),
    amount: Number(box.dataset.amount || 0),
    last: "",
  }));

  const follow = (control) => {
    const { box, field, meant, slide, flip, at, amount } = control;
    const text = field.value.trim();
    const percent = text ? percentOf(text, amount) : at;
    box.classList.toggle("changed", text !== "");
    if (slide && percent !== null) slide.value = percent;
    if (flip) flip.setAttribute("aria-checked", String(percent !== 0));
    meant.textContent = amount && text && percent !== null ? `Rp${rupiah.format(Math.round((amount * percent) / 100))}` : "";
  };

  const write = (control, percent) => {
    control.field.value = Number(percent) === control.at ? "" : `${percent}%`;
    follow(control);
  };

  for (const control of controls) {
    const { field, slide, flip } = control;
    if (slide) {
      slide.hidden = false;
      slide.addEventListener("input", () => write(control, slide.value));
    }
    if (flip) {
      flip.hidden = false;
      flip.addEventListener("click", () => {
        if (flip.getAttribute("aria-checked") === "true") {
          control.last = field.value;
          field.value = "0%";
        } else {
          field.value = control.last === "0%" ? "" : control.last;
        }
        follow(control);
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    field.addEventListener("input", () => follow(control));
    follow(control);
  }

  if (window.matchMedia("(max-width: 56rem)").matches) {
    for (const part of form.querySelectorAll(".part")) part.open = part.querySelector(".changed") !== null;
    form.querySelector(".part").open = true;
  }

  // Saving leaves the page as a form does; computing stays on it.
  form.addEventListener("submit", (event) => {
    if (event.submitter?.dataset.save !== undefined) {
      event.stopImmediatePropagation();
    }
  }, { capture: true });
})();

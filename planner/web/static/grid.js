// The grid of groups and gaps: Tabulator shows it; what is changed, pasted and undone is kept here, and only that is sent.
(() => {
  "use strict";
  const form = document.getElementById("grid-form");
  if (!form || !window.Tabulator) return;
  const words = form.dataset;
  const box = document.getElementById("grid");
  const plain = document.getElementById("plain-grid");
  const state = document.getElementById("grid-state");
  const act = (name) => form.querySelector(`[data-act="${name}"]`);

  fetch(words.content, { headers: { Accept: "application/json" } })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer)))
    .then(begin)
    .catch(() => {});  // the plain table stays

  function begin(content) {
    const columns = content.columns;
    const was = new Map();          // key of row -> texts as they are in the file
    const fixed = new Map();
    const faulty = new Map();       // name of cell -> what is wrong
    const removed = new Set();
    const done = [];                // batches of changes, to be undone
    const undone = [];
    let added = 0;
    let checking = 0;
    let leaving = false;

    const field = (number) => `c${number}`;
    const numberOf = (cell) => Number(cell.getField().slice(1));
    const name = (key, number) => JSON.stringify(["groups", key, ...columns[number].keys]);
    const rowOf = (row) => {
      was.set(row.key, row.texts);
      fixed.set(row.key, new Set(row.fixed));
      const data = { key: row.key, base: row.base };
      row.texts.forEach((text, number) => { data[field(number)] = text; });
      return data;
    };
    const blank = () => {
      added += 1;
      return { key: `+${added}`, texts: columns.map(() => ""), fixed: [], base: false };
    };

    const shown = (cell) => {
      const number = numberOf(cell);
      const { key } = cell.getData();
      const element = cell.getElement();
      const text = cell.getValue() || "";
      const option = columns[number].options.find(([value]) => value === text);
      const fault = faulty.get(name(key, number));
      element.classList.toggle("changed", text !== was.get(key)[number]);
      element.classList.toggle("faulty", Boolean(fault));
      element.classList.toggle("gone", removed.has(key));
      element.title = fault || "";
      return document.createTextNode(option ? option[1] : text);
    };
    const heading = (text) => () => {
      const made = document.createElement("span");
      made.textContent = text;
      return made;
    };
    const narrow = window.innerWidth < 600;
    const widthOf = (of, number) => (of.gaps ? (narrow ? 92 : 116) : of.number ? (narrow ? 70 : 96) : number === 0 ? (narrow ? 76 : 120) : number === 1 ? (narrow ? 150 : 260) : narrow ? 110 : 150);
    const column = (of, number) => ({
      title: "", field: field(number), formatter: shown, titleFormatter: heading(of.label), headerSort: false,
      cssClass: of.gaps ? "of-gaps" : "", hozAlign: of.number ? "right" : "left", minWidth: 60, width: widthOf(of, number),
      editor: content.fixed ? false : of.options.length ? "list" : "input",
      editorParams: of.options.length
        ? { values: [{ label: "–", value: "" }, ...of.options.map(([value, label]) => ({ label, value }))], autocomplete: false }
        : { selectContents: true, elementAttributes: { "aria-label": of.label } },
      editable: (cell) => !fixed.get(cell.getData().key).has(number) && !removed.has(cell.getData().key),
    });
    [box.hidden, plain.hidden] = [false, true];
    plain.querySelectorAll("input, select").forEach((input) => { input.disabled = true; });
    form.querySelectorAll(".grid-tools").forEach((tools) => { tools.hidden = false; });

    const table = new window.Tabulator(box, {
      data: content.rows.map(rowOf),
      index: "key",
      nestedFieldSeparator: false,
      layout: "fitData",
      maxHeight: "70vh",
      renderVerticalBuffer: 300,
      columns: columns.map(column),
      headerSortClickElement: "icon",
      columnDefaults: { headerWordWrap: true, resizable: true, headerSort: false },
      rowHeader: {
        field: "label", title: "", titleFormatter: heading(words.group), headerSort: false, frozen: true, width: narrow ? 110 : 170, resizable: true,
        formatter: (cell) => {
          const data = cell.getData();
          const element = document.createElement("span");
          element.textContent = data[field(1)] || data[field(0)] || words.new;
          if (data.base) element.title = words.base;
          cell.getElement().classList.toggle("of-base", Boolean(data.base));
          cell.getElement().classList.toggle("gone", removed.has(data.key));
          return element;
        },
      },
      selectableRange: 1,
      selectableRangeColumns: true,
      selectableRangeRows: true,
      selectableRangeClearCells: false,
      selectableRangeAutoFocus: false,
      editTriggerEvent: "dblclick",
      clipboard: "copy",
      clipboardCopyStyled: false,
      clipboardCopyConfig: { rowHeaders: false, columnHeaders: false },
      clipboardCopyRowRange: "range",
    });
    box.setAttribute("aria-labelledby", "grid-title");

    // the first rows are shown while the others still come; what needs the last row waits for them
    const built = new Promise((ready) => { table.on("tableBuilt", ready); });
    const whole = content.next === null ? Promise.resolve() : built.then(() => further(content.next));

    async function further(first) {
      for (let next = first; next !== null;) {
        const answer = await fetch(`${words.content}?dari=${next}&opened=${content.opened}`, { headers: { Accept: "application/json" } }).catch(() => null);
        if (!answer || !answer.ok) {
          if (answer && answer.status === 409 && !Object.keys(changes()[0]).length) window.location.reload();
          else if (state) state.textContent = words.rest;
          return;
        }
        const part = await answer.json();
        await table.addData(part.rows.map(rowOf));
        next = part.next;
      }
      mark();
    }

    // what screen readers are told: Tabulator's own roles are not those of a grid throughout
    function roles() {
      const [header, contents, headers, holder, rows] = [".tabulator-header", ".tabulator-header-contents", ".tabulator-headers", ".tabulator-tableholder", ".tabulator-table"].map((part) => box.querySelector(part));
      header.setAttribute("role", "rowgroup");
      header.removeAttribute("tabindex");
      contents.setAttribute("role", "presentation");
      headers.setAttribute("role", "row");
      holder.setAttribute("role", "rowgroup");
      holder.setAttribute("aria-describedby", "grid-cell");
      rows.setAttribute("role", "presentation");
      box.querySelectorAll("[aria-title]").forEach((each) => each.removeAttribute("aria-title"));
    }

    function told(range) {
      const at = document.getElementById("grid-cell");
      const [row] = range.getRows();
      const [of] = range.getColumns();
      if (!at || !row || !of || !/^c\d+$/.test(of.getField())) return;
      const data = row.getData();
      const text = data[of.getField()] || "–";
      at.textContent = `${data[field(1)] || data[field(0)] || words.new} · ${columns[Number(of.getField().slice(1))].label}: ${text}`;
    }

    // what is changed

    function put(changes, keep = true) {
      const before = changes.map(({ key, number }) => ({ key, number, text: table.getRow(key).getData()[field(number)] || "" }));
      const rows = new Map();
      changes.forEach(({ key, number, text }) => {
        if (!rows.has(key)) rows.set(key, {});
        rows.get(key)[field(number)] = text;
      });
      table.blockRedraw();
      rows.forEach((data, key) => table.getRow(key).update(data));
      table.restoreRedraw();
      rows.forEach((_data, key) => table.getRow(key).reformat());
      if (keep) {
        done.push(before);
        undone.length = 0;
      }
      tell();
      return before;
    }

    function turn(from, to) {
      const batch = from.pop();
      if (batch) to.push(put(batch.filter(({ key }) => was.has(key)), false));
      tell();
    }

    function changes() {
      const found = {};
      const old = {};
      table.getData().forEach((data) => {
        const texts = was.get(data.key);
        columns.forEach((_of, number) => {
          const text = data[field(number)] || "";
          if (text !== texts[number]) {
            found[name(data.key, number)] = text;
            old[name(data.key, number)] = texts[number];
          }
        });
      });
      removed.forEach((key) => {
        const box_ = JSON.stringify(["groups", key, "@remove"]);
        found[box_] = "1";
        old[box_] = "";
      });
      return [found, old];
    }

    function tell() {
      const count = Object.keys(changes()[0]).length;
      if (state) state.textContent = count ? words.unsaved.replace("{count}", count) : words.none;
      const [range] = table.getRanges();
      if (range) told(range);  // what the cell says now, not what it said
      if (act("undo")) act("undo").disabled = !done.length;
      if (act("redo")) act("redo").disabled = !undone.length;
      window.clearTimeout(checking);
      checking = window.setTimeout(check, 600);
    }

    function fill() {
      const [found, old] = changes();
      const field_ = form.querySelector('input[name="isian"]') || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "isian" }));
      field_.value = JSON.stringify(found);
      form.querySelector('input[name="was"]').value = JSON.stringify(old);
      form.querySelector('input[name="opened"]').value = content.opened;
    }

    function check() {
      fill();
      fetch(words.check, { method: "POST", body: new URLSearchParams(new FormData(form)) })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(answer)))
        .then((text) => {
          const findings = document.getElementById("findings");
          findings.innerHTML = text;
          if (window.htmx) window.htmx.process(findings);
          mark();
        })
        .catch(() => {});
    }

    function mark() {
      const before = [...faulty.keys()];
      faulty.clear();
      document.querySelectorAll("#findings li[data-cell]").forEach((found) => {
        faulty.set(found.dataset.cell, found.querySelector(".words").textContent);
      });
      [...before, ...faulty.keys()].forEach((cell) => {
        const [, key] = JSON.parse(cell);
        if (was.has(key)) table.getRow(key).reformat();
      });
    }

    document.getElementById("findings").addEventListener("click", (event) => {
      const found = event.target.closest("a") && event.target.closest("li[data-cell]");
      if (!found) return;
      const [, key, ...keys] = JSON.parse(found.dataset.cell);
      const number = columns.findIndex((of) => JSON.stringify(of.keys) === JSON.stringify(keys));
      if (!was.has(key)) return;
      const row = table.getRow(key);
      event.preventDefault();
      table.scrollToRow(row, "center", false).then(() => {
        const cell = row.getCell(field(Math.max(0, number)));
        table.scrollToColumn(cell.getField(), "middle", false).catch(() => {});
        table.getRanges()[0].setBounds(cell, cell);
        box.querySelector(".tabulator-tableholder").focus();
      });
    });

    // what is done with keys, clipboard and buttons

    table.on("cellEdited", (cell) => {
      const data = cell.getData();
      done.push([{ key: data.key, number: numberOf(cell), text: cell.getOldValue() || "" }]);
      undone.length = 0;
      cell.getRow().reformat();
      tell();
    });
    table.on("tableBuilt", () => { roles(); mark(); tell(); });
    table.on("rangeChanged", told);
    table.on("rangeAdded", told);

    const editing = () => document.activeElement && /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
    const corner = () => {
      const range = table.getRanges()[0];
      return range && { rows: range.getRows(), columns: range.getColumns() };
    };

    function cellsOf(text) {
      const rows = [[""]];
      let quoted = false;
      const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
      for (let at = 0; at < clean.length; at += 1) {
        const sign = clean[at];
        const row = rows[rows.length - 1];
        if (sign === '"' && (quoted || row[row.length - 1] === "")) {
          if (quoted && clean[at + 1] === '"') {
            row[row.length - 1] += '"';
            at += 1;
          } else quoted = !quoted;
        } else if (sign === "\t" && !quoted) row.push("");
        else if (sign === "\n" && !quoted) rows.push([""]);
        else row[row.length - 1] += sign === "\n" ? " " : sign;
      }
      return rows;
    }

    box.addEventListener("paste", (event) => {
      const range = corner();
      if (editing() || content.fixed || !range) return;
      event.preventDefault();
      event.stopPropagation();
      const pasted = cellsOf(event.clipboardData.getData("text/plain"));
      whole.then(() => paste(range, pasted));
    }, true);

    function paste(range, pasted) {
      const rows = table.getRows("active").map((row) => row.getData().key);
      const top = rows.indexOf(range.rows[0].getData().key);
      const left = Math.max(0, Number((range.columns.find((of) => /^c\d+$/.test(of.getField())) || { getField: () => "c0" }).getField().slice(1)));
      const missing = Math.min(2000, top + pasted.length - rows.length);
      const news = [];
      for (let n = 0; n < missing; n += 1) news.push(rowOf(blank()));
      const ready = news.length ? table.addData(news) : Promise.resolve();
      news.forEach((data) => rows.push(data.key));
      const alone = pasted.length === 1 && pasted[0].length === 1;
      ready.then(() => {
        const made_ = [];
        let outside = 0;
        const set = (key, number, text) => {
          if (key !== undefined && number < columns.length && !fixed.get(key).has(number)) made_.push({ key, number, text: meant(number, text) });
          else if (text.trim()) outside += 1;
        };
        if (alone) range.rows.forEach((row) => range.columns.forEach((of) => {
          if (/^c\d+$/.test(of.getField())) set(row.getData().key, Number(of.getField().slice(1)), pasted[0][0]);
        }));
        else pasted.forEach((row, down) => row.forEach((text, right) => set(rows[top + down], left + right, text)));
        put(made_);
        if (outside && state) state.textContent += `. ${form.dataset.outside.replace("{count}", outside)}`;
      });
    }

    // names of choices stand for their words
    function meant(number, text) {
      const clean = text.trim();
      const option = columns[number].options.find(([value, label]) => label.toLowerCase() === clean.toLowerCase() || value === clean);
      return option ? option[0] : clean;
    }

    box.addEventListener("keydown", (event) => {
      if (editing()) return;
      if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        form.querySelector("button:not([type]), button[type=submit]").focus();
        return;
      }
      const ctrl = event.ctrlKey || event.metaKey;
      if (ctrl && event.key.toLowerCase() === "z") {
        event.preventDefault();
        if (event.shiftKey) turn(undone, done);
        else turn(done, undone);
      } else if (ctrl && event.key.toLowerCase() === "y") {
        event.preventDefault();
        turn(undone, done);
      } else if ((event.key === "Delete" || event.key === "Backspace") && !content.fixed) {
        const range = corner();
        if (!range) return;
        event.preventDefault();
        const keys = range.rows.map((row) => row.getData().key);
        const numbers = range.columns.map((of) => of.getField()).filter((of) => /^c\d+$/.test(of)).map((of) => Number(of.slice(1)));
        put(keys.flatMap((key) => numbers.filter((number) => !fixed.get(key).has(number)).map((number) => ({ key, number, text: "" }))));
      } else if (event.key === "F2" || (!ctrl && !event.altKey && event.key.length === 1 && event.key !== " ")) {
        const range = corner();
        const cell = range && range.rows[0].getCells().find((each) => each.getField() === range.columns[0].getField());
        if (!cell || content.fixed || !/^c\d+$/.test(cell.getField()) || columns[numberOf(cell)].options.length) return;
        event.preventDefault();
        cell.edit();
        const input = cell.getElement().querySelector("input");
        if (input && event.key !== "F2") {
          input.value = event.key;
          input.setSelectionRange(1, 1);
        }
      }
    }, true);

    const on = (which, does) => { if (act(which)) act(which).addEventListener("click", does); };
    on("undo", () => turn(done, undone));
    on("redo", () => turn(undone, done));
    on("add", () => whole.then(() => {
      const data = rowOf(blank());
      table.addData([data]).then(() => { table.scrollToRow(data.key, "bottom", false); tell(); });
    }));
    on("remove", () => {
      const range = corner();
      if (!range) return;
      range.rows.forEach((row) => {
        const { key } = row.getData();
        if (key.startsWith("+")) {
          was.delete(key);
          row.delete();
          return;
        }
        if (removed.has(key)) removed.delete(key);
        else removed.add(key);
        row.reformat();
      });
      tell();
    });

    form.addEventListener("submit", (event) => {
      const asked = event.submitter && event.submitter.dataset.confirm;
      if (asked && Object.keys(changes()[0]).length && !window.confirm(asked)) {
        event.preventDefault();
        return;
      }
      fill();
      leaving = true;
    });
    window.addEventListener("beforeunload", (event) => {
      if (!leaving && Object.keys(changes()[0]).length) event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        if (document.activeElement) document.activeElement.blur();
        form.requestSubmit();
      }
    });
  }
})();

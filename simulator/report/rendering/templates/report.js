"use strict";
// What can be asked of the page: which theme, which tables open, which rows in which order. It
// stands in the head, so that the theme is there before anything is seen; the page is complete
// without it, and everything it adds is hidden in print.
(() => {
  const MANY_ROWS = 20;
  const THEME = "simulator-theme";
  const THEMES = ["system", "light", "dark"];
  const root = document.documentElement;
  const every = (selector, within = document) => [...within.querySelectorAll(selector)];

  function made(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  function remembered() {
    try {
      return localStorage.getItem(THEME);
    } catch {
      return null; // a page may have no storage: sandboxed, or opened from disk
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // then it holds until the page is closed
    }
  }

  function wear(theme) {
    root.dataset.theme = THEMES.includes(theme) ? theme : "system";
  }

  function themeChooser() {
    const options = THEMES.map((theme) => made("option", { value: theme }, theme));
    const chooser = made("select", {}, ...options);
    chooser.value = root.dataset.theme;
    chooser.addEventListener("change", () => {
      wear(chooser.value);
      remember(chooser.value);
    });
    return made("label", {}, "Theme ", chooser);
  }

  function tableOpener(folded) {
    const button = made("button", { type: "button" });
    const allOpen = () => folded.every((one) => one.open);
    const name = () => {
      button.textContent = allOpen() ? "Close all tables" : "Open all tables";
    };
    button.addEventListener("click", () => {
      const open = !allOpen();
      folded.forEach((one) => { one.open = open; });
    });
    folded.forEach((one) => one.addEventListener("toggle", name));
    name();
    return button;
  }

  function openedInPrint(folded) {
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = folded.filter((one) => !one.open);
      closed.forEach((one) => { one.open = true; });
    });
    addEventListener("afterprint", () => closed.forEach((one) => { one.open = false; }));
  }

  const collator = new Intl.Collator("en", { numeric: true });

  // A number, NaN where a column of numbers has none, or a text.
  function valueOf(cell, numeric) {
    const text = cell.dataset.value ?? cell.textContent.trim();
    if (!numeric && !("value" in cell.dataset)) return text;
    const number = Number(text || NaN);
    return Number.isNaN(number) && /\d/.test(text) ? text : number; // a time of day is a text
  }

  // Numbers come before texts, and NaN comes last, in either direction.
  function compared(one, other, sign) {
    if (Number.isNaN(one) || Number.isNaN(other)) return Number.isNaN(one) - Number.isNaN(other);
    if (typeof one !== typeof other) return typeof one === "number" ? -1 : 1;
    if (typeof one === "string") return sign * collator.compare(one, other);
    return sign * (one - other);
  }

  function sort(table, written, heading) {
    const column = heading.cellIndex;
    const order = { ascending: "descending", descending: "" }[heading.ariaSort] ?? "ascending";
    every("thead th", table).forEach((one) => one.removeAttribute("aria-sort"));
    const sign = order === "descending" ? -1 : 1;
    const numeric = heading.classList.contains("number");
    const keyed = written.map((row) => [valueOf(row.cells[column], numeric), row]);
    if (order) {
      heading.setAttribute("aria-sort", order);
      keyed.sort(([one], [other]) => compared(one, other, sign));
    }
    table.tBodies[0].append(...keyed.map(([, row]) => row));
  }

  function sortable(table) {
    const written = [...table.tBodies[0].rows];
    if (written.length < 2) return;
    every("thead th", table).forEach((heading) => {
      const button = made("button", { type: "button" }, ...heading.childNodes);
      button.addEventListener("click", () => sort(table, written, heading));
      heading.append(button);
    });
  }

  function filterable(table) {
    const rows = [...table.tBodies[0].rows];
    if (rows.length <= MANY_ROWS) return;
    const found = made("output", {});
    const box = made("input", { type: "search", autocomplete: "off" });
    box.addEventListener("input", () => {
      const wanted = box.value.trim().toLowerCase();
      rows.forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
      const shown = rows.filter((row) => !row.hidden).length;
      found.textContent = wanted ? `${shown} of ${rows.length} rows` : "";
    });
    const named = `Filter the rows of: ${table.caption.textContent}`;
    box.setAttribute("aria-label", named);
    table.parentElement.before(made("div", { className: "filter" }, box, found));
    box.placeholder = "Filter rows";
  }

  // Only what can be scrolled is a stop of the tab key.
  const widths = "ResizeObserver" in window && new ResizeObserver((seen) => {
    seen.forEach(({ target }) => {
      target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
    });
  });

  wear(remembered());
  addEventListener("DOMContentLoaded", () => {
    const folded = every("details");
    const controls = made("div", { className: "controls" }, themeChooser());
    if (folded.length) controls.prepend(tableOpener(folded));
    document.querySelector("header").append(controls);
    openedInPrint(folded);
    every("table").forEach((table) => { sortable(table); filterable(table); });
    if (widths) every(".wide").forEach((one) => widths.observe(one));
  });
})();

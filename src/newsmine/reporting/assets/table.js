// A table that can be sorted and shows its rows a page at a time: quick at ten thousand rows, and found by Ctrl-F and screen readers.

const SHOWN = 100;
const MOST_PRINTED = 2000;

class RowTable {
  /** columns: [{key, label, cell(row), sort(row)?, numeric?}]; link(row) is where a row leads. */
  constructor(host, { columns, link, empty }) {
    Object.assign(this, { host, columns, link, empty, size: SHOWN, rows: [], sorted: [], page: 0, order: null, current: null });
  }

  show(rows) {
    this.rows = rows;
    this.page = 0;
    this.sort();
    this.render();
  }

  sort() {
    const column = this.columns.find((c) => c.key === this.order?.key);
    this.sorted = column ? sortedBy(this.rows, column.sort, this.order.down) : this.rows;
  }

  sortBy(key) {
    const down = this.order?.key === key ? !this.order.down : false;
    this.order = this.order?.key === key && this.order.down ? null : { key, down };
    this.page = 0;
    this.sort();
    this.render();
    this.host.querySelector(`button[data-key="${key}"]`).focus();
  }

  render() {
    const first = this.page * this.size;
    const shown = this.sorted.slice(first, first + this.size);
    if (!shown.length) {
      this.host.replaceChildren(el("p", { class: "empty" }, t(this.empty)));
      return;
    }
    const head = el("tr", {}, this.columns.map((c) => this.header(c)));
    const body = el("tbody", { onclick: (e) => this.clicked(e), onkeydown: (e) => this.moved(e) });
    body.append(...shown.map((row) => this.row(row)));
    this.host.replaceChildren(el("table", { class: "rows" }, el("thead", {}, head), body), ...this.pager(first, shown.length));
  }

  header(column) {
    const label = t(column.label);
    if (!column.sort) return el("th", { scope: "col" }, label);
    const mine = this.order?.key === column.key;
    const state = mine ? (this.order.down ? "descending" : "ascending") : "none";
    const attributes = { type: "button", "data-key": column.key, title: t("column.sort", { name: label }), onclick: () => this.sortBy(column.key) };
    return el("th", { scope: "col", class: `c-${column.key}`, "aria-sort": state }, el("button", attributes, label));
  }

  row(row) {
    const cells = this.columns.map((c, place) => {
      const content = c.cell(row);
      const inner = place ? content : el("a", { class: "open", href: this.link(row) }, content);
      return el("td", { class: `c-${c.key}`, "data-label": t(c.label) }, inner);
    });
    return el("tr", { "data-row": row.index, class: row === this.current ? "current" : null }, cells);
  }

  pager(first, number) {
    if (this.sorted.length <= this.size) return [];
    const last = Math.ceil(this.sorted.length / this.size) - 1;
    const button = (step, key, off) => el("button", { type: "button", class: "quiet", disabled: off, onclick: () => this.turn(step) }, t(key));
    const where = t("pager.where", { first: count(first + 1), last: count(first + number), all: count(this.sorted.length) });
    return [el("nav", { class: "pager" }, button(-1, "pager.previous", !this.page), el("span", {}, where), button(1, "pager.next", this.page === last))];
  }

  turn(step) {
    this.page += step;
    this.render();
    this.host.scrollIntoView({ block: "start" });
    this.host.querySelector("a.open").focus({ preventScroll: true });
  }

  /** Mark a row as the one that is open, on the page where it stands. Returns whether it is among the rows shown. */
  point(row, turn) {
    this.current = row;
    const place = this.sorted.indexOf(row);
    if (turn && place >= 0) this.page = Math.floor(place / this.size);
    this.render();
    return place >= 0;
  }

  line(row) {
    return this.host.querySelector(`tr[data-row="${row.index}"]`);
  }

  clicked(event) {
    if (event.target.closest("a, button") || String(getSelection())) return;
    event.target.closest("tr")?.querySelector("a.open").click();
  }

  moved(event) {
    const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
    const next = step && event.target.closest("tr")?.[step];
    if (!next) return;
    event.preventDefault();
    next.querySelector("a.open").focus();
  }
}

/** Rows by a key that is a number, a text or null (always last); rows with equal keys keep their order. */
function sortedBy(rows, keyOf, down) {
  const keyed = rows.map((row) => ({ row, key: keyOf(row) }));
  const texts = [...new Set(keyed.map((k) => k.key).filter((key) => typeof key === "string"))].sort(collator.compare);
  const rank = new Map(texts.map((text, place) => [text, place]));
  const value = (key) => (typeof key === "string" ? rank.get(key) : key);
  const sign = down ? -1 : 1;
  const compare = (a, b) => {
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
    return sign * (value(a.key) - value(b.key));
  };
  return keyed.sort(compare).map((k) => k.row);
}

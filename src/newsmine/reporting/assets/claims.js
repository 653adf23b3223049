// The figures: search, filters, and the table.

const filters = document.getElementById("filters");
const UNDATED = "-";

const claimTable = new RowTable(document.getElementById("claims-table"), {
  link: (c) => `#claim=${c.claim_id}`,
  empty: "filter.none",
  columns: [
    { key: "figure", label: "column.figure", cell: (c) => c.text },
    { key: "value", label: "column.value", cell: withUnit, sort: (c) => c.number },
    { key: "metric", label: "column.metric", cell: (c) => c.metric, sort: (c) => c.metric },
    { key: "subject", label: "column.subject", cell: (c) => c.subject, sort: (c) => c.subject },
    { key: "time", label: "column.time", cell: (c) => c.time_text, sort: (c) => c.time_start ?? c.time_end ?? c.time_text },
    { key: "use", label: "column.use", cell: useOf, sort: (c) => [c.role, c.direction, c.basis, c.status].join(" ") },
    { key: "source", label: "column.source", cell: (c) => c.source, sort: (c) => c.source },
    { key: "article", label: "column.article", cell: articleCell, sort: (c) => titleOf(c.article) },
  ],
});

function useOf(claim) {
  const badges = [];
  if (claim.role === "change") {
    const arrow = { up: "↑", down: "↓" }[claim.direction] ?? "";
    badges.push(el("span", { class: `badge ${claim.direction ?? ""}` }, `${arrow} ${word("direction", claim.direction) || word("role", "change")}`));
  } else if (claim.role !== "level") {
    badges.push(el("span", { class: "badge" }, word("role", claim.role)));
  }
  if (claim.basis) badges.push(el("span", { class: "badge plain" }, claim.basis === "vs" && claim.basis_text ? claim.basis_text : word("basis", claim.basis)));
  if (claim.status === "target") badges.push(el("span", { class: "badge target" }, word("status", "target")));
  return badges;
}

function articleCell(claim) {
  const { publisher, published } = claim.article;
  const note = [publisher, published].filter(Boolean).join(" · ");
  return [el("span", { class: "headline", title: titleOf(claim.article) }, titleOf(claim.article)), note ? el("small", {}, note) : null];
}

/** The years that a claim's time touches; a claim without one is undated. */
function yearsOf(claim) {
  const [first, last] = [claim.time_start ?? claim.time_end, claim.time_end ?? claim.time_start].map((day) => day && Number(day.slice(0, 4)));
  if (!first) return [UNDATED];
  return Array.from({ length: Math.max(1, last - first + 1) }, (_, n) => String(first + n));
}

for (const c of claims) c.years = yearsOf(c);

const MATCHES = {
  kind: (c, wanted) => c.kind === wanted,
  status: (c, wanted) => c.status === wanted,
  period: (c, wanted) => c.years.includes(wanted),
  metric: (c, wanted) => has(c.metric, wanted) || has(c.metric_key, wanted),
  subject: (c, wanted) => has(c.subject, wanted),
  source: (c, wanted) => has(c.source, wanted),
  article: (c, wanted) => has(c.article.title, wanted) || has(c.article.article_id, wanted),
  search: (c, wanted) => wanted.split(/\s+/).every((part) => haystackOf(c).includes(part)),
};

/** All that the search looks into, made when it is first looked for. */
function haystackOf(claim) {
  claim.haystack ??= [data.sentences[claim.sentence], claim.text, claim.metric, claim.subject, claim.source, claim.article.title].join("\n").toLowerCase();
  return claim.haystack;
}

function has(text, part) {
  return text !== null && text.toLowerCase().includes(part);
}

/** Show the claims that every filled filter lets through. */
function filterClaims() {
  const wanted = [...new FormData(filters)].map(([name, value]) => [name, value.trim().toLowerCase()]).filter(([, value]) => value);
  const shown = wanted.length ? claims.filter((c) => wanted.every(([name, value]) => MATCHES[name](c, value))) : claims;
  claimTable.show(shown);
  document.getElementById("clear").hidden = !wanted.length;
  sayCount();
}

function sayCount() {
  const [n, all] = [claimTable.rows.length, claims.length].map(count);
  document.getElementById("claims-count").textContent = claimTable.rows.length === claims.length ? t("filter.all_shown", { all }) : t("filter.shown", { n, all });
}

/** Filter by one value alone, and go to the table. */
function filterBy(name, value) {
  filters.reset();
  filters.elements[name].value = value;
  filterClaims();
  go("claims");
}

function fillFilters() {
  const { kind, status, period } = filters.elements;
  fillSelect(kind, claims.map((c) => c.kind), (value) => word("kind", value));
  fillSelect(status, claims.map((c) => c.status), (value) => word("status", value));
  fillSelect(period, claims.flatMap((c) => c.years), (value) => (value === UNDATED ? t("filter.undated") : value), true);
}

/** The values of a column as options, with how often each stands there. */
function fillSelect(select, values, name, newest = false) {
  const kept = select.value;
  const counted = new Map();
  for (const value of values) counted.set(value, (counted.get(value) ?? 0) + 1);
  const entries = [...counted].sort(newest ? (a, b) => collator.compare(b[0], a[0]) : (a, b) => b[1] - a[1]);
  const options = entries.map(([value, number]) => el("option", { value }, `${name(value)} (${count(number)})`));
  select.replaceChildren(el("option", { value: "" }, t("filter.any")), ...options);
  select.value = kept;
}

/** The commonest values that hold what is typed so far; a list of thousands would stall the browser. */
function suggest(input) {
  const valueOf = input.name === "article" ? (c) => titleOf(c.article) : (c) => c[input.name];
  const counted = new Map();
  const part = input.value.trim().toLowerCase();
  for (const c of claims) {
    const value = valueOf(c);
    if (value && has(value, part)) counted.set(value, (counted.get(value) ?? 0) + 1);
  }
  const most = [...counted].sort((a, b) => b[1] - a[1]).slice(0, 50);
  input.list.replaceChildren(...most.map(([value, number]) => el("option", { value, label: `${value} (${number})` })));
}

let waiting = 0; // the timer of a filtering to come

/** Filter soon: not at every key while somebody types. */
function filterSoon(milliseconds) {
  clearTimeout(waiting);
  waiting = setTimeout(() => { waiting = 0; filterClaims(); }, milliseconds);
}

filters.addEventListener("input", (event) => {
  if (event.target.list) suggest(event.target);
  filterSoon(120);
});
filters.addEventListener("focusin", (event) => { if (event.target.list) suggest(event.target); });
document.getElementById("more").addEventListener("click", ({ currentTarget }) => {
  currentTarget.setAttribute("aria-expanded", String(filters.classList.toggle("wide")));
});
filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("reset", () => filterSoon(0));

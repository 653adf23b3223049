// The names and the articles as tables.

const nameFilters = document.getElementById("name-filters");

/** One record a name of a kind, with all its mentions. */
function namesOf(mentions) {
  const found = new Map();
  for (const mention of mentions) {
    const key = `${mention.label}\n${mention.name}`;
    if (!found.has(key)) found.set(key, { index: found.size, name: mention.name, label: mention.label, mentions: [] });
    found.get(key).mentions.push(mention);
  }
  for (const name of found.values()) name.articles = new Set(name.mentions.map((m) => m.article)).size;
  return [...found.values()].sort((a, b) => b.mentions.length - a.mentions.length);
}

const names = namesOf(entities);

const nameTable = new RowTable(document.getElementById("names-table"), {
  link: (n) => `#entity=${n.mentions[0].entity_id}`,
  empty: "names.none",
  columns: [
    { key: "name", label: "column.name", cell: (n) => n.name, sort: (n) => n.name },
    { key: "label", label: "column.label", cell: (n) => kindMark(n.label), sort: (n) => n.label },
    { key: "mentions", label: "column.mentions", cell: (n) => count(n.mentions.length), sort: (n) => n.mentions.length },
    { key: "in_articles", label: "column.in_articles", cell: (n) => count(n.articles), sort: (n) => n.articles },
  ],
});

const articleTable = new RowTable(document.getElementById("articles-table"), {
  link: (a) => `#article=${encodeURIComponent(a.article_id)}`,
  empty: "filter.none",
  columns: [
    { key: "headline", label: "column.title", cell: headlineCell, sort: titleOf },
    { key: "publisher", label: "column.publisher", cell: (a) => a.publisher, sort: (a) => a.publisher },
    { key: "published", label: "column.published", cell: (a) => a.published, sort: (a) => a.published },
    { key: "claims", label: "column.claims", cell: (a) => count(a.n_claims), sort: (a) => a.n_claims },
    { key: "entities", label: "column.entities", cell: (a) => count(a.n_entities), sort: (a) => a.n_entities },
    { key: "flags", label: "column.flags", cell: (a) => a.flags.map((f) => word("flag", f)).join(" · ") },
  ],
});

function kindMark(label) {
  return el("span", { class: "kind", "data-kind": label }, word("label", label));
}

function headlineCell(article) {
  return [el("span", { class: "headline" }, titleOf(article)), article.title ? el("small", {}, article.article_id) : null];
}

function filterNames() {
  const part = nameFilters.elements.search.value.trim().toLowerCase();
  const label = nameFilters.elements.label.value;
  nameTable.show(names.filter((n) => (!label || n.label === label) && has(n.name, part)));
}

function fillNameFilter() {
  fillSelect(nameFilters.elements.label, names.map((n) => n.label), (value) => word("label", value));
}

nameFilters.addEventListener("input", filterNames);
nameFilters.addEventListener("submit", (event) => event.preventDefault());

// The reader: an article with its marks, and beside it the fields of the figure or name that is chosen.
// The pieces were cut in Python at code points; here they are only put one after the other.

const reader = document.getElementById("reader");
const hiddenKinds = new Set();
let opened = null; // {article, chosen: a claim, an entity or null}
let pieces = []; // the elements of the article's pieces

function openReader(article, chosen) {
  const same = opened?.article === article && !reader.hidden;
  opened = { article, chosen };
  document.body.classList.add("reading");
  reader.hidden = false;
  if (same) reader.querySelector(".facts").replaceWith(factsOf());
  else drawReader();
  select(chosen);
}

function closeReader() {
  const last = opened;
  opened = null;
  reader.hidden = true;
  document.body.classList.remove("reading");
  return last;
}

function drawReader() {
  const { article } = opened;
  reader.replaceChildren(
    el("header", { class: "reader-head" },
      el("button", { type: "button", class: "quiet close", onclick: leaveReader }, `✕ ${t("reader.close")}`),
      el("h2", { id: "reader-title", lang: scriptOf(article) }, titleOf(article)),
      el("p", { class: "meta" }, [article.publisher, article.published, ...article.authors, article.title && article.article_id].filter(Boolean).map((part) => el("span", {}, part))),
      legend(article)),
    el("div", { class: "reader-body" }, textOf(article), factsOf()));
}

function textOf(article) {
  pieces = article.pieces.map((piece, place) => pieceOf(article, piece, place));
  const text = el("div", { class: "nm-text", lang: scriptOf(article), id: "reader-text" }, pieces);
  return el("div", { class: "sheet" }, article.whole ? null : el("p", { class: "note" }, t("reader.excerpts")), text);
}

function pieceOf(article, piece, place) {
  if (typeof piece === "string") return el("span", {}, piece);
  const [text, kind, row] = piece;
  const before = article.pieces[place - 1];
  const goesOn = Array.isArray(before) && before[1] === kind && before[2] === row ? " nm-cont" : "";
  if (kind === "c") return el("a", { class: `nm-mark nm-figure${goesOn}`, href: `#claim=${claims[row].claim_id}` }, text);
  if (kind === "e") return el("a", { class: `nm-mark nm-name${goesOn}`, "data-kind": entities[row].label, href: `#entity=${entities[row].entity_id}` }, text);
  if (kind === "b") return el("bdi", { class: "nm-control", "data-code": codeOf(text) }, text);
  return el("span", { class: "nm-furniture" }, text);
}

function codeOf(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** What the marks mean, each of which can be hidden. */
function legend(article) {
  const kinds = [...new Set(article.entities.map((e) => e.label))].sort();
  const furniture = article.pieces.some((p) => p[1] === "x") ? ["furniture"] : [];
  const toggle = (kind) => {
    const name = kind === "furniture" ? t("reader.furniture") : word("label", kind);
    const mark = kind === "furniture" ? el("span", { class: "nm-furniture" }, name) : el("span", { class: "kind", "data-kind": kind }, name);
    const box = el("input", { type: "checkbox", "aria-label": t("reader.show_kind", { name }), onchange: (e) => hide(kind, !e.target.checked) });
    box.checked = !hiddenKinds.has(kind);
    return el("label", {}, box, mark);
  };
  const shown = el("div", { class: "legend", role: "group", "aria-label": t("reader.legend") },
    el("span", { class: "nm-mark nm-figure" }, t("reader.figure")), [...kinds, ...furniture].map(toggle));
  requestAnimationFrame(showKinds);
  return shown;
}

function hide(kind, off) {
  if (off) hiddenKinds.add(kind);
  else hiddenKinds.delete(kind);
  showKinds();
}

function showKinds() {
  for (const piece of pieces) {
    const kind = piece.classList.contains("nm-furniture") ? "furniture" : piece.dataset.kind;
    if (kind) piece.classList.toggle("off", hiddenKinds.has(kind));
  }
}

/** Light up the chosen figure with its sentence and metric, or the chosen name, and bring it into view. */
function select(chosen) {
  for (const piece of pieces) piece.classList.remove("chosen", "in-sentence", "its-metric");
  const light = (range, name) => { if (range) for (const piece of pieces.slice(...range)) piece.classList.add(name); };
  if (chosen) {
    light(chosen.sentence_at, "in-sentence");
    light(chosen.metric_at, "its-metric");
    light(chosen.at, "chosen");
  }
  const first = chosen?.at ? pieces[chosen.at[0]] : null;
  if (first?.href) first.focus({ preventScroll: true });
  else reader.focus({ preventScroll: true });
  if (first) first.scrollIntoView({ block: "center" });
  else reader.querySelector(".sheet").scrollTop = 0;
}

function factsOf() {
  const { chosen } = opened;
  if (!chosen) return articleFacts(opened.article);
  return chosen.claim_id ? claimFacts(chosen) : entityFacts(chosen);
}

function articleFacts(article) {
  const counts = t("reader.counts", { claims: count(article.n_claims), entities: count(article.n_entities) });
  return el("div", { class: "facts" }, el("h3", {}, t("reader.article")), el("p", {}, counts), el("p", { class: "note" }, t("reader.pick")));
}

function claimFacts(claim) {
  const facts = [
    ["value", withUnit(claim)],
    ["bounds", boundsOf(claim)],
    ["qualifier", word("qualifier", claim.qualifier)],
    ["unit", claim.unit && word("unit", claim.unit) !== claim.unit ? `${word("unit", claim.unit)} (${claim.unit})` : claim.unit],
    ["kind", word("kind", claim.kind)],
    ["per", claim.per && word("per", claim.per)],
    ["metric", choice("metric", claim.metric)],
    ["subject", choice("subject", claim.subject)],
    ["time", claim.time_text ? [el("bdi", {}, claim.time_text), intervalOf(claim)] : unknown()],
    ["role", [word("role", claim.role), word("direction", claim.direction)].filter(Boolean).join(" · ")],
    ["basis", claim.basis && [...new Set([word("basis", claim.basis), claim.basis_text])].filter(Boolean).join(" · ")],
    ["status", word("status", claim.status)],
    ["source", claim.source ? choice("source", claim.source) : el("span", { class: "unknown" }, t("fact.reporter"))],
    ["flags", claim.flags.map((f) => word("flag", f)).join(" · ")],
    ["rule", el("code", {}, claim.rule)],
    ["place", `${claim.start}–${claim.end}`],
  ];
  return el("div", { class: "facts" },
    el("h3", {}, t("reader.facts")), el("p", { class: "figure" }, el("bdi", {}, claim.text)), steps(claim), factList(facts), citation(claim));
}

function entityFacts(entity) {
  const facts = [
    ["label", kindMark(entity.label)],
    ["name", entity.name],
    ["written", entity.text === entity.name ? null : entity.text],
    ["title", entity.title],
    ["department", entity.department],
    ["hospital", entity.hospital],
    ["flags", entity.flags.map((f) => word("flag", f)).join(" · ")],
    ["rule", el("code", {}, entity.rule)],
    ["place", `${entity.start}–${entity.end}`],
  ];
  return el("div", { class: "facts" }, el("h3", {}, t("reader.entity")), el("p", { class: "figure" }, el("bdi", {}, entity.text)), factList(facts));
}

function factList(facts) {
  const filled = facts.filter(([, value]) => value !== null && value !== "" && value !== undefined);
  return el("dl", {}, filled.flatMap(([name, value]) => [el("dt", {}, t(`fact.${name}`)), el("dd", {}, value)]));
}

function unknown() {
  return el("span", { class: "unknown" }, t("fact.none"));
}

/** A value that leads to all figures with it. */
function choice(name, value) {
  return value === null ? unknown() : el("button", { type: "button", class: "link", onclick: () => filterBy(name, value) }, value);
}

function boundsOf({ low, high }) {
  if (low === null && high === null) return null;
  if (high === null) return t("fact.at_least", { low });
  return low === null ? t("fact.at_most", { high }) : t("fact.between", { low, high });
}

function intervalOf({ time_start: first, time_end: last }) {
  if (!first && !last) return null;
  const text = !first ? t("fact.until", { last }) : !last ? t("fact.since", { first }) : first === last ? first : t("fact.between", { low: first, high: last });
  return el("small", {}, ` ${text}`);
}

/** The figure before and after in the article, and the way back to the row. */
function steps(claim) {
  const own = claim.article.claims;
  const place = own.indexOf(claim);
  const step = (to, sign, key) => el("button", { type: "button", class: "quiet", disabled: !to, title: t(key), "aria-label": t(key), onclick: () => go(`claim=${to.claim_id}`) }, sign);
  return el("p", { class: "steps" },
    step(own[place - 1], "←", "reader.previous"), el("span", {}, `${place + 1} / ${own.length}`), step(own[place + 1], "→", "reader.next"),
    el("button", { type: "button", class: "quiet", id: "to-row", onclick: () => showRow(claim) }, t("reader.row")));
}

function citation(claim) {
  const text = citationOf(claim);
  const done = el("span", { role: "status" });
  const copy = async () => { done.textContent = t((await copied(text)) ? "reader.copied" : "reader.copy_failed"); };
  return el("div", { class: "citation" }, el("h3", {}, t("reader.reference")), el("blockquote", { lang: scriptOf(claim.article) }, text),
    el("button", { type: "button", id: "copy", onclick: copy }, t("reader.copy")), " ", done);
}

/** Headline, publisher, date, sentence, figure: what is needed to quote a figure and to find it again. */
function citationOf(claim) {
  const { article } = claim;
  const sentence = data.sentences[claim.sentence].replace(/\s+/g, " ").trim();
  const publisher = article.publisher ? t("reader.citation_publisher", article) : "";
  const published = article.published ? t("reader.citation_published", article) : "";
  const values = { sentence, publisher, published, figure: claim.text, title: article.title, article: article.article_id };
  return t(article.title ? "reader.citation" : "reader.citation_untitled", values);
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

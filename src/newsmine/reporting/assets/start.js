// Where the page is: a section, or an article with something chosen. The address says it, so Back and bookmarks work.

const sections = [...document.querySelectorAll('[role="tab"]')].map((tab) => tab.id.slice("tab-".length));
const tables = { claims: claimTable, names: nameTable, articles: articleTable };
let section = "claims";
let routed = null; // the address that is shown

function showSection(name) {
  section = name;
  for (const other of sections) {
    const tab = document.getElementById(`tab-${other}`);
    tab.setAttribute("aria-selected", String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    document.getElementById(`panel-${other}`).hidden = other !== name;
  }
}

/** Go to a place at once: the browser tells of a new address only later, when the next key may have been pressed. */
function go(place) {
  location.hash = place;
  route();
}

function route() {
  if (location.hash === routed) return;
  routed = location.hash;
  const [kind, value] = decoded(location.hash.slice(1));
  const chosen = { claim: claimById, entity: entityById }[kind]?.get(value) ?? null;
  const article = chosen?.article ?? (kind === "article" ? articleById.get(value) : undefined);
  if (article) {
    openReader(article, chosen);
    if (kind === "claim") claimTable.point(chosen, section === "claims");
    return;
  }
  const left = closeReader();
  showSection(sections.includes(kind) ? kind : section);
  backFrom(left);
}

function decoded(hash) {
  const [kind, value = ""] = hash.split("=", 2);
  try {
    return [kind, decodeURIComponent(value)];
  } catch {
    return [kind, value];
  }
}

/** After an article is closed the keyboard goes on where it was opened. */
function backFrom(left) {
  if (!left) return;
  const row = { claims: left.chosen?.claim_id && left.chosen, articles: left.article }[section];
  const line = row && tables[section].line(row);
  line?.querySelector("a.open").focus();
}

function leaveReader() {
  go(section);
}

/** From a mark to its row: without filters that hide it, on the page where it stands. */
function showRow(claim) {
  showSection("claims");
  if (!claimTable.rows.includes(claim)) {
    filters.reset();
    claimTable.show(claims);
  }
  claimTable.point(claim, true);
  if (getComputedStyle(reader).position === "fixed") leaveReader();
  const line = claimTable.line(claim);
  line.scrollIntoView({ block: "center" });
  line.querySelector("a.open").focus({ preventScroll: true });
}

function keys(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const typing = event.target.matches("input, select, textarea");
  if (event.key === "Escape" && opened) leaveReader();
  else if (typing) return;
  else if (event.key === "/") { event.preventDefault(); search(); }
  else if (opened?.chosen?.claim_id && reader.contains(event.target) && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    const buttons = reader.querySelectorAll(".steps button");
    event.preventDefault();
    buttons[event.key === "ArrowLeft" ? 0 : 1].click();
  }
}

function search() {
  closeReader();
  go("claims");
  filters.elements.search.focus();
}

function tabKeys(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const next = sections[(sections.indexOf(section) + step + sections.length) % sections.length];
  document.getElementById(`tab-${next}`).focus();
  go(next);
}

function draw() {
  fillFilters();
  fillNameFilter();
  sayCount();
  for (const table of Object.values(tables)) table.render();
  if (opened) { drawReader(); select(opened.chosen); }
}

/** On paper there is no next page to turn to. */
function onPaper(printed) {
  for (const table of Object.values(tables)) {
    table.size = printed ? MOST_PRINTED : SHOWN;
    table.page = 0;
    table.render();
  }
}

/** What was chosen last time, where the browser lets a file remember it. */
function remembered(wanted) {
  try {
    if (wanted) localStorage.setItem("newsmine-language", wanted);
    return localStorage.getItem("newsmine-language");
  } catch {
    return null;
  }
}

document.getElementById("language").addEventListener("click", () => {
  speak(language === "zh" ? "en" : "zh");
  remembered(language);
  draw();
});
for (const name of sections) document.getElementById(`tab-${name}`).addEventListener("click", () => go(name));
document.querySelector('[role="tablist"]').addEventListener("keydown", tabKeys);
document.querySelector(".skip").addEventListener("click", (event) => { event.preventDefault(); document.getElementById("content").focus(); });
document.addEventListener("keydown", keys);
addEventListener("hashchange", route);
// A print of the page is announced by the first, a view of it as printed by the second.
addEventListener("beforeprint", () => onPaper(true));
addEventListener("afterprint", () => onPaper(false));
matchMedia("print").addEventListener("change", ({ matches }) => onPaper(matches));

document.documentElement.classList.add("script");
if (remembered() === "en") speak("en");
filterClaims();
filterNames();
articleTable.show(articles);
fillFilters();
fillNameFilter();
if (articles.length === 1 && !location.hash) location.replace(`#article=${encodeURIComponent(articles[0].article_id)}`);
showSection("claims");
route();
document.documentElement.dataset.ready = "true";

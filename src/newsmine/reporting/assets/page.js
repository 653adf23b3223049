"use strict";
// What all parts of the page share: the data, the language, and elements made without a line of markup.
// Text reaches the page as text nodes only; nothing here or below sets innerHTML.

const data = JSON.parse(document.getElementById("data").textContent);
document.getElementById("data").remove();

const articles = records(data.articles);
const claims = records(data.claims);
const entities = records(data.entities);
const claimById = new Map(claims.map((c) => [c.claim_id, c]));
const entityById = new Map(entities.map((e) => [e.entity_id, e]));
const articleById = new Map(articles.map((a) => [a.article_id, a]));
for (const a of articles) { a.claims = []; a.entities = []; }
for (const c of claims) { c.article = articles[c.article]; c.article.claims.push(c); }
for (const e of entities) { e.article = articles[e.article]; e.article.entities.push(e); }

let language = "zh";
const collator = new Intl.Collator(["zh-Hans-CN-u-co-pinyin", "en"], { numeric: true });

function records({ columns, rows }) {
  return rows.map((row, index) => {
    const record = { index };
    columns.forEach((name, place) => { record[name] = row[place]; });
    return record;
  });
}

/** A text of the interface, its {blanks} filled in. */
function t(key, values = {}) {
  const text = data.messages[language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The word for a value of a column; the value itself where there is none. */
function word(group, value) {
  return value === null ? "" : data.messages[language][`${group}.${value}`] ?? value;
}

/** An element; attributes that start with "on" are listeners, children are elements or text. */
function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

function withUnit(claim) {
  const unit = word("unit", claim.unit);
  return claim.shown + (unit && unit !== "%" ? ` ${unit}` : unit);
}

function titleOf(article) {
  return article.title ?? article.article_id;
}

/** The lang attribute of an article, so that the browser picks the right forms of the characters. */
function scriptOf(article) {
  return article.script === "hant" ? "zh-Hant" : "zh-Hans";
}

function count(number) {
  return number.toLocaleString("en");
}

/** Put the texts that the page came with into the other language; what scripts made is made anew by its owner. */
function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-Hans" : "en";
  document.documentElement.dataset.lang = wanted;
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const attribute of ["aria-label", "placeholder"]) {
    const name = `data-t-${attribute}`;
    for (const node of document.querySelectorAll(`[${name}]`)) node.setAttribute(attribute, t(node.getAttribute(name)));
  }
}

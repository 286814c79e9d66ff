"use strict";
// Under every field with data-suggest: what may already be public, while somebody types. Without this file the form works as it is.

const WAIT = 300; // milliseconds after the last key
const LONGEST = 200; // characters that are asked about

for (const field of document.querySelectorAll("[data-suggest]")) suggestUnder(field);

function suggestUnder(field) {
  const leavesForm = field.tagName === "TEXTAREA"; // what was typed must stay: entries open beside it
  const box = element("section", { className: "suggestions", hidden: true });
  const list = element("ul");
  const told = element("p", { className: "visually-hidden" });
  told.setAttribute("role", "status");
  box.setAttribute("aria-label", "可能已经公开的信息");
  box.append(element("p", { className: "head", textContent: "这些可能已经公开" + (leavesForm ? "（在新窗口打开）" : "") }), list);
  (field.closest(".line") || field).after(box, told);

  let timer = 0;
  let running = null;
  let asked = "";

  field.addEventListener("input", later);
  field.addEventListener("compositionend", later);
  for (const one of [field, box]) {
    one.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || box.hidden) return;
      event.preventDefault();
      hide();
      field.focus();
    });
  }

  function later(event) {
    if (event.isComposing) return;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  async function ask() {
    const words = field.value.trim().slice(0, LONGEST);
    if (words === asked) return;
    asked = words;
    if (running) running.abort();
    if (words.length < 2) return hide();
    running = new AbortController();
    try {
      const answer = await fetch(field.dataset.suggest + "?q=" + encodeURIComponent(words), { signal: running.signal });
      if (answer.ok) show(await answer.json());
      else hide();
    } catch (error) {
      if (error.name !== "AbortError") hide(); // no connection: the form still sends
    }
  }

  function show(found) {
    list.replaceChildren(...found.hits.map(line));
    if (found.all) list.append(item(link(found.all, "查看全部结果")));
    box.hidden = found.hits.length === 0;
    told.textContent = box.hidden ? "" : found.hits.length + "条可能已经公开的信息，列在输入框之后";
  }

  function hide() {
    box.hidden = true;
    told.textContent = "";
  }

  function line(hit) {
    const about = element("span", { className: "aside", textContent: ` ${hit.kind} · ${hit.organ} · ${hit.taken}次查阅` });
    return item(link(hit.href, hit.title), about);
  }

  function link(href, words) {
    const made = element("a", { href, textContent: words });
    if (leavesForm) Object.assign(made, { target: "_blank", rel: "noopener" });
    return made;
  }
}

function item(...inside) {
  const made = element("li");
  made.append(...inside);
  return made;
}

function element(name, properties = {}) {
  return Object.assign(document.createElement(name), properties);
}

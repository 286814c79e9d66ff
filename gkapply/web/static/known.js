// Under every field with data-known: applicants of earlier requests, while somebody types. What is typed goes by POST; numbers come back
// masked. Without this script a button beside the field lists them.
(() => {
  "use strict";
  const WAIT = 200; // milliseconds after the last key
  const fields = [...document.querySelectorAll("[data-known]")];
  if (!fields.length) return;
  const form = fields[0].form;
  const chosen = document.getElementById("known-chosen");

  fields.forEach(listUnder);
  chosen.querySelector("button").addEventListener("click", event => {
    event.preventDefault();
    form.elements.known.value = "";
    chosen.hidden = true;
    form.elements.name.focus();
  });

  function choose(hit) {
    form.elements.known.value = hit.uid;
    form.elements.name.value = hit.name;
    const kind = form.querySelector(`input[name=kind][value="${hit.kind}"]`);
    if (kind) kind.checked = true;
    chosen.querySelector("strong").textContent = hit.name;
    chosen.querySelector("span").textContent = hit.about;
    chosen.hidden = false;
    const wanted = form.elements.description || form.elements.record;
    if (wanted) wanted.focus();
  }

  function listUnder(field) {
    const box = make("ul", { className: "known-list", id: `${field.id}-known`, hidden: true });
    const told = make("p", { className: "visually-hidden" });
    box.setAttribute("role", "listbox");
    box.setAttribute("aria-label", "已有的申请人");
    told.setAttribute("role", "status");
    field.after(box, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", box.id], ["aria-expanded", "false"]])
      field.setAttribute(name, value);

    let timer = 0, running = null, asked = "", hits = [], at = -1;

    field.addEventListener("input", later);
    field.addEventListener("compositionend", later);
    field.addEventListener("blur", () => setTimeout(hide, 150));
    field.addEventListener("keydown", event => {
      if (box.hidden || event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark((at + (event.key === "ArrowDown" ? 1 : hits.length) + (at < 0 && event.key === "ArrowUp" ? 1 : 0)) % hits.length);
      } else if (event.key === "Enter" && at >= 0 && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        take(at);
      } else if (event.key === "Escape") {
        event.preventDefault();
        hide();
      }
    });

    function later(event) {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }

    async function ask() {
      const words = field.value.trim();
      if (words === asked) return;
      asked = words;
      if (running) running.abort();
      if (words.length < 2) return hide();
      running = new AbortController();
      const body = new FormData();
      body.append("csrf_token", form.elements.csrf_token.value);
      body.append(field.name, words);
      try {
        const answer = await fetch(field.dataset.known, { method: "POST", body, signal: running.signal });
        if (answer.ok && document.activeElement === field) show((await answer.json()).hits);
        else hide();
      } catch (error) {
        if (error.name !== "AbortError") hide(); // no connection: the form still sends
      }
    }

    function show(found) {
      hits = found;
      at = -1;
      box.replaceChildren(...hits.map(line));
      box.hidden = !hits.length;
      field.setAttribute("aria-expanded", String(!box.hidden));
      field.removeAttribute("aria-activedescendant");
      told.textContent = hits.length ? `${hits.length}名已有的申请人，按向下键选择` : "没有已有的申请人";
    }

    function hide() {
      box.hidden = true;
      at = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    }

    function line(hit, place) {
      const one = make("li", { id: `${box.id}-${place}` });
      one.setAttribute("role", "option");
      one.setAttribute("aria-selected", "false");
      one.append(make("strong", { textContent: hit.name }), make("span", { className: "aside", textContent: ` ${hit.about} · ${hit.latest}` }));
      one.addEventListener("mousedown", event => { event.preventDefault(); take(place); });
      return one;
    }

    function mark(place) {
      at = place;
      [...box.children].forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
      box.children[at].scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", box.children[at].id);
    }

    function take(place) {
      const hit = hits[place];
      hide();
      if (field.name !== "name") field.value = "";
      asked = hit.name;
      choose(hit);
    }
  }

  function make(tag, properties) {
    return Object.assign(document.createElement(tag), properties);
  }
})();

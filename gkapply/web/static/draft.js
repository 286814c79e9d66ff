// Saves the draft while the citizen types. Without this script every button of the form saves it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const status = document.getElementById("draft-status");
  const PAUSE = 1500, AGAIN = 5000;
  let timer = 0, changed = false, busy = null, ended = false;

  const say = words => { if (status.textContent !== words) status.textContent = words; };
  const soon = pause => { clearTimeout(timer); timer = setTimeout(save, pause); };

  function typed() {
    const body = new FormData(form);
    for (const input of form.querySelectorAll("input[type=file]")) body.delete(input.name);
    return body;
  }

  function heed(answer, told) {
    if (answer.ok) {
      form.elements.version.value = told.version;
      history.replaceState(null, "", told.address);
      if (!changed) say(`已保存（${told.saved}）`);
    } else if (answer.status === 409) {
      ended = true;
      say(`${told.reason}：点“保存草稿”继续`);
    } else {
      changed = true;
      say(told.reason ? `没有自动保存：${told.reason}` : "没能自动保存。填写的内容还在本页，请点“保存草稿”");
    }
  }

  async function save() {
    if (busy || ended || !changed) return;
    changed = false;
    busy = new AbortController();
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: typed(), signal: busy.signal, keepalive: document.hidden });
      const json = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      heed(answer, json ? await answer.json() : {});
    } catch {
      changed = true;
      if (!ended) say("连接中断，暂时没有保存。填写的内容还在本页，请不要关闭；连接恢复后会自动保存");
    }
    busy = null;
    if (changed && !ended) soon(AGAIN);
  }

  form.addEventListener("input", () => { changed = true; soon(PAUSE); });
  window.addEventListener("online", () => soon(0));
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  // The button saves or deletes: what is under way must not come in after it.
  document.addEventListener("submit", event => {
    const leaves = event.target === form || event.target.action.endsWith("/discard");
    if (event.defaultPrevented || !leaves) return;
    ended = true;
    clearTimeout(timer);
    if (busy) busy.abort();
  });
  window.addEventListener("pageshow", event => { if (event.persisted) ended = false; });
})();

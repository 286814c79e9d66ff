// The keys of a form with data-by-keys: Enter goes to the next field and never sends half a form, Ctrl+Enter sends it; what a channel
// asks for opens by itself. Without this script Enter presses the first button, which only looks applicants up.
(() => {
  "use strict";
  const form = document.querySelector("form[data-by-keys]");
  if (!form) return;
  const SKIPPED = "[type=hidden], [type=file], [disabled]";

  // Every field that is seen, a group of choices counted once.
  function fields() {
    const all = [...form.querySelectorAll("input, select, textarea")];
    return all.filter(one => !one.matches(SKIPPED) && seen(one) && !(one.type === "radio" && !standsFor(one)));
  }

  function seen(one) {
    return !one.closest("details:not([open])") && one.getClientRects().length > 0;
  }

  function standsFor(radio) {
    const group = [...form.querySelectorAll(`input[type=radio][name="${radio.name}"]`)];
    return radio === (group.find(one => one.checked) || group[0]);
  }

  function next(from) {
    const all = fields();
    const here = all.findIndex(one => one === from || (one.type === "radio" && one.name === from.name));
    return all[here + 1] || form.querySelector(".buttons button");
  }

  function send() {
    form.requestSubmit(form.querySelector(".buttons button"));
  }

  form.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.isComposing || event.defaultPrevented) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      send();
      return;
    }
    const field = event.target;
    if (!field.matches("input, select") || field.type === "file") return;
    event.preventDefault();
    next(field).focus();
  });

  // What the chosen channel asks for is open; what another one asks for and nobody filled in is out of the way.
  function unfold() {
    const chosen = form.querySelector("input[name=channel]:checked");
    if (!chosen) return;
    for (const part of form.querySelectorAll("details[data-channels]")) {
      const filled = [...part.querySelectorAll("input, select, textarea")].some(one => one.value && one.name !== "organ");
      part.open = part.dataset.channels.split(" ").includes(chosen.value) || filled;
      part.hidden = !part.open && !part.querySelector(".error");
    }
  }
  unfold();

  const received = form.querySelector("input[name=received_on]");
  const late = form.querySelector("details[data-late]");
  const today = received ? received.defaultValue : "";
  form.addEventListener("change", event => {
    if (event.target.name === "channel") unfold();
    if (event.target === received && late && received.value && received.value < today) late.open = true;
  });
})();

// Shows the hints of casework/steering.py while the citizen writes; the server shows the same when the page comes back.
(() => {
  "use strict";
  for (const field of document.querySelectorAll("[data-steer]")) {
    const box = document.getElementById(`${field.id}-steer`);
    const steers = JSON.parse(field.dataset.steer).map(([pattern, hint]) => [new RegExp(pattern), hint]);
    let shown = box.textContent.trim(), timer = 0;
    const look = () => {
      const hints = steers.filter(([pattern]) => pattern.test(field.value)).map(([, hint]) => hint);
      if (hints.join("") === shown) return;
      shown = hints.join("");
      box.replaceChildren(...hints.map(hint => Object.assign(document.createElement("p"), { textContent: hint })));
    };
    field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 600); });
  }
})();

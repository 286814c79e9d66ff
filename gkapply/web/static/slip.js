// The print button of a slip: it needs the browser, and waits under the fingers as soon as the slip is there.
(() => {
  "use strict";
  const button = document.querySelector("button[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
  if (button.hasAttribute("data-focus")) button.focus();
})();

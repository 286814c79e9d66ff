// A page that says how far something has come looks again after a while; without this script its button does.
"use strict";
if (document.querySelector("[data-under-way]")) {
  setTimeout(() => { if (!document.hidden) location.reload(); }, 4000);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) location.reload(); });
}

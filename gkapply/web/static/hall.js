// A terminal in a hall: tells the server while somebody types or reads, asks before the time is over, then closes.
(() => {
  "use strict";
  const bar = document.querySelector("[data-hall]");
  const limit = Number(bar.dataset.hall) * 1000, warning = Math.min(60000, limit / 2);
  let last = Date.now(), told = last;
  const note = bar.querySelector("[data-hall-note]"), print = bar.querySelector("[data-hall-print]");
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  const alive = () => {
    last = Date.now();
    note.textContent = "";
    if (last - told < limit / 4) return;
    told = last;
    fetch("/hall/still", { credentials: "same-origin" }).catch(() => { told = 0; });
  };
  for (const sign of ["keydown", "pointerdown", "scroll"]) document.addEventListener(sign, alive, { passive: true });
  setInterval(() => {
    const left = limit - (Date.now() - last);
    if (left <= 0) location.replace("/hall/end");
    else if (left <= warning) note.textContent = `${Math.ceil(left / 1000)}秒后关闭个人内容。还在使用的，请按任意键或者点击页面`;
  }, 5000);
})();

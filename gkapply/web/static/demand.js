// Draws the charts of the analysis of demand from the numbers at each place; the tables beside them say the same without it.
(() => {
  "use strict";
  const rooms = [...document.querySelectorAll(".chart[data-chart]")];
  if (!rooms.length || !window.echarts) return;
  const look = getComputedStyle(document.documentElement);
  const of = name => look.getPropertyValue(name).trim();
  const colours = ["#1e5fa8", "#b3161b", "#6aa84f", "#c98a1a", "#7a5ea8", "#2b8c8c"];
  const marks = ["circle", "rect", "triangle", "diamond", "roundRect", "arrow"];
  const text = () => ({ color: of("--ink"), fontSize: 14 });
  const axis = () => ({ axisLabel: text(), axisLine: { lineStyle: { color: of("--edge") } }, splitLine: { lineStyle: { color: of("--line") } } });

  const bar = told => ({
    grid: { left: 8, right: 40, top: told.series.length > 1 ? 40 : 8, bottom: 8, containLabel: true },
    xAxis: { type: "value", minInterval: 1, ...axis() },
    yAxis: { type: "category", inverse: true, data: told.names, ...axis() },
    series: told.series.map(one => ({ name: one.name, type: "bar", stack: "all", data: one.values, barMaxWidth: 22 })),
  });
  const line = told => ({
    grid: { left: 8, right: 24, top: 72, bottom: 8, containLabel: true },
    xAxis: { type: "category", data: told.names, ...axis() },
    yAxis: { type: "value", minInterval: 1, ...axis() },
    series: told.series.map((one, place) => ({ name: one.name, type: "line", data: one.values, symbol: marks[place % marks.length], symbolSize: 8 })),
  });

  const drawn = rooms.map(room => {
    const told = JSON.parse(room.dataset.chart);
    room.parentElement.hidden = false;
    const rows = told.kind === "bar" ? Math.max(6, told.names.length) * 30 + 60 : 380;
    const chart = window.echarts.init(room, null, { renderer: "svg", height: rows });
    chart.setOption({
      animation: false,
      color: colours,
      textStyle: { fontFamily: look.fontFamily || "sans-serif" },
      legend: { show: told.series.length > 1, textStyle: text(), top: 0, left: 0 },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      ...(told.kind === "bar" ? bar(told) : line(told)),
    });
    // With it the picture can be scaled to the width of paper.
    const fit = () => {
      chart.resize();
      chart.getZr().flush();
      room.querySelector("svg")?.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
    };
    fit();
    return fit;
  });
  window.addEventListener("resize", () => drawn.forEach(fit => fit()));
})();

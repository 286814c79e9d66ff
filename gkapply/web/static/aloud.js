// 朗读: reads the main part of the page block by block with the voice of the browser. Without such a voice there is no button.
(function () {
  'use strict';
  var speech = window.speechSynthesis;
  var main = document.getElementById('main');
  if (!speech || !window.SpeechSynthesisUtterance || !main) return;

  var BLOCKS = 'h1, h2, h3, p, li, dt, dd, caption, th, td, legend, label, summary, figcaption, button';
  var bar, start, pause, state, queue, place, paused = false, run = 0;

  // A voice of the device before one of the net: what stands on a page about a request goes nowhere.
  function voice() {
    var all = speech.getVoices().filter(function (one) { return /^(zh|cmn)([-_]|$)/i.test(one.lang); });
    return all.filter(function (one) { return one.localService; })[0] || null;
  }

  function shown(one) {
    if (one.closest('.aloud, .no-aloud, .visually-hidden, [hidden]') || !one.getClientRects().length) return false;
    var closed = one.closest('details:not([open])');
    return !closed || one.closest('summary') !== null;
  }

  // The words of a block itself; what a block within it says is that block's turn.
  function words(one) {
    return Array.prototype.map.call(one.childNodes, function (part) {
      if (part.nodeType === Node.TEXT_NODE) return part.textContent;
      if (part.nodeType !== Node.ELEMENT_NODE || part.matches(BLOCKS) || !part.getClientRects().length) return ' ';
      return words(part);
    }).join('').replace(/\s+/g, ' ').trim();
  }

  function blocks() {
    return Array.prototype.filter.call(main.querySelectorAll(BLOCKS), function (one) { return shown(one) && words(one); });
  }

  function mark(one) {
    var old = main.querySelector('.read-now');
    if (old) old.classList.remove('read-now');
    if (!one) return;
    one.classList.add('read-now');
    if (one.scrollIntoView) one.scrollIntoView({ block: 'center' });
  }

  function say() {
    var mine = run, block = queue[place];
    if (!block) return stop('读完了');
    var saying = new SpeechSynthesisUtterance(words(block));
    saying.voice = voice();
    saying.lang = saying.voice ? saying.voice.lang : 'zh-CN';
    saying.onend = function () { if (mine === run) { place += 1; say(); } };
    saying.onerror = function () { if (mine === run) stop('没有读成，请再试一次'); };
    mark(block);
    speech.speak(saying);
  }

  function stop(told) {
    run += 1;
    speech.cancel();
    mark(null);
    queue = null;
    show(told);
  }

  function show(told) {
    start.textContent = queue ? '停止朗读' : '朗读本页';
    pause.hidden = !queue;
    pause.textContent = paused ? '继续' : '暂停';
    state.textContent = told;
  }

  function begin() {
    speech.cancel();
    speech.resume();
    queue = blocks();
    place = 0;
    paused = false;
    run += 1;
    show('正在朗读');
    say();
  }

  function hold() {
    paused = !paused;
    if (paused) speech.pause(); else speech.resume();
    show(paused ? '已暂停' : '正在朗读');
  }

  function button(press) {
    var one = document.createElement('button');
    one.type = 'button';
    one.className = 'button quiet';
    one.addEventListener('click', press);
    bar.appendChild(one);
    return one;
  }

  function offer() {
    if (bar || !voice()) return;
    bar = document.createElement('div');
    bar.className = 'aloud no-print';
    bar.setAttribute('role', 'group');
    bar.setAttribute('aria-label', '朗读');
    start = button(function () { if (queue) stop('已停止'); else begin(); });
    pause = button(hold);
    state = document.createElement('span');
    state.className = 'hint';
    state.setAttribute('role', 'status');
    bar.appendChild(state);
    main.insertBefore(bar, main.querySelector('h1'));
    show('');
    document.addEventListener('keydown', function (key) { if (key.key === 'Escape' && queue) stop('已停止'); });
    window.addEventListener('pagehide', function () { speech.cancel(); });
  }

  offer();
  if (speech.addEventListener) speech.addEventListener('voiceschanged', offer);
}());

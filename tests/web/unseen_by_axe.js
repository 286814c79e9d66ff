// What axe-core does not measure, on the page as it is shown: sentences, empty for a good page.
({least, type}) => {
  const found = [];
  const name = one => (one.tagName + ' ' + (one.textContent || one.name || one.value || '').trim().replace(/\s+/g, ' ')).slice(0, 60);
  const shown = one => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    return one.checkVisibility() && box.width > 1 && box.height > 1 && style.visibility === 'visible' && box.right > 0 && box.bottom > 0;
  };
  const inSentence = one => {
    if (one.tagName !== 'A' || getComputedStyle(one).display !== 'inline') return false;
    const block = one.closest('p, li, dd, td, th, dt, figcaption, summary, label, div');
    return block && block.textContent.trim().length > one.textContent.trim().length;
  };
  // Targets: a box to press together with its label.
  for (const one of document.querySelectorAll('a[href], button, summary, input:not([type=hidden]), select, textarea')) {
    if (!shown(one) || inSentence(one) || one.closest('.honey, .skip, [aria-hidden=true]')) continue;
    const boxes = [one, ...(one.matches('[type=radio], [type=checkbox]') ? one.labels : [])].map(each => each.getBoundingClientRect());
    const width = Math.max(...boxes.map(each => each.right)) - Math.min(...boxes.map(each => each.left));
    const height = Math.max(...boxes.map(each => each.bottom)) - Math.min(...boxes.map(each => each.top));
    if (width < least - .5 || height < least - .5) found.push(`target of ${Math.round(width)}×${Math.round(height)} px: ${name(one)}`);
  }
  // Size of type and distance of lines.
  if (type) {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const one = text.parentElement;
      if (!text.textContent.trim() || seen.has(one) || one.closest('svg, .visually-hidden, .skip, .honey, option, script') || !shown(one)) continue;
      seen.add(one);
      const style = getComputedStyle(one), size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight);
      if (size < type - .1) found.push(`type of ${size} px: ${name(one)}`);
      if (line < 1.3 * size - .1) found.push(`lines ${line} px apart at ${size} px: ${name(one)}`);
    }
  }
  // Boxes beside their order in the document would be read in another order than they are focused.
  for (const one of document.querySelectorAll('main *')) {
    const style = getComputedStyle(one);
    if (style.order !== '0' || style.flexDirection.endsWith('reverse')) found.push(`shown out of its order: ${name(one)}`);
  }
  return found;
}

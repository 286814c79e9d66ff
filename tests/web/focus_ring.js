// The element that has the focus: what it is called, whether its ring can be seen, whether it stands behind the one before.
before => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const numbers = text => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
    .reduce((sum, part, place) => sum + part * [.2126, .7152, .0722][place], 0);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = numbers(getComputedStyle(element).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const style = getComputedStyle(one), width = parseFloat(style.outlineWidth), ring = numbers(style.outlineColor);
  const [low, high] = [light(ring), light(ground(parseFloat(style.outlineOffset) < 0 ? one : one.parentElement))].sort((a, b) => a - b);
  const contrast = (high + .05) / (low + .05);
  const all = window.focusOrder = window.focusOrder || [];
  const last = before ? all[all.length - 1] : null;
  const again = all.includes(one);
  all.push(one);
  const box = one.getBoundingClientRect();
  return {
    name: (one.tagName + ' ' + (one.textContent || one.name || one.value || '').trim().replace(/\s+/g, ' ')).slice(0, 60),
    again,
    ring: style.outlineStyle !== 'none' && width >= 2 && contrast >= 3,
    told: `${style.outlineStyle} ${width}px, contrast ${contrast.toFixed(1)}`,
    behind: !last || !!(last.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
    onScreen: box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}

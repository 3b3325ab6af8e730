// Streamlit's own words are English; this puts Swedish ones in their place, here and later.

export default function (component) {
  const words = component.data.words;
  const patterns = component.data.patterns.map(([from, to]) => [new RegExp(from), to]);
  document.documentElement.lang = "sv";
  const translate = (text) => {
    const key = text.trim();
    if (!key) return text;
    if (Object.hasOwn(words, key)) return text.replace(key, words[key]);
    for (const [from, to] of patterns) if (from.test(key)) return text.replace(from, to);
    return text;
  };
  const attributes = ["aria-label", "title", "placeholder"];
  const navigationList = "[data-testid='stSidebarNavItems'], [data-testid='stSidebarNavItems'] li";
  const visit = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const swedish = translate(node.nodeValue);
      if (swedish !== node.nodeValue) node.nodeValue = swedish;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".tk-root, [data-testid='stHtml']")) return;
    // A menu with headings is no valid list in Streamlit's markup; a reader then hears links alone.
    if (node.matches(navigationList)) node.setAttribute("role", "none");
    for (const name of attributes) {
      const value = node.getAttribute(name);
      if (value && translate(value) !== value) node.setAttribute(name, translate(value));
    }
    for (const child of node.childNodes) visit(child);
  };
  visit(document.body);
  const watcher = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") visit(change.target);
      else if (change.type === "attributes") visit(change.target);
      else change.addedNodes.forEach(visit);
    }
  });
  watcher.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: attributes,
  });
  return () => watcher.disconnect();
}

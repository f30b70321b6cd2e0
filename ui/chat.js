(() => {
  const zh = () => { document.documentElement.lang = "zh-CN"; };
  zh();
  addEventListener("DOMContentLoaded", zh);
  // Gradio sets the language again when it has loaded.
  new MutationObserver(() => { if (document.documentElement.lang !== "zh-CN") zh(); })
    .observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
  // A marker leads to its card: mark it, bring it into view, give it the focus. Works for Enter too, which clicks.
  addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('a[href*="#src-"]');
    if (!link) return;
    const card = document.getElementById(link.getAttribute("href").split("#")[1]);
    event.preventDefault();
    event.stopPropagation();
    if (!card) return;
    document.querySelectorAll(".yanju-card.marked").forEach((c) => c.classList.remove("marked"));
    card.classList.add("marked");
    card.tabIndex = -1;
    card.scrollIntoView({ behavior: "smooth", block: "nearest" });
    card.focus({ preventScroll: true });
  }, true);
})();

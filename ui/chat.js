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
  // Gradio would copy the markdown with its entities: what is copied is what is seen. No clipboard API, which is missing
  // where the address is plain http.
  addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("#yanju-chat .message-buttons button");
    const row = button && button.closest(".message-buttons").previousElementSibling;
    if (!row) return;
    event.stopPropagation();
    const box = document.createElement("textarea");
    box.value = row.innerText.trim();
    box.style.cssText = "position:fixed;top:0;opacity:0";
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
    button.focus({ preventScroll: true });
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 2000);
  }, true);
  // The newest question stays at the top while it is answered, until the person scrolls: an answer is read from its
  // beginning. Gradio's own scrolling, which is off, shows its end.
  let asked = 0, following = false;
  const follow = () => {
    const rows = document.querySelectorAll("#yanju-chat .user-row");
    if (rows.length !== asked) following = rows.length > 0;
    asked = rows.length;
    if (!following) return;
    const row = rows[asked - 1], pane = row.closest(".bubble-wrap");
    if (!pane) return;
    pane.scrollTop += row.getBoundingClientRect().top - pane.getBoundingClientRect().top - 32;
    pane.dispatchEvent(new Event("scroll")); // Gradio looks whether to show its arrow to the end
  };
  const leave = (event) => { if (event.target.closest && event.target.closest("#yanju-chat")) following = false; };
  for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(name, leave, { capture: true, passive: true });
  // Words of Gradio's for screen readers that no setting translates; those of a message repeat its markdown.
  const WORDS = [["Scroll down", "到最后"], ["chatbot conversation", "对话"], ["user's message", "问题"], ["bot's message", "回答"]];
  const translate = () => {
    for (const [english, chinese] of WORDS) {
      for (const name of ["aria-label", "title"]) {
        document.querySelectorAll(`[${name}^="${english}"]`).forEach((e) => e.setAttribute(name, chinese));
      }
    }
  };
  new MutationObserver(() => { follow(); translate(); }).observe(document.documentElement, { childList: true, subtree: true });
})();

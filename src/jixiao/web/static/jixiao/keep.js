/* Keeps what is typed in a long form as a draft, a few seconds after the last change. A page without it has a button. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  const told = document.getElementById("kept");
  if (!form || !told || !window.fetch) return;
  const SOON = 3000, LATER = 15000;
  let timer = 0, busy = false, changed = false;

  const place = form.getAttribute("action") || location.href;
  const wait = (milliseconds) => { clearTimeout(timer); timer = setTimeout(keep, milliseconds); };

  function typed() {
    const held = new FormData(form);
    held.set("do", "keep");
    return held;
  }

  /* Who signed in again in another tab has a new token there; this page takes it over, from their own page alone. */
  async function renew() {
    const answer = await fetch(place, { redirect: "manual", credentials: "same-origin" });
    if (!answer.ok) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const who = (one) => one.querySelector(".top .who")?.textContent, token = "[name=csrfmiddlewaretoken]";
    const fresh = page.querySelector(token)?.value;
    if (!fresh || !who(page) || who(page) !== who(document)) return false;
    document.querySelectorAll(token).forEach((box) => { box.value = fresh; });
    return true;
  }

  async function keep() {
    if (busy || !changed) return;
    busy = true;
    changed = false;
    try {
      const answer = await fetch(place, { method: "POST", body: typed(), redirect: "manual", credentials: "same-origin" });
      if (answer.type === "opaqueredirect") {
        told.textContent = "登录已过期：请在另一个标签页登录，再回到这里，填写的内容还在这一页。";
        changed = true;
        wait(LATER);
      } else if (answer.ok) {
        const kept = await answer.json();
        let box = form.elements.namedItem("draft");
        if (!box) {
          box = Object.assign(document.createElement("input"), { type: "hidden", name: "draft" });
          form.append(box);
        }
        box.value = kept.draft;
        told.textContent = kept.told;
      } else {
        told.textContent = "这次没有存成草稿：填写的内容还在这一页，请不要关闭。";
        changed = answer.status >= 500 || (answer.status === 403 && await renew());
      }
    } catch {
      told.textContent = "连接断了：填写的内容还在这一页，连上以后会自动保存，请不要关闭。";
      changed = true;
      wait(LATER);
    } finally {
      busy = false;
      if (changed) wait(LATER);
    }
  }

  form.addEventListener("input", () => { changed = true; wait(SOON); });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine === false) {  // what is sent into nothing is gone with the page
      event.preventDefault();
      told.textContent = "现在没有网络，没有提交：填写的内容还在这一页，连上以后再按一次。";
      told.scrollIntoView({ block: "center" });
      return;
    }
    clearTimeout(timer);
    changed = false;
  });
  addEventListener("pagehide", () => {
    if (changed && !busy && navigator.sendBeacon) navigator.sendBeacon(place, typed());
    changed = false;
  });
})();

// Keeps the page fresh: fetches it anew when the books have changed, and puts in only what is new or different, so that
// an open email stays open.
(function () {
  "use strict";

  let isFetching = false;
  let isStale = false;

  function refresh(list, fresh) {
    const known = new Map([...list.children].map(item => [item.id, item]));
    const items = [...fresh.children].map(item => {
      const old = item.id && known.get(item.id);
      if (!old || old.dataset.state === item.dataset.state) {
        return old || document.importNode(item, true);
      }
      // An email that moved on keeps its frame; only its line changes.
      const summary = old.querySelector("summary");
      if (summary) {
        summary.innerHTML = item.querySelector("summary").innerHTML;
        old.dataset.state = item.dataset.state;
        return old;
      }
      return document.importNode(item, true);
    });
    // What stays in place is not touched: moving an iframe would load it again.
    const kept = new Set(items);
    [...list.children].filter(item => !kept.has(item)).forEach(item => item.remove());
    items.forEach((item, i) => {
      if (list.children[i] !== item) {
        list.insertBefore(item, list.children[i] || null);
      }
    });
  }

  async function look() {
    if (isFetching) {
      isStale = true;
      return;
    }
    isFetching = true;
    try {
      do {
        isStale = false;
        const response = await fetch("/");
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        for (const id of ["phone", "inbox", "payments"]) {
          refresh(document.getElementById(id), page.getElementById(id));
        }
      } while (isStale);
    } catch {
      // The sandbox is gone for a moment; the next change brings the page up to date.
    } finally {
      isFetching = false;
    }
  }

  new EventSource("/page/changes").addEventListener("message", look);
})();

// What the console does beyond plain pages: live regions, copying, and one press that sends once. All of it may be missing.
(() => {
  'use strict';

  document.addEventListener('keydown', event => {
    const form = document.querySelector('form[data-send]');
    if (form && event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  // The server refuses a second form with the same key; this only spares the wait.
  document.addEventListener('submit', event => {
    const button = event.submitter ?? event.target.querySelector('button');
    if (event.target.dataset.sent) {
      event.preventDefault();
      return;
    }
    if (event.target.method === 'post') {
      event.target.dataset.sent = 'yes';
      button?.setAttribute('aria-disabled', 'true');
    }
  });
  window.addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-sent]')) {
      delete form.dataset.sent;
      form.querySelector('[aria-disabled]')?.removeAttribute('aria-disabled');
    }
  });

  for (const button of document.querySelectorAll('[data-copy]')) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener('click', async () => {
      const field = document.getElementById(button.dataset.copy);
      field.select();
      await navigator.clipboard.writeText(field.value);
      button.textContent = button.dataset.copied;
      setTimeout(() => { button.textContent = words; }, 2000);
    });
  }

  // What the customer would read, from the server that writes it.
  for (const form of document.querySelectorAll('form[data-preview]')) {
    let later = 0;
    let latest = 0;
    form.addEventListener('input', () => {
      clearTimeout(later);
      later = setTimeout(() => preview(form, () => latest, ++latest), 250);
    });
  }

  document.querySelector('.problem[autofocus]')?.focus();

  async function preview(form, latest, turn) {
    const answer = await fetch(form.dataset.preview, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
      headers: { 'X-Only-Preview': '1' },
      credentials: 'same-origin',
    }).catch(() => null);
    const html = answer?.ok ? await answer.text().catch(() => null) : null;
    // An answer that was overtaken, or none, leaves what stands there.
    if (html === null || turn !== latest()) return;
    const page = new DOMParser().parseFromString(html, 'text/html');
    form.querySelector('[data-previewed]').replaceChildren(...page.body.childNodes);
  }

  const region = document.querySelector('[data-live]');
  if (region) live(region);

  // Says under a field what is known of the number in it, as soon as it may be whole. The field may have been renewed.
  let later = 0;
  let turn = 0;
  document.addEventListener('input', event => {
    const field = event.target;
    const hint = field.id && document.querySelector(`[data-check="${CSS.escape(field.id)}"]`);
    if (!hint) return;
    clearTimeout(later);
    later = setTimeout(async () => {
      const mine = ++turn;
      const isNumber = !field.value.includes('@') && field.value.replace(/\D/g, '').length > 5;
      const words = isNumber ? await numberWords(field) : '';
      if (mine === turn) hint.replaceChildren(...new DOMParser().parseFromString(words, 'text/html').body.childNodes);
    }, 200);
  });

  async function numberWords(field) {
    const body = new URLSearchParams({ antiforgery: field.form.elements.antiforgery.value, number: field.value });
    try {
      const answer = await fetch('/links/number', { method: 'POST', body, credentials: 'same-origin' });
      return answer.ok ? await answer.text() : '';
    } catch {
      return '';
    }
  }

  // One stream for the whole browser: whichever tab holds the lock listens and tells the others. Over HTTP/1.1 a browser
  // keeps only six connections to a server, so a stream for each tab would starve the seventh.
  function live(region) {
    const status = document.getElementById('live-status');
    const channel = new BroadcastChannel('paylinks-live');
    let place = region.dataset.after;
    let heard = performance.now();
    let ended = false;
    let busy = false;
    let again = false;
    let later = 0;
    let leads = false;
    let lost = false;
    let stream = null;

    channel.onmessage = message => hear(message.data);
    // While this tab was loading, whoever listens may have passed on what this page does not show yet.
    channel.postMessage({ type: 'here' });
    if (navigator.locks) navigator.locks.request('paylinks-live', () => new Promise(listen));
    else listen();
    // Whatever fails (lock, stream, proxy), the page is never older than this.
    setInterval(() => {
      if (ended) return;
      // Nothing ends a connection that a network has forgotten.
      const silent = performance.now() - heard > 20000;
      if (silent && leads && !lost) {
        stream.close();
        lost = true;
        listen();
      }
      if (silent || lost) {
        status.textContent = status.dataset.lost;
        refresh();
      } else if (region.querySelector('[data-leaving], [data-waiting]')) {
        // Why a message still waits, and that it was not opened, are no events of its link.
        refresh();
      }
    }, 5000);

    function listen() {
      leads = true;
      stream = new EventSource(`/live?after=${encodeURIComponent(place)}`);
      for (const type of ['ready', 'beat', 'link', 'outages', 'ended']) {
        stream.addEventListener(type, event => {
          const news = { type, place: event.lastEventId, data: event.data ? JSON.parse(event.data) : null };
          channel.postMessage(news);
          hear(news);
          if (type === 'ended') stream.close();
        });
      }
      stream.addEventListener('error', () => {
        if (ended) return;
        channel.postMessage({ type: 'lost' });
        hear({ type: 'lost' });
        // After a refusal, such as a proxy's 502, a browser gives up by itself.
        if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
      });
    }

    function hear(news) {
      if (news.type === 'here') {
        if (leads) channel.postMessage({ type: lost ? 'lost' : 'look', place });
        return;
      }
      lost = news.type === 'lost';
      if (lost) {
        status.textContent = status.dataset.lost;
        return;
      }
      heard = performance.now();
      place = news.place || place;
      if (news.type === 'ended') {
        ended = true;
        status.textContent = status.dataset.ended;
        return;
      }
      if (status.textContent === status.dataset.lost) status.textContent = '';
      if (news.type === 'look') refresh();
      if (news.type === 'outages' && news.data.outages !== (document.querySelector('[data-outages]')?.dataset.outages ?? '')) {
        refresh();
      }
      if (news.type === 'link' && (!region.dataset.link || region.dataset.link === news.data.link)) {
        refresh(news.data.link);
        // Receipts and notices go out after the event that caused them, and have none of their own.
        clearTimeout(later);
        later = setTimeout(() => refresh(news.data.link), 2500);
      }
    }

    async function refresh(link) {
      if (busy) {
        again = true;
        return;
      }
      busy = true;
      try {
        const answer = await fetch(region.dataset.live, { headers: { 'X-Only-Watches': '1' }, credentials: 'same-origin' })
          .catch(() => null);
        if (answer?.status === 401) {
          ended = true;
          status.textContent = status.dataset.ended;
        }
        if (answer?.ok) {
          const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
          const fresh = page.getElementById(region.id);
          if (fresh) replace(fresh, link);
          for (const part of document.querySelectorAll('[data-live-part]')) renew(part, page.getElementById(part.id));
        }
      } finally {
        busy = false;
        if (again) {
          again = false;
          refresh(link);
        }
      }
    }

    function replace(fresh, link) {
      const focused = region.contains(document.activeElement) ? keyOf(document.activeElement) : null;
      const before = sayingOf(region, link);
      swap(region, fresh);
      if (focused) [...region.querySelectorAll('a, button, summary')].find(one => keyOf(one) === focused)?.focus();
      const after = sayingOf(region, link);
      if (after && after !== before) status.textContent = after;
      region.dispatchEvent(new Event('refreshed'));
    }

    // Forms follow along only while nobody is using them.
    function renew(part, fresh) {
      const inUse = part.contains(document.activeElement)
        || [...part.querySelectorAll('input:not([type="hidden"])')].some(field => field.value !== field.defaultValue);
      if (!inUse) swap(part, fresh);
    }

    // What somebody has opened stays open.
    function swap(part, fresh) {
      const open = [...part.querySelectorAll('details[id][open]')].map(one => one.id);
      part.replaceChildren(...(fresh?.childNodes ?? []));
      for (const id of open) document.getElementById(id)?.setAttribute('open', '');
    }

    function keyOf(element) {
      return [element.closest('[data-link]')?.dataset.link, element.dataset.alt, element.getAttribute('href'), element.textContent].join('|');
    }

    function sayingOf(root, link) {
      const scope = link && root.dataset.link !== link ? root.querySelector(`[data-link="${CSS.escape(link)}"]`) : root;
      return scope?.querySelector('[data-say]')?.textContent;
    }
  }
})();

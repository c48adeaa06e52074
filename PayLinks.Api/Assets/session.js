// Says two minutes before a session ends that it will, and keeps what was typed. The server knows; other tabs may have put it off.
(() => {
  'use strict';
  const box = document.querySelector('[data-session]');
  if (!box) return;

  const soonSeconds = 120;
  const isLive = Boolean(document.querySelector('[data-live]'));
  let timer = 0;
  let due = 0;
  let state = null;
  // The last click may be noted a minute early.
  wait(box.dataset.idle - soonSeconds - 60);
  box.querySelector('[data-stay]').addEventListener('click', () => ask(true));
  // No timer is right after a sleep; and whoever has signed in again in another tab goes on here.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && performance.now() > due) ask(false);
  });

  // A form that is sent without a session is lost.
  document.addEventListener('submit', event => {
    if (state !== 'ended' || event.target.method !== 'post') return;
    const { target, submitter } = event;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(false).then(() => { if (state !== 'ended') target.requestSubmit(submitter); });
  }, true);

  function wait(seconds) {
    clearTimeout(timer);
    const milliseconds = Math.max(seconds, 1) * 1000;
    due = performance.now() + milliseconds;
    timer = setTimeout(() => ask(false), milliseconds);
  }

  function show(name) {
    state = name;
    for (const part of box.children) part.hidden = part.dataset.when !== name;
    // A live page says this itself.
    if (isLive && name === 'ended') box.querySelector('[data-when="ended"]').hidden = true;
  }

  async function ask(stay) {
    const secret = document.querySelector('[name="antiforgery"]').value;
    const request = stay ? { method: 'POST', body: new URLSearchParams({ antiforgery: secret }) } : {};
    const answer = await fetch(box.dataset.session, { ...request, credentials: 'same-origin' }).catch(() => null);
    if (answer?.status === 401) {
      clearTimeout(timer);
      due = 0;
      show('ended');
      return;
    }
    const left = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!left) {
      wait(5);
    } else if (left.endsIn > soonSeconds) {
      show(null);
      wait(left.endsIn - soonSeconds);
    } else {
      show(left.endsAtMostIn > left.endsIn + 1 ? 'soon' : 'for-good');
      wait(Math.min(left.endsIn + 1, 30));
    }
  }
})();

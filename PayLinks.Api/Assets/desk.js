// The agent's shortcuts. They act on the card that has the focus, else on the newest.
(() => {
  'use strict';

  // A number that was wrong is there to be typed over.
  if (document.getElementById('call').dataset.again) document.getElementById('phone').select();

  document.addEventListener('keydown', event => {
    // Nobody needs a question mark in a number, and the phone has the focus most of the time.
    if (event.key === '?' && !event.target.closest('input:not(#phone, #amount, [type="radio"]), select, textarea')) {
      event.preventDefault();
      document.getElementById('shortcuts').togglePopover();
      return;
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const letter = event.code.startsWith('Key') ? event.code[3].toLowerCase() : '';
    if (letter === 'n') {
      event.preventDefault();
      location.assign('/desk');
      return;
    }
    const card = document.activeElement.closest('.desk-card') ?? document.querySelector('.desk-card');
    const target = letter && card?.querySelector(`[data-alt="${letter}"]`);
    if (target) {
      event.preventDefault();
      target.click();
    }
  });
})();

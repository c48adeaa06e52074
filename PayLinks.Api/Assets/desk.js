// The agent's shortcuts. They act on the card that has the focus, else on the newest.
(() => {
  'use strict';

  // A number that was wrong is there to be typed over.
  if (document.getElementById('call').dataset.again) document.getElementById('phone').select();

  const help = document.getElementById('shortcuts');
  help.close();
  document.getElementById('help').addEventListener('click', event => {
    event.preventDefault();
    help.showModal();
  });

  // Whoever speaks to the computer, or holds a child, may not want a key that acts alone.
  const questionMark = document.getElementById('question-mark');
  questionMark.checked = localStorage.getItem('paylinks-question-mark') !== 'off';
  questionMark.addEventListener('change', () => {
    localStorage.setItem('paylinks-question-mark', questionMark.checked ? 'on' : 'off');
  });
  questionMark.parentElement.hidden = false;

  document.addEventListener('keydown', event => {
    // Nobody needs a question mark in a number, and the phone has the focus most of the time.
    if (event.key === '?' && questionMark.checked
      && !event.target.closest('input:not(#phone, #amount, [type="radio"], [type="checkbox"]), select, textarea')) {
      event.preventDefault();
      if (help.open) help.close();
      else help.showModal();
      return;
    }
    if (!event.altKey || event.ctrlKey || event.metaKey || help.open) return;
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

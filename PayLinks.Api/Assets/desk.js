// The agent's shortcuts, and the number read back in groups. They act on the card that has the focus, else on the newest.
(() => {
  'use strict';

  const phone = document.getElementById('phone');
  const readBack = document.getElementById('read-back');

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

  function group() {
    const typed = phone.value.replace(/[^\d+]/g, '');
    readBack.replaceChildren();
    if (typed.replace('+', '').length < 6) return;
    const italian = typed.replace(/^(\+|00)39/, '');
    const groups = typed.startsWith('+') && !typed.startsWith('+39')
      ? typed.match(/\+?\d{1,3}/g)
      : [italian.slice(0, 3), italian.slice(3, 6), italian.slice(6)].filter(part => part);
    readBack.append(`${readBack.dataset.label} ${groups.join(' · ')}`);
    // Nine digits are a valid Italian mobile of old; today it is mostly a digit that got lost.
    if (/^3\d{8}$/.test(italian)) {
      const careful = document.createElement('span');
      careful.className = 'careful';
      careful.textContent = readBack.dataset.nine;
      readBack.append(careful);
    }
  }

  phone.addEventListener('input', group);
  group();
})();

/**
 * Adds up what a booking will cost while the form is filled in, offers the keys that a number needs, and
 * sends the form once however often it is pressed. The server decides again; the form is whole without this.
 */

const form = document.querySelector<HTMLFormElement>('form[data-price-local]');
const total = form?.querySelector<HTMLElement>('[data-total]');

function sumIdr(): number {
  if (!form) return 0;
  const localIdr = Number(form.dataset.priceLocal);
  const foreignIdr = Number(form.dataset.priceForeign);
  let sum = Number(form.dataset.places) * localIdr;
  for (const type of form.querySelectorAll<HTMLSelectElement>('select[name$="-type"]')) {
    sum += type.value === 'passport' ? foreignIdr : localIdr;
  }
  for (const priced of form.querySelectorAll<HTMLElement>('[data-price]')) {
    const chosen =
      (priced instanceof HTMLInputElement && priced.checked) ||
      (priced instanceof HTMLOptionElement && priced.selected);
    if (chosen) sum += Number(priced.dataset.price);
  }
  return sum;
}

function show(): void {
  const output = total?.querySelector('output');
  if (!total || !output) return;
  const idr = sumIdr();
  output.textContent = `Rp${String(idr).replace(/\B(?=(\d{3})+$)/g, '.')}`;
  total.hidden = idr === 0;
}

/** Digits on the keys of a phone where the number has nothing else. */
function fitKeys(): void {
  for (const type of form?.querySelectorAll<HTMLSelectElement>('select[name$="-type"]') ?? []) {
    const number = document.getElementById(type.name.replace(/-type$/, '-number'));
    if (number) number.inputMode = type.value === 'nik' ? 'numeric' : 'text';
  }
}

form?.addEventListener('input', () => {
  show();
  fitKeys();
});
form?.addEventListener('submit', (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = 'yes';
});
// Coming back by the browser's own button, the form may be sent again.
window.addEventListener('pageshow', () => {
  delete form?.dataset.sent;
  show();
  fitKeys();
});

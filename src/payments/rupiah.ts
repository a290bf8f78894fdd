/** "25000.00" → 25000; undefined for fractions and whatever else is no whole rupiah above zero. */
export function rupiahOf(amount: string | number | null | undefined): number | undefined {
  const text = typeof amount === 'number' ? String(amount) : (amount ?? '');
  return /^[1-9]\d{0,12}(\.0{1,2})?$/.test(text) ? Number(text) : undefined;
}

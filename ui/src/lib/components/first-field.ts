/** Puts the cursor into the first field of what has just opened, and shows it. For `{@attach}`. */
export function firstField(place: HTMLElement): void {
  const field = place.querySelector<HTMLElement>('input:checked, input:not([type=radio]), select, textarea')
  field?.focus({ preventScroll: true })
  if (field instanceof HTMLInputElement && field.type === 'text') field.select()
  place.scrollIntoView({ block: 'nearest' })
}

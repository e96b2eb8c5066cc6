// A layer that is alone with the window: it lies over everything and the keyboard stays inside.

/** Where it stands in the page, a container would hold it. */
export function overAll(node: HTMLElement): () => void {
  document.body.append(node)
  return () => node.remove()
}

const STOPS = 'button:not(:disabled), input:not(:disabled), a[href]'

/** Tab goes round inside; where the keyboard got lost (its button went out) it comes back in. */
export function heldInside(node: HTMLElement): () => void {
  function keys(event: KeyboardEvent) {
    if (event.key !== 'Tab') return
    const stops = [...node.querySelectorAll<HTMLElement>(STOPS)].filter(
      (stop) => stop.getClientRects().length > 0
    )
    const here = document.activeElement
    const [first, last] = [stops[0], stops.at(-1)]
    // A toast over it may be reached with the mouse and worked with the keyboard.
    const elsewhere = !node.contains(here) && here?.closest('[data-toast]') === null
    const to = event.shiftKey
      ? here === first || here === node || elsewhere
        ? last
        : null
      : here === last || elsewhere
        ? first
        : null
    if (!to) return
    event.preventDefault()
    to.focus()
  }
  window.addEventListener('keydown', keys)
  return () => window.removeEventListener('keydown', keys)
}

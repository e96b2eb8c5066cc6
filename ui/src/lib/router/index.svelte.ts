// Where the window is. The address is the truth: back and forward work as in a browser.
import { routeOf, type Route } from './routes'

export { to, type Route } from './routes'

let here = $state<Route>(routeOf(location.hash))

window.addEventListener('hashchange', () => {
  here = routeOf(location.hash)
})

export const route = (): Route => here

/** Goes to an address made by `to`, or to a path that the backend gave. */
export function go(address: string): void {
  location.hash = address.startsWith('#') ? address : `#${address}`
}

/** The same, without a step in the history. */
export function goInstead(address: string): void {
  location.replace(address.startsWith('#') ? address : `#${address}`)
}

import { door } from '$lib/door'
import { go, to } from '$lib/router/index.svelte'
import { toasts } from '$lib/state/toasts.svelte'

/** A draft, and its editor. */
export async function newProduct(): Promise<void> {
  try {
    const product = await door.productCreate()
    go(to.product(product.id, 'title'))
  } catch (thrown) {
    toasts.trouble(thrown)
  }
}

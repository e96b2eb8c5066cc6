import type { Product } from '$lib/door'
import { t } from '$lib/language/index.svelte'
import { network } from '$lib/state/network.svelte'

/** What is said of a piece that was just put up for sale or taken away: it is so, or will be and when. */
export function sellingWords(step: 'published' | 'withdrawn', product: Product): string {
  const title = product.title.trim() || t('product.untitled')
  const why = product.waiting ? network.hold : null
  return why ? t(`editor.${step}_waiting`, { title, why }) : t(`editor.${step}`, { title })
}

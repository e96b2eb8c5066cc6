// A piece's state as a tag: icon, word, colour.
import type { Tone } from '$lib/components/Tag.svelte'
import type { IconName } from '$lib/components/icons'
import type { ProductStatus, StockKind } from '$lib/door'
import { t } from '$lib/language/index.svelte'

type State = { status: ProductStatus; stock_kind: StockKind; on_hand: number; refused: boolean }

export function statusTag({ status, stock_kind, on_hand, refused }: State): {
  tone: Tone
  icon: IconName
  text: string
} {
  if (refused) return { tone: 'bad', icon: 'alert', text: t('product.refused') }
  switch (status) {
    case 'draft':
      return { tone: 'plain', icon: 'pencil', text: t('product.status.draft') }
    case 'withdrawn':
      return { tone: 'plain', icon: 'pause', text: t('product.status.withdrawn') }
    case 'sold_out':
      return { tone: 'attention', icon: 'cross', text: t('product.status.sold_out') }
    case 'on_sale':
      return stock_kind === 'unique'
        ? { tone: 'done', icon: 'check', text: t('product.unique') }
        : { tone: 'done', icon: 'check', text: t('product.left', { count: on_hand }) }
  }
}

import type { Paper } from '$lib/door'
import { t } from '$lib/language/index.svelte'
import { toasts } from '$lib/state/toasts.svelte'

/** Says where a paper went: opened for printing, or lying in the shop's folder. */
export function showPaper(paper: Paper): void {
  if (paper.opened) toasts.done(t('order.paper_open'))
  else toasts.show({ tone: 'attention', text: t('order.paper_at'), hint: paper.path })
}

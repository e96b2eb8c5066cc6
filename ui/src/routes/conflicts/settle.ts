// What a choice does, and the way back from it.
import { door, faultOf, type Choice, type Conflict, type ConflictSide } from '$lib/door'
import { t } from '$lib/language/index.svelte'
import { go, to } from '$lib/router/index.svelte'
import { network } from '$lib/state/network.svelte'
import { toasts, type Toast } from '$lib/state/toasts.svelte'

/** Gives the piece one of the values again, as if it was written by hand. */
async function write({ product_id: id, field }: Conflict, { value }: ConflictSide): Promise<void> {
  if (field === 'price' && value.kind === 'price') await door.productEdit(id, [{ field, value: value.value }])
  else if ((field === 'title' || field === 'story') && value.kind === 'text')
    await door.productEdit(id, [{ field, value: value.value }])
  else if (field === 'published' && value.kind === 'yes_no')
    await (value.value ? door.productPublish(id) : door.productWithdraw(id))
  else if (field === 'deleted' && value.kind === 'yes_no')
    await (value.value ? door.productDelete(id) : door.productRestore(id))
}

/** Nothing that was written is lost by a choice: there is a way to the other value for a while. */
function wayBack(conflict: Conflict, choice: Choice): Toast['action'] {
  switch (choice) {
    case 'keep':
      return { label: t('conflict.done.keep.other'), run: () => write(conflict, conflict.lost) }
    case 'take_other':
      return { label: t('action.undo'), run: () => write(conflict, conflict.kept) }
    case 'both':
      return {
        label: t('conflict.done.both.see'),
        run: () => go(to.product(conflict.product_id, conflict.field))
      }
  }
}

/** What is left to choose; null when it could not be settled, which was said. */
export async function settle(conflict: Conflict, choice: Choice): Promise<Conflict[] | null> {
  try {
    const left = await door.conflictSettle(conflict.id, choice)
    toasts.done(t(`conflict.done.${choice}`), wayBack(conflict, choice))
    void network.load()
    return left
  } catch (thrown) {
    if (faultOf(thrown).code === 'not_found') {
      void network.load()
      toasts.show({ text: t('conflicts.elsewhere'), hint: t('conflicts.elsewhere.hint'), tone: 'done' })
      return await door.conflictList().catch(() => null)
    }
    toasts.trouble(thrown)
    return null
  }
}

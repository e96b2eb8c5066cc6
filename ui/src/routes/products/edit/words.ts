// Numbers of a look in words.
import type { MessageKey } from '$lib/language/index.svelte'

/** How much lighter or darker, in hundredths of a stop. */
export function lightKey(exposure: number): MessageKey {
  if (exposure === 0) return 'edit.light.none'
  const much = Math.abs(exposure)
  if (exposure > 0)
    return much < 40 ? 'edit.light.bit_more' : much < 110 ? 'edit.light.more' : 'edit.light.much_more'
  return much < 40 ? 'edit.light.bit_less' : much < 110 ? 'edit.light.less' : 'edit.light.much_less'
}

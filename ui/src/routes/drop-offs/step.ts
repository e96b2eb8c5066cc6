import type { Tone } from '$lib/components/Tag.svelte'
import type { IconName } from '$lib/components/icons'
import type { DropOffStep } from '$lib/door'

export const STEP_LOOK: Record<DropOffStep, { tone: Exclude<Tone, 'plain'>; icon: IconName }> = {
  closed: { tone: 'attention', icon: 'dropOffs' },
  left: { tone: 'info', icon: 'clock' },
  accepted: { tone: 'done', icon: 'check' },
  partly_accepted: { tone: 'attention', icon: 'alert' },
  refused: { tone: 'bad', icon: 'cross' }
}

const PARCEL: Record<string, { tone: Tone; icon: IconName }> = {
  waiting: { tone: 'plain', icon: 'dropOffs' },
  handed_in: { tone: 'info', icon: 'clock' },
  accepted: { tone: 'done', icon: 'check' },
  refused: { tone: 'bad', icon: 'cross' },
  on_the_way: { tone: 'info', icon: 'forward' },
  delivered: { tone: 'done', icon: 'check' }
}

export const parcelLook = (state: string): { tone: Tone; icon: IconName } =>
  PARCEL[state] ?? { tone: 'info', icon: 'info' }

// What a scan of the post means for the colour and the sign beside its words. EMSEVT V3 (UPU M40).
import type { IconName } from './icons'

export type WayTone = 'done' | 'info' | 'attention' | 'bad'

const HELD = ['EXB', 'EXD', 'EDA', 'EME', 'EMH']
const BACK = ['EXX', 'EDX']

export function wayTone(code: string): { tone: WayTone; icon: IconName } {
  if (code === 'EMI') return { tone: 'done', icon: 'check' }
  if (code === 'X_REFUSED') return { tone: 'bad', icon: 'cross' }
  if (HELD.includes(code)) return { tone: 'attention', icon: 'alert' }
  if (BACK.includes(code)) return { tone: 'attention', icon: 'back' }
  if (code === 'EMA') return { tone: 'done', icon: 'check' }
  return { tone: 'info', icon: 'forward' }
}

import { afterEach, describe, expect, it } from 'vitest'
import type { Product, SyncPhase, SyncState } from '$lib/door'
import { network } from '$lib/state/network.svelte'
import { speak } from '$lib/language/index.svelte'
import { sellingWords } from './selling'

const piece = (waiting: boolean) => ({ title: 'Olla', waiting }) as Product
const during = (phase: SyncPhase) => {
  network.state = { phase } as SyncState
}

afterEach(() => {
  network.state = null
})

describe('what is said of a piece that was put up for sale', () => {
  globalThis.document ??= { documentElement: {} } as Document
  speak('es')

  it.each<SyncPhase>(['idle', 'sending', 'receiving', 'sending_photos'])(
    'is that it is, while %s',
    (phase) => {
      during(phase)
      expect(sellingWords('published', piece(true))).toBe('«Olla» ya está a la venta.')
    }
  )

  it('is when it will be, while nothing goes out', () => {
    during('offline')
    expect(sellingWords('published', piece(true))).toBe('«Olla» saldrá a la venta en cuanto haya red.')
    expect(sellingWords('withdrawn', piece(true))).toBe('«Olla» dejará de venderse en cuanto haya red.')
    during('revoked')
    expect(sellingWords('published', piece(true))).toBe('«Olla» saldrá a la venta cuando conectes tu puesto.')
    during('paused')
    expect(sellingWords('withdrawn', piece(true))).toBe('«Olla» dejará de venderse cuando quites la pausa.')
  })

  it('is that it is, when the marketplace has it already', () => {
    during('offline')
    expect(sellingWords('published', piece(false))).toBe('«Olla» ya está a la venta.')
  })
})

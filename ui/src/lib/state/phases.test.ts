import { describe, expect, it } from 'vitest'
import type { SyncPhase } from '$lib/door'
import { holdOf } from './phases'

describe('what holds changes back', () => {
  it.each<SyncPhase>(['idle', 'sending', 'receiving', 'sending_photos'])('is nothing while %s', (phase) => {
    expect(holdOf(phase)).toBeNull()
  })

  it('is what a person can do something about', () => {
    expect(holdOf('signed_out')).toBe('signed_out')
    expect(holdOf('revoked')).toBe('signed_out')
    expect(holdOf('paused')).toBe('paused')
    expect(holdOf('offline')).toBe('network')
    expect(holdOf('troubled')).toBe('network')
  })
})

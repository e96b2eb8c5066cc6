import { describe, expect, it } from 'vitest'
import { capOf, caps, NO_CAP } from './caps'

describe('the caps of a day', () => {
  it('are the usual ones', () => {
    expect(caps(null).map(capOf)).toEqual([NO_CAP, '10', '25', '50', '100'])
    expect(caps(25_000_000).map(capOf)).toEqual([NO_CAP, '10', '25', '50', '100'])
  })

  it('have the one in force among them, in its place', () => {
    expect(caps(40_000_000).map(capOf)).toEqual([NO_CAP, '10', '25', '40', '50', '100'])
    expect(caps(5_000_000).map(capOf)).toEqual([NO_CAP, '5', '10', '25', '50', '100'])
  })
})

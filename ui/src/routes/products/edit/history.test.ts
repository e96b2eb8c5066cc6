import { describe, expect, it } from 'vitest'
import { begun, done, redone, undone } from './history'

describe('the history', () => {
  it('goes back and forth', () => {
    const two = done(done(begun('a'), 'b', '', 0), 'c', '', 1)
    expect(undone(two).now).toBe('b')
    expect(undone(undone(two)).now).toBe('a')
    expect(redone(undone(undone(two))).now).toBe('b')
    expect(redone(redone(undone(undone(two)))).now).toBe('c')
  })

  it('stays where it is at its ends', () => {
    const one = begun('a')
    expect(undone(one)).toBe(one)
    expect(redone(one)).toBe(one)
  })

  it('forgets what was taken back once something else is done', () => {
    const other = done(undone(done(begun('a'), 'b', '', 0)), 'c', '', 1)
    expect(other.future).toEqual([])
    expect(undone(other).now).toBe('a')
  })

  it('takes small steps of one kind back together when they came soon after each other', () => {
    const steps = done(done(done(begun(0), 1, 'tilt', 100), 2, 'tilt', 200), 3, 'tilt', 300)
    expect(undone(steps).now).toBe(0)
    expect(undone(done(steps, 4, 'light', 400)).now).toBe(3)
    expect(undone(done(steps, 4, 'tilt', 5_000)).now).toBe(3)
    expect(undone(done(done(begun(0), 1, '', 100), 2, '', 101)).now).toBe(1)
  })

  it('never joins what came after a way back', () => {
    const back = undone(done(done(begun(0), 1, 'tilt', 0), 2, 'light', 10))
    expect(undone(done(back, 9, 'tilt', 20)).now).toBe(1)
  })
})

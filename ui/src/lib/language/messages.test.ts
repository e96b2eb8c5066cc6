import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BRANCHES } from '../../routes/products/branches'
import { words, type MessageKey } from './catalogue'
import { LANGUAGES } from './languages'

const at = (path: string) => new URL(path, import.meta.url)
const read = (path: string) => readFileSync(at(path), 'utf8')
const messages = (language: string): Record<string, string> =>
  JSON.parse(read(`../../../messages/${language}.json`))
const crates = '../../../../crates'

const snake = (name: string) => name.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase()

/** Names of the parameters in a message. */
function parameters(elements: MessageFormatElement[], into = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound || element.type === TYPE.tag) continue
    into.add(element.value)
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      for (const option of Object.values(element.options)) parameters(option.value, into)
    }
  }
  return into
}

describe.each(LANGUAGES)('the words in %s', (language) => {
  const mine = messages(language)
  const es = messages('es')

  it('have the keys of Spanish, no more and no less', () => {
    expect(Object.keys(mine).sort()).toEqual(Object.keys(es).sort())
  })

  it('are written, and take the parameters that Spanish takes', () => {
    for (const [key, text] of Object.entries(mine)) {
      expect(text.trim(), key).not.toBe('')
      const taken = [...parameters(parse(text, { ignoreTag: true }))].sort()
      const wanted = [...parameters(parse(es[key] ?? '', { ignoreTag: true }))].sort()
      expect(taken, key).toEqual(wanted)
    }
  })

  it('have no straight apostrophe, which would hide a parameter', () => {
    for (const [key, text] of Object.entries(mine)) expect(text, key).not.toContain("'")
  })

  it('say what happened and what to do for every fault of the shop', () => {
    const source = read(`${crates}/shop/src/fault.rs`)
    const list = /\ncodes! \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? ''
    const codes = [...list.matchAll(/^\s*(\w+) => \w+,/gm)].map((match) => snake(match[1] ?? ''))
    expect(codes.length).toBeGreaterThan(30)
    for (const code of codes) {
      expect(mine, code).toHaveProperty([`fault.${code}`])
      expect(mine, code).toHaveProperty([`fault.${code}.hint`])
    }
  })

  it('say why for every refusal of the marketplace', () => {
    const source = read(`${crates}/api/src/intent.rs`)
    const named = new Map(
      [...source.matchAll(/pub const (\w+): &str = "(\w+)"/g)].map((match) => [match[1], match[2]] as const)
    )
    const all = /pub const ALL: \[&str; \d+\] = \[([\s\S]*?)\]/.exec(source)?.[1] ?? ''
    const codes = [...all.matchAll(/[A-Z_]+/g)].map((match) => named.get(match[0]) ?? match[0])
    expect(codes.length).toBeGreaterThan(10)
    for (const code of codes) {
      expect(mine, code).toHaveProperty([`refusal.${code}`])
      expect(mine, code).toHaveProperty([`refusal.${code}.hint`])
    }
  })

  it('name every branch of craft', () => {
    const source = read(`${crates}/api/src/product.rs`)
    const list = /pub const BRANCHES: \[&str; \d+\] = \[([\s\S]*?)\]/.exec(source)?.[1] ?? ''
    const branches = [...list.matchAll(/"(\w+)"/g)].map((match) => match[1])
    expect(branches).toEqual([...BRANCHES])
    for (const branch of branches) expect(mine, branch).toHaveProperty([`branch.${branch}`])
  })

  it('name every reason of a movement of stock', () => {
    const source = read(`${crates}/api/src/stock.rs`)
    const list = /pub enum Reason \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? ''
    const reasons = [...list.matchAll(/^\s*(\w+),/gm)].map((match) => snake(match[1] ?? ''))
    expect(reasons.length).toBeGreaterThan(5)
    for (const reason of reasons) expect(mine, reason).toHaveProperty([`stock.reason.${reason}`])
  })

  it('name every verb of the outbox', () => {
    const source = read(`${crates}/api/src/intent.rs`)
    const list = /pub enum Action \{([\s\S]*?)\n\}/.exec(source)?.[1] ?? ''
    const verbs = [...list.matchAll(/^ {4}(\w+) \{/gm)].map((match) => snake(match[1] ?? ''))
    expect(verbs.length).toBeGreaterThan(8)
    for (const verb of verbs) expect(mine, verb).toHaveProperty([`sync.verb.${verb}`])
  })

  it('name every step of a parcel that the post may scan', () => {
    const source = read(`${crates}/postal/src/parcel_state.rs`)
    const scanned = /fn scanned[\s\S]*?\n\}/.exec(source)?.[0] ?? ''
    const codes = [...scanned.matchAll(/"(E[A-Z]{2})"/g)].map((match) => match[1])
    expect(codes.length).toBeGreaterThan(20)
    for (const code of [...codes, 'X_REFUSED']) expect(mine, code).toHaveProperty([`way.${code}`])
  })
})

describe('plurals and parameters', () => {
  const say = (language: 'es' | 'en' | 'fr', key: MessageKey, params: Record<string, string | number>) =>
    words(language, key, params).replace(/\u00a0/g, ' ')

  it('agree in number', () => {
    expect(say('es', 'net.waiting', { count: 1 })).toBe('1 cosa espera la red')
    expect(say('es', 'net.waiting', { count: 3 })).toBe('3 cosas esperan la red')
    expect(say('en', 'deadline.left', { days: 1 })).toBe('1 day left')
    expect(say('fr', 'net.waiting', { count: 3 })).toBe('3 choses attendent le réseau')
  })

  it('keep what people wrote as it is, marks and tags too', () => {
    expect(say('es', 'products.none.title', { text: '<b>{x}</b>' })).toBe('No encontramos «<b>{x}</b>»')
  })

  it('leave out what is not known', () => {
    expect(say('es', 'fault.too_long', { field: 'none' })).toBe('Es muy largo.')
    expect(say('es', 'fault.too_long', { field: 'Nombre' })).toBe('Es muy largo: Nombre.')
    expect(say('es', 'order.line', { sku: 'none', weight: '180 g' })).toBe('180 g cada una')
  })
})

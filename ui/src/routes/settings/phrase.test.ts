import { describe, expect, it } from 'vitest'
import { phraseProblem } from './phrase'

describe('a new passphrase', () => {
  it('has ten letters, however they are typed', () => {
    expect(phraseProblem('nueve let', 'nueve let')).toEqual({ field: 'field-phrase', count: 9 })
    expect(phraseProblem('  nueve let  ', '  nueve let  ')).toEqual({ field: 'field-phrase', count: 9 })
    expect(phraseProblem('nueve le\u0301t', 'nueve le\u0301t')).toEqual({ field: 'field-phrase', count: 9 })
    expect(phraseProblem('diez letra', 'diez letra')).toBeNull()
  })

  it('is typed the same twice', () => {
    const differs = phraseProblem('olla y comal', 'olla y comaal')
    expect(differs).toEqual({ field: 'field-phrase-again', count: 0 })
  })
})

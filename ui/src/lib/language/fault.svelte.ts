// Words for faults and refusals: what happened, and what to do.
import type { Fault } from '$lib/door'
import { knows, t, tOr, type MessageKey, type Params } from './index.svelte'

/** Limits and names in a fault's parameters, as words. */
function readable(params: Fault['params']): Params {
  const out: Params = {}
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    if (name === 'field') out[name] = knows(`field.${value}`) ? t(`field.${value}` as MessageKey) : value
    else if (name === 'missing') {
      out[name] = value
        .split(',')
        .map((part) => part.trim())
        .map((part) => (knows(`missing.${part}`) ? t(`missing.${part}` as MessageKey) : part))
        .join(', ')
    } else out[name] = value
  }
  return out
}

/** Parameters that the words may name and a fault may lack. */
const BLANK: Params = {
  field: 'none',
  most: '',
  missing: '',
  format: 'none',
  status: '',
  reason: '',
  country: '',
  server: '',
  path: ''
}

export function faultText(fault: Fault): { what: string; hint: string } {
  const params = { ...BLANK, ...readable(fault.params) }
  return {
    what: tOr(`fault.${fault.code}`, 'fault.internal', params),
    hint: tOr(`fault.${fault.code}.hint`, 'fault.internal.hint', params)
  }
}

/** Why the marketplace said no: a code of `api::intent::refusal`. */
export function refusalText(code: string): { what: string; hint: string } {
  return {
    what: tOr(`refusal.${code}`, 'refusal.other'),
    hint: tOr(`refusal.${code}.hint`, 'refusal.other.hint')
  }
}

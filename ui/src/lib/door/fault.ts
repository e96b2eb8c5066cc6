import type { Code, Fault } from './bindings'

/** A fault of the backend on its way through `catch`. Its words are the message files'. */
export class FaultError extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault.code)
    this.name = 'FaultError'
    this.fault = fault
  }
}

function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

/** The fault in whatever was thrown; one of ours when it carries none. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof FaultError) return thrown.fault
  if (isFault(thrown)) return thrown
  return { code: 'internal', who: 'bug', params: {} }
}

export function fault(code: Code, params: Record<string, string> = {}): Fault {
  return { code, who: 'seller', params }
}

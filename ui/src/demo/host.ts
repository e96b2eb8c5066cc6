export { commands } from '../lib/door/bindings'

// The words of a conflict in the language that is spoken now.
import { moment, money } from '$lib/formatting/index.svelte'
import { t } from '$lib/language/index.svelte'
import type { Say } from './words'

export const say: Say = { t, money, moment }

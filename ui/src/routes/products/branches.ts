/** Branches of craft in the order of the list: `api::product::BRANCHES`. */
export const BRANCHES = [
  'textiles',
  'wood',
  'candles',
  'metalwork',
  'goldwork',
  'jewellery',
  'huichol',
  'shell',
  'glass',
  'featherwork',
  'lacquer',
  'horn_bone',
  'plant_fibre',
  'paper',
  'leather',
  'stonework',
  'ceramics',
  'other'
] as const

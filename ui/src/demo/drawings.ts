// Simple drawings in the place of photos, for looking at the screens without the backend.
const ground = '<ellipse cx="200" cy="338" rx="120" ry="16" fill="#000" opacity=".13"/>'
const wall = (top: string, bottom: string) =>
  `<defs><linearGradient id="w" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="400" height="400" fill="url(#w)"/>`

const rows = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => row(index)).join('')

const DRAWINGS: Record<string, string> = {
  pot:
    wall('#f4eee2', '#dccdb6') +
    ground +
    '<path d="M150 130h100l-12 28c70 26 82 120 14 182h-104c-68-62-56-156 14-182z" fill="#b4552d"/><path d="M150 130h100l-6 14h-88z" fill="#8e3f1e"/><path d="M106 236c60 20 128 20 188 0v26c-60 20-128 20-188 0z" fill="#f1dcb8"/><path d="M112 252l14 12 14-14 14 16 14-14 14 15 14-15 14 15 14-15 14 14 14-16 14 14 14-12" fill="none" stroke="#b4552d" stroke-width="5"/>',
  huipil:
    '<rect width="400" height="400" fill="#eee4d4"/><path d="M70 60h90l40 46 40-46h90v290H70z" fill="#a31d3a"/>' +
    rows(9, (row) =>
      rows(9, (column) =>
        row < 2 && column > 2 && column < 6
          ? ''
          : `<path transform="translate(${86 + column * 26} ${84 + row * 28})" d="M10 0l9 10-9 10-9-10z" fill="${['#f0b429', '#f6ead7', '#2d3f80', '#2f7d4a'][(row + column) % 4]}"/>`
      )
    ),
  jug:
    wall('#e9e7e3', '#c9c2b8') +
    ground +
    '<path d="M178 92h44v42c62 24 90 96 60 176-8 28-156 28-164 0-30-80-2-152 60-176z" fill="#26262b"/><path d="M150 190c24-22 76-22 100 0" stroke="#5a5b64" stroke-width="6" fill="none"/><path d="M146 180c-18 28-24 66-16 104" stroke="#fff" opacity=".25" stroke-width="10" fill="none" stroke-linecap="round"/>',
  basket:
    wall('#f3efe5', '#dccfb8') +
    ground +
    '<path d="M120 170c0-110 160-110 160 0" stroke="#a87b3c" stroke-width="15" fill="none"/><path d="M92 174h216l-28 162H120z" fill="#d2a25c"/>' +
    rows(
      5,
      (row) =>
        `<path d="M${98 + row * 5} ${200 + row * 29}h${204 - row * 10}" stroke="#a87b3c" stroke-width="10" stroke-dasharray="22 14" stroke-dashoffset="${(row % 2) * 18}"/>`
    ) +
    '<path d="M86 174h228" stroke="#8c6229" stroke-width="18" stroke-linecap="round"/>',
  doll:
    wall('#e7eff2', '#c8d9df') +
    '<ellipse cx="200" cy="358" rx="100" ry="14" fill="#000" opacity=".13"/><path d="M128 216h144l30 136H98z" fill="#c2264b"/><path d="M106 318h188l4 18H102z" fill="#f0b429"/><path d="M110 288h180l3 14H107z" fill="#2d8f6f"/><rect x="144" y="184" width="112" height="66" rx="16" fill="#f7f2e8"/><path d="M150 208h100" stroke="#2d3f80" stroke-width="10" stroke-dasharray="10 8"/><circle cx="200" cy="132" r="60" fill="#e2ab7f"/><path d="M140 128c0-80 120-80 120 0-28-32-92-32-120 0z" fill="#2b1b14"/><path d="M134 104c32-40 100-40 132 0" stroke="#f0b429" stroke-width="14" fill="none"/><circle cx="180" cy="136" r="6"/><circle cx="220" cy="136" r="6"/><path d="M186 158c8 8 20 8 28 0" stroke="#a03a3a" stroke-width="6" fill="none" stroke-linecap="round"/>',
  box:
    wall('#f3eee8', '#d9cbba') +
    ground +
    '<path d="M84 188h232v146H84z" fill="#17324d"/><path d="M70 150h260v46H70z" fill="#1e4266"/><g fill="none" stroke="#f0b429" stroke-width="6"><path d="M120 266c20-36 52-36 60 0 8 32-40 40-40 8M280 266c-20-36-52-36-60 0-8 32 40 40 40 8"/></g><circle cx="200" cy="250" r="16" fill="#e2557a"/><path d="M92 174h216" stroke="#f0b429" stroke-width="6" stroke-dasharray="6 12"/>',
  rug: '<rect width="400" height="400" fill="#e6dccd"/><rect x="50" y="70" width="300" height="260" fill="#2d3f80"/><rect x="70" y="90" width="260" height="220" fill="#efe3cd"/><rect x="82" y="102" width="236" height="196" fill="#9a2436"/><path d="M200 118l86 82-86 82-86-82z" fill="#efe3cd"/><path d="M200 142l60 58-60 58-60-58z" fill="#2d3f80"/><path d="M200 170l32 30-32 30-32-30z" fill="#e9a21b"/>',
  earrings:
    wall('#f2f0ec', '#d8d2c9') +
    '<g fill="none" stroke="#8b8f97" stroke-width="8"><path d="M132 92c-16-28 20-36 16-4v28M268 92c16-28-20-36-16-4v28"/></g><g fill="#b9bdc6" stroke="#7b7f88" stroke-width="4"><path d="M144 116l50 90-50 106-50-106zM256 116l50 90-50 106-50-106z"/></g><g fill="#2a9d8f"><circle cx="144" cy="208" r="20"/><circle cx="256" cy="208" r="20"/></g>'
}

export const NAMES = Object.keys(DRAWINGS)

export function drawing(hash: string): string {
  const name = hash.replace(/^demo-/, '').replace(/-\d+$/, '')
  const inside = DRAWINGS[name] ?? DRAWINGS['pot'] ?? ''
  return `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">${inside}</svg>`)}`
}

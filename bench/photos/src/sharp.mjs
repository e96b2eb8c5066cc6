// One folder through sharp: node sharp.mjs SHARP FROM TO|- JOBS CONCURRENCY WAY. Tells its use as JSON.
import { createRequire } from 'node:module'
import { readdirSync, writeFileSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'

const [home, from, to, jobs, concurrency, way] = process.argv.slice(2)
const sharp = createRequire(join(home, 'package.json'))('sharp')
sharp.concurrency(Number(concurrency))
sharp.cache(false)

const inside = { fit: 'inside', withoutEnlargement: true }
const start_large = (file) => sharp(file).autoOrient().resize(1600, 1600, inside)
const ways = {
  // The small picture from the large one's JPEG.
  async chain(file) {
    const large = await start_large(file).jpeg({ quality: 82 }).toBuffer()
    const small = await sharp(large).resize(400, 400, inside).jpeg({ quality: 80 }).toBuffer()
    return [large, small]
  },
  // Both from the large one's pixels.
  async pixels(file) {
    const { data, info } = await start_large(file).raw().toBuffer({ resolveWithObject: true })
    const raw = { raw: { width: info.width, height: info.height, channels: info.channels } }
    return [
      await sharp(data, raw).jpeg({ quality: 82 }).toBuffer(),
      await sharp(data, raw).resize(400, 400, inside).jpeg({ quality: 80 }).toBuffer(),
    ]
  },
  // The original twice.
  async apart(file) {
    return [
      await start_large(file).jpeg({ quality: 82 }).toBuffer(),
      await sharp(file).autoOrient().resize(400, 400, inside).jpeg({ quality: 80 }).toBuffer(),
    ]
  },
}

const files = readdirSync(from).sort().map((name) => join(from, name))
const develop = ways[way]
await develop(readFileSync(files[0]))
const before = process.resourceUsage()
const began = performance.now()
let large_bytes = 0
let small_bytes = 0
let next = 0
async function work() {
  while (next < files.length) {
    const file = files[next++]
    const [large, small] = await develop(readFileSync(file))
    large_bytes += large.length
    small_bytes += small.length
    if (to !== '-') {
      writeFileSync(join(to, `${parse(file).name}-large.jpg`), large)
      writeFileSync(join(to, `${parse(file).name}-small.jpg`), small)
    }
  }
}
await Promise.all(Array.from({ length: Number(jobs) }, work))
const after = process.resourceUsage()
console.log(
  JSON.stringify({
    photos: files.length,
    cpuMs: (after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime) / 1000,
    wallMs: performance.now() - began,
    peakKib: after.maxRSS,
    largeBytes: large_bytes,
    smallBytes: small_bytes,
  }),
)

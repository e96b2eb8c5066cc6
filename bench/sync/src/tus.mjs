// A file through tus over a connection that breaks: node tus.mjs HOME WORK FILE CUTS [HOLD_MS]. Tells what each
// upload sent as JSON in its last line.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createReadStream, mkdirSync, readFileSync } from 'node:fs'
import { createServer as http_server } from 'node:http'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

const host = '127.0.0.1'

// Ends with the first process, whatever ends that one, because the channel to it closes.
async function serve(home, directory) {
  process.on('disconnect', () => process.exit(0))
  const { resolve: find } = createRequire(join(home, 'package.json'))
  const { Server } = await import(pathToFileURL(find('@tus/server')))
  const { FileStore } = await import(pathToFileURL(find('@tus/file-store')))
  const tus = new Server({ path: '/files', datastore: new FileStore({ directory }) })
  process.send((await listening(http_server((request, response) => tus.handle(request, response)))).port)
}

async function listening(server) {
  server.listen(0, host)
  await once(server, 'listening')
  return server.address()
}

function fail(error) {
  console.error(error?.stack ?? error)
  process.exit(1)
}

// Counts how many bytes of the requests are heads and how many are the file's.
function sorter(count) {
  let head = ''
  let body = 0
  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (body > 0) {
        const taken = Math.min(body, chunk.length - at)
        body -= taken
        count.body += taken
        at += taken
        continue
      }
      head += String.fromCharCode(chunk[at++])
      if (!head.endsWith('\r\n\r\n')) continue
      count.requests += 1
      body = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0)
      head = ''
    }
  }
}

// A wire to the server. It breaks once: after `cut` bytes have gone up, over all its connections. It can stay silent
// for a while before it breaks, as a slow one does: the server then has time to write what it got.
async function wire(port, cut, hold) {
  const count = { up: 0, down: 0, body: 0, requests: 0 }
  let whole = cut === null
  const door = createServer((near) => {
    const far = connect(port, host)
    const sort = sorter(count)
    near.on('data', (chunk) => {
      const last = !whole && count.up + chunk.length >= cut
      const sent = last ? chunk.subarray(0, cut - count.up) : chunk
      count.up += sent.length
      sort(sent)
      if (last) {
        whole = true
        near.removeAllListeners('data').pause()
        // What was counted must be on its way before the connection is torn down.
        far.write(sent, async () => {
          if (hold > 0) await sleep(hold)
          near.destroy()
          far.destroy()
        })
      } else if (!far.write(sent)) {
        near.pause()
        far.once('drain', () => near.resume())
      }
    })
    far.on('data', (chunk) => {
      count.down += chunk.length
      near.write(chunk)
    })
    for (const [from, to] of [[near, far], [far, near]]) {
      from.setNoDelay(true)
      from.on('error', () => to.destroy())
      from.on('close', () => to.end())
    }
  })
  return { port: (await listening(door)).port, count, broke: () => whole, door }
}

async function main() {
  const [home, folder, file, text, hold = '0'] = process.argv.slice(2)
  const cuts = JSON.parse(text)
  const { Upload } = createRequire(join(resolve(home), 'package.json'))('tus-js-client')
  const bytes = readFileSync(file)
  const store = join(resolve(folder), 'store')
  mkdirSync(store, { recursive: true })

  const server = fork(fileURLToPath(import.meta.url), ['--serve', resolve(home), store], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  server.on('exit', (code) => fail(`the server ended by itself (${code})`))
  process.on('exit', () => server.kill('SIGKILL'))
  const [port] = await once(server, 'message')

  async function run(chunk, cut) {
    const line = await wire(port, cut, Number(hold))
    const began = performance.now()
    const url = await new Promise((done, broken) => {
      const upload = new Upload(createReadStream(file), {
        endpoint: `http://${host}:${line.port}/files`,
        chunkSize: chunk ?? Infinity,
        // The same upload asks the server how much it has and goes on from there: what an upload found again in a
        // file of addresses does too. The server lets an asker wait until it has written what it got.
        retryDelays: [10, 20, 50, 100, 200, 500, 1000],
        onError: broken,
        onSuccess: () => done(upload.url),
      })
      upload.start()
    })
    const ms = performance.now() - began
    line.door.close()
    if (!line.broke()) throw new Error(`the connection was not cut at ${cut}: the upload was over before`)
    const stored = readFileSync(join(store, url.split('/').pop()))
    if (!stored.equals(bytes)) throw new Error('what is stored is not the file')
    const { up, down, body, requests } = line.count
    return { chunk, cut, up, down, ms, requests, again: body - bytes.length }
  }

  // Both programs run a while before they are measured, as they would in use.
  await run(null, null)
  const runs = []
  for (const chunk of [null, 256 * 1024]) {
    // Without a cut first: what an upload costs that nothing disturbs.
    for (const cut of [null, ...cuts]) runs.push(await run(chunk, cut))
  }
  console.log(JSON.stringify({ runs, file_bytes: bytes.length }))
  process.exit(0)
}

process.on('uncaughtException', fail)
if (process.argv[2] === '--serve') {
  await serve(...process.argv.slice(3))
} else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))
  await main().catch(fail)
}

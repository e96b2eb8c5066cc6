// Records from one PouchDB to another through pouchdb-server: node pouch.mjs HOME WORK RECORDS SETTINGS.
// Tells what each way took as JSON in its last line.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { createRequire } from 'node:module'
import { connect, createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual, promisify } from 'node:util'
import { gzip } from 'node:zlib'

// The old packages warn about themselves, which would hide real words on stderr.
process.noDeprecation = true
const host = '127.0.0.1'
const self = fileURLToPath(import.meta.url)

// The server and the wire are processes of their own, so that each one's processor time is known. They end with the
// first one, whatever ends it, because the channel to it closes.
const parts = {
  async server(home, folder, port, kind) {
    const require = createRequire(join(home, 'package.json'))
    process.on('message', () => process.send(process.cpuUsage()))
    process.chdir(folder)
    if (kind === 'lean') {
      const PouchDB = require('pouchdb').defaults({ prefix: join(folder, 'data-') })
      const app = require('express')()
      app.use(require('express-pouchdb')(PouchDB, { mode: 'minimumForPouchDB' }))
      app.listen(Number(port), host)
      return
    }
    // A log line for every request would cost the server more than it must.
    writeFileSync('config.json', JSON.stringify({ log: { level: 'none' } }))
    process.argv = [process.argv[0], 'pouchdb-server', '--host', host, '--port', port, '--dir', folder, '-n']
    require('pouchdb-server')
  },
  async wire(port) {
    const bytes = { up: 0, down: 0 }
    const carry = (from, to, way) => {
      from.setNoDelay(true)
      from.on('data', (chunk) => (bytes[way] += chunk.length))
      from.on('error', () => to.destroy())
      from.on('close', () => to.end())
      from.pipe(to)
    }
    const door = createServer((near) => {
      const far = connect(Number(port), host)
      carry(near, far, 'up')
      carry(far, near, 'down')
    })
    process.on('message', () => process.send(bytes))
    process.send((await listening(door)).port)
  },
}

async function listening(server) {
  server.listen(0, host)
  await once(server, 'listening')
  return server.address()
}

async function free_port() {
  const server = createServer()
  const { port } = await listening(server)
  server.close()
  return port
}

function fail(error) {
  console.error(error?.stack ?? error)
  process.exit(1)
}

function begin(name, ...given) {
  const child = fork(self, [`--${name}`, ...given.map(String)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  child.on('exit', (code) => fail(`the ${name} ended by itself (${code})`))
  process.on('exit', () => child.kill('SIGKILL'))
  return child
}

async function told_by(child) {
  const answer = once(child, 'message')
  child.send('tell')
  return (await answer)[0]
}

async function answers(port) {
  for (let tries = 0; tries < 300; tries++) {
    const response = await once(get({ host, port, agent: false }), 'response').catch(() => null)
    response?.[0].resume()
    if (response?.[0].statusCode === 200) return
    await sleep(100)
  }
  throw new Error('the server does not answer')
}

async function main() {
  const [home, folder, file, text] = process.argv.slice(2)
  const work = resolve(folder)
  const settings = {
    batch_size: 1000,
    batches_limit: 10,
    // Without an agent PouchDB opens a connection for every request.
    keep_alive: true,
    // PouchDB itself asks only for packed answers ("down"); the server takes packed requests too ("both").
    gzip: 'both',
    // "near" keeps the place reached only in the client's own database; "both", PouchDB's way, on the server as well.
    checkpoint: 'near',
    // "lean" is express-pouchdb with only what PouchDB needs, over the client's own version of PouchDB.
    server: 'full',
    ...JSON.parse(text ?? '{}'),
  }
  const PouchDB = createRequire(join(resolve(home), 'package.json'))('pouchdb')
  const records = JSON.parse(readFileSync(file, 'utf8'))
  const stored = join(work, 'server')
  mkdirSync(stored, { recursive: true })

  const port = await free_port()
  const server = begin('server', resolve(home), stored, port, settings.server)
  const wire = begin('wire', port)
  const [wire_port] = await once(wire, 'message')
  await answers(port)

  const agent = settings.keep_alive ? new Agent({ keepAlive: true }) : undefined
  const packed = promisify(gzip)
  async function fetch(url, options) {
    options.agent = agent
    options.compress = settings.gzip !== 'none'
    if (settings.gzip === 'both' && options.body?.length > 1024) {
      options.body = await packed(options.body)
      options.headers.set('Content-Encoding', 'gzip')
    }
    return PouchDB.fetch(url, options)
  }
  const local = (name) => new PouchDB(join(work, name))
  const remote = (name) => new PouchDB(`http://${host}:${wire_port}/${name}`, { fetch })

  async function write(db, docs) {
    const answer = await db.bulkDocs(docs)
    const refused = answer.find((one) => one.error)
    if (refused) throw new Error(`not written: ${JSON.stringify(refused)}`)
  }

  async function replicate(near, far, way) {
    const place = settings.checkpoint === 'near' ? { push: 'source', pull: 'target' }[way] : undefined
    const options = { batch_size: settings.batch_size, batches_limit: settings.batches_limit, checkpoint: place }
    const result = await (way === 'push' ? near.replicate.to(far, options) : near.replicate.from(far, options))
    if (!result.ok || result.doc_write_failures) throw new Error(`the ${way} failed: ${JSON.stringify(result.errors)}`)
  }

  async function measure(near, far, way) {
    const cpu = async () => [process.cpuUsage(), await told_by(server)]
    const wire_before = await told_by(wire)
    const cpu_before = await cpu()
    const began = performance.now()
    await replicate(near, far, way)
    const ms = performance.now() - began
    // A last request still trails behind the replication's end; it belongs to this way.
    await sleep(150)
    const cpu_after = await cpu()
    const wire_after = await told_by(wire)
    const sum = (uses) => uses.reduce((all, use) => all + use.user + use.system, 0)
    return {
      ms,
      cpu_ms: (sum(cpu_after) - sum(cpu_before)) / 1000,
      up: wire_after.up - wire_before.up,
      down: wire_after.down - wire_before.down,
    }
  }

  // Both programs run a while before they are measured, as they would in use.
  const docs = records.map(({ id, ...rest }) => ({ _id: id, ...rest }))
  const [warm_a, warm_b] = [local('warm-a'), local('warm-b')]
  await write(warm_a, docs.slice(0, 1000))
  await replicate(warm_a, remote('warm'), 'push')
  await replicate(warm_b, remote('warm'), 'pull')

  const [a, b] = [local('a'), local('b')]
  const [a_far, b_far] = [remote('shop'), remote('shop')]
  const wanted = new Map(docs.map((doc) => [doc._id, doc]))

  async function arrived() {
    const { rows } = await b.allDocs({ include_docs: true })
    if (rows.length !== wanted.size) throw new Error(`${rows.length} of ${wanted.size} records arrived`)
    for (const { doc } of rows) {
      const { _rev, ...rest } = doc
      if (!isDeepStrictEqual(rest, wanted.get(doc._id))) throw new Error(`${doc._id} did not arrive as it was sent`)
    }
  }

  async function round() {
    const push = await measure(a, a_far, 'push')
    const pull = await measure(b, b_far, 'pull')
    await arrived()
    return { push, pull }
  }

  async function reprice(count) {
    const keys = Array.from({ length: count }, (_, index) => docs[Math.floor((index * docs.length) / count)]._id)
    const { rows } = await a.allDocs({ keys, include_docs: true })
    for (const { doc } of rows) {
      doc.price.minor += 100
      const { _rev, ...rest } = doc
      wanted.set(doc._id, rest)
    }
    await write(a, rows.map((row) => row.doc))
  }

  await write(a, docs)
  const zero = await round()
  await reprice(100)
  const hundred = await round()
  await reprice(1)
  const one = await round()
  console.log(JSON.stringify({ settings, zero, hundred, one, records: records.length }))
  process.exit(0)
}

process.on('uncaughtException', fail)
const [first = '', ...given] = process.argv.slice(2)
if (first.startsWith('--')) {
  process.on('disconnect', () => process.exit(0))
  await parts[first.slice(2)](...given)
} else {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))
  await main().catch(fail)
}

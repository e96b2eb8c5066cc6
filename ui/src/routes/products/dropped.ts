// What was dropped on the window: files, and all that lies in folders, in the order of their names.

export type DroppedFile = {
  file: File
  /** Below what was dropped, with `/`. */
  path: string
}

export type Dropped = { files: DroppedFile[]; folders: number }

/** Beside photos a folder holds the system's own files; these are passed over without a word. */
const PHOTO = /\.(jpe?g|jpe|jfif|png|webp|gif|tiff?|bmp|hei[cf]|avif)$/i
const isPhoto = (file: File) =>
  !file.name.startsWith('.') && (PHOTO.test(file.name) || /^image\//.test(file.type))

const byName = new Intl.Collator(undefined, { numeric: true })

/** The system gives a folder's entries in parts; an empty part is the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((given, failed) => reader.readEntries(given, failed))
    if (part.length === 0) return all.sort((a, b) => byName.compare(a.name, b.name))
    all.push(...part)
  }
}

async function walk(entry: FileSystemEntry, path: string, into: DroppedFile[]): Promise<void> {
  if (entry.isDirectory) {
    // A folder that cannot be read is left; the others go on.
    const entries = await entriesOf(entry as FileSystemDirectoryEntry).catch(() => [])
    for (const one of entries) await walk(one, `${path}${entry.name}/`, into)
  } else if (entry.isFile) {
    const file = await new Promise<File | null>((given) =>
      (entry as FileSystemFileEntry).file(given, () => given(null))
    )
    if (file && isPhoto(file)) into.push({ file, path: `${path}${file.name}` })
  }
}

/** To be called in the drop's own handler: afterwards the browser has taken the list away. */
export function readDrop(transfer: DataTransfer | null): Promise<Dropped> {
  const entries = [...(transfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  const folders = entries.filter((entry) => entry.isDirectory)
  // Files alone are taken as they are: whoever drops one wants to hear what is wrong with it.
  if (folders.length === 0) {
    const files = [...(transfer?.files ?? [])].map((file) => ({ file, path: file.name }))
    return Promise.resolve({ files, folders: 0 })
  }
  return (async () => {
    const files: DroppedFile[] = []
    for (const entry of entries.sort((a, b) => byName.compare(a.name, b.name))) await walk(entry, '', files)
    return { files, folders: folders.length }
  })()
}

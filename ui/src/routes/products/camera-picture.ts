// A photo out of the camera's moving picture.

const two = (number: number) => String(number).padStart(2, '0')

/** `camara-2026-11-22-0731.jpg`; the second of the same minute ends with `-2`. Local time. */
export function pictureName(at: Date, before: readonly string[]): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  const base = `camara-${day}-${two(at.getHours())}${two(at.getMinutes())}`
  let name = `${base}.jpg`
  for (let number = 2; before.includes(name); number++) name = `${base}-${number}.jpg`
  return name
}

/** What the video shows now, in the camera's own size; nothing while it shows nothing. */
export async function pictureOf(video: HTMLVideoElement, name: string): Promise<File | null> {
  if (video.videoWidth === 0 || video.videoHeight === 0) return null
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')?.drawImage(video, 0, 0)
  const blob = await new Promise<Blob | null>((given) => canvas.toBlob(given, 'image/jpeg', 0.95))
  return blob && new File([blob], name, { type: 'image/jpeg' })
}

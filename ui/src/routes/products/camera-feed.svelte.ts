// The laptop's camera while its window is open: found, followed, given back.

/** Why there is no picture; each has its words. */
export type CameraFault = 'none' | 'not_allowed' | 'busy' | 'gone' | 'other'

/** The largest picture that the camera has; what it cannot give, it gives smaller. */
const WANTED = { width: { ideal: 4096 }, height: { ideal: 3072 } }

/** Which camera was used last, until the app is closed. */
let remembered = ''

const nameOf = (thrown: unknown) =>
  thrown instanceof Error || thrown instanceof DOMException ? thrown.name : ''

/** What an error of `getUserMedia` means. https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia */
export function cameraFault(thrown: unknown): CameraFault {
  switch (nameOf(thrown)) {
    // The second is WebKit's where there is no camera at all.
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none'
    case 'NotAllowedError':
    case 'SecurityError':
      return 'not_allowed'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'other'
  }
}

export class CameraFeed {
  stream = $state.raw<MediaStream | null>(null)
  fault = $state<CameraFault | null>(null)
  cameras = $state.raw<MediaDeviceInfo[]>([])
  /** Of the camera that is shown. */
  cameraId = $state('')

  #turn = 0

  /** Shows a camera: the one that was chosen, or the one of last time. */
  async start(cameraId = remembered): Promise<void> {
    this.stop()
    const turn = this.#turn
    this.fault = null
    try {
      const stream = await this.#ask(cameraId)
      // Closed or changed while it was being opened: its light must not stay on.
      if (turn !== this.#turn) return stop(stream)
      const track = stream.getVideoTracks()[0]
      track?.addEventListener('ended', () => {
        if (this.stream !== stream) return
        this.stop()
        this.fault = 'gone'
      })
      this.stream = stream
      this.cameraId = remembered = track?.getSettings().deviceId ?? cameraId
      const devices = await navigator.mediaDevices.enumerateDevices()
      if (turn === this.#turn) this.cameras = devices.filter((one) => one.kind === 'videoinput')
    } catch (thrown) {
      if (turn === this.#turn) this.fault = cameraFault(thrown)
    }
  }

  stop(): void {
    this.#turn++
    if (this.stream) stop(this.stream)
    this.stream = null
  }

  async #ask(cameraId: string): Promise<MediaStream> {
    // Where a window may use no camera at all, there is not even the question.
    const devices = navigator.mediaDevices as MediaDevices | undefined
    if (!devices) throw new DOMException('', 'NotFoundError')
    try {
      return await devices.getUserMedia({
        video: {
          ...WANTED,
          ...(cameraId ? { deviceId: { exact: cameraId } } : { facingMode: 'environment' })
        }
      })
    } catch (thrown) {
      if (cameraFault(thrown) !== 'none') throw thrown
      return devices.getUserMedia({ video: true })
    }
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

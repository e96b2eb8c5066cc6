// The time, for words such as "a moment ago"; it moves twice a minute.
class Clock {
  now = $state(Date.now())

  follow(): () => void {
    const timer = setInterval(() => {
      this.now = Date.now()
    }, 30_000)
    return () => clearInterval(timer)
  }
}

export const clock = new Clock()

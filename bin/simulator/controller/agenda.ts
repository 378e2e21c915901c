export type Agenda = {
  add: (atMs: number, happen: (atMs: number) => void) => void
  nextAt: () => number
  /** Lets everything happen that is due, each at its own moment and in order; what that leads to as well. */
  run: (nowMs: number) => void
}

/** What is going to happen at a controller: doors that fall shut, relays that let go, people who come back. */
export function createAgenda(): Agenda {
  let items: { atMs: number; happen: (atMs: number) => void }[] = []
  return {
    add: (atMs, happen) => {
      const behind = items.findIndex(item => item.atMs > atMs)
      items.splice(behind < 0 ? items.length : behind, 0, { atMs, happen })
    },
    nextAt: () => items[0]?.atMs ?? Number.POSITIVE_INFINITY,
    run: nowMs => {
      for (let [item] = items; item && item.atMs <= nowMs; [item] = items) {
        items = items.slice(1)
        item.happen(item.atMs)
      }
    },
  }
}

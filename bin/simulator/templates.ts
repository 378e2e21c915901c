import { randomFor } from './random.ts'

const fingerBytes = 498
const faceBytes = 320

/** A template as an algorithm might make one: for the same person and finger always the same. */
export function templateOf(code: string, type: number, no: number, version = '10'): string {
  const random = randomFor('template', code, type, no, version)
  const length = type === 1 ? fingerBytes : faceBytes
  return Buffer.from(Array.from({ length }, () => random.between(0, 255))).toString('base64')
}

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const chromium = '/usr/bin/chromium'

/** Why these tests cannot run on this machine, or null. */
export const missingTool = (): string | null => {
  if (!existsSync(chromium)) return `no ${chromium}`
  for (const tool of ['espeak-ng', 'ffmpeg']) {
    try {
      execFileSync('which', [tool], { stdio: 'ignore' })
    } catch {
      return `no ${tool}`
    }
  }
  return null
}

export const sentences = {
  citizen:
    'Tôi muốn phản ánh cột điện bị nghiêng ở đầu hẻm sau nhà, mưa lớn dễ đổ xuống đường. Khu vực này gần trường mẫu giáo, rất nguy hiểm. Hôm qua đã có một nhánh cây gãy vướng vào dây điện, bà con sợ không dám đi qua, mong các anh chị cho người tới xem sớm.',
  agent:
    'Tổng đài một không hai hai xin nghe. Anh chị vui lòng cho biết họ tên và địa chỉ. Xin cảm ơn anh chị nhiều. Tôi đã ghi lại nội dung phản ánh, đơn vị quản lý sẽ kiểm tra trong ngày làm việc. Mã biên nhận của anh chị gồm tám chữ số, xin lấy giấy bút để ghi.',
  stranger:
    'Hôm nay trời đẹp. Chợ đông. Bà con mua cá, mua rau, rồi ra bến đò ngồi chờ, chuyện trò thật lâu cho tới khi nắng tắt.',
}

/** Speech rather than tones: noise suppression eats tones. 48 kHz mono, as the browser's fake microphone wants it. */
export const speak = (directory: string, name: keyof typeof sentences): string => {
  const raw = join(directory, `${name}-raw.wav`)
  const wav = join(directory, `${name}.wav`)
  execFileSync('espeak-ng', ['-v', 'vi', '-s', name === 'stranger' ? '110' : '150', '-w', raw, sentences[name]])
  execFileSync('ffmpeg', ['-y', '-v', 'error', '-i', raw, '-ar', '48000', '-ac', '1', wav])
  return wav
}

const frameMs = 50
const rate = 8000

/**
 * Loudness over time of one channel, a value per 50 ms, counted from `fromMs`. The root of the amplitude, as an ear hears
 * it: a browser that levels its microphone makes a sentence twice as strong, and it is still the same sentence.
 */
export const envelopeOf = (file: string, channel: 0 | 1, fromMs = 0): number[] => {
  const raw = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-af', `pan=mono|c0=c${channel}`, '-ar', String(rate), '-f', 's16le', '-'],
    { maxBuffer: 1 << 28 },
  )
  const samples = new Int16Array(raw.buffer, raw.byteOffset, Math.floor(raw.byteLength / 2))
  const size = (rate * frameMs) / 1000
  const frames: number[] = []
  for (let start = (rate * fromMs) / 1000; start + size <= samples.length; start += size) {
    let energy = 0
    for (const sample of samples.subarray(start, start + size)) energy += sample * sample
    frames.push((energy / size) ** 0.25)
  }
  return frames
}

const windowFrames = 4_000 / frameMs
const driftFrames = 300 / frameMs
/** Speech begins between two frames: the source is also read from a little later, so that half a frame costs nothing. */
const phasesMs = [0, 12.5, 25, 37.5]

/** In its first second the way opens, and the browser still settles its buffers, echo canceller and levels. */
export const settlingMs = 1_000

/**
 * How alike a recording's loudness is, from the first frame given to the last, to the looped speech of a file: Pearson's
 * correlation. The loop is laid where it fits best as a whole; then each four seconds may slip a third of a second from
 * those before, because a jitter buffer stretches and squeezes speech by that much. A wrong source gains little by that.
 */
export const likeness = (recorded: number[], sourceFile: string): number =>
  Math.max(...phasesMs.map((fromMs) => likenessTo(recorded, envelopeOf(sourceFile, 0, fromMs))))

const likenessTo = (recorded: number[], source: number[]): number => {
  const at = (index: number): number => source[((index % source.length) + source.length) % source.length] ?? 0
  const alikeness = (from: number, to: number, shift: number) =>
    pearson(recorded.slice(from, to), (index) => at(from + index + shift))
  let shift = bestOf(0, source.length - 1, (each) => alikeness(0, recorded.length, each))
  const aligned: number[] = []
  for (let from = 0; from < recorded.length; from += windowFrames) {
    const to = Math.min(from + windowFrames, recorded.length)
    const near = shift
    shift = bestOf(near - driftFrames, near + driftFrames, (each) => alikeness(from, to, each))
    for (let index = from; index < to; index += 1) aligned.push(at(index + shift))
  }
  return pearson(recorded, (index) => aligned[index] ?? 0)
}

/** The candidate with the highest score; the middle one where several have it. */
const bestOf = (from: number, to: number, score: (candidate: number) => number): number => {
  let best = Math.round((from + to) / 2)
  let bestScore = score(best)
  for (let candidate = from; candidate <= to; candidate += 1) {
    const reached = score(candidate)
    if (reached <= bestScore) continue
    best = candidate
    bestScore = reached
  }
  return best
}

const pearson = (left: number[], right: (index: number) => number): number => {
  const count = left.length
  let [sumL, sumR, sumLL, sumRR, sumLR] = [0, 0, 0, 0, 0]
  for (const [index, a] of left.entries()) {
    const b = right(index)
    sumL += a
    sumR += b
    sumLL += a * a
    sumRR += b * b
    sumLR += a * b
  }
  const spread = Math.sqrt((count * sumLL - sumL * sumL) * (count * sumRR - sumR * sumR))
  return spread === 0 ? 0 : (count * sumLR - sumL * sumR) / spread
}

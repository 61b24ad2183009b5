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

/** Loudness over time of one channel, a value per 50 ms. */
export const envelopeOf = (file: string, channel: 0 | 1): number[] => {
  const raw = execFileSync(
    'ffmpeg',
    ['-v', 'error', '-i', file, '-af', `pan=mono|c0=c${channel}`, '-ar', String(rate), '-f', 's16le', '-'],
    { maxBuffer: 1 << 28 },
  )
  const samples = new Int16Array(raw.buffer, raw.byteOffset, Math.floor(raw.byteLength / 2))
  const size = (rate * frameMs) / 1000
  const frames: number[] = []
  for (let start = 0; start + size <= samples.length; start += size) {
    let energy = 0
    for (const sample of samples.subarray(start, start + size)) energy += sample * sample
    frames.push(Math.sqrt(energy / size))
  }
  return frames
}

const windowFrames = 5_000 / frameMs

/**
 * How alike the recorded loudness and the looped source are: the best Pearson correlation over every shift of the loop,
 * taken window by window of five seconds, and of these the upper quartile. A busy machine feeds the fake microphone by
 * fits and starts, so that over a longer span even the right source drifts away; a wrong one is like in no window.
 */
export const likeness = (recorded: number[], source: number[]): number => {
  const best: number[] = []
  for (let start = 0; start + windowFrames <= recorded.length; start += windowFrames / 2) {
    best.push(bestShift(recorded.slice(start, start + windowFrames), source))
  }
  const quartile = best.sort((a, b) => a - b)[Math.floor(best.length * 0.75)]
  if (quartile === undefined) throw new Error('The recording is too short to be compared.')
  return quartile
}

const bestShift = (recorded: number[], source: number[]): number =>
  Math.max(...source.map((_, shift) => pearson(recorded, (index) => source[(index + shift) % source.length] ?? 0)))

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

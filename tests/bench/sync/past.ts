import { toIso } from '../../../src-shared/deadlines/instants.ts'
import type { CaseId } from '../../../src-shared/ids.ts'
import { caseIdSchema } from '../../../src-shared/ids.ts'
import { type Account, accountSchema } from '../../../src-shared/people/roles.ts'
import type { DemoCitizen, PastCase, PastOutcome } from '../../../src-shared/province/demo.ts'
import { type Cast, type Step, stepsOf } from '../../../sync-server/src/demo/past-steps.ts'
import type { Demonstration } from '../../../sync-server/src/demo/province-files.ts'
import type { ReferenceBook } from '../../../sync-server/src/sync/reference-book.ts'
import { type Chance, chanceOf } from '../../shared/deadlines/second-clock/random.ts'

const dayMs = 86_400_000
/** The province as it is dates from July 2025; within that a hotline of two hundred cases a day, or more where more are wanted. */
const casesADay = 200
const mostDays = 510

/** The cases of a past in the order they were opened, each with the steps that people would have taken, until now. */
export function* inventPast(parts: {
  cases: number
  seed: number
  until: number
  reference: ReferenceBook
  demonstration: Demonstration
}): Generator<Step[]> {
  const { cases, seed, until, reference, demonstration } = parts
  const chance = chanceOf(seed)
  const people = demonstration.accounts.map((account): Account => accountSchema.parse(account))
  const agents = people.filter(({ role }) => role === 'agent')
  const officers = new Map(people.map((account) => [`${account.agencyId} ${account.role}`, account]))
  const days = Math.min(Math.ceil(cases / casesADay), mostDays)
  const areas = new Map<string, string>(reference.reference.directory.areas.map(({ id, name }) => [id, name]))
  for (let index = 0; index < cases; index += 1) {
    const openedAt = Math.floor(until - days * dayMs * (1 - index / cases))
    const citizen = inventCitizen(chance, areas)
    const past = inventCase(demonstration.pastCases, citizen, openedAt, chance)
    const cast: Cast = {
      reference,
      citizen: () => citizen,
      agent: agents[index % agents.length]!,
      publisher: people.find(({ role }) => role === 'office')!,
      officer: (agencyId, role) => officers.get(`${agencyId} ${role}`)!,
    }
    const steps = stepsOf(past, openedAt, idAt(openedAt, chance), cast)
    yield steps.filter(({ name, at }) => at <= until && (name !== 'slip.open' || chance.percent(15)))
  }
}

/** Of a hundred: 20 are shown the way, 6 refused, 53 answered at once, 21 sent to an agency. */
const mix: readonly [PastOutcome['type'], number][] = [
  ['redirect', 20],
  ['refuse', 26],
  ['answer', 79],
  ['slip', 100],
]

function inventCase(past: readonly PastCase[], citizen: DemoCitizen, openedAt: number, chance: Chance): PastCase {
  const drawn = chance.next() * 100
  const type = mix.find(([, below]) => drawn < below)![0]
  const like = chance.pick(byType(past).get(type)!)
  const { address } = citizen
  const content =
    like.outcome.type === 'redirect' && like.citizenId === null
      ? like.content
      : `${like.content} ${chance.pick(places)} ${address.toLowerCase().split(',')[0]}, ${chance.pick(since)} ${chance.between(2, 25)} ngày nay; ${chance.pick(wishes)}`
  const outcome = like.outcome.type === 'slip' ? slipOutcome(like.outcome, chance) : like.outcome
  const { areaId } = citizen
  const isAnonymous = like.outcome.type === 'redirect' && like.citizenId === null
  return { ...like, openedAt: toIso(openedAt), areaId, citizenId: isAnonymous ? null : citizen.id, content, outcome }
}

const typed = new WeakMap<readonly PastCase[], Map<string, PastCase[]>>()
function byType(past: readonly PastCase[]): Map<string, PastCase[]> {
  let known = typed.get(past)
  if (known === undefined) {
    // Reports of nobody are for hazards only, and which those are is the demonstration's business.
    known = Map.groupBy(
      past.filter(({ citizenId, outcome }) => citizenId !== null || outcome.type === 'redirect'),
      ({ outcome }) => outcome.type,
    )
    typed.set(past, known)
  }
  return known
}

type SlipOutcome = Extract<PastOutcome, { type: 'slip' }>

/** Seven of ten before the first reminder, two more within the eight hours, the rest by the head, a few of them late. */
function slipOutcome({ agencyId, answered }: SlipOutcome, chance: Chance): SlipOutcome {
  const sent = {
    type: 'slip',
    agencyId,
    callAttempt: { minutesAfter: 4, result: 'no-answer' },
    sentMinutesAfter: 6,
  } as const
  const drawn = chance.next() * 100
  if (drawn >= 99) return sent
  const [min, max] = drawn < 70 ? [10, 230] : drawn < 90 ? [245, 460] : drawn < 97 ? [500, 2_000] : [3_400, 5_000]
  return {
    ...sent,
    answered: {
      workingMinutesAfter: chance.between(min, max),
      by: max <= 480 ? 'focal-officer' : 'head',
      text: `${answered?.text ?? 'Đơn vị đã kiểm tra thực tế và xử lý xong nội dung phản ánh.'} ${chance.pick(followUps)}`,
    },
    toldMinutesAfter: chance.between(1, 15),
    closed: true,
  }
}

function inventCitizen(chance: Chance, areas: ReadonlyMap<string, string>): DemoCitizen {
  const [areaId, area] = chance.pick([...areas])
  return {
    id: 'cd-moi',
    name: `${chance.pick(surnames)} ${chance.pick(middles)} ${chance.pick(givens)}`,
    phone: `0277${chance.between(5_000_000, 5_999_999)}`,
    areaId,
    address: `Số ${chance.between(1, 480)}, ${chance.pick(hamlets)} ${chance.between(1, 9)}, ${area.charAt(0).toLowerCase()}${area.slice(1)}, tỉnh Đồng Tháp`,
  }
}

/** A uuidv7 of the instant whose chance comes from the seed. */
function idAt(at: number, chance: Chance): CaseId {
  const hex = (digits: number) =>
    chance
      .between(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0')
  const time = at.toString(16).padStart(12, '0')
  return caseIdSchema.parse(`${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-a${hex(3)}-${hex(6)}${hex(6)}`)
}

const surnames = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Huỳnh',
  'Phan',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Đoàn',
]
const middles = ['Thị', 'Văn', 'Hữu', 'Ngọc', 'Thanh', 'Minh', 'Thị Kim', 'Thị Bích', 'Quốc', 'Hoàng', 'Đức', 'Thị Mỹ']
const givens = [
  'Sen',
  'Lan',
  'Hòa',
  'Dũng',
  'Tâm',
  'Phượng',
  'Kiệt',
  'Ngân',
  'Thảo',
  'Phúc',
  'Lộc',
  'Yến',
  'Trúc',
  'Đạt',
  'Vy',
  'Khoa',
]
const hamlets = ['ấp', 'khóm', 'tổ', 'đường số', 'hẻm']
const places = ['Chỗ tôi ở là', 'Vị trí ngay trước nhà', 'Nơi xảy ra gần', 'Gia đình tôi ở', 'Việc này ở khu vực']
const since = ['sự việc đã kéo dài', 'bà con đã chờ', 'tôi đã gọi hỏi nhiều lần trong', 'tình trạng này có đã']
const wishes = [
  'mong cơ quan chức năng sớm kiểm tra và trả lời cho người dân được biết.',
  'đề nghị tổng đài chuyển đến đơn vị có thẩm quyền giải quyết dứt điểm.',
  'xin cho biết hướng giải quyết và thời gian dự kiến hoàn thành.',
  'nhà có người già và trẻ nhỏ nên rất cần được hỗ trợ sớm.',
]
const followUps = [
  'Đơn vị tiếp tục theo dõi trong 30 ngày và sẽ liên hệ lại nếu phát sinh.',
  'Kết quả đã lập biên bản, có chữ ký của đại diện hộ dân.',
  'Mọi thắc mắc xin liên hệ cán bộ đầu mối của đơn vị theo số điện thoại đã niêm yết.',
]

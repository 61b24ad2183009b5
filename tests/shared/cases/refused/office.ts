import { dongThap, late, people, roads, withHead, withOfficer } from '../scene.ts'
import { after, ask, demand, grant, letter, type Row, recorded, urging } from './scenes.ts'

const { office, officer, head, supervisor } = people
const deny = { recordingId: 'r1', agencyId: roads, reason: 'Đã đủ thông tin' }
const asked = after(recorded, ['recording.request', ask, officer])
const demanded = after(withHead, ['urging.send', demand, office])
const aboutOfficials = () => recorded({ fieldId: dongThap.publication.holdBack[0]!.code })

/** Letters that urge (S4 Đ.9 k.5, #27) and recordings asked for (S4 Đ.11 k.1, D11). */
export const officeRows: Row[] = [
  ['not-permitted', '#27 a letter is the office’s', withOfficer, 'urging.send', urging, supervisor],
  ['urging-needs-letter', '#27 number', late, 'urging.send', { ...urging, letter: { ...letter, number: '' } }, office],
  [
    'urging-needs-letter',
    '#27 signer',
    late,
    'urging.send',
    { ...urging, letter: { ...letter, signedBy: '' } },
    office,
  ],
  [
    'urging-needs-letter',
    '#27 signed tomorrow',
    withOfficer,
    'urging.send',
    { ...urging, letter: { ...letter, signedOn: '2026-10-06' } },
    office,
  ],
  ['urging-needs-letter', '#27 nothing said', withOfficer, 'urging.send', { ...urging, content: '' }, office],
  ['urging-needs-reply-by', '#27', withOfficer, 'urging.send', { ...demand, replyBy: null }, office],
  [
    'urging-needs-reply-by',
    '#27 a time gone by',
    withOfficer,
    'urging.send',
    { ...demand, replyBy: '2026-10-05T07:00:00+07:00' },
    office,
  ],
  ['urging-unknown', '#27', demanded, 'urging.reply', { urgingId: 'other', text: 'x' }, head],
  [
    'urging-already-replied',
    '#27',
    after(demanded, ['urging.reply', { urgingId: 'u1', text: 'x' }, head]),
    'urging.reply',
    { urgingId: 'u1', text: 'x' },
    head,
  ],
  ['recording-not-granted', 'D11 never asked', recorded, 'recording.listen', { recordingId: 'r1' }, officer],
  ['recording-not-granted', 'D11 only asked', asked, 'recording.listen', { recordingId: 'r1' }, officer],
  ['recording-unknown', 'D11', recorded, 'recording.request', { ...ask, recordingId: 'r9' }, officer],
  ['request-needs-reason', 'S4 Đ.11 k.1', recorded, 'recording.request', { ...ask, reason: '' }, officer],
  ['request-needs-reason', 'D11 nor denied without one', asked, 'recording.deny', { ...deny, reason: '' }, office],
  ['recording-not-asked', 'D11', recorded, 'recording.grant', grant, office],
  ['recording-not-asked', 'D11', recorded, 'recording.deny', deny, office],
  ['grant-in-past', 'D11', asked, 'recording.grant', { ...grant, untilAt: '2026-10-05T07:00:00+07:00' }, office],
  ['not-permitted', 'D11 the office grants, nobody else', asked, 'recording.grant', grant, supervisor],
  [
    'recording-of-accused',
    'D11 the agency a report is about does not hear who reported it',
    after(aboutOfficials, ['recording.request', ask, officer]),
    'recording.grant',
    grant,
    office,
  ],
]

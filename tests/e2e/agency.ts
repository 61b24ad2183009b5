import { expect, type Page } from '@playwright/test'
import type { World } from './world.ts'

/** Opens the link of the newest slip SMS about a case, as the officer does on a phone, with the one-time code that follows. */
export async function openSlipFromMessage(world: World, page: Page, code: string): Promise<void> {
  const slipMessage = () =>
    world.messages().findLast((message) => message.text.includes(code) && message.text.includes('/phieu/'))
  await expect.poll(slipMessage).toBeDefined()
  const link = /https?:\/\/\S+\/phieu\/\S+/.exec(slipMessage()!.text)![0]
  const before = world.messages().length
  await page.goto(link.replace(/[.,]$/, ''))
  const send = page.getByRole('button', { name: /Gửi mã|Nhận mã/ })
  if (await send.isVisible()) await send.click()
  await expect.poll(() => world.messages().length).toBeGreaterThan(before)
  const oneTime = /\b\d{6}\b/.exec(world.messages().at(-1)!.text)![0]
  await page.getByLabel(/Mã/).fill(oneTime)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: new RegExp(code) })).toBeVisible()
}

/** "Đã giải quyết", with the answer's text; the hotline tells the citizen. */
export async function answerSlip(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Đã giải quyết' }).click()
  await page.getByLabel(/Nội dung trả lời|Kết quả/).fill(text)
  await page.getByRole('button', { name: /^Gửi/ }).click()
  await expect(page.getByText(/Đã gửi|Đã ghi nhận/).first()).toBeVisible()
}

import { expect, type Page } from '@playwright/test'
import type { World } from './world.ts'

/** Opens the link of the newest slip SMS about a case, as the officer does on a phone, with the one-time code that follows. */
export async function openSlipFromMessage(world: World, page: Page, code: string): Promise<void> {
  const slipMessage = () =>
    world.messages().findLast((message) => message.text.includes(code) && message.text.includes('/phieu/'))
  await expect.poll(slipMessage).toBeDefined()
  const link = /https?:\/\/\S+\/phieu\/[\w-]+/.exec(slipMessage()!.text)![0]
  await page.goto(link)
  const before = world.messages().length
  await page.getByRole('button', { name: 'Gửi mã xác nhận' }).click()
  await expect.poll(() => world.messages().length).toBeGreaterThan(before)
  await page.getByLabel('Mã xác nhận (6 chữ số)').fill(/\b\d{6}\b/.exec(world.messages().at(-1)!.text)![0])
  await page.keyboard.press('Enter')
  await expect(page.getByText(code).first()).toBeVisible()
  await expect(page.getByRole('button', { name: /^Đã giải quyết/ })).toBeVisible()
}

/** "Đã giải quyết"; the hotline is left to tell the citizen. #37: a late answer says why, one of the policy's causes and in words. */
export async function answerSlip(page: Page, text: string, late?: { cause: string; words: string }): Promise<void> {
  await page.getByRole('button', { name: /^Đã giải quyết/ }).click()
  await page.getByLabel('Kết quả giải quyết').fill(text)
  if (late !== undefined) {
    await page.getByRole('radio', { name: late.cause }).check()
    await page.getByLabel('Nói rõ hơn').fill(late.words)
  }
  await page.getByRole('radio', { name: 'Chưa báo' }).check()
  await page.getByRole('button', { name: 'Gửi', exact: true }).click()
  await expect(page.getByText('Đã ghi kết quả giải quyết.')).toBeVisible()
}

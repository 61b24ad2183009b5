import { expect, type Page } from '@playwright/test'
import { choose, tabTo, typeInto } from './keyboard.ts'

export interface Report {
  readonly field: string
  readonly area: string
  readonly content: string
  readonly name: string
  readonly phone: string
  readonly address: string
}

const formOf = (page: Page) => page.getByRole('form', { name: 'Phiếu tiếp nhận' })

/** F3 and the form, in the order of speech; answers the receipt code that may be told at once. */
export async function write(page: Page, report: Report): Promise<string> {
  const form = formOf(page)
  await page.keyboard.press('F3')
  await expect(form.getByLabel('Nội dung phản ánh, kiến nghị')).toBeFocused()
  await typeInto(page, form.getByLabel('Nội dung phản ánh, kiến nghị'), report.content)
  await choose(page, form.getByRole('combobox', { name: 'Lĩnh vực' }), report.field, true)
  await choose(page, form.getByRole('combobox', { name: 'Địa bàn' }), report.area)
  await typeInto(page, form.getByLabel('Họ tên'), report.name)
  await typeInto(page, form.getByLabel('Số điện thoại'), report.phone)
  await typeInto(page, form.getByLabel('Địa chỉ'), report.address)
  const code = form.getByRole('status', { name: 'Mã biên nhận' })
  await expect(code).toHaveText(/^26-\d{7}-[A-Z]$/)
  return (await code.textContent())!
}

/** Sends the written case to an agency that did not pick up. */
export async function sendSlip(page: Page, agency: string): Promise<void> {
  const form = formOf(page)
  await page.keyboard.press('Control+Shift+2')
  await choose(page, form.getByRole('combobox', { name: 'Đơn vị nhận phiếu' }), agency)
  const results = form.getByRole('group', { name: 'Kết quả cuộc gọi cho đơn vị' })
  await tabTo(page, results.getByRole('button', { name: 'Không bắt máy' }))
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
}

/** Ctrl+K, the code, Enter. */
export async function openCase(page: Page, code: string) {
  await page.keyboard.press('Control+K')
  await expect(page.getByRole('combobox', { name: 'Tìm nhanh' })).toBeFocused()
  await page.keyboard.insertText(code)
  await expect(page.getByRole('option', { name: new RegExp(code) })).toBeVisible()
  await page.keyboard.press('Enter')
  const view = page.getByRole('article', { name: `Hồ sơ ${code}` })
  await expect(view).toBeVisible()
  return view
}

import { expect, type Page } from '@playwright/test'

export const password = 'demo-1022'

/** Signs in at a desk by the keyboard alone and waits until its line is ready. */
export async function signIn(page: Page, url: string, username: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByLabel('Tên đăng nhập')).toBeFocused()
  await page.keyboard.type(username)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Các phòng làm việc' })).toBeVisible()
  await expect(page.getByText(/^Đã đồng bộ/)).toBeVisible()
}

export async function signInAgent(page: Page, url: string, username: string): Promise<void> {
  await signIn(page, url, username)
  await expect(page.getByText('Đường dây sẵn sàng')).toBeVisible()
}

/** Calls 1022 from the public page, as a citizen with a browser does. */
export async function callTheHotline(page: Page, serverUrl: string, number: string): Promise<void> {
  await page.goto(`${serverUrl}/goi`)
  await page.getByLabel('Số điện thoại của anh/chị').fill(number)
  await page.getByRole('button', { name: 'Gọi 1022' }).click()
}

/** The line on which the case's journal, list or form says something. */
export const callBar = (page: Page) => page.getByRole('region', { name: 'Thanh cuộc gọi' })

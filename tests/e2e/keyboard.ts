import { expect, type Locator, type Page } from '@playwright/test'

/** Goes to a control as somebody without a mouse does. Fails when no amount of Tab reaches it. */
export async function tabTo(page: Page, target: Locator, back = false): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`Tab never reached ${target}`)
}

export async function typeInto(page: Page, target: Locator, text: string, back = false): Promise<void> {
  await tabTo(page, target, back)
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}

/** A list that narrows as one types: the words, then Enter takes the first. */
export async function choose(page: Page, target: Locator, words: string, back = false): Promise<void> {
  await tabTo(page, target, back)
  await page.keyboard.type(words)
  // The first that fits is marked: Enter means it.
  await expect(page.locator('[role=option][data-combobox-selected]')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(target).toHaveAttribute('aria-expanded', 'false')
  await expect(target).not.toHaveValue(words)
}

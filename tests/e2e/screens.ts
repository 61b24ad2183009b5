import { join, resolve } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What the machine found wrong, picture by picture; the run goes on to the last screen. */
export const findings: string[] = []
const folder = resolve(import.meta.dirname, '../../test-results/screens')

export interface Size {
  readonly width: number
  readonly height: number
}
/** The office PC, and the large screen of a supervisor. */
export const desk: readonly Size[] = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]
/** What officers and citizens hold in the hand comes first. */
export const everywhere: readonly Size[] = [{ width: 360, height: 740 }, ...desk]
/** The office PC at 150 %: Chromium lays the page out as on two thirds of the screen. */
const enlarged: Size = { width: 911, height: 512 }

/**
 * One screen at each size, in light and, for the console, in dark: pictures for people, and what a machine can judge of them —
 * nothing sticks out at the side, no serious finding of axe.
 */
export async function show(
  page: Page,
  name: string,
  { sizes = desk, isDark = true }: { sizes?: readonly Size[]; isDark?: boolean } = {},
): Promise<void> {
  for (const size of sizes) await picture(page, name, size)
  await page.setViewportSize(sizes[0]!)
  await judge(page, name)
  if (!isDark) return
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await picture(page, `${name}-toi`, sizes[0]!)
  // The structure is the same: only the colours are judged again.
  await judge(page, `${name}-toi`, ['color-contrast'])
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}

/** At 150 % nothing is lost at the side; what stands at the foot of the form covers none of its fields. */
export async function showEnlarged(page: Page, name: string): Promise<void> {
  await picture(page, `${name}-150`, enlarged)
  const covered = await page.evaluate(() => {
    const bar = document.querySelector('[data-save-bar]')
    const last = document.querySelector('[data-way-body]')
    if (!bar?.checkVisibility() || !last) return null
    bar.scrollIntoView()
    const [top, bottom] = [bar.getBoundingClientRect().top, last.getBoundingClientRect().bottom]
    return bottom > top + 1 ? `the save bar begins at ${top}, the last field ends at ${bottom}` : null
  })
  if (covered !== null) findings.push(`${name} at 150 %: ${covered}`)
  await page.setViewportSize(desk[0]!)
}

async function picture(page: Page, name: string, size: Size): Promise<void> {
  await page.setViewportSize(size)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({
    path: join(folder, `${size.width}x${size.height}`, `${name}.png`),
    animations: 'disabled',
    caret: 'hide',
  })
  const tooWide = await page.evaluate(() => {
    const page = document.scrollingElement!
    return page.scrollWidth > innerWidth ? `${page.scrollWidth} px in a window of ${innerWidth} px` : null
  })
  if (tooWide !== null) findings.push(`${name} sticks out: ${tooWide}`)
}

async function judge(page: Page, name: string, rules?: string[]): Promise<void> {
  // Our pages have no frames: nothing has to be put together in a page of its own. What passed is not told apart.
  const only = rules ? { runOnly: { type: 'rule' as const, values: rules } } : {}
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'], ...only })
  const { violations } = await axe.analyze()
  for (const { id, impact, nodes } of violations) {
    if (impact !== 'serious' && impact !== 'critical') continue
    findings.push(
      `${name}, ${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join(' | ')}`,
    )
  }
}

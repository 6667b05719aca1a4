import type { Rectangle } from 'electron';
import { z } from 'zod';

/** What is remembered of the window between two runs. */
const WindowState = z.strictObject({
  bounds: z
    .strictObject({
      x: z.number().int().min(-100_000).max(100_000),
      y: z.number().int().min(-100_000).max(100_000),
      width: z.number().int().min(200).max(20_000),
      height: z.number().int().min(200).max(20_000),
    })
    .nullable(),
  maximized: z.boolean(),
  kiosk: z.boolean(),
});
export type WindowState = z.infer<typeof WindowState>;

export const freshState: WindowState = { bounds: null, maximized: false, kiosk: false };

/** Where the window opens. Without x and y the system centres it. */
export interface Placement {
  readonly bounds: Partial<Rectangle> & Pick<Rectangle, 'width' | 'height'>;
  readonly maximized: boolean;
  readonly kiosk: boolean;
}

const usual = { width: 1366, height: 768 };
/** So much of the window has to be on a screen for a hand to reach it. */
const reachable = { width: 200, height: 100 };

/** Reads what was kept; what is not as it should be counts as nothing kept. */
export function parseWindowState(text: string | null): WindowState {
  if (text === null) return freshState;
  try {
    return WindowState.safeParse(JSON.parse(text)).data ?? freshState;
  } catch {
    return freshState;
  }
}

/**
 * Where to open: as it was, unless a screen has gone since and the window would lie beside those that
 * are left; then the usual size, no larger than the first screen.
 * @param workAreas the screens without their task bars, the primary one first; in pixels as Electron counts.
 */
export function placeWindow(
  { bounds, maximized, kiosk }: WindowState,
  workAreas: readonly Rectangle[],
  askedKiosk: boolean | null,
): Placement {
  const common = { maximized, kiosk: askedKiosk ?? kiosk };
  if (bounds !== null && workAreas.some((area) => canBeReached(bounds, area))) {
    return { bounds, ...common };
  }
  const [first] = workAreas;
  return {
    bounds: {
      width: Math.min(usual.width, first?.width ?? usual.width),
      height: Math.min(usual.height, first?.height ?? usual.height),
    },
    ...common,
  };
}

function canBeReached(window: Rectangle, area: Rectangle): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x);
  const height =
    Math.min(window.y + window.height, area.y + area.height) - Math.max(window.y, area.y);
  // The title bar is what a window is moved by: its top must not be above the screen.
  return width >= reachable.width && height >= reachable.height && window.y >= area.y - 10;
}

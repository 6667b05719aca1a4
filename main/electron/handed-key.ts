import { z } from 'zod';

const Handed = z.strictObject({ appKey: z.string().max(4_096).nullable() });

/** The process that started this one, if it left a channel between the two. */
export interface Parent {
  readonly connected: boolean;
  onMessage(heard: (message: unknown) => void): void;
  onEnd(heard: () => void): void;
}

/**
 * The app key from the process that started this one, over the channel between the two (`npm start`
 * with `GERAI_APP_KEY`, for training and staging).
 *
 * SECURITY: not by an environment variable: Chromium starts its helper processes, the page's among
 * them, with a copy of the environment, before any line of ours could take the key out of it (rule 25).
 */
export function handedKey(parent: Parent): Promise<string | undefined> {
  if (!parent.connected) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    parent.onMessage((message) => resolve(Handed.safeParse(message).data?.appKey ?? undefined));
    parent.onEnd(() => resolve(undefined));
  });
}

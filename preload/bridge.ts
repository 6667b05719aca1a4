import { z } from 'zod';
import {
  type ArgsOf,
  type Bridge,
  channels,
  type PushName,
  type PushOf,
  pushes,
  Refusal,
  type Reply,
  type RequestName,
  requests,
} from '../shared/ipc.ts';

/** As much of Electron's `ipcRenderer` as the bridge uses; tests and the browser host bring their own. */
export interface Wire {
  invoke(channel: string, message: unknown): Promise<unknown>;
  on(channel: string, listener: (event: unknown, message: unknown) => void): unknown;
  removeListener(channel: string, listener: (event: unknown, message: unknown) => void): unknown;
}

const Push = z.strictObject({ name: z.string(), value: z.unknown() });

/**
 * What the page may ask of main: the names in `requests` and `pushes`, and nothing else. Arguments
 * are parsed before they leave and replies when they come; a fault on either side is a refusal
 * (`refusal.badMessage`, `refusal.internal`), never an exception.
 */
export function makeBridge(wire: Wire): Bridge {
  return {
    async request<N extends RequestName>(name: N, args: ArgsOf<N>): Promise<Reply<N>> {
      if (!Object.hasOwn(requests, name)) return refusal('refusal.badMessage');
      const parsed = requests[name].args.safeParse(args);
      if (!parsed.success) return refusal('refusal.badMessage');
      try {
        return parseReply(name, await wire.invoke(channels.request, { name, args: parsed.data }));
      } catch {
        return refusal('refusal.internal');
      }
    },

    onPush<N extends PushName>(name: N, receive: (value: PushOf<N>) => void): () => void {
      if (!Object.hasOwn(pushes, name)) return () => undefined;
      const listener = (_event: unknown, message: unknown) => {
        const push = Push.safeParse(message);
        if (!push.success || push.data.name !== name) return;
        const value = pushes[name].safeParse(push.data.value);
        // A push that does not fit the contract is left out: the next one is whole again.
        if (value.success) receive(value.data);
      };
      wire.on(channels.push, listener);
      return () => void wire.removeListener(channels.push, listener);
    },
  };
}

function refusal(key: string): { ok: false; refusal: Refusal } {
  return { ok: false, refusal: { key, values: {} } };
}

const Refused = z.strictObject({ ok: z.literal(false), refusal: Refusal });

/** Made once: to put a schema together costs more than to parse with it. */
const replies = Object.fromEntries(
  Object.entries(requests).map(([name, { result }]) => {
    const granted = z.strictObject({ ok: z.literal(true), result });
    return [name, z.discriminatedUnion('ok', [granted, Refused])];
  }),
);

/** Reads main's reply; one that does not fit the contract counts as no answer. */
function parseReply<N extends RequestName>(name: N, message: unknown): Reply<N> {
  const reply = replies[name]?.safeParse(message);
  // The schema just used is made of the one that `Reply<N>` is inferred from; TypeScript cannot follow
  // it through the union of all schemas.
  return reply?.success ? (reply.data as Reply<N>) : refusal('refusal.internal');
}

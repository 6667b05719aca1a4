import type { ArgsOf, Bridge, RequestName } from '../../shared/ipc.ts';
import { pushes, Refusal, requests } from '../../shared/ipc.ts';
import { TillView } from '../../shared/view.ts';

/** What the stand-in for main shows of itself to a test in the page. */
export interface FakeMain {
  /** The requests so far, in order. */
  readonly asked: { readonly name: RequestName; readonly args: unknown }[];
  /** What the next requests of a name answer, instead of a plain yes. */
  answer(name: RequestName, reply: unknown): void;
  /** Pushes the view with these changes. */
  push(change: Partial<TillView>): void;
}

/**
 * A bridge with nobody behind it: it shows one view, remembers what it is asked, and says yes.
 * Language and sound really change, so that both catalogues can be looked at.
 */
export function fakeBridge(first: TillView): { bridge: Bridge; main: FakeMain } {
  let view = TillView.parse(first);
  const receivers = new Set<(view: TillView) => void>();
  const answers = new Map<RequestName, unknown>();
  const asked: FakeMain['asked'] = [];

  const main: FakeMain = {
    asked,
    answer: (name, reply) => answers.set(name, reply),
    push(change) {
      view = TillView.parse({ ...view, ...change, revision: view.revision + 1 });
      for (const receive of receivers) receive(view);
    },
  };

  function plainAnswer<N extends RequestName>(name: N, args: ArgsOf<N>): unknown {
    if (name === 'till.view') return { ok: true, result: view };
    if (name === 'payment.start') return { ok: true, result: { kind: 'started', id: 1 } };
    if (name === 'till.setLanguage') main.push(TillView.pick({ language: true }).parse(args));
    if (name === 'till.setSound') {
      main.push({ sound: requests['till.setSound'].args.parse(args).on });
    }
    if (name === 'payment.again') {
      return { ok: true, result: { amount: view.front?.amount, phone: '081234567890' } };
    }
    return { ok: true, result: {} };
  }

  const bridge: Bridge = {
    async request(name, args) {
      asked.push({ name, args });
      const reply = answers.get(name) ?? plainAnswer(name, args);
      if (typeof reply === 'object' && reply !== null && 'refusal' in reply) {
        return { ok: false, refusal: Refusal.parse(reply.refusal) };
      }
      const result =
        typeof reply === 'object' && reply !== null && 'result' in reply ? reply.result : null;
      return { ok: true, result: requests[name].result.parse(result) as never };
    },
    onPush(name, receive) {
      const listener = (pushed: TillView) => receive(pushes[name].parse(pushed));
      receivers.add(listener);
      return () => receivers.delete(listener);
    },
  };
  return { bridge, main };
}

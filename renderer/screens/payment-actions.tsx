import { useRef, useState } from 'react';
import type { Refusal } from '../../shared/ipc.ts';
import type { PaymentView } from '../../shared/view.ts';
import { onPayment, type PaymentRequest, tryAgain } from '../actions.ts';
import { keys } from '../keys.ts';
import { KeyButton } from '../parts/key-button.tsx';
import { RefusalLine } from '../parts/sentence.tsx';
import { isOver } from '../phases.ts';
import { useSpeech } from '../speech.ts';

/** What can be done with a payment in its phase. A refusal is said beside the buttons. */
export function PaymentActions({ payment }: { payment: PaymentView }) {
  const { say } = useSpeech();
  const { refusal, run } = useOnce();
  const ask = (name: PaymentRequest) => () => run(() => onPayment(name, payment.id));
  const { phase } = payment;
  return (
    <div className="actions">
      {phase === 'phoneUnchecked' && (
        <>
          {payment.canGoOn && (
            <KeyButton keyName={keys.main} kind="main" first onPress={ask('payment.goOn')}>
              {say('action.goOn')}
            </KeyButton>
          )}
          <KeyButton keyName={keys.stop} onPress={ask('payment.cancel')}>
            {say('action.stop')}
          </KeyButton>
        </>
      )}
      {isOver(phase) && (
        <KeyButton keyName={keys.main} kind="main" first onPress={ask('payment.seen')}>
          {say('action.next')}
        </KeyButton>
      )}
      {mayTryAgain(payment) && (
        <KeyButton keyName={keys.tryAgain} onPress={() => run(() => tryAgain(payment))}>
          {say('action.tryAgain')}
        </KeyButton>
      )}
      {payment.canSetAside && !isOver(phase) && (
        <KeyButton keyName={keys.setAside} onPress={ask('payment.setAside')}>
          {say('action.setAside')}
        </KeyButton>
      )}
      {payment.canPayOtherwise && (
        <KeyButton keyName={keys.paidOtherwise} onPress={ask('payment.paidOtherwise')}>
          {say('action.paidOtherwise')}
        </KeyButton>
      )}
      <RefusalLine refusal={refusal} />
    </div>
  );
}

/** Rule 8a: only once nothing can change any more. */
function mayTryAgain(payment: PaymentView): boolean {
  const ended = payment.phase === 'notCharged' || payment.phase === 'reversed';
  return ended && payment.final;
}

/** Runs one request at a time: a second press while the first is under way does nothing. */
function useOnce() {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const busy = useRef(false);
  const run = (act: () => Promise<Refusal | null>) => {
    if (busy.current) return;
    busy.current = true;
    void act().then((why) => {
      busy.current = false;
      setRefusal(why);
    });
  };
  return { refusal, run };
}

import {useApp, useInput, usePaste} from 'ink';
import {useEffect} from 'react';
import type {Controller} from './controller.ts';

/** Lends the terminal while the callback runs, then draws everything anew. */
export type SuspendTerminal = (borrow: () => void | Promise<void>) => Promise<void>;

export type InputProps = Readonly<{controller: Controller; lender(suspend: SuspendTerminal): void}>;

/** The only reader of the keyboard: hands whole chunks on, as Ink delivers them. */
export function Input({controller, lender}: InputProps) {
	const {suspendTerminal} = useApp();
	useInput((chunk, flags) => controller.press(chunk, flags));
	usePaste(text => controller.press(text, {paste: true}));
	useEffect(() => lender(suspendTerminal), [lender, suspendTerminal]);
	return null;
}

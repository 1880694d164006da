import {type Span, span} from '../core/line.ts';
import type {Ref} from '../core/kubernetes.ts';
import type {PageSetting} from '../core/page.ts';
import type {Tone} from '../core/tone.ts';

/** The symbol of a state with its colour, one cell. */
export function stateMark(tone: Tone, setting: PageSetting): Span {
	return span(setting.glyphs.state[tone], tone);
}

/** `shop/web`, or the name alone for what has no namespace. */
export function refName(ref: Pick<Ref, 'namespace' | 'name'>): string {
	return ref.namespace === undefined ? ref.name : `${ref.namespace}/${ref.name}`;
}

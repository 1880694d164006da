import {eventFacts} from '../../core/event-facts.ts';
import type {Scope} from '../../core/feed.ts';
import {itemKey} from '../../core/kubernetes.ts';
import type {LogEvent} from '../../core/logs/log-record.ts';
import type {LogTarget} from '../../core/logs/log-target.ts';
import type {ScopeHandle} from '../scope-handle.ts';
import type {LogsOptions} from './logs-options.ts';

/** The Events of the pods that are read, each once for every time it happens again. */
export class PodEvents implements Disposable {
	readonly #handle: ScopeHandle | undefined;
	/** Item key -> how often and when, as told last. */
	readonly #told = new Map<string, string>();

	constructor({scopes, catalogue}: Pick<LogsOptions, 'scopes' | 'catalogue'>, target: LogTarget, changed: () => void) {
		const type = catalogue().find('events');
		const where = scopeOf(target);
		if (type !== undefined && where !== undefined) this.#handle = scopes.open({type, mode: 'object', ...where}, changed);
	}

	/** Those that are news, oldest first. `isWanted`: is it about one of our pods? */
	news(isWanted: (about: Readonly<{namespace: string; name: string; uid?: string}>) => boolean, from: number | undefined): readonly Omit<LogEvent, 'id'>[] {
		const found: Omit<LogEvent, 'id'>[] = [];
		for (const item of this.#handle?.items() ?? []) {
			const facts = eventFacts(item);
			if (facts === undefined || (from !== undefined && facts.at < from)) continue;
			const {about, at, warning, reason, message, count} = facts;
			const key = `${count} ${at}`;
			const namespace = about.namespace ?? '';
			const isNews = this.#told.get(itemKey(item)) !== key;
			if (!isNews || !isWanted({namespace, name: about.name, ...(about.uid === undefined ? {} : {uid: about.uid})})) continue;
			this.#told.set(itemKey(item), key);
			found.push({type: 'event', origin: {namespace, pod: about.name}, at, warning, reason, message, count});
		}
		return found.sort((a, b) => a.at - b.at);
	}

	[Symbol.dispose](): void {
		this.#handle?.[Symbol.dispose]();
	}
}

function scopeOf(target: LogTarget): Pick<Scope, 'namespace' | 'fieldSelector'> | undefined {
	if (target.type === 'node') return undefined;
	const fieldSelector = `involvedObject.kind=Pod${target.type === 'pod' ? `,involvedObject.name=${target.name}` : ''}`;
	return {fieldSelector, ...(target.namespace === undefined ? {} : {namespace: target.namespace})};
}

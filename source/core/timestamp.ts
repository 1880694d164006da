import type {Item} from './kubernetes.ts';

/** ms since the epoch of an RFC 3339 text as Kubernetes serves it (MicroTime too); undefined when there is none or it cannot be read. */
export function timestamp(text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const ms = Date.parse(text);
	return Number.isNaN(ms) ? undefined : ms;
}

/** ms since the object was created; 0 when the server does not say or its clock is ahead. */
export function ageMs(item: Pick<Item, 'meta'>, now: number): number {
	const created = timestamp(item.meta.creationTimestamp);
	return created === undefined ? 0 : Math.max(0, now - created);
}

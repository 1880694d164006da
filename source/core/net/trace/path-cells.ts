import type {CellTransport, ProbeCell} from '../cell.ts';
import type {Trace} from './trace.ts';

/** The cells of a path, by what they asked. Controls and facts about nodes are not among them. */
export type PathCells = Readonly<{
	/** R2, R3, R9: the name. */
	names: readonly ProbeCell[];
	/** R11 to the Service's address. */
	service: readonly ProbeCell[];
	/** R11 to each endpoint, or to a pod or an address of outside. */
	endpoints: readonly ProbeCell[];
	/** R12: a backend to its own Service. */
	hairpin: readonly ProbeCell[];
}>;

const lies: ReadonlySet<CellTransport> = new Set(['ok', 'timeout', 'refused', 'no-route', 'wrong-source']);

/** Puts the cells where they belong. A client that is itself an endpoint asks through a hairpin when it asks its Service. */
export function sortCells(trace: Trace, cells: readonly ProbeCell[]): PathCells {
	const addresses = new Set(trace.addresses);
	const connects = cells.filter(({row}) => row === 'R11');
	const isSelf = ({from}: ProbeCell): boolean => trace.endpoints.some(({pod}) => pod?.metadata.name === from.pod && pod.metadata.namespace === from.namespace);
	const toService = connects.filter(({to}) => to.kind === 'service' || (to.kind !== 'endpoint' && addresses.has(to.address)));
	return {
		names: cells.filter(({row}) => row === 'R2' || row === 'R3' || row === 'R9'),
		service: toService.filter(cell => !isSelf(cell)),
		endpoints: connects.filter(cell => !toService.includes(cell)),
		hairpin: [...cells.filter(({row}) => row === 'R12'), ...toService.filter(isSelf)],
	};
}

/** Does the cell say anything about the network? */
export function isTold({transport}: ProbeCell): boolean {
	return lies.has(transport);
}

/** 0 to 1: how much of what was tried failed. */
export function failedShare({transport, tried, failed}: ProbeCell): number {
	if (tried > 0) return failed / tried;
	return transport === 'ok' ? 0 : 1;
}

/** `refused`, `3 of 6 timeout`, `ok 2 ms`. */
export function measured({transport, tried, failed, ms}: ProbeCell): string {
	const share = tried > 1 && failed > 0 ? `${failed} of ${tried} ` : '';
	return `${share}${transport}${transport === 'ok' && ms !== undefined ? ` ${ms} ms` : ''}`;
}

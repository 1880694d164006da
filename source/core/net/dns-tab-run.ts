import type {ProbeCell} from './cell.ts';
import type {DnsTab} from './dns-tab.ts';
import {wayOf} from './dns/matrix.ts';
import type {NetworkModel} from './network-model.ts';

/** How the probes of a tab stand: how many of its questions were answered by something that tells of the network. */
export function runState(run: NetworkModel['run'], cells: readonly ProbeCell[]): DnsTab['run'] {
	if (run.state === 'none') return {state: 'none'};
	if (run.state === 'running') return {state: 'running', done: run.done, total: run.total};
	const told = cells.filter(cell => wayOf(cell) !== undefined || cell.transport === 'not-proof').length;
	return {state: 'ended', at: run.at, answered: told, asked: cells.length, cancelled: run.cancelled};
}

import type {ProbeSource} from '../cell.ts';
import type {ProbeWay} from './probe-plan.ts';

/**
 * Is this column asked from at all? An ephemeral container stays in its pod for good, so only the client gets one; a pod that is made beside
 * the client is the same as the one that is made for it.
 */
export function isAskedBy(way: ProbeWay, source: ProbeSource): boolean {
	if (way === 'ephemeral') return source.role === 'A';
	if (way === 'pod') return source.role !== 'B';
	return source.pod !== '';
}

/** Why the other columns stay empty, where they do. */
export function wayNote(way: ProbeWay): readonly string[] {
	return way === 'ephemeral' ? ['Only the client gets an ephemeral container, because it cannot be removed: the other columns stay empty.'] : [];
}

import type {ProbeWay} from '../../core/net/probe/probe-plan.ts';

/** What the user chose and allowed about probes: for one session with one cluster, whatever screens are opened meanwhile. */
export class ProbeChoices {
	/** The way that was used last: the dialog begins with it. */
	way: ProbeWay = 'exec';
	/** For ephemeral containers and pods; undefined: that of the settings. */
	image: string | undefined;
	/** Ways that are not asked about again. */
	readonly remembered = new Set<ProbeWay>();
}

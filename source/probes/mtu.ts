import {getCommand} from '../core/net/probe/get-command.ts';
import type {ProbeQuestion} from '../core/net/probe/probe-plan.ts';
import {readHttpFields} from '../core/net/probe/read/http-fields.ts';
import {readHttp} from '../core/net/probe/read/http.ts';
import type {Measured, Probe} from '../core/probe.ts';

/** Below this an answer fits one packet of any network, so it says nothing of large ones. */
const largeBytes = 3_000;

export const mtu: Probe = {
	id: 'mtu',
	title: 'A small and a large answer over the same way',
	impact: 'traffic',
	timeoutMs: 5_000,
	command: ({to, name = '/'}, tools) => getCommand({address: to.address, port: to.port, path: name}, tools),
	ask: ({to, name = '/', size}) => ['get', to.address, String(to.port), name, to.address, ...(size === 'large' ? ['df'] : [])],
	read: (output, question, tool) => sized(readHttp(output, tool), question),
	readFields(fields, question) {
		const found = sized(readHttpFields(fields), question);
		// Packets that may not be taken apart, by size: what came back, or EMSGSIZE where this side already refuses.
		const packets = /^(?:\d+:\w+,?)+$/.test(fields.get('df') ?? '') ? (fields.get('df') ?? '').split(',') : [];
		return {...found, values: [...(found.values ?? []), ...packets.map(packet => `df${packet.replace(':', '=')}`)]};
	},
};

/** Values: `small` or `large`, then the bytes that came. A small answer where a large one was wanted proves nothing. */
function sized(measured: Measured, {size = 'small'}: ProbeQuestion): Measured {
	const bytes = Number(measured.values?.[1] ?? 0);
	const isShort = size === 'large' && measured.transport === 'ok' && bytes < largeBytes;
	return {
		...measured,
		...(isShort ? {transport: 'inconclusive', detail: `the answer has only ${bytes} bytes, too few to tell`} : {}),
		values: [size, String(bytes)],
	};
}

import {resolveContext} from '../../source/kube/config.ts';
import {parseKubeconfigView} from '../../source/kube/kubeconfig-files.ts';
import {createTransport, type Transport, type TransportOptions} from '../../source/kube/transport.ts';
import {systemClock} from '../../source/system/clock.ts';

export type OpenTransportOptions = Partial<Omit<TransportOptions, 'resolved'>> &
	Readonly<{
		/** Fields of the kubeconfig's cluster and user entries, beside the server. */
		cluster?: Readonly<Record<string, unknown>>;
		user?: Readonly<Record<string, unknown>>;
	}>;

/** A transport to a server as a kubeconfig would make it; closed at the end of the scope (`await using`). */
export async function openTransport(server: string, options: OpenTransportOptions = {}): Promise<Transport & AsyncDisposable> {
	const {cluster = {}, user, ...rest} = options;
	const config = {
		clusters: [{name: 'cluster', cluster: {server, ...cluster}}],
		users: user === undefined ? [] : [{name: 'tester', user}],
		contexts: [{name: 'context', context: {cluster: 'cluster', user: user === undefined ? '' : 'tester'}}],
		'current-context': 'context',
	};
	const resolved = resolveContext(await parseKubeconfigView(JSON.stringify(config), 'test'));
	const transport = createTransport({
		resolved,
		clock: systemClock('hold'),
		environment: {PATH: process.env['PATH']},
		hasTerminal: false,
		version: '0.0.0',
		level: 'read',
		pinned: false,
		random: () => 0.5,
		...rest,
	});
	return {...transport, [Symbol.asyncDispose]: () => transport.close()};
}

/** A PEM text as kubeconfigs hold it. */
export function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}

import type {DemoCluster} from '../cluster.ts';
import type {Answer, ApiRequest} from './api-context.ts';

const readyChecks = [
	'ping',
	'log',
	'etcd',
	'etcd-readiness',
	'informer-sync',
	'poststarthook/start-apiextensions-controllers',
	'poststarthook/crd-informer-synced',
	'poststarthook/rbac/bootstrap-roles',
	'shutdown',
];
const liveChecks = readyChecks.filter(name => name !== 'etcd-readiness' && name !== 'informer-sync' && name !== 'shutdown');
const text = {'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff'};

function checked(name: string, checks: readonly string[], failing: ReadonlySet<string>, isVerbose: boolean): Answer {
	const lines = checks.map(check => (failing.has(check) ? `[-]${check} failed: reason withheld` : `[+]${check} ok`));
	if (checks.some(check => failing.has(check))) return {status: 500, body: `${lines.join('\n')}\n${name} check failed\n`, headers: text};
	return {status: 200, body: isVerbose ? `${lines.join('\n')}\n${name} check passed\n` : 'ok', headers: text};
}

function version(gitVersion: string): Answer {
	const [, major = '1', minor = '34'] = /^v(\d+)\.(\d+)/u.exec(gitVersion) ?? [];
	const body = {
		major,
		minor,
		emulationMajor: major,
		emulationMinor: minor,
		minCompatibilityMajor: major,
		minCompatibilityMinor: String(Number(minor) - 1),
		gitVersion,
		gitCommit: 'demo',
		gitTreeState: 'clean',
		buildDate: '2025-11-12T00:00:00Z',
		goVersion: 'go1.24.10',
		compiler: 'gc',
		platform: 'linux/amd64',
	};
	return {status: 200, body: JSON.stringify(body, undefined, 2)};
}

/** `/version`, `/readyz`, `/livez`, `/healthz`; undefined for any other path. */
export function answerHealth(cluster: DemoCluster, request: ApiRequest): Answer | undefined {
	const {failingChecks, gitVersion} = cluster.settings;
	const isVerbose = request.url.searchParams.has('verbose');
	switch (request.url.pathname) {
		case '/version':
		case '/version/':
			return version(gitVersion);
		case '/readyz':
			return checked('readyz', readyChecks, failingChecks, isVerbose);
		case '/livez':
			return checked('livez', liveChecks, failingChecks, isVerbose);
		case '/healthz':
			return checked('healthz', liveChecks, failingChecks, isVerbose);
		default:
			return undefined;
	}
}

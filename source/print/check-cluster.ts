import type {ClusterClient, Discovery, Identity} from '../core/cluster-client.ts';
import {describeProblem, problemOf} from '../core/problem.ts';
import type {CheckLine} from './check-report.ts';
import {rightsLines} from './check-rights.ts';
import {readDiscovery} from './read-discovery.ts';

/** What `--check` asks of a cluster: reads and access reviews only. */
export type CheckClient = Pick<ClusterClient, 'can' | 'context' | 'discover' | 'skewMs' | 'version' | 'whoami'>;

/** Beyond this a clock is worth a word (kube-api.md 4.7). */
const skewWarningMs = 30_000;

/** Server, user, rights and kinds. Where the server does not answer, that is the only line. Never rejects with a ProblemError. */
export async function clusterLines(client: CheckClient, now: () => number, signal: AbortSignal): Promise<readonly CheckLine[]> {
	const server = await serverLine(client, now, signal);
	if (server.mark === 'X') return [server];
	const user = await guarded('user', async () => userLine(await client.whoami(signal), client.context.user));
	const found = await guarded('kinds', async () => await readDiscovery(client, () => false, signal));
	if ('mark' in found) return [server, user, found];
	const rights = await guarded('rights', async () => await rightsLines(client, found.types, signal));
	return [server, user, ...('mark' in rights ? [rights] : rights), ...kindLines(found)];
}

async function guarded<T>(section: string, ask: () => Promise<T>): Promise<T | CheckLine> {
	try {
		return await ask();
	} catch (error) {
		return {section, mark: 'X', text: describeProblem(problemOf(error, 'Could not ask the server'))};
	}
}

async function serverLine(client: CheckClient, now: () => number, signal: AbortSignal): Promise<CheckLine> {
	const section = `cluster ${client.context.name}`;
	const {server} = client.context;
	const startedAt = now();
	try {
		const version = await client.version(signal);
		const skewMs = client.skewMs();
		const text = `${server} reachable in ${now() - startedAt} ms, ${version}, clock skew ${(Math.abs(skewMs) / 1000).toFixed(1)} s`;
		if (Math.abs(skewMs) <= skewWarningMs) return {section, mark: '+', text};
		return {section, mark: '!', text: `${text}: this clock is ${skewMs > 0 ? 'behind' : 'ahead of'} the server's, so certificates and tokens may be refused`};
	} catch (error) {
		return {section, mark: 'X', text: describeProblem(problemOf(error, `Could not reach ${server}`))};
	}
}

function userLine(identity: Identity | undefined, configured: string): CheckLine {
	const section = 'user';
	if (identity === undefined) return {section, mark: '+', text: `${configured} by the kubeconfig; this server cannot be asked (before 1.28)`};
	if (identity.username === 'system:anonymous') return {section, mark: '!', text: 'system:anonymous: your credentials were not sent or not accepted'};
	return {section, mark: '+', text: `${identity.username}${identity.groups.length === 0 ? '' : `, groups ${identity.groups.join(', ')}`}`};
}

function kindLines({types, problems, warming}: Discovery): readonly CheckLine[] {
	const section = 'kinds';
	const listed = types.filter(type => type.verbs.includes('list') && type.preferred);
	const stale = new Set(types.filter(type => type.state === 'stale').map(type => `${type.group}/${type.version}`));
	const broken = [...problems].map(([version, problem]): CheckLine => ({section, mark: '!', text: `${version} cannot be read: ${problem.cause}`}));
	return [
		{section, mark: warming ? '!' : '+', text: `${listed.length} kinds${warming ? ' from the cache; the server did not confirm them' : ''}`},
		...broken,
		...[...stale]
			.filter(version => !problems.has(version))
			.map((version): CheckLine => ({section, mark: '!', text: `${version} does not answer; its kinds are those last seen`})),
	];
}

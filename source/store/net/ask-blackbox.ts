import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {type BlackboxExporter, blackboxModules, type BlackboxQuestion, blackboxTarget, readBlackbox} from '../../core/net/blackbox.ts';
import type {BlackboxFacts} from '../../core/net/dns/dns-observations.ts';
import type {Observation} from '../../core/observation.ts';
import {ProblemError, problemOf} from '../../core/problem.ts';

type Asking = Readonly<{exporter: BlackboxExporter; questions: readonly BlackboxQuestion[]; clock: Clock}>;

/**
 * Asks the cluster's blackbox exporter, through the service proxy: one probe a question, all at a time. It sends traffic, so the
 * level must be `probe`; at `read` each is an observation that failed, with that reason. Never rejects but by its signal.
 */
export async function askBlackbox(
	client: Pick<ClusterClient, 'probes' | 'skewMs'>,
	{exporter, questions, clock}: Asking,
	signal: AbortSignal,
): Promise<ReadonlyArray<Observation<BlackboxFacts>>> {
	const what = `Could not ask the blackbox exporter ${exporter.namespace}/${exporter.service}`;
	const asked = await Promise.all(
		questions.map(async (question): Promise<Observation<BlackboxFacts>> => {
			const startedAt = clock.now();
			const measured = () => ({
				probe: 'blackbox',
				target: blackboxTarget(question),
				at: Math.round(clock.now() + client.skewMs()),
				tookMs: Math.round(clock.now() - startedAt),
			});
			try {
				return {...measured(), outcome: 'ok', facts: await probed(client, {exporter, question, what}, signal)};
			} catch (error) {
				return {...measured(), outcome: 'failed', problem: problemOf(error, what)};
			}
		}),
	);
	signal.throwIfAborted();
	return asked;
}

type One = Readonly<{exporter: BlackboxExporter; question: BlackboxQuestion; what: string}>;

/** By the first of its modules that the exporter has. */
async function probed(client: Pick<ClusterClient, 'probes'>, {exporter, question, what}: One, signal: AbortSignal): Promise<BlackboxFacts> {
	const modules = blackboxModules(question);
	for (const module of modules) {
		const text = await answered(client, exporter, {module, target: question.target}, signal);
		const facts = readBlackbox(text);
		if (facts) return facts;
		if (!unknownModule.test(text)) throw new ProblemError({code: 'server', what, cause: 'its answer is not that of a probe'});
	}
	throw new ProblemError({code: 'server', what, cause: `it has no module ${modules.join(', ')}`});
}

const unknownModule = /unknown module/i;

/** A module that it does not have is told with status 400. */
async function answered(
	client: Pick<ClusterClient, 'probes'>,
	exporter: BlackboxExporter,
	query: Readonly<Record<string, string>>,
	signal: AbortSignal,
): Promise<string> {
	try {
		return await client.probes.blackbox(exporter, query, signal);
	} catch (error) {
		const {cause, serverMessage = cause} = problemOf(error, '');
		if (unknownModule.test(serverMessage)) return serverMessage;
		throw error;
	}
}

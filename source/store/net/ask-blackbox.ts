import type {Clock} from '../../core/clock.ts';
import type {ClusterClient} from '../../core/cluster-client.ts';
import {type BlackboxExporter, type BlackboxQuestion, blackboxQuery, readBlackbox} from '../../core/net/blackbox.ts';
import type {BlackboxFacts} from '../../core/net/dns/dns-observations.ts';
import type {Observation} from '../../core/observation.ts';
import {ProblemError, problemOf} from '../../core/problem.ts';

/**
 * Asks the cluster's blackbox exporter, through the service proxy: one probe a question, all at a time. It sends traffic, so the
 * level must be `probe`; at `read` each is an observation that failed, with that reason. Never rejects but by its signal.
 */
export async function askBlackbox(
	client: Pick<ClusterClient, 'probes' | 'skewMs'>,
	{exporter, questions, clock}: Readonly<{exporter: BlackboxExporter; questions: readonly BlackboxQuestion[]; clock: Clock}>,
	signal: AbortSignal,
): Promise<ReadonlyArray<Observation<BlackboxFacts>>> {
	const asked = await Promise.all(
		questions.map(async (question): Promise<Observation<BlackboxFacts>> => {
			const startedAt = clock.now();
			const measured = () => ({
				probe: 'blackbox',
				target: `${question.kind} ${question.target}`,
				at: Math.round(clock.now() + client.skewMs()),
				tookMs: Math.round(clock.now() - startedAt),
			});
			const what = `Could not ask the blackbox exporter ${exporter.namespace}/${exporter.service}`;
			try {
				const text = await client.probes.blackbox(exporter, blackboxQuery(question), signal);
				const facts = readBlackbox(text);
				if (!facts)
					throw new ProblemError({
						code: 'server',
						what,
						cause: /unknown module/i.test(text) ? `it has no module ${blackboxQuery(question)['module']}` : 'its answer is not that of a probe',
					});
				return {...measured(), outcome: 'ok', facts};
			} catch (error) {
				return {...measured(), outcome: 'failed', problem: problemOf(error, what)};
			}
		}),
	);
	signal.throwIfAborted();
	return asked;
}

import type {Measured} from '../../probe.ts';
import type {CellTransport, ProbeCell} from '../cell.ts';
import type {ProbeQuestion} from './probe-plan.ts';

/** Of the network, not of the probe. */
const told: ReadonlySet<CellTransport> = new Set(['ok', 'timeout', 'refused', 'no-route', 'wrong-source']);

/** The cell of a question that was asked, once or several times. Where some askings failed it says how; `failed` of `tried` says how often. */
export function cellOf(question: ProbeQuestion, askings: readonly Measured[], tool: string, at: number): ProbeCell {
	const {row, from, to, protocol, name} = question;
	const informative = askings.filter(({transport}) => told.has(transport));
	const good = informative.filter(({transport}) => transport === 'ok');
	const bad = informative.filter(({transport}) => transport !== 'ok');
	const decisive = bad.find(({transport}) => transport === 'wrong-source') ?? bad.at(-1) ?? good[0] ?? askings[0];
	const answers = (good.length > 0 ? good : bad).flatMap(({answer}) => answer ?? []);
	const answer = answers.find(one => one !== 'NOERROR') ?? answers[0];
	const values = [...new Set((good.length > 0 ? good : askings).flatMap(one => one.values ?? []))];
	const answeredBy = decisive?.answeredBy;
	const times = good.flatMap(one => one.ms ?? []);
	const ms = median(good.length > 0 ? times : informative.flatMap(one => one.ms ?? []));
	return {
		row,
		from,
		to,
		protocol,
		...(name === undefined ? {} : {name}),
		transport: decisive?.transport ?? 'not-run',
		...(answer === undefined ? {} : {answer}),
		...(values.length === 0 ? {} : {values}),
		...(answeredBy === undefined ? {} : {answeredBy}),
		...(ms === undefined ? {} : {ms}),
		...(times.length > 1 ? {times} : {}),
		tried: informative.length,
		failed: bad.length,
		tool,
		detail: decisive?.detail ?? 'it was not asked',
		at,
	};
}

/** The cell of a question that could not be asked, and why. */
export function unaskedCell(question: ProbeQuestion, transport: CellTransport, detail: string, at: number): ProbeCell {
	return {...cellOf(question, [{transport, detail}], '', at), tried: 0, failed: 0};
}

function median(numbers: readonly number[]): number | undefined {
	return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
